"""What a message says about when: clock times, days, how often, until when."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from bot.reminders.language.grammar.items import Clocked
from bot.reminders.schedules import Every, Schedule
from bot.text.json_types import JsonObject

_LISTS = ("parts", "days", "nth", "month_days", "but_days", "but_dates", "unread")


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
        days: days of the week; beside "day" only on these.
        nth: which ones of the `days` in a month.
        month_days: days of a month, -1 for the last.
        date: a single day, in ISO form; `weekday` if only its name was said.
        start: the first day, in ISO form.
        until: the last day, in ISO form; `spans` if a length was said, counted from the first day.
        total: how often in all; `of_days` if days are counted.
        count: how often a day.
        but_days, but_dates, but_times: what is left out: days of the week, dates in ISO form, and
            single times, each with its date.
        but_weekly: of a day of the week only the times from an hour to another one.
        lead: so many minutes after what was told; less than nothing for 'an hour before'.
        of_session: whether that is a session, which has a time of its own.
        spread: on how many days of a week or month; the days were chosen here.
        others: further rules of the same message.
        odd: words that look like a time, and are none.
        unread: words about when that were not understood.
        is_past: whether a day that is over was named.
    """

    delay: int | None = None
    times: tuple[Clocked, ...] = ()
    parts: tuple[int, ...] = ()
    every: str = ""
    interval: int = 1
    step: int | None = None
    window: tuple[Clocked | None, Clocked | None] | None = None
    days: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    date: str | None = None
    weekday: bool = False
    start: str | None = None
    until: str | None = None
    spans: bool = False
    total: int | None = None
    of_days: bool = False
    count: int | None = None
    but_days: tuple[int, ...] = ()
    but_dates: tuple[str, ...] = ()
    but_times: tuple[tuple[str, Clocked], ...] = ()
    but_weekly: tuple[tuple[int, int, int], ...] = ()
    lead: int = 0
    of_session: bool = False
    spread: int = 0
    others: tuple[Pieces, ...] = ()
    odd: str = ""
    unread: tuple[str, ...] = ()
    is_past: bool = False

    @property
    def has_time(self) -> bool:
        """Whether anything about the time of the day was said."""
        timed = self.times or self.parts or self.count or self.step or self.window
        return bool(timed) or self.delay is not None

    @property
    def has_days(self) -> bool:
        """Whether anything about the days was said."""
        return bool(self.every or self.days or self.date or self.month_days)

    @property
    def has_limits(self) -> bool:
        """Whether a beginning, an end or something left out was said."""
        left_out = self.but_days or self.but_dates or self.but_times or self.but_weekly
        return bool(self.start or self.until or self.total or left_out)

    @property
    def only_limits(self) -> bool:
        """Whether a beginning, an end or something left out was said, and nothing else."""
        is_more = self.has_time or self.has_days or self.others or self.odd or self.is_past
        return self.has_limits and not is_more

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said about when."""
        told = self.has_time or self.has_days or self.has_limits
        # 'After every session' needs no clock.
        is_led = self.lead and not (self.of_session and self.lead > 0)
        return not (told or self.odd or self.is_past or is_led)

    def with_newer(self, newer: Pieces) -> Pieces:
        """These pieces, with what was said later in place of what was said before."""
        if newer.delay is not None or newer.others:
            return replace(newer, lead=newer.lead or self.lead)
        merged = replace(self, odd=newer.odd, is_past=newer.is_past, unread=newer.unread)
        if newer.parts and not newer.times and self.times:
            merged = replace(merged, parts=newer.parts)
        elif newer.has_time:
            merged = replace(
                merged, delay=None, times=newer.times, parts=newer.parts, step=newer.step,
                window=newer.window, count=newer.count, others=(),
            )  # fmt: skip
        if newer.has_days:
            merged = replace(
                merged, delay=None, every=newer.every, interval=newer.interval, days=newer.days,
                nth=newer.nth, month_days=newer.month_days, date=newer.date,
                weekday=newer.weekday, start=None, until=None, spans=False, total=None,
                but_days=(), but_dates=(), but_times=(), others=(), spread=newer.spread,
            )  # fmt: skip
        if newer.lead:
            merged = replace(merged, lead=newer.lead, of_session=newer.of_session)
        if newer.start:
            merged = replace(merged, start=newer.start)
        if newer.until or newer.total:
            merged = replace(merged, until=newer.until, spans=newer.spans, total=newer.total,
                             of_days=newer.of_days)  # fmt: skip
        return merged._without(newer)

    def _without(self, newer: Pieces) -> Pieces:
        """These pieces, with what is left out since."""
        dates = tuple(sorted({*self.but_dates, *newer.but_dates}))
        left = replace(
            self, but_days=tuple(sorted({*self.but_days, *newer.but_days})), but_dates=dates,
            but_weekly=tuple(dict.fromkeys([*self.but_weekly, *newer.but_weekly])),
            but_times=tuple(dict.fromkeys([*self.but_times, *newer.but_times])),
        )  # fmt: skip
        return replace(left, others=tuple(o._without(newer) for o in self.others))

    def to_plain(self) -> JsonObject:
        """The pieces as JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: JsonObject) -> Pieces:
        """The pieces that `to_plain` gave.

        Raises:
            KeyError, TypeError: they are none.
        """
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in plain.items() if name in known}
        window = values["window"]
        values["times"] = tuple(Clocked(**time) for time in values["times"])
        left = values.get("but_times", ())
        values["but_times"] = tuple((date, Clocked(**time)) for date, time in left)
        for name in _LISTS:
            values[name] = tuple(values.get(name, ()))
        values["but_weekly"] = tuple(tuple(each) for each in values.get("but_weekly", ()))
        values["others"] = tuple(cls.from_plain(other) for other in values.get("others", ()))
        values["window"] = (
            tuple(Clocked(**each) if each else None for each in window) if window else None
        )
        return cls(**values)

    @classmethod
    def of(cls, schedule: Schedule) -> Pieces:
        """The pieces that a schedule is made of."""
        first, *others = (cls._of_part(part, schedule) for part in schedule.parts)
        return replace(first, others=tuple(others))

    @classmethod
    def _of_part(cls, part: Schedule, whole: Schedule) -> Pieces:
        is_once = part.every is Every.ONCE
        all_times = set(whole.all_times)
        dates = {skip.date() for skip in whole.skips}
        left = {date: {s.time() for s in whole.skips if s.date() == date} for date in dates}
        return cls(
            times=tuple(Clocked(time.hour, time.minute) for time in part.times),
            every="" if is_once else part.every.value,
            interval=part.interval,
            days=part.days,
            nth=part.nth,
            month_days=part.month_days
            or ((part.start.day,) if part.every is Every.MONTH and not part.nth else ()),
            date=part.start.isoformat() if is_once else None,
            start=None if is_once else part.start.isoformat(),
            until=part.until.isoformat() if part.until else None,
            but_dates=tuple(sorted(d.isoformat() for d in dates if left[d] >= all_times)),
        )
