"""Rasa's own channels, behind the gateway."""
