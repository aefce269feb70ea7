"""What is kept of reminders."""
