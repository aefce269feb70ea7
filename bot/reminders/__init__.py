"""Reminders about precautions: words to schedules, their tables, what is said when due."""
