"""Teaches the reader of signs (bot/understanding/encoders/sign_reader.py)."""
