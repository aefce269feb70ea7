"""What the gateway needs of whatever stores conversations."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.memory import ConversationMemory
from bot.dialogue.recollection import Recollection
from bot.messages.message import Message
from bot.safety.handover import ScreeningSummary

_MOST_REMEMBERED = 10_000


class BusyError(Exception):
    """Raised where a message of the same conversation is being answered for too long."""


@dataclass
class HeldTurn:
    """A conversation that is ours for a turn.

    Attributes:
        version: what is stored now; None where that is not known, so that what is at hand may be
            old.
        is_taken: whether anybody is kept out; nobody is before the store is open.
        connection: on which of our connections to a database it is held; None where no other
            process knows of it.
    """

    sender: str
    version: Hashable | None = None
    is_taken: bool = False
    connection: int | None = None


class History(Protocol):
    """Where conversations are stored, and who may answer in them."""

    async def begin_turn(self, sender: str, seconds: float) -> HeldTurn:
        """Have a conversation alone, over everybody who uses the same store.

        Raises:
            BusyError: it was somebody else's for so many seconds.
        """

    async def end_turn(self, held: HeldTurn) -> bool:
        """Let others go on; whether it was ours until now. Its version is that of now."""

    async def version(self, sender: str) -> Hashable | None:
        """The version of a conversation that may be somebody else's; None if it is not known."""

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


class Memories:
    """The memories of recent conversations, up to a number; older ones are read again."""

    def __init__(self) -> None:
        self._by_sender: OrderedDict[str, ConversationMemory] = OrderedDict()

    @property
    def senders(self) -> list[str]:
        """Whose memories are in memory."""
        return list(self._by_sender)

    def get(self, sender: str) -> ConversationMemory | None:
        """The memory of a conversation, if it is in memory."""
        memory = self._by_sender.get(sender)
        if memory is not None:
            self._by_sender.move_to_end(sender)
        return memory

    def keep(self, sender: str, memory: ConversationMemory) -> None:
        """Keep a memory."""
        self._by_sender[sender] = memory
        self._by_sender.move_to_end(sender)
        while len(self._by_sender) > _MOST_REMEMBERED:
            self._by_sender.popitem(last=False)

    def forget(self, sender: str) -> None:
        """Forget a conversation."""
        self._by_sender.pop(sender, None)
