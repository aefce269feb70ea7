"""Teaches the readers of signs and of questions (bot/understanding/encoders)."""
