"""Putting misspelt words right: only long words that matter, never an ordinary word."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from bot.text.ordinary_words import ordinary_words

_SHORTEST = 5
_LONG = 10
_ENDING = 3


class Speller:
    """Knows the words whose misspellings are corrected.

    `words` and `keep` are `reading.spelling` and `reading.spelling_keep` of data/red_flags.yml; a
    word that looks like one of `words` is corrected unless it is to be kept. `signs` are all other
    words of the signs: only a word that is not English at all is corrected to one of them. A sign
    that ends in '*' is a beginning ('colic*'), and a word that begins so is right already.

    Two words are near when one or two left-out letters make them alike; that is looked up, not
    computed, so a long text of odd words costs little.
    """

    def __init__(
        self, words: Iterable[str], keep: Iterable[str], signs: Iterable[str] = ()
    ) -> None:
        targets = tuple(dict.fromkeys(words))
        signs = dict.fromkeys(signs)
        others = tuple(s for s in signs if s not in targets and not s.endswith("*"))
        self._beginnings = frozenset(s[:-1] for s in signs if s.endswith("*"))
        self._known = frozenset((*targets, *others, *keep))
        self._near = _filed(targets)
        self._near_signs = _filed(others)

    def correct(self, word: str) -> str:
        """The word meant, or `word` itself."""
        if len(word) < _SHORTEST or word in self._known or not word.isalpha():
            return word
        found = self._nearest(word, self._near)
        if found == word and self._near_signs and word not in ordinary_words():
            sign = self._nearest(word, self._near_signs)
            beginning = self._beginning(word)
            found = sign if sign.startswith(beginning) else word
        return found

    def _beginning(self, word: str) -> str:
        """The beginning that makes the word right already; shortly after it, it surely is one."""
        cut = (word[: len(word) - more] for more in range(_ENDING + 1))
        return next((begins for begins in cut if begins in self._beginnings), "")

    def _nearest(self, word: str, near: dict[str, list[str]]) -> str:
        if len(word) > 20:
            return word
        for variant in _shortened(word, 2 if len(word) >= _LONG - 1 else 1):
            for target in near.get(variant, ()):
                if (
                    word[0] == target[0]
                    and not target.startswith(word)
                    and edits(word, target) <= _allowed(target)
                ):
                    return target
        return word


def _filed(targets: Iterable[str]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for target in targets:
        for variant in _shortened(target, _allowed(target)):
            near.setdefault(variant, []).append(target)
    return near


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


def _shortened(word: str, most: int) -> dict[str, None]:
    """`word` with up to `most` letters left out, always in the same order."""
    found = {word: None}
    for count in range(1, most + 1):
        found.update(dict.fromkeys(map("".join, combinations(word, len(word) - count))))
    return found
