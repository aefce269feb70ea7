"""Numbers of points as people say them and as speech recognisers write them down.

'thirty six', '30 6', 'three six', 'for teen' and 'thirty sicks' are all readings of what was said.
Several can begin at one word; which is meant depends on which points there are, so all are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.text.number_words import ONES, TENS, number_words

_ONES_HEARD = {
    "won": 1, "to": 2, "too": 2, "tree": 3, "free": 3, "for": 4, "fore": 4, "fife": 5,
    "sicks": 6, "sex": 6, "sick": 6, "ate": 8, "nein": 9,
}  # fmt: skip
_TENS_HEARD = {
    "twenny": 20, "thirsty": 30, "dirty": 30, "thirdy": 30, "fourty": 40, "for tea": 40,
    "four tea": 40, "for ty": 40, "fif tea": 50, "six tea": 60, "sick tea": 60,
}  # fmt: skip
_TEENS_HEARD = {
    "thir": 13, "for": 14, "fore": 14, "four": 14, "fif": 15, "six": 16, "seven": 17,
    "eight": 18, "ate": 18, "nine": 19,
}  # fmt: skip
# After 'thirty' these are mostly themselves: 'gb thirty for my back', 'gb thirty too'.
_MOSTLY_WORDS = frozenset({"for", "to", "too"})
_MOST_WORDS = 3


@dataclass(frozen=True)
class NumberReading:
    """One way to read a number. `sure`: the words can mean nothing else."""

    value: int
    words: int
    sure: bool
    last_resort: bool = False

    @property
    def mostly_words(self) -> bool:
        """Whether the words are 'for' or 'to', which follow the name of any part of the body."""
        return self.words == 1 and not self.sure and self.value in {2, 4}


def readings(words: Sequence[str]) -> list[NumberReading]:
    """The numbers that begin at the first of `words`, the best reading first."""
    table = _table()
    found = []
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        reading = table.get(" ".join(words[:count]))
        if reading:
            found.append(reading)
    return sorted(found, key=lambda reading: reading.last_resort)


@lru_cache(maxsize=1)
def _table() -> dict[str, NumberReading]:
    table: dict[str, NumberReading] = {}

    def add(phrase: str, value: int, sure: bool, last_resort: bool = False) -> None:
        reading = NumberReading(value, phrase.count(" ") + 1, sure, last_resort)
        table.setdefault(phrase, reading)

    for phrase, value in number_words().items():
        if "-" not in phrase:
            add(phrase, value, True)
            add(phrase.replace(" ", ""), value, True)
    for value in range(1, 100):
        add(str(value), value, True)
    for stem, value in _TEENS_HEARD.items():
        add(f"{stem} teen", value, False)
    ones = {word: value for value, word in enumerate(ONES[:9], 1)}
    digits = {str(value): value for value in ones.values()}
    tens = {ten: 20 + 10 * index for index, ten in enumerate(TENS)}
    tens_digits = {str(value): value for value in tens.values()}
    for word, value in (_ONES_HEARD | _TENS_HEARD).items():
        add(word, value, False)
    for ten, base in (tens | _TENS_HEARD | tens_digits).items():
        add(f"{base // 10}o", base, False)
        for one, value in (ones | digits | _ONES_HEARD).items():
            add(f"{ten} {one}", base + value, False, one in _MOSTLY_WORDS)
    zeros = {"zero": 0, "oh": 0, "o": 0, "0": 0}
    for first, tens_said in (ones | digits).items():
        for second, ones_said in (ones | digits | zeros).items():
            add(f"{first} {second}", 10 * tens_said + ones_said, False)
    return table
