"""Messages in which a warning sign is told, only mentioned, or not there: two files of one shape.

data/sign_messages.yml teaches the reader of signs. data/sign_cases.yml weighs the judges of signs
against each other, and so holds what none of them was taught.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.data_files import Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Text

SIGN_MESSAGES_FILE = "sign_messages.yml"
SIGN_CASES_FILE = "sign_cases.yml"
_TOLD = ("emergency", "self_harm", "urgent", "persistent")
_HARMLESS = ("mentioned", "ordinary")


class SignMessages(Facts):
    """One of the files.

    Attributes:
        emergency: messages that tell of a sign which needs help at once.
        self_harm: messages of somebody who may harm themselves.
        urgent: messages that tell of a sign which a doctor should see today.
        persistent: messages that tell of pain which lasts or grows.
        mentioned: messages with the same words, in which no sign is told.
        ordinary: messages without such words.
    """

    version: int
    emergency: list[Text] = Field(..., min_length=1)
    self_harm: list[Text] = Field(..., min_length=1)
    urgent: list[Text] = Field(..., min_length=1)
    persistent: list[Text] = []
    mentioned: list[Text] = Field(..., min_length=1)
    ordinary: list[Text] = Field(..., min_length=1)

    @property
    def alarming(self) -> Iterator[str]:
        """Every message that asks for a doctor today, or for more."""
        yield from (*self.emergency, *self.self_harm, *self.urgent)

    @property
    def harmless(self) -> Iterator[str]:
        """Every message that tells of no sign."""
        yield from (*self.mentioned, *self.ordinary)

    @property
    def told(self) -> Iterator[tuple[str, str]]:
        """Every message that tells of a sign, and which kind."""
        for kind in _TOLD:
            yield from ((text, kind) for text in getattr(self, kind))


def sign_messages(folder: Path) -> SignMessages:
    """What the reader of signs is taught.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / SIGN_MESSAGES_FILE, SignMessages)[0]


def sign_cases(folder: Path) -> SignMessages:
    """What the judges of signs are weighed with.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / SIGN_CASES_FILE, SignMessages)[0]


def sign_message_problems(folder: Path) -> Iterator[Problem]:
    """Messages that stand twice, in one file or in both.

    Raises:
        DataError: a file is missing or has the wrong shape.
    """
    seen: set[str] = set()
    for name in (SIGN_CASES_FILE, SIGN_MESSAGES_FILE):
        facts, file = load_facts(folder / name, SignMessages)
        for kind in (*_TOLD, *_HARMLESS):
            for n, message in enumerate(getattr(facts, kind)):
                if message.casefold() in seen:
                    remedy = f"Leave one of them out; the other may be in {SIGN_CASES_FILE}."
                    yield file.problem((kind, n), "This message is there twice.", remedy)
                seen.add(message.casefold())
