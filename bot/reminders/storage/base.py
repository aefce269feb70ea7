"""What all parts of the store of reminders share."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sql

from bot.reminders.schedules import Schedule
from bot.reminders.storage.database import Database
from bot.reminders.storage.records import (
    PersonNotes,
    Reminder,
    row_of,
)
from bot.reminders.storage.tables import people, reminders

_DAY = 86_400


class StoreBase:
    """The tables, and what every part of the store does with them.

    Args:
        database: where they are kept.
        now: the time, in seconds since 1970.
        keep_days: how long an occurrence is kept after it was due.
    """

    def __init__(
        self, database: Database, now: Callable[[], float] = time.time, keep_days: int = 7
    ) -> None:
        self.database = database
        self.now = now
        self._keep_seconds = keep_days * _DAY

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    def person(self, sender: str) -> PersonNotes:
        """What is kept of a person besides their reminders."""
        with self.database.reading() as connection:
            return self._person(connection, sender)

    def _person(self, connection: Any, sender: str) -> PersonNotes:
        row = connection.execute(sql.select(people).where(people.c.sender == sender)).first()
        if row is None:
            return PersonNotes()
        quiet = None if row.quiet_from is None else (row.quiet_from, row.quiet_to)
        return PersonNotes(
            row.zone, quiet, row.feed, json.loads(row.carried) if row.carried else None
        )

    def _update(self, changed: Iterable[Reminder]) -> None:
        with self.database.writing() as connection:
            for reminder in changed:
                if reminder.next_due is None and reminder.schedule and not reminder.is_paused:
                    connection.execute(reminders.delete().where(reminders.c.id == reminder.id))
                else:
                    self._write(connection, reminder)

    def _write(self, connection: Any, reminder: Reminder) -> None:
        row = row_of(reminder)
        connection.execute(reminders.update().where(reminders.c.id == row.pop("id")).values(**row))

    def _next(self, schedule: Schedule | None, after: float) -> float | None:
        if schedule is None:
            return None
        due = schedule.next_after(dt.datetime.fromtimestamp(after, dt.UTC))
        return due.timestamp() if due else None
