"""Reminders about precautions: words to schedules, their table, and what is said when one is due."""
