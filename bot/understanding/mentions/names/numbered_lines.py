"""Points told by their number on a line: 'point three on the liver meridian'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.text.number_words import number_words
from bot.understanding.mentions.names.letter_names import NAMES

_LINE = r"(?:line|meridian|channel|vessel)"


def numbered_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The codes that are told in this way, known or not: where each begins and ends, and it.

    Args:
        text: what was said, in any letters.
    """
    for hit in _told().finditer(text):
        number = hit["number"].lower()
        value = int(number) if number.isdigit() else _numbers()[" ".join(number.split())]
        meridian = _meridians()[" ".join(hit["line"].lower().split())]
        yield hit.start(), hit.end(), f"{meridian}{value}"


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    numbers = "|".join(sorted(map(_spaced, _numbers()), key=len, reverse=True))
    lines = "|".join(sorted(map(_spaced, _meridians()), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:the )?(?:point|number|no\.?|nr\.?)\s+){{1,2}}(?P<number>\d{{1,2}}|{numbers})"
        r"\s*,?\s+"
        rf"(?:of|on|from|in|along)\s+(?:the\s+|my\s+)?(?P<line>{lines})\s+{_LINE}\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {word: value for word, value in number_words().items() if 0 < value < 100}


@lru_cache(maxsize=1)
def _meridians() -> dict[str, str]:
    named = {name: meridian for meridian, names in NAMES.items() for name in names}
    return named | {"governing": "GV", "governor": "GV", "conception": "CV"}


def _spaced(phrase: str) -> str:
    return r"[\s-]+".join(map(re.escape, re.split(r"[\s-]", phrase)))
