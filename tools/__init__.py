"""Measuring and drawing; not part of what is installed."""
