"""Due reminders on their way out, and what subscribes to them."""
