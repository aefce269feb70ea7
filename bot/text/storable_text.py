"""Text as it can be stored."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text without halves of letters, which JSON can carry and nothing else can store."""
    return text.encode("utf-8", "replace").decode("utf-8")
