"""Numbers as people say them: the one place that knows how."""

from __future__ import annotations

import re
from functools import lru_cache

ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_ONE_TO_NINE = "|".join(ONES[:9])
_UNDER_HUNDRED = (
    rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{_ONE_TO_NINE})\b)?"
    rf"|{'|'.join(sorted(ONES, key=len, reverse=True))})"
)
_HUNDREDS = rf"(?:(?:a|{_ONE_TO_NINE})[ -])?hundred(?:[ -](?:and[ -])?{_UNDER_HUNDRED}\b)?"
_DOZENS = rf"(?:(?:half a|a couple of|a|{_ONE_TO_NINE}) )?dozen"
# Part of an expression that finds a number in words, 1 to 999, or dozens; see `value_of`.
IN_WORDS = rf"(?:{_HUNDREDS}|{_DOZENS}|{_UNDER_HUNDRED})"


def value_of(words: str) -> float:
    """The number that `IN_WORDS` found, or one in digits.

    Raises:
        KeyError: it is none.
    """
    if words[:1].isdigit():
        return float(words)
    count, dozen, _ = words.partition("dozen")
    if dozen:
        few = {"": 1.0, "a": 1.0, "half a": 0.5, "a couple of": 2.0}
        count = count.strip()
        return 12 * (few[count] if count in few else number_words()[count])
    count, hundred, rest = words.partition("hundred")
    if not hundred:
        return number_words()[words]
    count, rest = count.strip(" -"), re.sub(r"^[ -]+(?:and[ -])?", "", rest)
    hundreds = 1 if count in ("", "a") else number_words()[count]
    return 100 * hundreds + (number_words()[rest] if rest else 0)


@lru_cache(maxsize=1)
def number_words() -> dict[str, int]:
    """All ways to say 1 to 99: {'four': 4, 'twenty three': 23, 'twenty-three': 23, ...}."""
    words = {word: value for value, word in enumerate(ONES, 1)}
    for index, ten in enumerate(TENS):
        base = 20 + 10 * index
        words[ten] = base
        for value, one in enumerate(ONES[:9], 1):
            words[f"{ten} {one}"] = base + value
            words[f"{ten}-{one}"] = base + value
    return words


def in_words(number: int) -> str:
    """1 to 19 as a word, larger numbers as digits."""
    return ONES[number - 1] if 1 <= number <= len(ONES) else str(number)
