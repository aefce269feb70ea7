"""The grammar of schedules: words, phrases, and what they mean."""
