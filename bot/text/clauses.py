"""A message cut into the parts that may each ask, or tell, a thing of their own."""

from __future__ import annotations

import re

from bot.text.sentences import sentences

_JOINT = re.compile(
    r",\s+(?:(?:and|but|also|so|or|then)\s+)?|;\s+"
    r"|\s+(?:and|but|also|by the way|btw)\s+",
    re.IGNORECASE,
)
_FEWEST_WORDS, _MOST = 2, 6


def clauses(text: str) -> list[str]:
    """The parts of at least two words, in their order, at most six.

    Args:
        text: a message.
    """
    parts = (part for sentence in sentences(text) for part in _JOINT.split(sentence))
    return [part for part in parts if len(part.split()) >= _FEWEST_WORDS][:_MOST]
