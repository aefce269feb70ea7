"""Due reminders, fired and lent to senders until they are delivered.

Two tables move on by themselves. `fire` turns a due reminder into an occurrence and sets its next
time, in one transaction. `claim` lends deliveries to one sender for some seconds; a sender that
dies over them leaves them to the next. So several senders on one database never fire one twice,
and never lose one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sql

from bot.reminders.storage.base import StoreBase
from bot.reminders.storage.records import (
    ACTIVE,
    CHAT,
    PUSH,
    WEBHOOK,
    Delivery,
    Occurrence,
    Reminder,
    occurrence_of,
    quiet_end,
    reminder_of,
)
from bot.reminders.storage.tables import deliveries, occurrences, reminders, subscriptions
from bot.text.json_types import JsonObject

_WAITING, _DONE, _FAILED = "waiting", "done", "failed"
_BATCH = 200
# More senders than this in one question are asked for in several.
_MOST_AT_ONCE = 400


class SendingStore(StoreBase):
    """What senders do."""

    def fire(self, with_webhook: bool = False) -> int:
        """Turn what is due into occurrences that wait to be delivered; gives how many.

        Whoever is paused until now comes back. Of times that went by while nobody fired, the newest
        is told, and the others are counted.
        """
        fired = 0
        with self.database.writing() as connection:
            wanted = (
                sql.select(reminders)
                .where(reminders.c.next_due <= self.now())
                .order_by(reminders.c.next_due)
                .limit(_BATCH)
                .with_for_update(skip_locked=True)
            )
            for row in connection.execute(wanted).fetchall():
                reminder = reminder_of(row)
                if reminder.is_paused:
                    back = replace(
                        reminder, state=ACTIVE, paused_until=None,
                        next_due=self._next(reminder.schedule, self.now()),
                    )  # fmt: skip
                    self._write(connection, back)
                    continue
                self._fire(connection, reminder, with_webhook)
                fired += 1
        return fired

    def next_due(self) -> float | None:
        """When the next reminder is due, in seconds since 1970."""
        with self.database.reading() as connection:
            found = connection.execute(sql.select(sql.func.min(reminders.c.next_due))).scalar()
        return float(found) if found is not None else None

    def claim(
        self,
        way: str,
        by: str,
        seconds: float,
        senders: Sequence[str] | None = None,
        most: int = _BATCH,
    ) -> list[Delivery]:
        """Deliveries that wait, lent to `by` for some seconds.

        Args:
            senders: only what is for one of these.
        """
        if senders is None:
            return self._claim(way, by, seconds, None, most)
        claimed: list[Delivery] = []
        for start in range(0, len(senders), _MOST_AT_ONCE):
            some = senders[start : start + _MOST_AT_ONCE]
            claimed += self._claim(way, by, seconds, some, most)
        return claimed

    def waits_for(self, sender: str) -> bool:
        """Whether something is there to be told to a person."""
        wanted = (
            sql.select(deliveries.c.id)
            .where(
                deliveries.c.sender == sender,
                deliveries.c.way == CHAT,
                deliveries.c.state == _WAITING,
                deliveries.c.not_before <= self.now(),
            )
            .limit(1)
        )
        with self.database.reading() as connection:
            return connection.execute(wanted).first() is not None

    def delivered(self, done: Iterable[Delivery], by: str) -> None:
        """These have reached their person."""
        now, rows = self.now(), list(done)
        with self.database.writing() as connection:
            for delivery in rows:
                mine = (deliveries.c.id == delivery.id) & (deliveries.c.state == _WAITING)
                connection.execute(deliveries.update().where(mine).values(state=_DONE, lease_by=by))
                if delivery.way == CHAT:
                    unseen = (occurrences.c.id == delivery.occurrence.id) & occurrences.c.shown.is_(
                        None
                    )
                    connection.execute(occurrences.update().where(unseen).values(shown=now))

    def failed(self, delivery: Delivery, again_in: float | None) -> None:
        """This one did not get through; it is tried again after some seconds, or never."""
        values: JsonObject = {"attempts": delivery.attempts + 1, "lease_until": None}
        if again_in is None:
            values["state"] = _FAILED
        else:
            values["not_before"] = self.now() + again_in
        mine = (deliveries.c.id == delivery.id) & (deliveries.c.state == _WAITING)
        with self.database.writing() as connection:
            connection.execute(deliveries.update().where(mine).values(**values))

    def purge(self) -> None:
        """Delete what was told, or could be told, so long ago that nobody asks for it any more."""
        before = self.now() - self._keep_seconds
        with self.database.writing() as connection:
            old = sql.select(occurrences.c.id).where(
                occurrences.c.due < before,
                sql.or_(
                    occurrences.c.shown.is_not(None),
                    occurrences.c.due < before - 3 * self._keep_seconds,
                ),
            )
            gone = [row.id for row in connection.execute(old)]
            for start in range(0, len(gone), _MOST_AT_ONCE):
                some = gone[start : start + _MOST_AT_ONCE]
                connection.execute(deliveries.delete().where(deliveries.c.occurrence.in_(some)))
                connection.execute(occurrences.delete().where(occurrences.c.id.in_(some)))

    def _claim(
        self, way: str, by: str, seconds: float, senders: Sequence[str] | None, most: int
    ) -> list[Delivery]:
        now = self.now()
        free = sql.or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now)
        wanted = sql.select(deliveries).where(
            deliveries.c.way == way,
            deliveries.c.state == _WAITING,
            deliveries.c.not_before <= now,
            free,
        )
        if senders is not None:
            wanted = wanted.where(deliveries.c.sender.in_(list(senders)))
        wanted = wanted.order_by(deliveries.c.not_before).limit(most)
        with self.database.reading() as connection:
            # Most of the time there is nothing, and nobody need be held up to see that.
            if connection.execute(wanted).first() is None:
                return []
        with self.database.writing() as connection:
            rows = connection.execute(wanted.with_for_update(skip_locked=True)).fetchall()
            ids = [row.id for row in rows]
            connection.execute(
                deliveries.update()
                .where(deliveries.c.id.in_(ids))
                .values(lease_until=now + seconds, lease_by=by)
            )
            wanted_too = sql.select(occurrences).where(
                occurrences.c.id.in_([row.occurrence for row in rows])
            )
            told = {row.id: occurrence_of(row) for row in connection.execute(wanted_too)}
        return [
            Delivery(row.id, row.way, told[row.occurrence], row.target, row.attempts)
            for row in rows
            if row.occurrence in told
        ]

    def _fire(self, connection: Any, reminder: Reminder, with_webhook: bool) -> None:
        now = self.now()
        due, also = float(reminder.next_due or now), 0
        following: float | None = None
        if reminder.schedule is not None:
            moment = dt.datetime.fromtimestamp(due, dt.UTC)
            for later in reminder.schedule.after(moment):
                if later.timestamp() > now:
                    following = later.timestamp()
                    break
                due, also = later.timestamp(), also + 1
        occurrence = Occurrence(
            f"{reminder.id}-{int(due)}", reminder.id, reminder.sender, reminder.kind,
            reminder.points, reminder.schedule.zone if reminder.schedule else "UTC",
            reminder.fired, due, also, subject=reminder.subject,
        )  # fmt: skip
        self._wait(connection, occurrence, with_webhook)
        if following is None:
            connection.execute(reminders.delete().where(reminders.c.id == reminder.id))
        else:
            self._write(connection, replace(reminder, next_due=following, fired=reminder.fired + 1))

    def _wait(self, connection: Any, occurrence: Occurrence, with_webhook: bool) -> None:
        """Store an occurrence, with a delivery for each way that leads to its person."""
        row = {**occurrence.__dict__, "points": json.dumps(occurrence.points)}
        connection.execute(occurrences.insert().values(**row))
        browsers = connection.execute(
            sql.select(subscriptions.c.id).where(subscriptions.c.sender == occurrence.sender)
        ).fetchall()
        ways: list[tuple[str, str | None]] = [(CHAT, None), *((PUSH, b.id) for b in browsers)]
        if with_webhook:
            ways.append((WEBHOOK, None))
        not_before = self._not_before(connection, occurrence)
        for way, target in ways:
            mark = f"-{target[:16]}" if target else ""
            connection.execute(
                deliveries.insert().values(
                    id=f"{occurrence.id}-{way}{mark}", occurrence=occurrence.id,
                    sender=occurrence.sender, way=way, target=target, state=_WAITING,
                    not_before=not_before, attempts=0,
                )
            )  # fmt: skip

    def _not_before(self, connection: Any, occurrence: Occurrence) -> float:
        """When it may be told: at once, or at the end of the person's quiet hours."""
        quiet = self._person(connection, occurrence.sender).quiet
        return quiet_end(occurrence.due, quiet, occurrence.zone)
