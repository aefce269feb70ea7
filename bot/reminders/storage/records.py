"""What is kept of reminders, as it is handed around, and as rows of the tables."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.reminders.schedules import Schedule
from bot.text.json_types import JsonObject

CHAT, PUSH, WEBHOOK = "chat", "push", "webhook"
ACTIVE, PAUSED = "active", "paused"


@dataclass(frozen=True)
class Reminder:
    """A reminder that somebody has set.

    Attributes:
        points: codes of the points it is about.
        schedule: None for one that comes after each session.
        next_due: in seconds since 1970; None while it is paused, or waits for a session.
        fired: how often it has come.
        subject: what it is about, as the person said it (see dialogue/subject.py). Never logged.
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
    subject: str | None = None

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
        subject: that of the reminder.
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
    subject: str | None = None


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
    """What is kept of a person besides their reminders. Quiet hours are minutes of the day."""

    zone: str | None = None
    quiet: tuple[int, int] | None = None
    feed: str | None = None
    carried: JsonObject | None = None


def quiet_end(moment: float, quiet: tuple[int, int] | None, zone: str) -> float:
    """The moment itself, or the end of the quiet hours that it falls into."""
    if quiet is None or quiet[0] == quiet[1]:
        return moment
    local = dt.datetime.fromtimestamp(moment, dt.UTC).astimezone(zone_of(zone))
    minute, (first, last) = local.hour * 60 + local.minute, quiet
    is_quiet = first <= minute < last if first < last else minute >= first or minute < last
    if not is_quiet:
        return moment
    day = local.date() + dt.timedelta(days=1 if minute >= last else 0)
    end = dt.datetime.combine(day, dt.time(last // 60, last % 60), zone_of(zone))
    return end.timestamp()


def zone_of(name: str) -> dt.tzinfo:
    """The time zone of a name."""
    return ZoneInfo(name)


def row_of(reminder: Reminder) -> JsonObject:
    """A reminder as a row of its table."""
    schedule = reminder.schedule
    return {
        **reminder.__dict__,
        "points": json.dumps(reminder.points),
        "schedule": json.dumps(schedule.to_plain()) if schedule else None,
    }


def reminder_of(row: Any) -> Reminder:
    """The reminder of a row."""
    values = dict(row._mapping)
    schedule = values["schedule"]
    values["points"] = tuple(json.loads(values["points"]))
    values["schedule"] = Schedule.from_plain(json.loads(schedule)) if schedule else None
    return Reminder(**values)


def occurrence_of(row: Any) -> Occurrence:
    """The occurrence of a row."""
    values = dict(row._mapping)
    values["points"] = tuple(json.loads(values["points"]))
    return Occurrence(**values)
