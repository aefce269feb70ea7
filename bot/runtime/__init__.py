"""Putting the house together on one machine: training, loading, serving, without TensorFlow."""
