"""The `acupoint` command, by subject."""
