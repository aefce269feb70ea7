"""The data files that facts are told from, each with the lines its values stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.knowledge.schema.answers import AnswersFile, TechniquesFile
from bot.knowledge.schema.data_files import DataError, DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.follow_ups import FollowUpsFile
from bot.knowledge.schema.guidance import GuidanceFile
from bot.knowledge.schema.points import PointsFile
from bot.knowledge.schema.reminders import RemindersFile
from bot.knowledge.schema.sessions import SessionsFile
from bot.knowledge.schema.sources import SourcesFile
from bot.knowledge.schema.told import ToldFile
from bot.text.json_types import JsonObject

FactsT = TypeVar("FactsT", bound=Facts)
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Loaded(Generic[FactsT]):
    """The typed facts of one file, and the file, which knows their lines."""

    facts: FactsT
    file: DataFile

    def problem(self, place: Place, what: str, remedy: str) -> Problem:
        """A problem at `place`, with its line."""
        return self.file.problem(place, what, remedy)

    def values(self) -> Iterator[tuple[Place, Any]]:
        """Every value of the file that is not a list or mapping, with its place."""
        yield from values_of(self.file.content)


@dataclass(frozen=True)
class KnowledgeFiles:
    """The files the catalogue is made of."""

    points: Loaded[PointsFile]
    techniques: Loaded[TechniquesFile]
    guidance: Loaded[GuidanceFile]
    answers: Loaded[AnswersFile]
    sources: Loaded[SourcesFile]
    sessions: Loaded[SessionsFile]
    follow_ups: Loaded[FollowUpsFile]
    reminders: Loaded[RemindersFile]
    told: Loaded[ToldFile]

    @property
    def all(self) -> tuple[Loaded[Any], ...]:
        """All of them."""
        return (
            self.points, self.techniques, self.guidance, self.answers, self.sources, self.sessions,
            self.follow_ups, self.reminders, self.told,
        )  # fmt: skip


SHAPES: dict[str, type[Facts]] = {
    "points": PointsFile,
    "techniques": TechniquesFile,
    "guidance": GuidanceFile,
    "answers": AnswersFile,
    "sources": SourcesFile,
    "sessions": SessionsFile,
    "follow_ups": FollowUpsFile,
    "reminders": RemindersFile,
    "told": ToldFile,
}


def read_files(folder: Path) -> KnowledgeFiles:
    """Read the files of `folder` and check each against its shape.

    Raises:
        DataError: with the mistakes of all files, not just of the first.
    """
    loaded: JsonObject = {}
    problems: list[Problem] = []
    for name, shape in SHAPES.items():
        try:
            loaded[name] = Loaded(*load_facts(folder / f"{name}.yml", shape))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return KnowledgeFiles(**loaded)


def values_of(content: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value in parsed YAML that is not a list or mapping, with its place."""
    if isinstance(content, dict):
        for key, inner in content.items():
            yield from values_of(inner, (*place, key))
    elif isinstance(content, list):
        for index, inner in enumerate(content):
            yield from values_of(inner, (*place, index))
    else:
        yield place, content
