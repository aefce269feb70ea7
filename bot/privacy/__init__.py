"""What keeps private what people said: logs without text, files of the owner alone."""
