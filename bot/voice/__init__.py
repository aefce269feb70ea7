"""Hearing and speaking: recognition and synthesis in processes of their own, and who uses them."""
