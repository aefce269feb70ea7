"""Texts of the data files with {names} that are filled in, and lists of them that must be whole."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from typing import ClassVar

from pydantic import field_validator

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Text


class Template(Facts):
    """Something said, written and spoken, with {names} that are filled in."""

    #: The names that can be filled in.
    filled_in: ClassVar[frozenset[str]] = frozenset()

    written: Text
    spoken: str

    @field_validator("written", "spoken")
    @classmethod
    def _right(cls, text: str) -> str:
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError as error:
            raise ValueError(
                f"a brace is left open ({error}) | Close it, or leave it out"
            ) from None
        unknown = sorted(names - cls.filled_in)
        if unknown:
            known = ", ".join(sorted(cls.filled_in))
            raise ValueError(f"{{{unknown[0]}}} cannot be filled in | Write one of: {known}")
        return text

    def filled(self, **values: object) -> tuple[str, str]:
        """The written and the spoken form, with the values filled in."""
        return self.written.format_map(values), self.spoken.format_map(values)


def require_all(there: Sequence[str], needed: Iterable[str]) -> None:
    """Nothing, where the ids `there` are just those needed.

    Raises:
        ValueError: one is missing, or is never said.
    """
    needed = list(needed)
    missing = [name for name in needed if name not in there]
    if missing:
        raise ValueError(f"'{missing[0]}' is missing | Add an entry with 'id: {missing[0]}'")
    odd = [name for name in there if name not in needed]
    if odd:
        raise ValueError(f"'{odd[0]}' is never said | Remove it, or write one of the known ids")


def one_owner(words: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Nothing, where no word stands under two ids.

    Args:
        words: each id with its words.

    Raises:
        ValueError: a word stands under two.
    """
    owner: dict[str, str] = {}
    for entry, own in words:
        for word in own:
            if owner.setdefault(word, entry) != entry:
                raise ValueError(
                    f"'{word}' stands under '{owner[word]}' and '{entry}' | Keep it in one"
                )
