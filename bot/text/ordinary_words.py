"""The ordinary words of English: what stands among them is no slip of the finger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spellchecker import SpellChecker

# Below this a word is rare enough that somebody who writes something like it means another word.
_COMMON = 300


class OrdinaryWords:
    """The word list of pyspellchecker: some 160,000 words, with how often they are used."""

    def __init__(self) -> None:
        words = SpellChecker(language="en", distance=1).word_frequency
        self._all = frozenset(words.words())
        self._common = frozenset(word for word, count in words.items() if count >= _COMMON)

    def __contains__(self, word: str) -> bool:
        return word in self._all

    def near(self, word: str) -> Iterator[str]:
        """Common words that are one letter away from `word`."""
        letters = "abcdefghijklmnopqrstuvwxyz"
        common = self._common
        for cut in range(len(word) + 1):
            head, tail = word[:cut], word[cut:]
            variants = [head + letter + tail for letter in letters]
            if tail:
                variants.append(head + tail[1:])
                variants += [head + letter + tail[1:] for letter in letters]
            if len(tail) > 1:
                variants.append(head + tail[1] + tail[0] + tail[2:])
            for variant in variants:
                if variant in common and variant != word:
                    yield variant


@lru_cache(maxsize=1)
def ordinary_words() -> OrdinaryWords:
    """The word list, read once."""
    return OrdinaryWords()
