"""How well the assistant understands: cross-validation, rows from outside, a report."""
