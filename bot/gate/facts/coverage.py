"""Nothing is lost: every fact of the articles has an answer that carries it.

data/coverage_general.yml and data/coverage_points.yml list the facts under ids of our own, each
with the address of an answer (see bot.gate.every_reply) and the words it must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from pydantic import Field

from bot.answers.reply import Reply
from bot.knowledge.schema.data_files import Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text

COVERAGE_FILES = ("coverage_general.yml", "coverage_points.yml")

_HEDGE = re.compile(
    r"\b(tradition\w*|may|might|can|could|some (people|say|small|studies|feel)|said to|seen as"
    r"|no proof|not proven|little proof|weak proof|believed?|belief|not settled|nobody (knows|has)"
    r"|not certain|cannot promise|sometimes|often|(one|two|three|four) articles?)\b",
    re.IGNORECASE,
)


class Handled(str, Enum):
    """How a fact of an article is told."""

    AS_IS = "as_is"
    HEDGED = "hedged"
    FIXED = "fixed"


class CoveredFact(Facts):
    """A fact of an article, and where it is told.

    `says` holds short pieces of that answer, written or spoken, which show that the fact is there.
    `conflicts` are ids of conflicts in data/points.yml that this answer sets right.
    """

    id: Id
    source: Id
    handled: Handled
    answer: Text
    says: list[Text] = Field(..., min_length=1)
    conflicts: list[Id] = []


class CoverageFile(Facts):
    """One file of covered facts."""

    version: int
    facts: list[CoveredFact] = Field(..., min_length=1)


def lost_facts(folder: Path, replies: Mapping[str, Reply]) -> Iterator[Problem]:
    """Facts whose answer is gone, no longer says them, or says them as if they were certain.

    Raises:
        DataError: a coverage file has the wrong shape.
    """
    seen: set[str] = set()
    for name in COVERAGE_FILES:
        facts, file = load_facts(folder / name, CoverageFile)
        for index, fact in enumerate(facts.facts):
            at = ("facts", index)
            if fact.id in seen:
                yield file.problem((*at, "id"), f"'{fact.id}' is there twice.", "Merge the two.")
            seen.add(fact.id)
            reply = replies.get(fact.answer)
            if reply is None:
                yield file.problem(
                    (*at, "answer"),
                    f"There is no answer '{fact.answer}' any more.",
                    "Name the answer that tells this fact now.",
                )
                continue
            text = comparable(f"{reply.written} {reply.spoken}")
            for n, piece in enumerate(fact.says):
                if comparable(piece) not in text:
                    yield file.problem(
                        (*at, "says", n),
                        f"The answer '{fact.answer}' no longer says '{piece}'.",
                        f"Put the fact '{fact.id}' back, or write here how it is said now.",
                    )
            if fact.handled is Handled.HEDGED and not _HEDGE.search(text):
                yield file.problem(
                    (*at, "handled"),
                    f"The answer '{fact.answer}' tells this as if it were certain.",
                    "Say in the answer that it is tradition, or that it may be so.",
                )


def comparable(text: str) -> str:
    """Lower case, without Markdown marks and with single spaces."""
    return " ".join(re.sub(r"[*_`]", "", text).lower().split())
