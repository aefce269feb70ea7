"""The shape of data/red_flags.yml: what may be serious, in words that a nurse can edit."""

from __future__ import annotations

import re
from enum import Enum
from functools import total_ordering
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.changes import GuardedFile
from bot.knowledge.schema.data_files import DataError, DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text


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
        return self.rank < other.rank if isinstance(other, Tier) else NotImplemented


class Flag(Facts):
    """One warning sign.

    `fires` holds combinations of concepts: 'numb + saddle within 8' means both, at most eight words
    apart, in one sentence; without 'within' they may also stand in neighbouring sentences or in
    earlier messages. `phrases` are wordings that say it all by themselves. `unless` names concepts
    that make it harmless. `called` is how the sign is spoken of: 'the swollen calf'; `called_by`
    how it is where a concept stands in the person's words: 'the fall'.
    """

    id: Id
    tier: Tier
    why: Text
    called: str = ""
    called_by: dict[Id, Text] = {}
    say: str = ""
    fires: list[Text] = []
    phrases: list[Text] = []
    unless: list[Id] = []
    sources: list[Id] = Field(..., min_length=1)


class Language(Facts):
    """Another language: how it is known, and what its clearest words of an emergency mean.

    `known_by` holds everyday words that are no English ones; `says` has English as its keys.
    """

    known_by: list[Text] = []
    says: dict[Text, list[Text]]


class ReadingRules(Facts):
    """How a message is made plain before it is searched."""

    rewrites: dict[Text, list[Text]]
    languages: dict[Id, Language] = {}
    emoji: dict[Text, list[Text]] = {}
    left_out: list[Text]
    point_names: list[Text]
    organs: list[Text]
    codes: list[Text]
    spelling: list[Text]
    spelling_keep: list[Text]
    masked: list[Text] = []


class Context(Facts):
    """Words that change what a finding means, and the concepts on which they have no hold.

    `always` counts whatever stands around it; `conditions` are somebody else's when a relative is
    named, unless 'he' or 'she' goes on with a complaint. `hypothetical` holds for a whole sentence,
    `hypothetical_beside` for the part of it in which it stands. `noted` says that the signs
    listed before it are those to look out for. `asking_first` asks only at the beginning of a
    sentence, behind the words of `opening` at most. What `long_known` touches is no new sign, where
    nothing in the message is among `anew`; it holds back the concepts of `long_known_holds` only.
    Where somebody is `grown_up`, and does not say `not_grown_up`, an `own_back` is none of the
    concepts of `of_the_child`.
    """

    not_negating: list[Text]
    negating: list[Text]
    ends_negation: list[Text]
    resolved: list[Text]
    past: list[Text]
    present: list[Text]
    other_person: list[Text]
    other_person_past: list[Text]
    nobody_in_particular: list[Text]
    asking: list[Text]
    asking_first: list[Text]
    opening: list[Text]
    personal: list[Text]
    hypothetical: list[Text]
    hypothetical_beside: list[Text]
    noted: list[Text]
    passing: list[Text]
    long_known: list[Text]
    anew: list[Text]
    harmless: list[Text]
    grown_up: list[Text]
    not_grown_up: list[Text]
    own_back: list[Text]
    of_the_child: list[Id]
    long_known_holds: list[Id]
    never_negated: list[Id]
    past_counts: list[Id]
    passing_counts: list[Id]
    always: list[Id]
    conditions: list[Id]


CONCEPT_LISTS = (
    "never_negated", "past_counts", "passing_counts", "always", "conditions", "long_known_holds",
    "of_the_child",
)  # fmt: skip


class RedFlagBook(GuardedFile):
    """data/red_flags.yml as a whole. `reviewed` says when and why the rules last changed."""

    version: int
    reviewed: Text
    reading: ReadingRules
    words: dict[Id, list[Text]]
    concepts: dict[Id, list[Text]]
    context: Context
    flags: list[Flag]

    @property
    def rules(self) -> str:
        """The version of the rules: the fingerprint that the gate holds to their content."""
        return str(self.changes[0].content)


class RedFlagError(DataError, ValueError):
    """data/red_flags.yml is wrong; `problems` names every mistake."""


def load_red_flags(path: Path) -> RedFlagBook:
    """Read and check the red flags.

    Raises:
        RedFlagError: (a ValueError) the file is wrong; every mistake is named.
    """
    try:
        book, source = load_facts(path, RedFlagBook)
    except DataError as error:
        raise RedFlagError(error.problems) from None
    problems = [*_flag_problems(book, source), *_name_problems(book, source)]
    if problems:
        raise RedFlagError(problems)
    return book


def combination(text: str) -> tuple[tuple[str, ...], int | None]:
    """The concept names of one entry of `fires`, and its 'within' (None where there is none)."""
    names, _, within = text.partition(" within ")
    return tuple(name.strip() for name in names.split("+")), int(within) if within else None


def _flag_problems(book: RedFlagBook, source: DataFile) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for index, flag in enumerate(book.flags):
        at = ("flags", index)
        if flag.id in seen:
            what = f"'{flag.id}' is there twice."
            problems.append(source.problem((*at, "id"), what, "Merge the two."))
        seen.add(flag.id)
        if not flag.fires and not flag.phrases:
            what = f"'{flag.id}' can never fire."
            problems.append(source.problem(at, what, "Add 'fires' or 'phrases'."))
        for n, text in enumerate(flag.fires):
            if not re.fullmatch(r"\w+( \+ \w+)*( within \d+)?", text):
                what = f"'{text}' is no combination."
                remedy = "Write it like 'numb + saddle' or 'numb + saddle within 8'."
                problems.append(source.problem((*at, "fires", n), what, remedy))
    return problems


def _name_problems(book: RedFlagBook, source: DataFile) -> list[Problem]:
    used: list[tuple[tuple[str | int, ...], str]] = []
    for index, flag in enumerate(book.flags):
        for n, text in enumerate(flag.fires):
            names = re.sub(r" within .*", "", text).split(" + ")
            used += [(("flags", index, "fires", n), name) for name in names]
        used += [(("flags", index, "unless", n), name) for n, name in enumerate(flag.unless)]
        used += [(("flags", index, "called_by", name), name) for name in flag.called_by]
    for part in CONCEPT_LISTS:
        listed: list[str] = getattr(book.context, part)
        used += [(("context", part, n), name) for n, name in enumerate(listed)]
    known = {*book.concepts, *(flag.id for flag in book.flags)}
    problems = [
        source.problem(
            place,
            f"The concept '{name}' is not known.",
            "Add it under 'concepts', or correct the spelling.",
        )
        for place, name in used
        if name not in (book.concepts if place[0] == "flags" else known)
    ]
    lists: list[tuple[tuple[str | int, ...], list[str]]]
    lists = [(("words", k), v) for k, v in book.words.items()]
    lists += [(("concepts", k), v) for k, v in book.concepts.items()]
    lists += [(("flags", n, "phrases"), f.phrases) for n, f in enumerate(book.flags)]
    for at, patterns in lists:
        for n, pattern in enumerate(patterns):
            if re.search(r"\([^)]*\(", pattern):
                what = f"'{pattern}' has brackets inside brackets."
                problems.append(source.problem((*at, n), what, "Write them out side by side."))
            problems += [
                source.problem(
                    (*at, n), f"The word list <{name}> is not known.", "Add it under 'words'."
                )
                for name in re.findall(r"<(\w*)>", pattern)
                if name not in book.words
            ]
    return problems
