"""data/sign_cases.yml: messages in which a warning sign is told, only mentioned, or not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.data_files import DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Text

SIGN_CASES_FILE = "sign_cases.yml"


class SignCases(Facts):
    """The file as a whole.

    Attributes:
        emergency: messages that tell of a sign which needs help at once.
        self_harm: messages of somebody who may harm themselves.
        urgent: messages that tell of a sign which a doctor should see today.
        mentioned: messages with the same words, in which no sign is told.
        ordinary: messages without such words.
    """

    version: int
    emergency: list[Text] = Field(..., min_length=1)
    self_harm: list[Text] = Field(..., min_length=1)
    urgent: list[Text] = Field(..., min_length=1)
    mentioned: list[Text] = Field(..., min_length=1)
    ordinary: list[Text] = Field(..., min_length=1)

    @property
    def told(self) -> Iterator[str]:
        """Every message in which a sign is told."""
        yield from (*self.emergency, *self.self_harm, *self.urgent)

    @property
    def harmless(self) -> Iterator[str]:
        """Every other message."""
        yield from (*self.mentioned, *self.ordinary)


def sign_cases(folder: Path) -> SignCases:
    """The cases of a data folder.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / SIGN_CASES_FILE, SignCases)[0]


def sign_case_problems(folder: Path) -> Iterator[Problem]:
    """Messages that stand in the file twice.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    facts, file = load_facts(folder / SIGN_CASES_FILE, SignCases)
    seen: set[str] = set()
    for kind in ("emergency", "self_harm", "urgent", "mentioned", "ordinary"):
        for n, message in enumerate(getattr(facts, kind)):
            if message.casefold() in seen:
                yield _twice(file, kind, n)
            seen.add(message.casefold())


def _twice(file: DataFile, kind: str, n: int) -> Problem:
    return file.problem((kind, n), "This message is there twice.", "Leave one of them out.")
