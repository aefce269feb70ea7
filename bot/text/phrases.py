"""Finding the phrases of a data file in what somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_POLITE = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|um|uh|er|please|and|oh|hey|right|alright|yes|yeah|yep|i think"
    r"|i guess|i'd say|i would say|maybe|dear) )+(?=\S)"
)
# How a question begins, as an expression.
ASKING = "(?:where|what|which|how|why|when|who|is|are|can|could|should|may|do|does|did|will|would)"
_TAIL = re.compile(r"(?: (?:please|thanks|thank you|dear|now|then|mate|love))+$")


def normalised(text: str) -> str:
    """Small letters, straight apostrophes, no punctuation, single spaces."""
    text = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(re.sub(r"[^a-z0-9'/.\- ]|\.(?!\d)", " ", text).split())


def phrase_forms(text: str) -> tuple[str, ...]:
    """A whole message to compare: as it is, then without its polite beginning and end."""
    said = normalised(text)
    bare = _POLITE.sub("", said)
    return tuple(dict.fromkeys((said, bare, _TAIL.sub("", bare))))


def found(text: str, phrases: Iterable[str]) -> list[re.Match[str]]:
    """Where the phrases stand in a text (see `plain`), longest first."""
    matches = [match for phrase in phrases for match in _whole_words(phrase).finditer(text)]
    return sorted(matches, key=lambda match: match.start() - match.end())


@lru_cache(maxsize=2048)
def _whole_words(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){re.escape(phrase)}(?![\w'-])")
