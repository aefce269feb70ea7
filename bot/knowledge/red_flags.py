"""The shape of data/red_flags.yml: what may be serious, in words that a nurse can edit."""

from __future__ import annotations

from enum import Enum
from functools import total_ordering
from pathlib import Path

from pydantic import Field

from bot.knowledge.data_files import DataError, DataFile, Facts, Problem, load_facts
from bot.knowledge.kinds import Id, Text


@total_ordering
class Tier(Enum):
    """How fast somebody should look at it. EMERGENCY is the highest."""

    PERSISTENT = "persistent"
    DOCTOR_SOON = "doctor_soon"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """1 for the lowest tier, 4 for the highest."""
        return list(Tier).index(self) + 1

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Tier):
            return NotImplemented
        return self.rank < other.rank


class Flag(Facts):
    """One warning sign.

    `fires` holds combinations of concepts ('numb + saddle'); all of one combination must stand in
    one sentence, no more than `within` words apart. `phrases` are wordings that are enough alone.
    `unless` names concepts that make it harmless. `history_counts` and `passing_counts` keep it
    standing when it is long ago, or was soon over; `always`, whatever the words around it.
    """

    id: Id
    tier: Tier
    why: Text
    say: str = ""
    fires: list[Text] = []
    phrases: list[Text] = []
    within: int = 20
    unless: list[Id] = []
    history_counts: bool = False
    passing_counts: bool = False
    always: bool = False
    sources: list[Id] = Field(..., min_items=1)


class Context(Facts):
    """Words that change what a finding means."""

    not_negating: list[Text]
    negating: list[Text]
    ends_negation: list[Text]
    resolved: list[Text]
    present: list[Text]
    other_person: list[Text]
    other_person_history: list[Text]
    asking: list[Text]
    personal: list[Text]
    passing: list[Text]
    harmless: list[Text]


class RedFlagBook(Facts):
    """data/red_flags.yml as a whole. `reviewed` says when and why the rules last changed."""

    version: int
    reviewed: Text
    concepts: dict[Id, list[Text]]
    context: Context
    flags: list[Flag]


def load_red_flags(path: Path) -> RedFlagBook:
    """Read and check the red flags.

    Raises:
        DataError: the file is wrong; every mistake is named.
    """
    book, source = load_facts(path, RedFlagBook)
    problems = _problems(book, source)
    if problems:
        raise DataError(problems)
    return book


def _problems(book: RedFlagBook, source: DataFile) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for index, flag in enumerate(book.flags):
        at = ("flags", index)
        if flag.id in seen:
            problems.append(
                source.problem((*at, "id"), f"'{flag.id}' is there twice.", "Merge the two.")
            )
        seen.add(flag.id)
        if not flag.fires and not flag.phrases:
            problems.append(
                source.problem(at, f"'{flag.id}' can never fire.", "Add 'fires' or 'phrases'.")
            )
        named = [
            (("fires", n), name.strip())
            for n, combination in enumerate(flag.fires)
            for name in combination.split(" + ")
        ]
        named += [(("unless", n), name) for n, name in enumerate(flag.unless)]
        problems += [
            source.problem(
                (*at, *place),
                f"The concept '{name}' is not known.",
                "Add it under 'concepts', or correct the spelling.",
            )
            for place, name in named
            if name not in book.concepts
        ]
    return problems
