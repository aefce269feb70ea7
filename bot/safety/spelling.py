"""Putting misspelt words right: only long words that matter, never an ordinary word."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

_SHORTEST = 5
_LONG = 10


class Speller:
    """Knows the words worth putting right (`reading.spelling` of data/red_flags.yml).

    Two words are near when one or two left-out letters make them alike; that is looked up, not
    computed, so a long text of odd words costs little.
    """

    def __init__(self, words: Iterable[str], keep: Iterable[str]) -> None:
        targets = tuple(words)
        self._known = frozenset((*targets, *keep))
        self._near: dict[str, list[str]] = {}
        for target in targets:
            for variant in _shortened(target, _allowed(target)):
                self._near.setdefault(variant, []).append(target)

    def correct(self, word: str) -> str:
        """The word meant, or `word` itself."""
        if len(word) < _SHORTEST or word in self._known or not word.isalpha():
            return word
        return self._nearest(word)

    def _nearest(self, word: str) -> str:
        if len(word) > 20:
            return word
        for variant in _shortened(word, 2 if len(word) >= _LONG - 1 else 1):
            for target in self._near.get(variant, ()):
                if (
                    word[0] == target[0]
                    and not target.startswith(word)
                    and edits(word, target) <= _allowed(target)
                ):
                    return target
        return word


def edits(one: str, other: str) -> int:
    """How many letters must be changed, added, left out or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


def _allowed(target: str) -> int:
    return 2 if len(target) >= _LONG else 1


def _shortened(word: str, most: int) -> set[str]:
    found = {word}
    for count in range(1, most + 1):
        for kept in combinations(word, len(word) - count):
            found.add("".join(kept))
    return found
