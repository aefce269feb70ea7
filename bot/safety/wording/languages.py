"""Telling whether a message is English, by a few everyday words of other languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

_ENOUGH = 2
_ENGLISH = frozenset({
    "my", "the", "and", "around", "when", "since", "cannot", "cant", "im", "ive", "between",
    "down", "both", "feel", "lost", "havent", "dont", "with",
})  # fmt: skip
_LAST_LATIN = "\u024f"


class Languages:
    """Knows `everyday` words of other languages, lower case and without accents."""

    def __init__(self, everyday: Iterable[str]) -> None:
        self._everyday = frozenset(everyday)

    @staticmethod
    def is_english(words: Collection[str]) -> bool:
        """Whether a sentence holds two small words that only English has."""
        return len(_ENGLISH.intersection(words)) >= _ENOUGH

    def is_foreign(self, words: Collection[str]) -> bool:
        """Whether a message of these words, made plain in the same way, is not English.

        Two everyday words of other languages say so, or a letter that is not Latin.
        """
        return len(self._everyday.intersection(words)) >= _ENOUGH or any(
            word[0] > _LAST_LATIN and word.isalpha() for word in words
        )
