"""What the gateway needs of whatever stores conversations."""

from __future__ import annotations

from typing import Protocol

from bot.dialogue.memory import Recollection
from bot.messages.message import Message
from bot.safety.handover import ScreeningSummary


class History(Protocol):
    """Where conversations are stored."""

    async def recall(self, sender: str) -> Recollection:
        """The stored conversation of a sender; empty where there is none."""

    async def is_written(self, sender: str) -> bool:
        """Whether everything a sender told is stored."""

    async def hold(self, sender: str, text: str, found: ScreeningSummary) -> bool:
        """Hold a sign until its conversation is stored; whether none was held yet."""

    async def is_told(self, sender: str) -> None:
        """Take note that the conversation tells the sign that is held, stored yet or not."""

    async def let_go(self, sender: str) -> None:
        """Hold a sign no longer: it was none."""

    async def note(self, sender: str, text: str) -> None:
        """Add words that no answer was made of, so that what they tell counts from now on."""

    async def forget(self, sender: str) -> None:
        """Delete everything that is stored of a sender, everywhere."""

    async def restart(self, sender: str) -> None:
        """Delete the conversation of a sender, and nothing else."""

    async def record(
        self, sender: str, text: str, message: Message, found: ScreeningSummary
    ) -> None:
        """Store a red-flag message that the engine could not store itself."""


class PersonalDataStore(Protocol):
    """Something apart from the conversation that keeps what people said, such as a transcript.

    Whoever keeps such things registers with the history, which tells it when somebody is to be
    forgotten. If one raises, it has not forgotten, and the person is told so.
    """

    async def forget(self, sender: str) -> None:
        """Delete everything that is kept of a sender; nothing may be left in any file."""
