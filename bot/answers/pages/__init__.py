"""Pages of documentation that are written from the facts."""
