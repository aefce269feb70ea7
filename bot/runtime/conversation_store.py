"""Where conversations are kept: Rasa's SQL tracker store, which forgets nothing in silence.

They are in a file of the state folder, or in a PostgreSQL that several workers use.

Rasa's own way with a store that fails is another one in memory, which nobody reads again: what a
person told is then gone. Here it is kept in memory until it could be written, and whoever answers
can ask whether it was. Calls to the database run outside the event loop, with deadlines, and
a conversation at hand is not read again while nobody else has added to it.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from bot.gateway.history import HeldTurn
from bot.privacy.private_files import private_file
from bot.privacy.private_store import private_folder
from bot.privacy.quiet_log import log_failure
from bot.runtime.storage.at_hand import AtHand, Conversation
from bot.runtime.storage.lane import Lane, Unavailable
from bot.runtime.storage.turn_database import PATIENT_SECONDS, TurnDatabase
from bot.runtime.storage.turn_locks import TurnLocks
from bot.runtime.storage.turn_table import NOTHING, Contacts, Turn, Version
from bot.storage.home import wiped
from bot.storage.server import server_at
from bot.text.json_types import JsonObject
from bot.version import release

logger = logging.getLogger(__name__)

FILE = "conversations.db"
# How long a call may take.
_CALL_SECONDS = 1.0


class ConversationStore(SQLTrackerStore):
    """A tracker store in a folder of its own, in conversations.db, or in a database.

    Args:
        folder: the state folder; it is made if it is not there.
        now: tells the time.
        url: of the PostgreSQL; None for the file.
    """

    def __init__(
        self, folder: Path, now: Callable[[], float] = time.time, url: str | None = None
    ) -> None:
        # A file is made before Rasa would make it, readable for everybody.
        file = private_file(private_folder(folder) / FILE) if url is None else None
        super().__init__(db=str(file or ""))
        rasas_own: Any = self.engine
        rasas_own.dispose()
        self._server = server_at(url) if url else None
        self._rows = TurnDatabase(file, self._server)
        self._write_turns = self._rows.write
        self.engine: Any = self._rows.engine
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._now = now
        self._at_hand = AtHand()
        self.locks = TurnLocks(self._server)
        # The versions of conversations that are ours for a turn.
        self._held: dict[str, Version | None] = {}
        failures = (SQLAlchemyError, OSError)
        self._reads = Lane("conversations-read", _CALL_SECONDS, failures, threads=2)
        self._writes = Lane("conversations-write", _CALL_SECONDS, failures)

    def is_written(self, sender: str) -> bool:
        """Whether everything of a conversation is in the database."""
        return sender not in self._at_hand.unwritten

    async def begin_turn(self, sender: str, seconds: float) -> HeldTurn:
        """Have a conversation alone, over all workers.

        Raises:
            BusyError: it was somebody else's for so many seconds.
        """
        held = await self.locks.take(sender, seconds)
        if self._server is None:
            held.version = await self.version(sender)
        if isinstance(held.version, Version):
            self._held[sender] = held.version
        return held

    async def end_turn(self, held: HeldTurn) -> bool:
        """Let others go on with a conversation; whether it was ours until now.

        The version is then that behind the turn.
        """
        held.version = self._held.pop(held.sender, None)
        return await self.locks.give_back(held)

    async def version(self, sender: str) -> Version | None:
        """The version of a conversation in the database; None where that cannot be read."""
        try:
            return await self._reads.call(self._rows.version, sender)
        except Unavailable:
            return None

    @property
    def unwritten(self) -> list[str]:
        """Whose conversations could not be written whole yet."""
        return list(self._at_hand.unwritten)

    def told_unwritten(self, sender: str) -> list[str]:
        """What somebody told of a condition, and is not in the database yet."""
        kept = self._at_hand.get(sender)
        events = [event for turn in kept.unwritten for event in turn.events] if kept else []
        return [str(event.get("text") or "") for event in events if _tells_a_condition(event)]

    async def is_up(self) -> bool:
        """Whether the database can be read and written now."""
        try:
            await self._reads.call(self._rows.version, "")
            await self._writes.call(self._rows.try_writing)
        except Unavailable:
            return False
        return True

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new of a conversation; where that fails, keep it for the next try.

        Raises:
            Unavailable: it is not known what of it is new, as the database cannot be read.
        """
        kept = self._at_hand.get(tracker.sender_id) or await self._read(tracker.sender_id)
        new = list(tracker.events)[kept.count :]
        if not new:
            return
        turn = _turn_of(new, self._now())
        kept.unwritten.append(turn)
        kept.goes_on_with(_since_session_began(tracker, self.domain) if turn.begins else tracker)
        self._at_hand.keep(tracker.sender_id, kept)
        await self.write_again(tracker.sender_id)

    async def write_again(self, sender: str) -> bool:
        """Write what could not be written of a conversation; False where it still cannot be."""
        kept = self._at_hand.get(sender)
        if kept is None or not kept.unwritten:
            return True
        turns = tuple(kept.unwritten)
        try:
            version, is_ours = await self._writes.call(
                self._write_turns, sender, turns, kept.version
            )
        except Unavailable as error:
            log_failure(logger, "a conversation could not be written", error.__cause__ or error)
            return False
        del kept.unwritten[: len(turns)]
        # What others wrote meanwhile is read before the next turn.
        kept.version = version if is_ours else None
        if sender in self._held:
            self._held[sender] = kept.version
        self._at_hand.keep(sender, kept)
        return True

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The newest session of a conversation, with what could not be written yet.

        Raises:
            Unavailable: the database cannot be read, and the conversation is not at hand.
        """
        kept = self._at_hand.get(sender_id)
        if kept is None or not (kept.unwritten or await self._is_newest(sender_id, kept)):
            kept = await self._read(sender_id)
        return kept.tracker_for(sender_id, self.domain)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All sessions of a conversation, with what could not be written yet.

        Raises:
            Unavailable: the database cannot be read.
        """
        kept = self._at_hand.get(conversation_id)
        unwritten = [event for turn in kept.unwritten for event in turn.events] if kept else []
        stored = await self._reads.call(self._rows.stored, conversation_id, True)
        if not stored and not unwritten:
            return None
        make = DialogueStateTracker.from_dict
        events, slots = [*stored, *unwritten], self.domain.slots
        return await asyncio.to_thread(make, conversation_id, events, slots)

    async def keys(self) -> list[str]:
        """Whose conversations there are.

        Raises:
            Unavailable: the database cannot be read.
        """
        return await self._reads.call(self._rows.senders, seconds=PATIENT_SECONDS)

    async def erase(self, sender: str) -> None:
        """Delete every event of a sender, from the file as well as from its log.

        Raises:
            Unavailable: the file cannot be written, or its log is in use.
        """
        await self._writes.call(self._rows.erase, sender)
        self._at_hand.forget(sender)
        if sender in self._held:
            self._held[sender] = NOTHING

    async def erase_silent(self, channel: str, seconds: float) -> None:
        """Delete the conversations of a channel that keeps none, once they are over.

        Args:
            seconds: for how long nothing may have been said.

        Raises:
            Unavailable: the file cannot be written, or its log is in use.
        """
        before = self._now() - seconds
        await self._writes.call(self._rows.erase_silent, channel, before, seconds=PATIENT_SECONDS)

    async def contacts(self) -> Contacts:
        """When something was said in each conversation last.

        Raises:
            Unavailable: the database cannot be read.
        """
        return await self._reads.call(self._rows.contacts, seconds=PATIENT_SECONDS)

    async def events_of(self, sender: str) -> list[JsonObject]:
        """All stored events of a conversation as plain values, oldest first.

        Raises:
            Unavailable: the database cannot be read.
        """
        return await self._reads.call(self._rows.stored, sender, True, seconds=PATIENT_SECONDS)

    async def erase_all(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete several conversations; with `before`, those that are silent since then.

        Raises:
            Unavailable: the file cannot be written.
        """
        gone = [s for s in senders if before is None or self.is_written(s)]
        await self._writes.call(self._rows.erase_all, gone, before, seconds=PATIENT_SECONDS)
        for sender in gone:
            self._at_hand.forget(sender)

    async def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file; `soon`, if that takes a moment.

        Raises:
            Unavailable: somebody else uses the file; a remnant may still be there.
        """
        await self._writes.call(wiped, self.engine, soon, seconds=PATIENT_SECONDS)

    async def _is_newest(self, sender: str, kept: Conversation) -> bool:
        """Whether nobody else has added to a conversation; so it is taken where none can say."""
        if known := self._held.get(sender):  # nobody can, while it is ours
            return known == kept.version
        try:
            return await self._reads.call(self._rows.version, sender) == kept.version
        except Unavailable:
            return kept.version is not None

    async def _read(self, sender: str) -> Conversation:
        events, version = await self._reads.call(self._rows.newest_session, sender)
        kept = Conversation(version=version)
        if events:
            make = DialogueStateTracker.from_dict
            kept.goes_on_with(await asyncio.to_thread(make, sender, events, self.domain.slots))
        self._at_hand.keep(sender, kept)
        return kept


def _tells_a_condition(event: JsonObject) -> bool:
    entities = (event.get("parse_data") or {}).get("entities") or []
    return any(entity.get("entity") == "condition" for entity in entities)


def _turn_of(events: list[Event], at: float) -> Turn:
    begins = any(isinstance(event, SessionStarted) for event in events)
    return Turn(uuid.uuid4().hex, begins, at, [_with_release(event.as_dict()) for event in events])


def _with_release(event: JsonObject) -> JsonObject:
    """An event that tells of a warning sign, with the release that judged it."""
    entities = (event.get("parse_data") or {}).get("entities") or []
    if not any(entity.get("entity") == "red_flag" for entity in entities):
        return event
    return {**event, "metadata": {**(event.get("metadata") or {}), "release": release()}}


def _since_session_began(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The tracker without the sessions before its newest, as it would be read."""
    events = list(tracker.events)
    starts = [n for n, event in enumerate(events) if isinstance(event, SessionStarted)]
    if not starts or not starts[-1]:
        return tracker
    return DialogueStateTracker.from_events(tracker.sender_id, events[starts[-1] :], domain.slots)
