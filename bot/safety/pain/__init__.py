"""How long it hurts and how badly, as told in a conversation."""
