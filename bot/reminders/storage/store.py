"""What is kept of reminders: set, changed and cancelled by people, fired and delivered by senders.

Nothing that somebody wrote is kept: a reminder names its kind (data/reminders.yml) and its points.
Two tables move on by themselves. `fire` turns a due reminder into an occurrence and sets its next
time, in one transaction. `claim` lends deliveries to one sender for some seconds; a sender that
dies over them leaves them to the next. So several senders on one database never fire one twice,
and never lose one.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sql

from bot.reminders.schedules import Schedule
from bot.reminders.storage.database import Database
from bot.reminders.storage.tables import deliveries, occurrences, people, reminders, subscriptions

# Browsers of one person that are sent notifications.
MOST_BROWSERS = 8

CHAT, PUSH, WEBHOOK = "chat", "push", "webhook"
ACTIVE, PAUSED = "active", "paused"
_WAITING, _DONE, _FAILED = "waiting", "done", "failed"
_BATCH = 200
_DAY = 86_400
# More senders than this in one question are asked for in several.
_MOST_AT_ONCE = 400


@dataclass(frozen=True)
class Reminder:
    """A reminder that somebody has set.

    Attributes:
        points: codes of the points it is about.
        schedule: None for one that comes after each session.
        next_due: in seconds since 1970; None while it is paused, or waits for a session.
        fired: how often it has come.
    """

    id: str
    sender: str
    kind: str
    points: tuple[str, ...]
    schedule: Schedule | None
    state: str = ACTIVE
    paused_until: float | None = None
    next_due: float | None = None
    fired: int = 0
    created: float = 0.0

    @property
    def is_paused(self) -> bool:
        """Whether it is on hold."""
        return self.state == PAUSED


@dataclass(frozen=True)
class Occurrence:
    """One time at which a reminder was due.

    Attributes:
        zone: the time zone of the person.
        turn: how often the reminder has come before.
        also: how many earlier times nobody was there to fire.
        shown: when it was shown, in seconds since 1970.
    """

    id: str
    reminder: str
    sender: str
    kind: str
    points: tuple[str, ...]
    zone: str
    turn: int
    due: float
    also: int = 0
    shown: float | None = None


@dataclass(frozen=True)
class Delivery:
    """An occurrence that has to reach somebody on one way; `target` is a browser, for pushes."""

    id: str
    way: str
    occurrence: Occurrence
    target: str | None = None
    attempts: int = 0


@dataclass(frozen=True)
class PersonNotes:
    """What is kept of a person beside their reminders. Quiet hours are minutes of the day."""

    zone: str | None = None
    quiet: tuple[int, int] | None = None
    feed: str | None = None
    carried: dict[str, Any] | None = None


class ReminderStore:
    """The reminders of everybody.

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

    # What people do

    def add(
        self, sender: str, kind: str, points: Sequence[str], schedule: Schedule | None
    ) -> Reminder:
        """Set a reminder; without a schedule, one that comes after each session."""
        reminder = Reminder(
            uuid.uuid4().hex, sender, kind, tuple(points), schedule,
            next_due=self._next(schedule, self.now()), created=self.now(),
        )  # fmt: skip
        with self.database.writing() as connection:
            connection.execute(reminders.insert().values(**_row(reminder)))
        return reminder

    def of(self, sender: str) -> list[Reminder]:
        """The reminders of a person, as they were set."""
        wanted = (
            sql.select(reminders)
            .where(reminders.c.sender == sender, reminders.c.state.in_((ACTIVE, PAUSED)))
            .order_by(reminders.c.created, reminders.c.id)
        )
        with self.database.reading() as connection:
            return [_reminder(row) for row in connection.execute(wanted)]

    def everybody(self) -> list[Reminder]:
        """All reminders that are set, next first."""
        wanted = (
            sql.select(reminders)
            .where(reminders.c.state.in_((ACTIVE, PAUSED)))
            .order_by(reminders.c.next_due, reminders.c.created)
        )
        with self.database.reading() as connection:
            return [_reminder(row) for row in connection.execute(wanted)]

    def reschedule(self, reminder: Reminder, schedule: Schedule) -> Reminder:
        """Give a reminder another schedule; what it was still to say is dropped."""
        changed = replace(
            reminder, schedule=schedule, state=ACTIVE, paused_until=None,
            next_due=self._next(schedule, self.now()),
        )  # fmt: skip
        self._update([changed])
        return changed

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
            occurrence.sender, occurrence.kind, occurrence.points, occurrence.zone, seconds
        )

    def after_session(self, sender: str, zone: str, seconds: float) -> bool:
        """A session is over: fire what comes after each session. False if there is nothing."""
        waiting = [r for r in self.of(sender) if r.schedule is None and not r.is_paused]
        for reminder in waiting:
            self._once(sender, reminder.kind, reminder.points, zone, seconds)
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
        return _occurrence(row) if row else None

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
            found = [_occurrence(row) for row in connection.execute(wanted)]
        return [o for o in found if o.shown is None or o.shown - o.due >= late]

    def person(self, sender: str) -> PersonNotes:
        """What is kept of a person beside their reminders."""
        with self.database.reading() as connection:
            return self._person(connection, sender)

    def note(self, sender: str, **values: Any) -> None:
        """Keep something of a person: zone, quiet (a pair of minutes or None), feed, carried."""
        if "quiet" in values:
            quiet = values.pop("quiet")
            values |= {
                "quiet_from": quiet[0] if quiet else None,
                "quiet_to": quiet[1] if quiet else None,
            }
        if "carried" in values:
            values["carried"] = json.dumps(values["carried"]) if values["carried"] else None
        mine = people.c.sender == sender
        with self.database.writing() as connection:
            if connection.execute(people.update().where(mine).values(**values)).rowcount == 0:
                connection.execute(people.insert().values(sender=sender, **values))

    def feed(self, sender: str, anew: bool = False) -> str:
        """The secret of a person's calendar; with `anew`, the old one is void."""
        known = self.person(sender).feed
        if known and not anew:
            return known
        secret = secrets.token_urlsafe(32)
        self.note(sender, feed=secret)
        return secret

    def owner_of_feed(self, secret: str) -> str | None:
        """Whose calendar a secret opens."""
        wanted = sql.select(people.c.sender).where(people.c.feed == secret)
        with self.database.reading() as connection:
            found = connection.execute(wanted).scalar()
        return str(found) if found else None

    def subscribe(self, sender: str, browser: str, content: dict[str, Any]) -> None:
        """Let a browser be sent notifications; it belongs to whoever used it last.

        Of one person only the newest are kept.
        """
        row = {"sender": sender, "content": json.dumps(content), "created": self.now()}
        with self.database.writing() as connection:
            connection.execute(subscriptions.delete().where(subscriptions.c.id == browser))
            connection.execute(subscriptions.insert().values(id=browser, **row))
            newest_first = (subscriptions.c.created.desc(), subscriptions.c.id)
            mine = sql.select(subscriptions.c.id).where(subscriptions.c.sender == sender)
            ids = connection.execute(mine.order_by(*newest_first)).scalars().all()
            over = [each for each in ids if each != browser][MOST_BROWSERS - 1 :]
            connection.execute(subscriptions.delete().where(subscriptions.c.id.in_(over)))

    def unsubscribe(self, browser: str, sender: str | None = None) -> None:
        """Send a browser nothing any more."""
        gone = subscriptions.c.id == browser
        if sender is not None:
            gone &= subscriptions.c.sender == sender
        with self.database.writing() as connection:
            connection.execute(subscriptions.delete().where(gone))

    def subscription(self, browser: str) -> dict[str, Any] | None:
        """Where to send a browser's notifications."""
        wanted = sql.select(subscriptions.c.content).where(subscriptions.c.id == browser)
        with self.database.reading() as connection:
            found = connection.execute(wanted).scalar()
        return dict(json.loads(found)) if found else None

    def forget(self, sender: str) -> None:
        """Delete everything of a person, in the file itself.

        Raises:
            OSError: the file is in use, and its log may still hold something.
        """
        with self.database.writing() as connection:
            for table in (deliveries, occurrences, reminders, people, subscriptions):
                connection.execute(table.delete().where(table.c.sender == sender))
        self.database.emptied()

    # What senders do

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
                reminder = _reminder(row)
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
        values: dict[str, Any] = {"attempts": delivery.attempts + 1, "lease_until": None}
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

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    # Inside

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
            told = {row.id: _occurrence(row) for row in connection.execute(wanted_too)}
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
            reminder.fired, due, also,
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

    def _once(
        self, sender: str, kind: str, points: Sequence[str], zone: str, seconds: float
    ) -> float:
        due = self.now() + seconds
        local = dt.datetime.fromtimestamp(due, dt.UTC).astimezone(_zone(zone))
        schedule = Schedule(zone, local.date(), (local.time().replace(microsecond=0, tzinfo=None),))
        reminder = Reminder(
            uuid.uuid4().hex, sender, kind, tuple(points), schedule, next_due=due,
            created=self.now(),
        )  # fmt: skip
        with self.database.writing() as connection:
            connection.execute(reminders.insert().values(**_row(reminder)))
        return due

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
        row = _row(reminder)
        connection.execute(reminders.update().where(reminders.c.id == row.pop("id")).values(**row))

    def _next(self, schedule: Schedule | None, after: float) -> float | None:
        if schedule is None:
            return None
        due = schedule.next_after(dt.datetime.fromtimestamp(after, dt.UTC))
        return due.timestamp() if due else None


