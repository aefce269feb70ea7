"""The sentence models and what computes them."""
