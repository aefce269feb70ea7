"""The Alexa skill: its requests, its answers, its interaction model."""
