"""Finding signs that something may be serious. Stands on the facts alone: no Rasa, no model."""
