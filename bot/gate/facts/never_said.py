"""What no answer may ever say: claims that could hurt somebody, or that nothing supports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import Field, field_validator

from bot.gate.facts.coverage import comparable
from bot.knowledge.schema.data_files import Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text

NEVER_SAID_FILE = "never_said.yml"


class NeverSaid(Facts):
    """A claim, as patterns that would find it, with an example sentence that they do find.

    Attributes:
        conflicts: ids of the conflicts in data/points.yml that it stands for.
        why: why nobody may be told this.
    """

    id: Id
    patterns: list[Text] = Field(..., min_length=1)
    examples: list[Text] = Field(..., min_length=1)
    why: Text
    sources: list[Id] = Field(..., min_length=1)
    conflicts: list[Id] = []

    @field_validator("patterns")
    @classmethod
    def _readable(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(
                    f"'{pattern}' cannot be read ({error}) | Check the brackets"
                ) from None
        return patterns

    def said_in(self, text: str) -> str | None:
        """The words in `text`, which is in lower case, that make this claim."""
        for pattern in self.patterns:
            hit = _ready(pattern).search(text)
            if hit:
                return hit[0]
        return None


@cache
def _ready(pattern: str) -> re.Pattern[str]:
    # Blind to case, the search takes twice as long; only capital letters in a pattern need it.
    return re.compile(pattern, 0 if pattern == pattern.lower() else re.IGNORECASE)


class NeverSaidFile(Facts):
    """data/never_said.yml as a whole."""

    version: int
    never_said: list[NeverSaid] = Field(..., min_length=1)


def forbidden(folder: Path, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Answers that say it after all, and patterns that would not find it.

    Args:
        texts: everything that can be said, by where it stands.

    Raises:
        DataError: the file has the wrong shape.
    """
    facts, file = load_facts(folder / NEVER_SAID_FILE, NeverSaidFile)
    clean = _clean_for(facts)
    # Answers share most of their paragraphs; each is searched once.
    paragraphs: dict[str, str] = {}
    for address, text in texts.items():
        for paragraph in map(comparable, text.splitlines()):
            if paragraph not in clean:
                paragraphs.setdefault(paragraph, address)
    guilty: set[str] = set()
    for index, entry in enumerate(facts.never_said):
        at = ("never_said", index)
        for n, example in enumerate(entry.examples):
            if not entry.said_in(comparable(example)):
                yield file.problem(
                    (*at, "examples", n),
                    f"The patterns of '{entry.id}' do not find this example.",
                    "Widen a pattern, so that the claim cannot slip through.",
                )
        for paragraph, address in paragraphs.items():
            hit = entry.said_in(paragraph)
            if hit:
                guilty.add(paragraph)
                yield file.problem(
                    (*at, "id"),
                    f"The answer '{address}' says '{hit}'. {entry.why}",
                    "Change that answer. Nobody may be told this.",
                )
    clean.update(paragraphs.keys() - guilty)


_CLEAN: dict[tuple[str, ...], set[str]] = {}


def _clean_for(facts: NeverSaidFile) -> set[str]:
    """The paragraphs in which these patterns, as they are now, found nothing before."""
    patterns = tuple(pattern for entry in facts.never_said for pattern in entry.patterns)
    if patterns not in _CLEAN:
        _CLEAN.clear()
        _CLEAN[patterns] = set()
    return _CLEAN[patterns]
