"""The conversation about reminders."""
