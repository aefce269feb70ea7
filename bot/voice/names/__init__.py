"""Which words, and which of the taught names, were meant."""
