"""Putting the assistant together on one machine: training, loading, serving, without TensorFlow."""
