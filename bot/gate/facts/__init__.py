"""What the articles say must be told, or must never be."""
