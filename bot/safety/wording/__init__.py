"""Text as the detector reads it: made plain, spelt right, patterns over it."""
