"""Answers that the moment asks for, whatever the model takes a message for."""
