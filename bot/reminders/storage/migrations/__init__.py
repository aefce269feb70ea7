"""How the tables came to be as they are; run by bot.reminders.storage.database."""
