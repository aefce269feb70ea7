"""When a reminder is due: clock times in a time zone, repeated by rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from heapq import merge
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.reminders.wording import WORKDAYS, in_plain_words
from bot.text.json_types import JsonObject

_ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = dt.timedelta(days=1)
_YEAR = dt.timedelta(days=366)
# So many due times of several rules are looked at for whether they come too close.
_LOOKED_AT = 120


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
        days: the days of the week, Monday being 0. Where it repeats by days or by the days of a
            month, only on these; empty for all.
        until: the last day.
        skips: clock times on days that are left out, of all parts.
        nth: which ones of the `days` in a month; -1 for the last. Of the workdays, which one of
            all of them.
        month_days: which days of a month, -1 for the last; that of `start` where none is there.
        moment: of 'in ten minutes' the moment itself, which stays wherever somebody is.
        also: further rules, such as other times at weekends; they have no skips of their own.
    """

    zone: str
    start: dt.date
    times: tuple[dt.time, ...]
    every: Every = Every.ONCE
    interval: int = 1
    days: tuple[int, ...] = ()
    until: dt.date | None = None
    skips: tuple[dt.datetime, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    also: tuple[Schedule, ...] = ()
    moment: dt.datetime | None = None

    @classmethod
    def at(cls, moment: dt.datetime, zone: str) -> Schedule:
        """What comes once, at a moment, on the clocks of a place."""
        wall = _wall(moment, ZoneInfo(zone))
        return cls(zone, wall.date(), (wall.time(),), moment=moment.astimezone(dt.UTC))

    @property
    def parts(self) -> tuple[Schedule, ...]:
        """The rules it is made of, each a schedule without further ones."""
        return (replace(self, also=(), skips=()), *self.also)

    @property
    def all_times(self) -> tuple[dt.time, ...]:
        """The clock times of all parts, in order."""
        return tuple(sorted({time for part in self.parts for time in part.times}))

    @property
    def repeats(self) -> bool:
        """Whether a part of it comes on more than one day."""
        return any(part.every is not Every.ONCE for part in self.parts)

    @property
    def is_single(self) -> bool:
        """Whether this part is on one day only."""
        return self.every is Every.ONCE or (self.every is Every.DAY and self.until == self.start)

    @property
    def begins(self) -> dt.date:
        """The first day of all parts."""
        return min(part.start for part in self.parts)

    @property
    def ends(self) -> dt.date | None:
        """The last day, where all that repeats has one."""
        ends = [part.until for part in self.parts if part.every is not Every.ONCE]
        return max(end for end in ends if end) if ends and all(ends) else None

    @property
    def rules(self) -> list[tuple[dt.datetime, str | None]]:
        """For each rule its first local time and its RRULE; None for what does not repeat.

        Clock times that share their minute share a rule. UNTIL is in local time.
        """
        return [rule for part in self.parts for rule in part._own_rules()]

    def after(self, moment: dt.datetime) -> Iterator[dt.datetime]:
        """All due times after a moment, in UTC.

        A clock time that a change to summer time skips is due when the clock has jumped over it;
        one that comes twice is due the first time.
        """
        if self.moment is not None:
            yield from (self.moment,) if self.moment > moment else ()
            return
        zone = ZoneInfo(self.zone)
        # A day before: an hour that is skipped or doubled is decided in UTC.
        local = moment.astimezone(zone).replace(tzinfo=None) - _DAY
        last: dt.datetime | None = None
        for wall in merge(*(walls(first, rule, local) for first, rule in self.rules)):
            due = wall.replace(tzinfo=zone).astimezone(dt.UTC)
            if self.skips and (wall in self.skips or _wall(due, zone) in self.skips):
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
        return in_plain_words(self, now)

    def to_plain(self) -> JsonObject:
        """The schedule as JSON."""
        return {
            "zone": self.zone, "start": self.start.isoformat(),
            "times": [time.isoformat() for time in self.times], "every": self.every.value,
            "interval": self.interval, "days": list(self.days),
            "until": self.until.isoformat() if self.until else None,
            "skips": [skip.isoformat() for skip in self.skips],
            "nth": list(self.nth), "month_days": list(self.month_days),
            "also": [part.to_plain() for part in self.also],
            "moment": self.moment.isoformat() if self.moment else None,
        }  # fmt: skip

    @classmethod
    def from_plain(cls, plain: JsonObject) -> Schedule:
        """The schedule that `to_plain` gave.

        Raises:
            KeyError, ValueError: it is none.
        """
        until, moment = plain["until"], plain.get("moment")
        return cls(
            plain["zone"], dt.date.fromisoformat(plain["start"]),
            tuple(dt.time.fromisoformat(time) for time in plain["times"]), Every(plain["every"]),
            plain["interval"], tuple(plain["days"]),
            dt.date.fromisoformat(until) if until else None,
            tuple(dt.datetime.fromisoformat(skip) for skip in plain.get("skips", ())),
            # What was stored before there were these has none of them.
            tuple(plain.get("nth", ())), tuple(plain.get("month_days", ())),
            tuple(cls.from_plain(part) for part in plain.get("also", ())),
            dt.datetime.fromisoformat(moment) if moment else None,
        )  # fmt: skip

    def without(self, due: Iterable[dt.datetime], now: dt.datetime) -> Schedule:
        """The same, with some due times left out; what is over is no longer kept."""
        zone = ZoneInfo(self.zone)
        skips = {*self.skips, *(_wall(moment, zone) for moment in due)}
        return replace(self, skips=tuple(sorted(s for s in skips if s > _wall(now, zone) - _DAY)))

    def without_days(self, days: Iterable[dt.date]) -> Schedule:
        """The same, with all times of some days left out."""
        walls = {dt.datetime.combine(day, time) for day in days for time in self.all_times}
        return replace(self, skips=tuple(sorted({*self.skips, *walls})))

    def with_times(self, times: Iterable[dt.time]) -> Schedule | None:
        """The same at only some of its times; None where none is left."""
        kept = set(times)
        parts = [
            replace(part, times=tuple(time for time in part.times if time in kept))
            for part in self.parts
        ]
        parts = [part for part in parts if part.times]
        skips = tuple(skip for skip in self.skips if skip.time() in kept)
        return self.of_parts(parts, skips) if parts else None

    def on_one_day(self, day: dt.date) -> Schedule:
        """The same clock times on one day."""
        if len(self.times) == 1:
            return Schedule(self.zone, day, self.times)
        return Schedule(self.zone, day, self.times, Every.DAY, until=day)

    def up_to(self, last: dt.date) -> Schedule:
        """The same, which ends on a day at the latest."""
        parts = [
            replace(part, until=min(last, part.until or last))
            for part in self.parts
            if part.start <= last
        ]
        return self.of_parts(parts or [replace(self.parts[0], until=last)], self.skips)

    def in_zone(self, zone: str) -> Schedule:
        """The same clock times at another place; the same moment where a moment was meant."""
        if self.moment is not None:
            return self.at(self.moment, zone)
        return self.of_parts([replace(part, zone=zone) for part in self.parts], self.skips)

    @classmethod
    def of_parts(cls, parts: Iterable[Schedule], skips: tuple[dt.datetime, ...] = ()) -> Schedule:
        """One schedule of several rules."""
        first, *others = parts
        return replace(first, also=tuple(others), skips=skips)

    def moved(self, minutes: int) -> Schedule:
        """The same days, so many minutes later (or earlier), within the day."""
        step = dt.timedelta(minutes=minutes)
        if self.moment is not None:
            return self.at(self.moment + step, self.zone)
        skips = tuple(dt.datetime.combine(skip.date(), (skip + step).time()) for skip in self.skips)
        return self.of_parts([part._moved(minutes) for part in self.parts], skips)

    def tells_start(self, now: dt.datetime) -> dt.date | None:
        """The day that words have to name as the first one; None where it goes without saying.

        'Every other Tuesday' needs one of its days, and what begins later its first one.
        """
        repeating = [part for part in self.parts if not part.is_single]
        first = self.of_parts(repeating).next_after(now) if repeating else None
        if first is None:
            return None
        zone = ZoneInfo(self.zone)
        day, today = _wall(first, zone).date(), now.astimezone(zone).date()
        if any(part.interval > 1 for part in repeating):
            return day
        from_now = [replace(part, start=min(part.start, today)) for part in repeating]
        usual = self.of_parts(from_now).next_after(now)
        return day if usual and usual < first else None

    @property
    def tells_end(self) -> dt.date | None:
        """The day that words name as the last one: on which it comes, where it ends."""
        if self.ends is None:
            return None
        rules = [rule for part in self.parts if part.every is not Every.ONCE
                 for rule in part._own_rules()]  # fmt: skip
        behind = dt.datetime.combine(self.ends + _DAY, dt.time(0))
        lasts = [rrulestr(rule, dtstart=first).before(behind) for first, rule in rules if rule]
        return max((last.date() for last in lasts if last), default=self.ends)

    def has_more_on(self, day: dt.date) -> bool:
        """Whether a day on which something is left out has other times."""
        zone = ZoneInfo(self.zone)
        midnight = dt.datetime.combine(day, dt.time(0), zone) - dt.timedelta(seconds=1)
        return bool(self.due_on(day, midnight))

    def changed_clocks(self, now: dt.datetime) -> list[tuple[dt.datetime, bool]]:
        """Its clock times within a year that do not exist, or come twice, as clocks change.

        Returns:
            Local times, each with whether it comes twice.
        """
        if self.moment is not None:
            return []
        zone, told = ZoneInfo(self.zone), []
        for due in takewhile(lambda due: due < now + _YEAR, self.after(now)):
            told += [(wall, twice) for wall, twice in self._odd_walls(_wall(due, zone).date())]
            if len(told) > 1:
                break
        return list(dict.fromkeys(told))

    def _odd_walls(self, day: dt.date) -> Iterator[tuple[dt.datetime, bool]]:
        zone = ZoneInfo(self.zone)
        noon = dt.datetime.combine(day, dt.time(12), zone)
        if (noon - _DAY).utcoffset() == (noon + _DAY).utcoffset():
            return
        for time in self.all_times:
            wall = dt.datetime.combine(day, time, zone)
            if wall.utcoffset() != wall.replace(fold=1).utcoffset():
                there = wall.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)
                yield wall.replace(tzinfo=None), there == wall.replace(tzinfo=None)

    def _moved(self, minutes: int) -> Schedule:
        noon = dt.date(2000, 1, 2)
        shifted = [dt.datetime.combine(noon, t) + dt.timedelta(minutes=minutes) for t in self.times]
        if self.every is Every.ONCE:
            start = self.start + (shifted[0].date() - noon)
            return replace(self, start=start, times=tuple(sorted(s.time() for s in shifted)))
        return replace(self, times=tuple(sorted({s.time() for s in shifted})), skips=())

    @property
    def least_minutes_between(self) -> int:
        """The shortest time between two clock times of a day; a whole day if there is one.

        Rules that meet on a day soon count together.
        """
        days: list[tuple[dt.time, ...]] = [part.times for part in self.parts]
        if self.also:
            begin = dt.datetime.combine(self.begins, dt.time(0), ZoneInfo(self.zone)) - _DAY
            soon: dict[dt.date, list[dt.time]] = {}
            for due in self.next_times(begin, _LOOKED_AT):
                wall = _wall(due, ZoneInfo(self.zone))
                soon.setdefault(wall.date(), []).append(wall.time())
            days += [tuple(sorted(times)) for times in soon.values()]
        gaps = (
            (b.hour - a.hour) * 60 + b.minute - a.minute
            for times in days
            for a, b in pairwise(times)
        )
        return min(gaps, default=24 * 60)

    @property
    def _counts_workdays(self) -> bool:
        return bool(self.nth) and self.days == WORKDAYS

    def _own_rules(self) -> Iterator[tuple[dt.datetime, str | None]]:
        if self.every is Every.ONCE:
            yield from ((dt.datetime.combine(self.start, time), None) for time in self.times)
            return
        groups: dict[tuple[int, ...], list[dt.time]] = {}
        for time in self.times:
            # The first workday is told by the place among all times of a rule.
            hour = (time.hour,) if self._counts_workdays else ()
            groups.setdefault((*hour, time.minute, time.second), []).append(time)
        for group in groups.values():
            start, rule = dt.datetime.combine(self.start, group[0]), self._rule(group)
            # Calendars take the first time for one that is due.
            first = rrulestr(rule, dtstart=start).after(start, inc=True)
            if first is not None:
                yield dt.datetime.combine(first.date(), group[0]), rule

    def _rule(self, times: list[dt.time]) -> str:
        parts = [f"FREQ={_FREQUENCY[self.every]}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.until:
            end = dt.datetime.combine(self.until, dt.time(23, 59, 59))
            parts.append(f"UNTIL={end:%Y%m%dT%H%M%S}")
        if self._counts_workdays:
            parts.append("BYDAY=" + ",".join(_ICAL_DAYS[day] for day in self.days))
            parts.append("BYSETPOS=" + ",".join(map(str, self.nth)))
        elif self.days:
            days = [_ICAL_DAYS[day] for day in self.days]
            parts.append(
                "BYDAY=" + ",".join(f"{n or ''}{day}" for n in self.nth or (0,) for day in days)
            )
        if self.every is Every.MONTH and not self.nth:
            numbers = self.month_days or (self.start.day,)
            parts.append("BYMONTHDAY=" + ",".join(map(str, numbers)))
        parts.append("BYHOUR=" + ",".join(str(time.hour) for time in times))
        parts.append(f"BYMINUTE={times[0].minute}")
        parts.append(f"BYSECOND={times[0].second}")
        return ";".join(parts)


def _wall(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What the clocks of a place show at a moment."""
    return moment.astimezone(zone).replace(tzinfo=None)


def walls(first: dt.datetime, rule: str | None, after: dt.datetime) -> Iterator[dt.datetime]:
    """The local times of a rule after a local time."""
    if rule is None:
        if first > after:
            yield first
        return
    yield from rrulestr(rule, dtstart=first).xafter(after)