def quiet_end(moment: float, quiet: tuple[int, int] | None, zone: str) -> float:
    """The moment itself, or the end of the quiet hours that it falls into."""
    if quiet is None or quiet[0] == quiet[1]:
        return moment
    local = dt.datetime.fromtimestamp(moment, dt.UTC).astimezone(_zone(zone))
    minute, (first, last) = local.hour * 60 + local.minute, quiet
    is_quiet = first <= minute < last if first < last else minute >= first or minute < last
    if not is_quiet:
        return moment
    day = local.date() + dt.timedelta(days=1 if minute >= last else 0)
    end = dt.datetime.combine(day, dt.time(last // 60, last % 60), _zone(zone))
    return end.timestamp()


def _zone(name: str) -> dt.tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _row(reminder: Reminder) -> dict[str, Any]:
    schedule = reminder.schedule
    return {
        **reminder.__dict__,
        "points": json.dumps(reminder.points),
        "schedule": json.dumps(schedule.to_plain()) if schedule else None,
    }


def _reminder(row: Any) -> Reminder:
    values = dict(row._mapping)
    schedule = values["schedule"]
    values["points"] = tuple(json.loads(values["points"]))
    values["schedule"] = Schedule.from_plain(json.loads(schedule)) if schedule else None
    return Reminder(**values)


def _occurrence(row: Any) -> Occurrence:
    values = dict(row._mapping)
    values["points"] = tuple(json.loads(values["points"]))
    return Occurrence(**values)
