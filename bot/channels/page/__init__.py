"""The page at `/`, and the files that it and the widget load."""
