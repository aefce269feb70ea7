"""The shape of data/look_alikes.yml: sentences that sound like a warning sign and are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.data_files import DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text

LOOK_ALIKES_FILE = "look_alikes.yml"


class LookAlikes(Facts):
    """Sentences of one kind; `why` says what makes them harmless."""

    id: Id
    why: Text
    sentences: list[Text] = Field(..., min_length=1)


class LookAlikesFile(Facts):
    """data/look_alikes.yml as a whole."""

    version: int
    look_alikes: list[LookAlikes] = Field(..., min_length=1)


def load_look_alikes(folder: Path) -> tuple[LookAlikesFile, DataFile]:
    """Read the look-alikes of a data folder.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / LOOK_ALIKES_FILE, LookAlikesFile)


def repeated(facts: LookAlikesFile, file: DataFile) -> Iterator[Problem]:
    """Sentences that stand there twice."""
    seen: set[str] = set()
    for index, kind in enumerate(facts.look_alikes):
        for n, sentence in enumerate(kind.sentences):
            if sentence.casefold() in seen:
                yield file.problem(
                    ("look_alikes", index, "sentences", n),
                    f"'{sentence}' is there twice.",
                    "Leave one of them out.",
                )
            seen.add(sentence.casefold())
