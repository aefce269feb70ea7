"""Names and codes of points, as they are written, heard and misspelt."""
