"""What adapts Rasa 3.6, its last open release, to the libraries of today: docs/rasa.md."""
