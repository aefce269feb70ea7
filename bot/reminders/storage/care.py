"""What is kept of reminders of a person: told as a whole, and deleted when it is old."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sql

from bot.reminders.storage.store import ReminderStore
from bot.reminders.storage.tables import deliveries, occurrences, people, reminders, subscriptions
from bot.storage.home import wiped
from bot.text.json_types import JsonObject

_ALL = (deliveries, occurrences, reminders, people, subscriptions)
# How the tables are told to the person, without what only a machine needs.
_TOLD = {"reminders": reminders, "told": occurrences, "person": people, "browsers": subscriptions}
_LEFT_OUT = frozenset({"sender", "state", "fired", "turn", "also", "feed"})
_MOMENTS = frozenset({"created", "due", "shown", "next_due", "paused_until"})


class ReminderCare:
    """What is done with reminders beside setting and sending them.

    Args:
        store: where they are.
    """

    def __init__(self, store: ReminderStore) -> None:
        self._store = store

    def contacts(self) -> dict[str, float]:
        """When each person set a reminder, or was shown one in the chat, last.

        Whose browser takes notifications is there now: that ends by itself when the browser does.
        """
        last: dict[str, float] = {}
        with self._store.database.reading() as connection:
            for table, at in ((reminders, "created"), (occurrences, "shown")):
                newest = sql.select(table.c.sender, sql.func.max(table.c[at]))
                for sender, when in connection.execute(newest.group_by(table.c.sender)):
                    last[sender] = max(float(when or 0), last.get(sender, 0))
            for sender in connection.execute(sql.select(people.c.sender)).scalars():
                last.setdefault(sender, 0.0)
            for sender in connection.execute(sql.select(subscriptions.c.sender)).scalars():
                last[sender] = self._store.now()
        return last

    def kept_of(self, sender: str) -> JsonObject:
        """Everything that is kept of a person."""
        told: JsonObject = {}
        with self._store.database.reading() as connection:
            for name, table in _TOLD.items():
                rows = connection.execute(sql.select(table).where(table.c.sender == sender))
                found = [_plain(row._mapping) for row in rows]
                if found:
                    told[name] = found
        return told

    def erase_all(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete everything of persons; with `before`, of those who were not there since then."""
        if before is not None:
            last = self.contacts()
            senders = [s for s in senders if last.get(s, 0.0) < before]
        with self._store.database.writing() as connection:
            for table in _ALL:
                connection.execute(table.delete().where(table.c.sender.in_(senders)))

    def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file, or of a server's tables.

        Args:
            soon: only if that takes a moment.

        Raises:
            Exception: somebody else uses them, and a remnant may still be there.
        """
        wiped(self._store.database.engine, soon)


def _plain(row: Any) -> JsonObject:
    told: JsonObject = {}
    for name, value in row.items():
        if name in _LEFT_OUT or value is None:
            continue
        if name in _MOMENTS:
            value = dt.datetime.fromtimestamp(value, dt.UTC).isoformat(timespec="seconds")
        elif isinstance(value, str) and value[:1] in "[{":
            value = json.loads(value)
        told[str(name)] = value
    return told
