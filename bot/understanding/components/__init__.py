"""Components of Rasa's graph."""
