"""What the gateway keeps of conversations: at hand, and with whatever stores them."""

from __future__ import annotations

import asyncio
import logging

from bot.dialogue.memory import ConversationMemory, Memories, Recollection
from bot.gateway.history import History
from bot.gateway.messages import Incoming, NotReadyError
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety.handover import ScreeningSummary
from bot.safety.settling import SettlingReader

logger = logging.getLogger(__name__)

_HISTORY_SECONDS = 2.0


class Conversations:
    """The memories of conversations, on top of what is stored.

    Args:
        history: where conversations are stored; without it, only memory counts.
        settling: reads which words settled a warning sign.
    """

    def __init__(self, history: History | None, settling: SettlingReader) -> None:
        self._settling = settling
        self._history = history
        self._memories = Memories()

    async def memory_of(self, sender: str) -> ConversationMemory:
        """What is remembered of a conversation; read from the store where it is not at hand."""
        memory = self._memories.get(sender)
        if memory is None or not memory.is_whole:
            memory = await self._recalled(sender, memory or ConversationMemory())
            self._memories.keep(sender, memory)
        return memory

    async def is_kept(self, sender: str, memory: ConversationMemory) -> bool:
        """Whether what the person told could be read before, and be stored now."""
        if self._history is None:
            return True
        return memory.is_whole and await self._history.is_written(sender)

    async def said_before(self, incoming: Incoming) -> list[Message]:
        """What was already said to this very message; empty if nothing is stored."""
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
    ) -> None:
        """Store a warning that the engine did not say, and so did not store."""
        if self._history is None:
            return
        try:
            recording = self._history.record(sender, text, message, found)
            await asyncio.wait_for(recording, _HISTORY_SECONDS)
        except Exception as error:  # the person has the message; only the record is missing
            log_failure(logger, "a red flag could not be recorded", error)

    async def begin_anew(self, sender: str) -> None:
        """Delete a conversation, and nothing beside it.

        Raises:
            Exception: something is still stored.
        """
        if self._history:
            await self._history.restart(sender)
        self._memories.forget(sender)

    def remember(self, sender: str, memory: ConversationMemory) -> None:
        """Go on with this memory."""
        self._memories.keep(sender, memory)

    async def forget(self, sender: str) -> None:
        """Forget a conversation, wherever something of it is kept.

        Raises:
            Exception: something is still kept.
        """
        self._memories.forget(sender)
        if self._history:
            await self._history.forget(sender)

    async def is_forgotten(self, sender: str) -> bool:
        """Forget a conversation before it is said that it is; False where that fails."""
        try:
            await asyncio.wait_for(self.forget(sender), _HISTORY_SECONDS)
        except Exception as error:
            log_failure(logger, "a conversation could not be deleted", error)
            return False
        return True

    async def _recalled(self, sender: str, memory: ConversationMemory) -> ConversationMemory:
        """The memory with what is stored; as it was, and not whole, where nothing can be read."""
        try:
            stored = Recollection()
            if self._history:
                stored = await asyncio.wait_for(self._history.recall(sender), _HISTORY_SECONDS)
            return memory.after(stored, self._settling)
        except NotReadyError:
            memory.is_whole = False
        except Exception as error:  # what is said now counts all the same
            log_failure(logger, "the stored conversation could not be read", error)
            memory.is_whole = False
        return memory
