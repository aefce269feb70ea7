"""What is kept of reminders: set, changed and cancelled by people.

A reminder names its kind (data/reminders.yml), its points, and what it is about in a few words of
the person: those are never logged, and deleted with the rest.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sql

from bot.reminders.schedules import Schedule
from bot.reminders.storage.people import PeopleStore
from bot.reminders.storage.records import (
    ACTIVE,
    PAUSED,
    Occurrence,
    Reminder,
    occurrence_of,
    reminder_of,
    row_of,
)
from bot.reminders.storage.sending import SendingStore
from bot.reminders.storage.tables import deliveries, occurrences, reminders


class ReminderStore(PeopleStore, SendingStore):
    """The reminders of everybody.

    Args:
        database: where they are kept.
        now: the time, in seconds since 1970.
        keep_days: how long an occurrence is kept after it was due.
    """

    def add(
        self,
        sender: str,
        kind: str,
        points: Sequence[str],
        schedule: Schedule | None,
        subject: str | None = None,
    ) -> Reminder:
        """Set a reminder; without a schedule, one that comes after each session."""
        reminder = Reminder(
            uuid.uuid4().hex, sender, kind, tuple(points), schedule,
            next_due=self._next(schedule, self.now()), created=self.now(), subject=subject,
        )  # fmt: skip
        with self.database.writing() as connection:
            connection.execute(reminders.insert().values(**row_of(reminder)))
        return reminder

    def of(self, sender: str) -> list[Reminder]:
        """The reminders of a person, as they were set."""
        wanted = (
            sql.select(reminders)
            .where(reminders.c.sender == sender, reminders.c.state.in_((ACTIVE, PAUSED)))
            .order_by(reminders.c.created, reminders.c.id)
        )
        with self.database.reading() as connection:
            return [reminder_of(row) for row in connection.execute(wanted)]

    def everybody(self) -> list[Reminder]:
        """All reminders that are set, next first."""
        wanted = (
            sql.select(reminders)
            .where(reminders.c.state.in_((ACTIVE, PAUSED)))
            .order_by(reminders.c.next_due, reminders.c.created)
        )
        with self.database.reading() as connection:
            return [reminder_of(row) for row in connection.execute(wanted)]

    def reschedule(self, reminder: Reminder, schedule: Schedule) -> Reminder:
        """Give a reminder another schedule; what it was still to say is dropped."""
        changed = replace(
            reminder, schedule=schedule, state=ACTIVE, paused_until=None,
            next_due=self._next(schedule, self.now()),
        )  # fmt: skip
        self._update([changed])
        return changed

    def put_back(self, reminder: Reminder) -> Reminder:
        """Set a reminder as it was before it was changed or cancelled."""
        due = reminder.paused_until if reminder.is_paused else None
        if not reminder.is_paused:
            due = self._next(reminder.schedule, self.now())
        back = replace(reminder, next_due=due)
        with self.database.writing() as connection:
            connection.execute(reminders.delete().where(reminders.c.id == back.id))
            connection.execute(reminders.insert().values(**row_of(back)))
        return back

    def cancel(self, ids: Iterable[str]) -> None:
        """Delete reminders, and what of them still waits to be told."""
        wanted = list(ids)
        with self.database.writing() as connection:
            waiting = sql.select(occurrences.c.id).where(
                occurrences.c.reminder.in_(wanted), occurrences.c.shown.is_(None)
            )
            gone = [row.id for row in connection.execute(waiting)]
            connection.execute(deliveries.delete().where(deliveries.c.occurrence.in_(gone)))
            connection.execute(occurrences.delete().where(occurrences.c.id.in_(gone)))
            connection.execute(reminders.delete().where(reminders.c.id.in_(wanted)))

    def pause(self, paused: Iterable[Reminder], until: float | None = None) -> None:
        """Put reminders on hold; with `until`, they come back by themselves."""
        self._update(replace(r, state=PAUSED, paused_until=until, next_due=until) for r in paused)

    def resume(self, resumed: Iterable[Reminder]) -> list[Reminder]:
        """Take reminders up again; one whose time is over is gone."""
        back = [
            replace(r, state=ACTIVE, paused_until=None, next_due=self._next(r.schedule, self.now()))
            for r in resumed
        ]
        self._update(back)
        return [r for r in back if r.next_due is not None or r.schedule is None]

    def once(self, occurrence: Occurrence, seconds: float) -> float:
        """Have what was just told come again so many seconds from now; gives when."""
        return self._once(
            occurrence.sender,
            occurrence.kind,
            occurrence.points,
            occurrence.zone,
            seconds,
            occurrence.subject,
        )

    def after_session(self, sender: str, zone: str, seconds: float) -> bool:
        """A session is over: fire what comes after each session. False if there is nothing."""
        waiting = [r for r in self.of(sender) if r.schedule is None and not r.is_paused]
        for reminder in waiting:
            self._once(sender, reminder.kind, reminder.points, zone, seconds, reminder.subject)
        return bool(waiting)

    def last_shown(self, sender: str, within: float) -> Occurrence | None:
        """What was shown to a person last, if it was so many seconds ago at most."""
        wanted = (
            sql.select(occurrences)
            .where(occurrences.c.sender == sender, occurrences.c.shown >= self.now() - within)
            .order_by(occurrences.c.shown.desc(), occurrences.c.due.desc())
            .limit(1)
        )
        with self.database.reading() as connection:
            row = connection.execute(wanted).first()
        return occurrence_of(row) if row else None

    def missed(self, sender: str, late: float) -> list[Occurrence]:
        """What a person was not there for in the last days, newest first.

        Args:
            late: shown so many seconds after it was due, it was missed.
        """
        wanted = (
            sql.select(occurrences)
            .where(occurrences.c.sender == sender, occurrences.c.due <= self.now() - late)
            .order_by(occurrences.c.due.desc())
        )
        with self.database.reading() as connection:
            found = [occurrence_of(row) for row in connection.execute(wanted)]
        return [o for o in found if o.shown is None or o.shown - o.due >= late]

    def _once(
        self,
        sender: str,
        kind: str,
        points: Sequence[str],
        zone: str,
        seconds: float,
        subject: str | None = None,
    ) -> float:
        due = self.now() + seconds
        moment = dt.datetime.fromtimestamp(due, dt.UTC).replace(microsecond=0)
        schedule = Schedule.at(moment, zone)
        reminder = Reminder(
            uuid.uuid4().hex, sender, kind, tuple(points), schedule, next_due=due,
            created=self.now(), subject=subject,
        )  # fmt: skip
        with self.database.writing() as connection:
            connection.execute(reminders.insert().values(**row_of(reminder)))
        return due
