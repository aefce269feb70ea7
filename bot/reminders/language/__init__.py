"""From words to a schedule."""
