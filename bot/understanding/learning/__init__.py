"""What the components learn with."""
