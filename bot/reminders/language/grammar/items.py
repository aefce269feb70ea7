"""What a phrase of a message says about when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

_HALF_DAY = 12


@dataclass(frozen=True)
class Clocked:
    """A clock time as it was said.

    `hour` may be one of two where `is_sure` is false; `night` where the night was named, which goes
    on after midnight; `full` where it was told by a clock of 24 hours, `written` where '9:30' was
    written at a place where that is the morning.
    """

    hour: int
    minute: int = 0
    is_sure: bool = True
    night: bool = False
    full: bool = False
    written: bool = False

    @property
    def time(self) -> dt.time:
        """The time, as it stands."""
        return dt.time(self.hour, self.minute)

    @property
    def other(self) -> Clocked:
        """The same on the other half of the clock."""
        return replace(self, hour=(self.hour + _HALF_DAY) % (2 * _HALF_DAY))


@dataclass(frozen=True)
class Delay:
    """'In ten minutes'; `may_last` for 'for ten minutes', which may be how long to press."""

    seconds: int
    may_last: bool = False


@dataclass(frozen=True)
class Times:
    """'At 8 and half past nine'; `usual` for the time of 'after lunch'."""

    times: tuple[Clocked, ...]
    usual: bool = False


@dataclass(frozen=True)
class Part:
    """'In the morning'; `each` for 'mornings'."""

    word: str
    each: bool = False


@dataclass(frozen=True)
class PerDay:
    """'Three times a day'."""

    count: int


@dataclass(frozen=True)
class Step:
    """'Every two hours'."""

    minutes: int


@dataclass(frozen=True)
class Window:
    """'From nine to five'."""

    first: Clocked | None
    last: Clocked | None


@dataclass(frozen=True)
class Days:
    """'Mondays'; `many` where it repeats, and not only for the next one."""

    days: tuple[int, ...]
    many: bool
    interval: int = 1


@dataclass(frozen=True)
class Often:
    """'Every other day'."""

    unit: str
    interval: int = 1


@dataclass(frozen=True)
class Nth:
    """'The first Monday of every month'; `interval` is None where no month is named."""

    places: tuple[int, ...]
    days: tuple[int, ...]
    interval: int | None


@dataclass(frozen=True)
class MonthDays:
    """'The 5th and the last day of every month'; `interval` as for `Nth`."""

    numbers: tuple[int, ...]
    interval: int | None


@dataclass(frozen=True)
class Dates:
    """'Tomorrow', 'the 3rd of April'; `weekday` where only the name of a day was said."""

    days: tuple[dt.date, ...]
    weekday: bool = False


@dataclass(frozen=True)
class Start:
    """'From Monday'."""

    day: dt.date


@dataclass(frozen=True)
class Until:
    """'Until Friday'; `spans` where a length was said, such as 'for two weeks'."""

    day: dt.date
    spans: bool = False


@dataclass(frozen=True)
class Total:
    """'Five times'; `of_days` for 'the next five Mondays'."""

    count: int
    of_days: bool = False


@dataclass(frozen=True)
class Except:
    """'Not on Sundays', 'except the 24th'; `times` and `part` where only those of these days."""

    days: tuple[int, ...] = ()
    dates: tuple[dt.date, ...] = ()
    times: tuple[Clocked, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class PerWeek:
    """'Three times a week'; `unit` may be 'month', too."""

    count: int
    unit: str


@dataclass(frozen=True)
class Lead:
    """'An hour before', in minutes; less than nothing for before. `of_session` for a session."""

    minutes: int
    of_session: bool = False


@dataclass(frozen=True)
class Span:
    """'Next week': its first and last day. 'In November' is told `by_name`."""

    unit: str
    first: dt.date
    last: dt.date
    by_name: bool = False


@dataclass(frozen=True)
class Odd:
    """What looks like a time, and is none: '25 o'clock'."""

    said: str


Item = (
    Delay | Times | Part | PerDay | Step | Window | Days | Often | Nth | MonthDays | Dates | Start
    | Until | Total | Except | PerWeek | Lead | Span | Odd
)  # fmt: skip
