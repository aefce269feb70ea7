"""What the gateway keeps of conversations: in memory, and in whatever stores them."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from bot.dialogue.memory import ConversationMemory
from bot.dialogue.recollection import Recollection
from bot.gateway.history import HeldTurn, History, Memories
from bot.gateway.messages import Incoming, NotReadyError
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety.handover import ScreeningSummary

logger = logging.getLogger(__name__)

# Somebody waits for an answer while these are tried, one after the other.
_HISTORY_SECONDS = 1.5
_DELETING_SECONDS = 2.0
# For how many people unanswered words are kept, and how many messages of each.
_MOST_UNHEARD, _MOST_WORDS = 10_000, 20


@dataclass(frozen=True)
class Turn:
    """A conversation while a message of it is answered.

    Attributes:
        held: what the store knows of it; None without a store, or where it is not ours.
        is_sure: whether nothing that was told can be unknown here.
    """

    sender: str
    held: HeldTurn | None = None
    is_sure: bool = True


class Conversations:
    """The memories of conversations, on top of what is stored.

    Args:
        history: where conversations are stored; without it, only memory counts.
    """

    def __init__(self, history: History | None) -> None:
        self._history = history
        self._memories = Memories()
        self._unheard: OrderedDict[str, list[str]] = OrderedDict()
        # Whose conversations are ours for a turn.
        self._ours: set[str] = set()

    async def begin(self, sender: str, seconds: float) -> Turn:
        """Have a conversation alone, until `end`.

        Raises:
            BusyError: it was somebody else's for so many seconds.
        """
        if self._history is None:
            return Turn(sender)
        held = await self._history.begin_turn(sender, seconds)
        self._ours.add(sender)
        return Turn(sender, held, held.version is not None)

    @staticmethod
    def without_turn(sender: str) -> Turn:
        """For what cannot wait until the conversation is ours."""
        return Turn(sender, None, is_sure=False)

    async def end(self, turn: Turn) -> bool:
        """Let others go on; whether nothing that was told can have been unknown meanwhile."""
        if self._history is None or turn.held is None:
            return turn.is_sure
        self._ours.discard(turn.sender)
        was_ours = await asyncio.shield(self._history.end_turn(turn.held))
        memory = self._memories.get(turn.sender)
        if memory is not None:
            memory.version = turn.held.version
        return turn.is_sure and was_ours

    async def memory_of(self, sender: str, turn: Turn | None = None) -> ConversationMemory:
        """What is remembered of a conversation; read where what is at hand is not the newest."""
        memory = self._memories.get(sender)
        version = None
        if turn is not None and turn.held is not None:
            version = turn.held.version
        elif self._history is not None and sender not in self._ours:
            version = await self._history.version(sender)
        if memory is not None and memory.is_whole and self.is_newest(memory, version):
            return memory
        base = memory if memory is not None and not memory.is_whole else ConversationMemory()
        newest = await self._recalled(sender, base)
        if not newest.is_whole and memory is not None:
            memory.is_whole = False
            newest = memory
        newest.version = version
        self._memories.keep(sender, newest)
        return newest

    @staticmethod
    def is_newest(memory: ConversationMemory, version: Hashable | None) -> bool:
        """Whether nobody else has added to what a memory is of, as far as is known."""
        return version in (None, memory.version)

    def at_hand(self, sender: str) -> ConversationMemory:
        """What is remembered of a conversation without reading anything."""
        memory = self._memories.get(sender)
        if memory is None:
            memory = ConversationMemory(is_whole=self._history is None)
            self._memories.keep(sender, memory)
        return memory

    async def is_kept(self, sender: str, memory: ConversationMemory) -> bool:
        """Whether what the person told could be read before, and be stored now."""
        if self._history is None:
            return True
        if not memory.is_whole or self._unheard.get(sender):
            return False
        return await self._history.is_written(sender)

    async def is_written(self, sender: str) -> bool:
        """Whether everything the engine kept of a conversation is stored."""
        return self._history is None or await self._history.is_written(sender)

    def was_not_heard(self, sender: str, text: str) -> None:
        """Keep words that the engine could not process; they are noted before the next answer."""
        if self._history is None or not text:
            return
        words = self._unheard.setdefault(sender, [])
        words.append(text)
        del words[:-_MOST_WORDS]
        self._unheard.move_to_end(sender)
        while len(self._unheard) > _MOST_UNHEARD:
            self._unheard.popitem(last=False)

    async def note_unheard(self, sender: str) -> None:
        """Note what was not processed before; what cannot be noted is kept for the next time."""
        words = self._unheard.get(sender)
        while self._history and words:
            try:
                await asyncio.wait_for(self._history.note(sender, words[0]), _HISTORY_SECONDS)
            except NotReadyError:
                return
            except Exception as error:
                log_failure(logger, "what was not heard could not be noted", error)
                return
            words.pop(0)
        self._unheard.pop(sender, None)

    async def hold(self, sender: str, text: str, found: ScreeningSummary) -> bool:
        """Hold a sign until its conversation is stored; whether none was held yet."""
        return await self._history.hold(sender, text, found) if self._history else False

    async def is_told(self, sender: str) -> None:
        """Take note that the conversation tells the sign that is held."""
        if self._history:
            await self._history.is_told(sender)

    async def let_go(self, sender: str) -> None:
        """Hold a sign no longer: it was none."""
        if self._history:
            await self._history.let_go(sender)

    async def said_before(self, incoming: Incoming) -> list[Message]:
        """What was already said to this same message; empty if nothing is stored."""
        try:
            if self._history and incoming.id:
                stored = await asyncio.wait_for(
                    self._history.recall(incoming.sender), _HISTORY_SECONDS
                )
                return [m for turn in stored.turns if turn.id == incoming.id for m in turn.said]
        except Exception as error:  # then it is asked again
            log_failure(logger, "the stored conversation could not be read", error)
        return []

    async def record(
        self, sender: str, text: str, message: Message, found: ScreeningSummary
    ) -> bool:
        """Store a warning that the engine did not say, and so did not store.

        Returns:
            Whether the conversation tells it now.
        """
        if self._history is None:
            return False
        try:
            recording = self._history.record(sender, text, message, found)
            await asyncio.wait_for(recording, _HISTORY_SECONDS)
        except Exception as error:  # the person has the message, and the sign is held
            log_failure(logger, "a red flag could not be recorded", error)
            return False
        return True

    async def begin_anew(self, sender: str) -> None:
        """Delete a conversation, and nothing else.

        Raises:
            Exception: something is still stored.
        """
        if self._history:
            await self._history.restart(sender)
        self._memories.forget(sender)
        self._unheard.pop(sender, None)

    def remember(self, sender: str, memory: ConversationMemory) -> None:
        """Go on with this memory."""
        self._memories.keep(sender, memory)

    @property
    def remembered(self) -> list[str]:
        """Whose conversations are in memory."""
        return list(dict.fromkeys([*self._memories.senders, *self._unheard]))

    def unremember(self, senders: Iterable[str]) -> None:
        """Forget conversations that are no longer stored."""
        for sender in senders:
            self._memories.forget(sender)
            self._unheard.pop(sender, None)

    async def forget(self, sender: str) -> None:
        """Forget a conversation everywhere.

        Raises:
            Exception: something is still kept.
        """
        self._memories.forget(sender)
        self._unheard.pop(sender, None)
        if self._history:
            await self._history.forget(sender)

    async def is_forgotten(self, sender: str) -> bool:
        """Forget a conversation before it is said that it is; False where that fails."""
        try:
            await asyncio.wait_for(self.forget(sender), _DELETING_SECONDS)
        except Exception as error:
            log_failure(logger, "a conversation could not be deleted", error)
            return False
        return True

    async def _recalled(self, sender: str, memory: ConversationMemory) -> ConversationMemory:
        """The memory with what is stored; unchanged, and not whole, if that fails."""
        try:
            stored = Recollection()
            if self._history:
                stored = await asyncio.wait_for(self._history.recall(sender), _HISTORY_SECONDS)
            return memory.after(stored)
        except NotReadyError:
            memory.is_whole = False
        except Exception as error:  # what is said now counts all the same
            log_failure(logger, "the stored conversation could not be read", error)
            memory.is_whole = False
        return memory
