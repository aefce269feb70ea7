"""When a reminder is due: clock times in a time zone, repeated by a rule, told back in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from heapq import merge
from itertools import islice, pairwise, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.text.number_words import in_words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Longer lists of clock times with one step are told as 'every two hours from 8 to 6'.
_FEWEST_STEPS = 3
_DAY = dt.timedelta(days=1)


class Every(str, Enum):
    """What a schedule repeats by."""

    ONCE = "once"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_FREQUENCY = {Every.DAY: "DAILY", Every.WEEK: "WEEKLY", Every.MONTH: "MONTHLY"}


@dataclass(frozen=True)
class Schedule:
    """Clock times on some days, as they are on the clocks of a place.

    Attributes:
        zone: the place, an IANA time zone such as Europe/Berlin.
        start: the first day; what repeats is counted from there.
        times: on each of the days, in order.
        interval: every how many days, weeks or months.
        days: the days of the week, Monday being 0; only where it repeats by weeks.
        until: the last day.
        skips: clock times on days that are left out.
    """

    zone: str
    start: dt.date
    times: tuple[dt.time, ...]
    every: Every = Every.ONCE
    interval: int = 1
    days: tuple[int, ...] = ()
    until: dt.date | None = None
    skips: tuple[dt.datetime, ...] = ()

    @property
    def rules(self) -> list[tuple[dt.datetime, str | None]]:
        """For each rule its first local time and its RRULE; None for what does not repeat.

        Clock times that share their minute share a rule. UNTIL is in local time.
        """
        if self.every is Every.ONCE:
            return [(dt.datetime.combine(self.start, time), None) for time in self.times]
        groups: dict[tuple[int, int], list[dt.time]] = {}
        for time in self.times:
            groups.setdefault((time.minute, time.second), []).append(time)
        return [
            (dt.datetime.combine(self._first_day, group[0]), self._rule(group))
            for group in groups.values()
        ]

    def after(self, moment: dt.datetime) -> Iterator[dt.datetime]:
        """All due times after a moment, in UTC.

        A clock time that a change to summer time skips is due when the clock has jumped over it;
        one that comes twice is due the first time.
        """
        zone = ZoneInfo(self.zone)
        # A day before: an hour that is skipped or doubled is decided in UTC.
        local = moment.astimezone(zone).replace(tzinfo=None) - _DAY
        last: dt.datetime | None = None
        for wall in merge(*(_walls(first, rule, local) for first, rule in self.rules)):
            due = wall.replace(tzinfo=zone).astimezone(dt.UTC)
            if self.skips and _wall(due, zone) in self.skips:
                continue
            if due > moment and (last is None or due > last):
                last = due
                yield due

    def next_after(self, moment: dt.datetime) -> dt.datetime | None:
        """The next due time after a moment, in UTC; None if there is none."""
        return next(self.after(moment), None)

    def due_on(self, day: dt.date, moment: dt.datetime) -> list[dt.datetime]:
        """The due times on a day that are after a moment, in UTC."""
        zone = ZoneInfo(self.zone)
        until = takewhile(lambda due: _wall(due, zone).date() <= day, self.after(moment))
        return [due for due in until if _wall(due, zone).date() == day]

    def next_times(self, moment: dt.datetime, count: int) -> list[dt.datetime]:
        """The next due times after a moment, in UTC."""
        return list(islice(self.after(moment), count))

    def in_words(self, now: dt.datetime) -> str:
        """'every weekday at 7:30 in the morning', 'tomorrow at 8 in the evening'.

        Args:
            now: the present moment.
        """
        today = now.astimezone(ZoneInfo(self.zone)).date()
        words = f"{self._days_in_words(today)} {self._times_in_words()}"
        if self.until and self.every is not Every.ONCE and self.until > self.start:
            words += f", until {day_in_words(self.until, today).removeprefix('on ')}"
        return words

    def to_plain(self) -> dict[str, Any]:
        """The schedule as JSON."""
        return {
            "zone": self.zone, "start": self.start.isoformat(),
            "times": [time.isoformat() for time in self.times], "every": self.every.value,
            "interval": self.interval, "days": list(self.days),
            "until": self.until.isoformat() if self.until else None,
            "skips": [skip.isoformat() for skip in self.skips],
        }  # fmt: skip

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Schedule:
        """The schedule that `to_plain` gave.

        Raises:
            KeyError, ValueError: it is none.
        """
        until = plain["until"]
        return cls(
            plain["zone"], dt.date.fromisoformat(plain["start"]),
            tuple(dt.time.fromisoformat(time) for time in plain["times"]), Every(plain["every"]),
            plain["interval"], tuple(plain["days"]),
            dt.date.fromisoformat(until) if until else None,
            tuple(dt.datetime.fromisoformat(skip) for skip in plain.get("skips", ())),
        )  # fmt: skip

    def without(self, due: Iterable[dt.datetime], now: dt.datetime) -> Schedule:
        """The same, with some due times left out; what is over is no longer kept."""
        zone = ZoneInfo(self.zone)
        skips = {*self.skips, *(_wall(moment, zone) for moment in due)}
        return replace(self, skips=tuple(sorted(s for s in skips if s > _wall(now, zone) - _DAY)))

    def moved(self, minutes: int) -> Schedule:
        """The same days, so many minutes later (or earlier), within the day."""
        noon = dt.date(2000, 1, 2)
        shifted = [dt.datetime.combine(noon, t) + dt.timedelta(minutes=minutes) for t in self.times]
        if self.every is Every.ONCE:
            start = self.start + (shifted[0].date() - noon)
            return replace(self, start=start, times=tuple(sorted(s.time() for s in shifted)))
        return replace(self, times=tuple(sorted({s.time() for s in shifted})), skips=())

    @property
    def least_minutes_between(self) -> int:
        """The shortest time between two clock times of a day; a whole day if there is one."""
        minutes = [time.hour * 60 + time.minute for time in self.times]
        return min((b - a for a, b in pairwise(minutes)), default=24 * 60)

    @property
    def _first_day(self) -> dt.date:
        if self.every is not Every.WEEK or not self.days:
            return self.start
        return next(
            day for day in (self.start + _DAY * n for n in range(7)) if day.weekday() in self.days
        )

    def _rule(self, times: list[dt.time]) -> str:
        parts = [f"FREQ={_FREQUENCY[self.every]}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.until:
            end = dt.datetime.combine(self.until, dt.time(23, 59, 59))
            parts.append(f"UNTIL={end:%Y%m%dT%H%M%S}")
        if self.every is Every.WEEK:
            parts.append("BYDAY=" + ",".join(_ICAL_DAYS[day] for day in self.days))
        if self.every is Every.MONTH:
            parts.append(f"BYMONTHDAY={self.start.day}")
        parts.append("BYHOUR=" + ",".join(str(time.hour) for time in times))
        parts.append(f"BYMINUTE={times[0].minute}")
        parts.append(f"BYSECOND={times[0].second}")
        return ";".join(parts)

    def _days_in_words(self, today: dt.date) -> str:
        if self.every is Every.ONCE or (self.until == self.start and self.every is Every.DAY):
            return day_in_words(self.start, today)
        if self.every is Every.DAY:
            return _every(self.interval, "day")
        if self.every is Every.MONTH:
            return f"{_every(self.interval, 'month')} on the {ordinal(self.start.day)}"
        if self.interval == 1:
            if self.days == WORKDAYS:
                return "every weekday"
            if self.days == WEEKEND:
                return "every Saturday and Sunday"
        names = _listed([DAYS[day] for day in self.days])
        return (
            f"every {names}"
            if self.interval == 1
            else f"{_every(self.interval, 'week')} on {names}"
        )

    def _times_in_words(self) -> str:
        minutes = [time.hour * 60 + time.minute for time in self.times]
        steps = {b - a for a, b in pairwise(minutes)}
        if len(steps) == 1 and len(minutes) >= _FEWEST_STEPS:
            step = steps.pop()
            first, last = time_in_words(self.times[0]), time_in_words(self.times[-1])
            if step % 60 == 0:
                each = "every hour" if step == 60 else f"every {in_words(step // 60)} hours"
            else:
                each = f"every {step} minutes"
            return f"{each} from {first} to {last}"
        return "at " + _listed([time_in_words(time) for time in self.times])


def time_in_words(time: dt.time) -> str:
    """'7:30 in the morning', '8 in the evening', 'noon'."""
    if (time.hour, time.minute) == (12, 0):
        return "noon"
    if (time.hour, time.minute) == (0, 0):
        return "midnight"
    part = (
        "at night" if time.hour < 5 or time.hour >= 22
        else "in the morning" if time.hour < 12
        else "in the afternoon" if time.hour < 18
        else "in the evening"
    )  # fmt: skip
    hour = time.hour % 12 or 12
    return f"{hour}:{time.minute:02} {part}" if time.minute else f"{hour} {part}"


def day_in_words(day: dt.date, today: dt.date) -> str:
    """'today', 'tomorrow', 'on Monday', 'on Thursday, 3 December'."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead]
    if ahead == -1:
        return "yesterday"
    if 1 < ahead < 7:
        return f"on {DAYS[day.weekday()]}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"on {DAYS[day.weekday()]}, {day.day} {day:%B}{year}"


def moment_in_words(moment: dt.datetime, zone: str, now: dt.datetime) -> str:
    """'today at 8 in the evening', of a moment in UTC."""
    there = ZoneInfo(zone)
    local = moment.astimezone(there)
    day = day_in_words(local.date(), now.astimezone(there).date())
    return f"{day} at {time_in_words(local.time())}"


def ordinal(number: int) -> str:
    """'1st', '22nd'."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def _wall(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What the clocks of a place show at a moment."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _walls(first: dt.datetime, rule: str | None, after: dt.datetime) -> Iterator[dt.datetime]:
    """The local times of a rule after a local time."""
    if rule is None:
        if first > after:
            yield first
        return
    yield from rrulestr(rule, dtstart=first).xafter(after)


def _every(interval: int, unit: str) -> str:
    if interval == 1:
        return f"every {unit}"
    return f"every other {unit}" if interval == 2 else f"every {in_words(interval)} {unit}s"


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
