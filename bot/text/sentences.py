"""A message cut into the sentences it is made of."""

from __future__ import annotations

import re

# A full stop, a new line, a mark-up tag; 'e.g.' costs a cut too many, which does no harm.
_END = re.compile(r"(?<=[.!?…])\s+|\n+|<[^<>]*>|\s[-–—•|]\s")
_WORD = re.compile(r"[^\W\d_]{2}")
_MOST = 40


def sentences(text: str) -> list[str]:
    """The parts of `text` that hold words, at most 40 of them; one where nothing ends."""
    parts = (part.strip() for part in _END.split(text))
    return [part for part in parts if _WORD.search(part)][:_MOST]
