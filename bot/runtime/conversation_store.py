"""Where conversations are kept: Rasa's SQL tracker store, which forgets nothing in silence.

Rasa's own way with a store that fails is another one in memory, which nobody reads again: what a
person told is then gone. Here it is kept in memory until it could be written, and whoever answers
can ask whether it was. Calls to the database run outside the event loop, with deadlines, and
a conversation at hand is not read again while nobody else has added to it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from bot.privacy.private_files import private_file
from bot.privacy.private_store import empty_log, private_engine, private_folder, wipe
from bot.privacy.quiet_log import log_failure
from bot.runtime.storage import turn_table
from bot.runtime.storage.at_hand import AtHand, Conversation
from bot.runtime.storage.lane import Lane, Unavailable
from bot.runtime.storage.turn_table import Contacts, Turn
from bot.text.json_types import JsonObject
from bot.version import release

logger = logging.getLogger(__name__)

FILE = "conversations.db"
# How long SQLite waits for somebody else who uses the file; how long a call may take.
_BUSY_SECONDS = 0.4
_CALL_SECONDS = 1.0
# What nobody waits for who was asked something.
_PATIENT_SECONDS = 30.0


class ConversationStore(SQLTrackerStore):
    """A tracker store in a folder of its own, in conversations.db.

    Args:
        folder: the state folder; it is made if it is not there.
        now: tells the time.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        # Made before Rasa would make it, readable for everybody.
        super().__init__(db=str(private_file(private_folder(folder) / FILE)))
        rasas_own: Any = self.engine
        rasas_own.dispose()
        self.engine: Any = private_engine(rasas_own.url, _BUSY_SECONDS, pauses=False)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._now = now
        self._at_hand = AtHand()
        self._has_tables = False
        self._making_tables = threading.Lock()
        failures = (SQLAlchemyError, OSError)
        self._reads = Lane("conversations-read", _CALL_SECONDS, failures, threads=2)
        self._writes = Lane("conversations-write", _CALL_SECONDS, failures)

    def is_written(self, sender: str) -> bool:
        """Whether everything of a conversation is in the database."""
        return sender not in self._at_hand.unwritten

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
            await self._reads.call(self._version, "")
            await self._writes.call(self._try_writing)
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
            number = await self._writes.call(self._write_turns, sender, turns, kept.version)
        except Unavailable as error:
            log_failure(logger, "a conversation could not be written", error.__cause__ or error)
            return False
        is_ours_alone = kept.version is not None and number == kept.version + len(turns)
        del kept.unwritten[: len(turns)]
        # What others wrote meanwhile is read before the next turn.
        kept.version = number if is_ours_alone else None
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
        stored = await self._reads.call(self._stored, conversation_id, True)
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
        return await self._reads.call(self._senders, seconds=_PATIENT_SECONDS)

    async def erase(self, sender: str) -> None:
        """Delete every event of a sender, from the file as well as from its log.

        Raises:
            Unavailable: the file cannot be written, or its log is in use.
        """
        await self._writes.call(self._erase, sender)
        self._at_hand.forget(sender)

    async def erase_silent(self, channel: str, seconds: float) -> None:
        """Delete the conversations of a channel that keeps none, once they are over.

        Args:
            seconds: for how long nothing may have been said.

        Raises:
            Unavailable: the file cannot be written, or its log is in use.
        """
        before = self._now() - seconds
        await self._writes.call(self._erase_silent, channel, before, seconds=_PATIENT_SECONDS)

    async def contacts(self) -> Contacts:
        """When something was said in each conversation last.

        Raises:
            Unavailable: the database cannot be read.
        """
        return await self._reads.call(self._contacts, seconds=_PATIENT_SECONDS)

    async def events_of(self, sender: str) -> list[JsonObject]:
        """All stored events of a conversation as plain values, oldest first.

        Raises:
            Unavailable: the database cannot be read.
        """
        return await self._reads.call(self._stored, sender, True, seconds=_PATIENT_SECONDS)

    async def erase_all(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete several conversations; with `before`, those that are silent since then.

        Raises:
            Unavailable: the file cannot be written.
        """
        gone = [s for s in senders if before is None or self.is_written(s)]
        await self._writes.call(self._erase_all, gone, before, seconds=_PATIENT_SECONDS)
        for sender in gone:
            self._at_hand.forget(sender)

    async def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file; `soon`, if that takes a moment.

        Raises:
            Unavailable: somebody else uses the file; a remnant may still be there.
        """
        await self._writes.call(wipe, self.engine, soon, seconds=_PATIENT_SECONDS)

    async def _is_newest(self, sender: str, kept: Conversation) -> bool:
        """Whether nobody else has added to a conversation; so it is taken where none can say."""
        try:
            return await self._reads.call(self._version, sender) == kept.version
        except Unavailable:
            return kept.version is not None

    async def _read(self, sender: str) -> Conversation:
        events, number = await self._reads.call(self._newest_session, sender)
        kept = Conversation(version=number)
        if events:
            make = DialogueStateTracker.from_dict
            kept.goes_on_with(await asyncio.to_thread(make, sender, events, self.domain.slots))
        self._at_hand.keep(sender, kept)
        return kept

    # What follows runs in the threads of the lanes.

    def _tables(self) -> None:
        with self._making_tables:  # several threads come here first at once
            if not self._has_tables:
                self.Base.metadata.create_all(self.engine)
                turn_table.create_tables(self.engine)
                self._has_tables = True

    def _try_writing(self) -> None:
        self._tables()
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.rollback()

    def _write_turns(self, sender: str, turns: tuple[Turn, ...], known: int | None) -> int:
        self._tables()
        with self.engine.begin() as connection:
            return turn_table.write(connection, sender, turns, known)

    def _version(self, sender: str) -> int:
        self._tables()
        with self.engine.connect() as connection:
            return turn_table.version(connection, sender)

    def _newest_session(self, sender: str) -> tuple[list[JsonObject], int]:
        self._tables()
        with self.engine.connect() as connection:
            number = turn_table.version(connection, sender)
            events, begins = turn_table.read(connection, sender, whole=False)
        if not begins:
            events = [*self._of_before(sender), *events]
        return events[_newest_start(events) :], number

    def _stored(self, sender: str, whole: bool) -> list[JsonObject]:
        self._tables()
        with self.engine.connect() as connection:
            events, _ = turn_table.read(connection, sender, whole)
        return [*self._of_before(sender), *events]

    def _of_before(self, sender: str) -> list[JsonObject]:
        """The events that are stored in Rasa's own table, one by one."""
        mine = self.SQLEvent.sender_id == sender
        with self.engine.connect() as connection:
            wanted = sqlalchemy.select(self.SQLEvent.data).where(mine).order_by(self.SQLEvent.id)
            return [json.loads(row) for row in connection.execute(wanted).scalars()]

    def _senders(self) -> list[str]:
        self._tables()
        with self.engine.connect() as connection:
            before = sqlalchemy.select(self.SQLEvent.sender_id).distinct()
            found = [*connection.execute(before).scalars(), *turn_table.senders(connection)]
        return list(dict.fromkeys(found))

    def _erase(self, sender: str) -> None:
        self._tables()
        with self.engine.begin() as connection:
            turn_table.erase(connection, sender)
            table = self.SQLEvent.__table__
            connection.execute(table.delete().where(table.c.sender_id == sender))
        empty_log(self.engine)

    def _contacts(self) -> Contacts:
        self._tables()
        with self.engine.connect() as connection:
            return self._newest(connection)

    def _newest(self, connection: Any) -> Contacts:
        table = self.SQLEvent.__table__
        old = turn_table.contacts(connection, table.c.sender_id, table.c.timestamp)
        return old | turn_table.contacts(connection)

    def _erase_all(self, senders: Sequence[str], before: float | None) -> None:
        self._tables()
        table = self.SQLEvent.__table__
        with self.engine.begin() as connection:
            if before is not None:
                newest = self._newest(connection)
                senders = [s for s in senders if newest.get(s, before) < before]
            connection.execute(table.delete().where(table.c.sender_id.in_(senders)))
            turn_table.erase_all(connection, senders)

    def _erase_silent(self, channel: str, before: float) -> None:
        self._tables()
        table = self.SQLEvent.__table__
        silent = turn_table.silent_senders(table.c.sender_id, table.c.timestamp, channel, before)
        with self.engine.begin() as connection:
            found = turn_table.erase_silent(connection, channel, before)
            found += connection.execute(
                table.delete().where(table.c.sender_id.in_(silent))
            ).rowcount
        if found:
            empty_log(self.engine)


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


def _newest_start(events: list[JsonObject]) -> int:
    """Where the newest session begins in events as plain values."""
    starts = [n for n, e in enumerate(events) if e.get("event") == SessionStarted.type_name]
    return starts[-1] if starts else 0


def _since_session_began(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The tracker without the sessions before its newest, as it would be read."""
    events = list(tracker.events)
    starts = [n for n, event in enumerate(events) if isinstance(event, SessionStarted)]
    if not starts or not starts[-1]:
        return tracker
    return DialogueStateTracker.from_events(tracker.sender_id, events[starts[-1] :], domain.slots)
