"""Rasa graph components: transcript normaliser, catalogue matcher, sentence features, red flags."""
