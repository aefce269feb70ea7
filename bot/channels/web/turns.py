"""The messages of the chat, answered one after the other within a session."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Hashable, Iterable
from functools import partial
from typing import Any, Protocol

from bot.channels.web.entries import Asked, Entry, unstored
from bot.channels.web.queues import SessionQueues
from bot.channels.web.sockets import Sockets
from bot.channels.web.transcript import Transcript
from bot.gateway.gateway import Gateway
from bot.gateway.history import BusyError, HeldTurn, PersonalDataStore
from bot.gateway.messages import Effort, Incoming
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)

# How long a message waits for the model that is being loaded, so that it gets a real answer; one
# that was left without an answer earlier waits longer.
_PATIENCE_SECONDS = 20.0
_LATE_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.1
# How long another worker is waited for that answers in the same chat; for a sign hardly at all.
_ELSEWHERE_SECONDS, _A_SIGN_WAITS = 20.0, 0.5


class Engine(Hashable, Protocol):
    """What the web channel needs of the assistant."""

    missing: list[str]

    async def __call__(self, message: Any) -> None:
        """Hand a message to Rasa."""

    async def begin_turn(self, sender: str, seconds: float) -> HeldTurn:
        """Have something of this name alone, over all workers."""

    async def end_turn(self, held: HeldTurn) -> bool:
        """Let others have it."""

    def register_data_store(self, store: PersonalDataStore) -> None:
        """Tell `store` whenever somebody is to be forgotten."""


class Turns:
    """Answers the messages of every session one after the other, and shows what is said.

    Args:
        engine: whether the model is there yet.
        gateway: answers a message.
        transcript: what was said by both sides.
        lines: in which order.
        sockets: who is connected.
    """

    def __init__(
        self,
        engine: Engine,
        gateway: Gateway,
        transcript: Transcript,
        queues: SessionQueues,
        sockets: Sockets,
    ) -> None:
        self._engine = engine
        self._gateway = gateway
        self._transcript = transcript
        self._queues = queues
        self._io = sockets
        self._under_way: set[tuple[str, int]] = set()
        self._answering: set[str] = set()
        self._alarming: Counter[str] = Counter()
        # Which tab asked what is being answered, by conversation.
        self._asking: dict[str, str] = {}

    def asking(self, sender: str) -> str | None:
        """The tab that asked what is being answered; "" where that is not known."""
        return self._asking.get(sender)

    def is_answering(self, sender: str) -> bool:
        """Whether an answer is being made."""
        return sender in self._answering

    def put(self, sender: str, asked: Asked, alarming: bool, sid: str, late: bool = False) -> None:
        """Have a message answered after those before it, unless that is under way.

        Args:
            alarming: whether it holds a warning sign.
            sid: the tab it came from; "" where that is not known.
            late: whether it was left without an answer earlier.
        """
        key = (sender, asked.seq)
        if key in self._under_way:
            return
        self._under_way.add(key)
        self._alarming[sender] += alarming
        patience = _LATE_PATIENCE_SECONDS if late else _PATIENCE_SECONDS
        until = asyncio.get_running_loop().time() + patience
        self._queues.put(sender, partial(self._turn, sender, asked, until, alarming, sid))

    async def _turn(
        self, sender: str, asked: Asked, until: float, alarming: bool, sid: str
    ) -> None:
        """Answer one message, and show the answer to every tab.

        Args:
            until: how long it may wait for the model, by the clock of the loop.
            alarming: whether it holds a warning sign.
            sid: the tab it came from.
        """
        self._asking[sender] = sid
        alone: HeldTurn | None = None
        try:
            await self._typing(sender, True)
            alone = await self._alone(sender, alarming)
            if not self._is_answered(sender, asked):
                asked = await self._still_there(sender, asked)
                await self._ready(sender, until)
                incoming = Incoming(asked.text, sender, "web", asked.metadata, asked.id)
                said = await self._gateway.exchange(incoming, self._effort(sender, asked))
                await self._typing(sender, False)
                await self.show(sender, self._stored(sender, asked, said))
            else:
                await self._typing(sender, False)
        except Exception as error:
            log_failure(logger, "a turn of the web channel failed", error)
            await self._typing(sender, False)
        finally:
            if alone is not None:
                await asyncio.shield(self._engine.end_turn(alone))
            del self._asking[sender]
            self._under_way.discard((sender, asked.seq))
            self._alarming[sender] -= alarming
            if not self._alarming[sender]:
                del self._alarming[sender]

    async def _alone(self, sender: str, alarming: bool) -> HeldTurn | None:
        """The chat, kept from other workers; None where there are none, or it takes too long."""
        if self._transcript.news is None:
            return None
        seconds = _A_SIGN_WAITS if alarming else _ELSEWHERE_SECONDS
        try:
            return await self._engine.begin_turn(f"answers {sender}", seconds)
        except BusyError:  # somebody waits: it is stored once all the same
            return None

    def _is_answered(self, sender: str, asked: Asked) -> bool:
        """Whether another worker has answered a message."""
        try:
            return self._transcript.news is not None and self._transcript.is_answered(
                sender, asked.seq
            )
        except Exception as error:
            log_failure(logger, "it could not be seen whether a message is answered", error)
            return False

    async def _still_there(self, sender: str, asked: Asked) -> Asked:
        """The message, stored once more if it was erased with everything before it."""
        try:
            if self._transcript.entry(sender, asked.seq):
                return asked
            again = self._transcript.ask(sender, asked.id, asked.text, asked.metadata)
            entry = self._transcript.entry(sender, again.seq)
        except Exception as error:
            log_failure(logger, "a message could not be stored once more", error)
            return asked
        self._under_way.discard((sender, asked.seq))
        self._under_way.add((sender, again.seq))
        await self.show(sender, [entry] if entry else [])
        return again

    def _effort(self, sender: str, asked: Asked) -> Effort:
        try:
            attempt = self._transcript.attempt(sender, asked.seq)
        except Exception as error:
            log_failure(logger, "an attempt could not be counted", error)
            return Effort.FIRST
        return {1: Effort.FIRST, 2: Effort.AGAIN}.get(attempt, Effort.LAST)

    async def _ready(self, sender: str, until: float) -> None:
        """Wait for the model, unless a warning sign is told or stands behind in the line."""
        now = asyncio.get_running_loop().time
        while self._engine.missing and not self._alarming[sender] and now() < until:
            await asyncio.sleep(_LOOK_SECONDS)

    def _stored(self, sender: str, asked: Asked, said: list[Message]) -> list[Entry]:
        try:
            return self._transcript.answer(sender, asked.seq, said)
        except Exception as error:  # the person has waited long enough, and shall have it
            log_failure(logger, "an answer could not be stored", error)
            return [
                unstored(asked.seq + number, asked.seq, message)
                for number, message in enumerate(said, 1)
            ]

    async def _typing(self, sender: str, on: bool) -> None:
        (self._answering.add if on else self._answering.discard)(sender)
        await self._io.emit("typing", {"on": on}, room=sender)

    async def show(self, sender: str, entries: Iterable[Entry]) -> None:
        """Send entries to every tab of a session."""
        for entry in entries:
            await self._io.emit("entry", entry, room=sender)
