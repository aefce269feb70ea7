"""Tests of what is understood of a conversation."""
