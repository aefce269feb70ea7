"""What a message says about when: clock times, days, how often, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.reminders.schedules import Every, Schedule


@dataclass(frozen=True)
class Clocked:
    """A clock time as it was said. `hour` may be one of two where `is_sure` is false."""

    hour: int
    minute: int = 0
    is_sure: bool = True

    @property
    def time(self) -> dt.time:
        """The time, as it stands."""
        return dt.time(self.hour, self.minute)


@dataclass(frozen=True)
class Pieces:
    """The parts of a schedule that were said. Each may be missing.

    Attributes:
        delay: from now, in seconds.
        times: clock times.
        parts: parts of the day, as places in the list of the data file.
        every: "day", "week" or "month", with `interval`.
        step: minutes between reminders of a day.
        window: the first and the last clock time of 'every two hours'.
        days: days of the week.
        date: a single day, in ISO form.
        until: the last day, in ISO form.
        count: how often a day.
        odd: words that look like a time, and are none.
        is_past: whether a day that is over was named.
        is_mixed: whether several days with times of their own were named.
    """

    delay: int | None = None
    times: tuple[Clocked, ...] = ()
    parts: tuple[int, ...] = ()
    every: str = ""
    interval: int = 1
    step: int | None = None
    window: tuple[Clocked | None, Clocked | None] | None = None
    days: tuple[int, ...] = ()
    date: str | None = None
    until: str | None = None
    count: int | None = None
    odd: str = ""
    is_past: bool = False
    is_mixed: bool = False

    @property
    def has_time(self) -> bool:
        """Whether anything about the time of the day was said."""
        timed = self.times or self.parts or self.count or self.step or self.window
        return bool(timed) or self.delay is not None

    @property
    def has_days(self) -> bool:
        """Whether anything about the days was said."""
        return bool(self.every or self.days or self.date)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said about when."""
        return not (
            self.has_time
            or self.has_days
            or self.until
            or self.odd
            or self.is_past
            or self.is_mixed
        )

    def with_newer(self, newer: Pieces) -> Pieces:
        """These pieces, with what was said later in place of what was said before."""
        merged = replace(self, odd=newer.odd, is_past=newer.is_past, is_mixed=False)
        if newer.delay is not None:
            return newer
        if newer.parts and not newer.times and self.times:
            merged = replace(merged, parts=newer.parts)
        elif newer.has_time:
            merged = replace(
                merged, delay=None, times=newer.times, parts=newer.parts, step=newer.step,
                window=newer.window, count=newer.count,
            )  # fmt: skip
        if newer.has_days:
            merged = replace(
                merged, delay=None, every=newer.every, interval=newer.interval, days=newer.days,
                date=newer.date,
            )  # fmt: skip
        return replace(merged, until=newer.until or (None if newer.has_days else self.until))

    def to_plain(self) -> dict[str, Any]:
        """The pieces as JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Pieces:
        """The pieces that `to_plain` gave.

        Raises:
            KeyError, TypeError: they are none.
        """
        window = plain["window"]
        return cls(**{
            **plain,
            "times": tuple(Clocked(**time) for time in plain["times"]),
            "parts": tuple(plain["parts"]),
            "days": tuple(plain["days"]),
            "window": tuple(Clocked(**w) if w else None for w in window) if window else None,
        })  # fmt: skip

    @classmethod
    def of(cls, schedule: Schedule) -> Pieces:
        """The pieces that a schedule is made of."""
        is_once = schedule.every is Every.ONCE
        return cls(
            times=tuple(Clocked(time.hour, time.minute) for time in schedule.times),
            every="" if is_once else schedule.every.value,
            interval=schedule.interval,
            days=schedule.days,
            date=schedule.start.isoformat() if is_once else None,
            until=schedule.until.isoformat() if schedule.until else None,
        )
