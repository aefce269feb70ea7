"""The database of conversations: a file of a state folder, or a PostgreSQL that several use.

Its calls wait for the database: they run in threads (lane.py), never in the event loop.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import SessionStarted
from sqlalchemy.exc import IntegrityError

from bot.privacy.private_store import empty_log, private_engine
from bot.runtime.storage import turn_table
from bot.runtime.storage.turn_table import Contacts, Turn, Version
from bot.storage.deadlines import patience
from bot.storage.server import Server
from bot.text.json_types import JsonObject

# How long SQLite waits for somebody else who uses the file.
_BUSY_SECONDS = 0.4
# How long what nobody waits for may take who was asked something.
PATIENT_SECONDS = 30.0


class ReadOnlyError(OSError):
    """Raised where the database takes nothing, such as one that only follows another."""


class TurnDatabase:
    """The tables of conversations.

    Args:
        file: where they are, if they are not on a server.
        server: where they are otherwise.

    Attributes:
        engine: its connections.
    """

    def __init__(self, file: Path | None, server: Server | None) -> None:
        self._server = server
        self.engine: Any = (
            server.engine
            if server
            else private_engine(f"sqlite:///{file}", _BUSY_SECONDS, pauses=False)
        )
        self._has_tables = False
        self._making_tables = threading.Lock()

    def _make_tables(self) -> None:
        with self._making_tables:  # several threads come here first at once
            if self._has_tables:
                return
            if self._server:
                self._server.migrate()
            else:
                SQLTrackerStore.Base.metadata.create_all(self.engine)
                turn_table.create_tables(self.engine)
            self._has_tables = True

    def try_writing(self) -> None:
        """Find out whether anything can be written.

        Raises:
            ReadOnlyError: it takes nothing.
        """
        self._make_tables()
        with self.engine.connect() as connection:
            if self._server is None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            elif connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
                raise ReadOnlyError
            connection.rollback()

    def write(
        self, sender: str, turns: tuple[Turn, ...], known: Version | None
    ) -> tuple[Version, bool]:
        """Write turns behind those there are, as `turn_table.write` does."""
        self._make_tables()
        try:
            with self.engine.begin() as connection:
                return turn_table.write(connection, sender, turns, known)
        except IntegrityError:  # somebody else wrote the next number at the same moment
            with self.engine.begin() as connection:
                return turn_table.write(connection, sender, turns, None)

    def version(self, sender: str) -> Version:
        """The version of a conversation."""
        self._make_tables()
        with self.engine.connect() as connection:
            return turn_table.version(connection, sender)

    def newest_session(self, sender: str) -> tuple[list[JsonObject], Version]:
        """The events of the newest session, and the version of the conversation."""
        self._make_tables()
        with self.engine.connect() as connection:
            version = turn_table.version(connection, sender)
            events, begins = turn_table.read(connection, sender, whole=False)
        if not begins:
            events = [*self._of_before(sender), *events]
        return events[_newest_start(events) :], version

    def stored(self, sender: str, whole: bool) -> list[JsonObject]:
        """The events of a conversation; of all its sessions if `whole`."""
        self._make_tables()
        with self.engine.connect() as connection:
            events, _ = turn_table.read(connection, sender, whole)
        return [*self._of_before(sender), *events]

    def _of_before(self, sender: str) -> list[JsonObject]:
        """The events that are stored in Rasa's own table of a file, one by one."""
        if self._server:
            return []
        mine = SQLTrackerStore.SQLEvent.sender_id == sender
        with self.engine.connect() as connection:
            wanted = (
                sqlalchemy.select(SQLTrackerStore.SQLEvent.data)
                .where(mine)
                .order_by(SQLTrackerStore.SQLEvent.id)
            )
            return [json.loads(row) for row in connection.execute(wanted).scalars()]

    def senders(self) -> list[str]:
        """Whose conversations there are."""
        self._make_tables()
        with patience(PATIENT_SECONDS), self.engine.connect() as connection:
            if self._server:
                return turn_table.senders(connection)
            before = sqlalchemy.select(SQLTrackerStore.SQLEvent.sender_id).distinct()
            found = [*connection.execute(before).scalars(), *turn_table.senders(connection)]
        return list(dict.fromkeys(found))

    def erase(self, sender: str) -> None:
        """Delete a conversation."""
        self._make_tables()
        with self.engine.begin() as connection:
            turn_table.erase(connection, sender)
            if self._server is None:
                table = SQLTrackerStore.SQLEvent.__table__
                connection.execute(table.delete().where(table.c.sender_id == sender))
        empty_log(self.engine)

    def contacts(self) -> Contacts:
        """When something was said in each conversation last."""
        self._make_tables()
        with patience(PATIENT_SECONDS), self.engine.connect() as connection:
            return self._newest(connection)

    def _newest(self, connection: Any) -> Contacts:
        if self._server:
            return turn_table.contacts(connection)
        table = SQLTrackerStore.SQLEvent.__table__
        old = turn_table.contacts(connection, table.c.sender_id, table.c.timestamp)
        return old | turn_table.contacts(connection)

    def erase_all(self, senders: Sequence[str], before: float | None) -> None:
        """Delete conversations; with `before`, those that are silent since then."""
        self._make_tables()
        table = SQLTrackerStore.SQLEvent.__table__
        with patience(PATIENT_SECONDS), self.engine.begin() as connection:
            if before is not None:
                newest = self._newest(connection)
                senders = [s for s in senders if newest.get(s, before) < before]
            if self._server is None:
                connection.execute(table.delete().where(table.c.sender_id.in_(senders)))
            turn_table.erase_all(connection, senders)

    def erase_silent(self, channel: str, before: float) -> None:
        """Delete those of a channel that are silent since then."""
        self._make_tables()
        table = SQLTrackerStore.SQLEvent.__table__
        silent = turn_table.silent_senders(table.c.sender_id, table.c.timestamp, channel, before)
        with patience(PATIENT_SECONDS), self.engine.begin() as connection:
            found = turn_table.erase_silent(connection, channel, before)
            if self._server is None:
                gone = table.delete().where(table.c.sender_id.in_(silent))
                found += connection.execute(gone).rowcount
        if found:
            empty_log(self.engine)


def _newest_start(events: list[JsonObject]) -> int:
    """Where the newest session begins in events as plain values."""
    starts = [n for n, e in enumerate(events) if e.get("event") == SessionStarted.type_name]
    return starts[-1] if starts else 0
