"""Numbers as people say them."""

from __future__ import annotations

ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


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
