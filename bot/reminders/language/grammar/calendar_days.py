"""Days that are told by words: the next Friday, the 3rd of April, Christmas, in two months."""

from __future__ import annotations

import datetime as dt

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

DAY = dt.timedelta(days=1)
# By month and day; by days after Easter; by month, and which Thursday of it.
HOLIDAYS: dict[str, tuple[int, ...]] = {
    "christmas": (12, 25), "christmaseve": (12, 24), "boxingday": (12, 26), "newyear": (1, 1),
    "newyeareve": (12, 31), "halloween": (10, 31), "valentines": (2, 14), "easter": (0,),
    "eastersunday": (0,), "eastermonday": (1,), "goodfriday": (-2,), "thanksgiving": (11, 3, 4),
    "bonfirenight": (11, 5), "stpatricks": (3, 17), "palmsunday": (-7,), "ashwednesday": (-46,),
}  # fmt: skip
_LENGTHS = {"day": 1, "week": 7}
_LOOKED_AHEAD = 62


def days_on(today: dt.date, amount: float, unit: str) -> dt.date:
    """The day so many days, weeks, months or years from a day."""
    if unit == "month":
        return months_on(today, round(amount))
    if unit == "year":
        return months_on(today, round(amount * 12))
    return today + DAY * round(amount * _LENGTHS[unit])


def months_on(today: dt.date, months: int) -> dt.date:
    """The same day of a later month; its last day where it has no such day."""
    later: dt.date = today + relativedelta(months=months)
    return later


def next_weekday(today: dt.date, weekday: int, or_today: bool) -> dt.date:
    """The next day of this name."""
    return today + DAY * ((weekday - today.weekday()) % 7 or (0 if or_today else 7))


def next_numbered(today: dt.date, number: int) -> dt.date | None:
    """The next day that is the so-and-so-many-th of its month."""
    days = (today + DAY * ahead for ahead in range(_LOOKED_AHEAD))
    return next((day for day in days if day.day == number), None)


def dated(today: dt.date, month: int, number: int, year: int | None) -> dt.date | None:
    """The day of a date; without a year, the next one. None where there is no such day."""
    for each in [year] if year else range(today.year, today.year + 9):
        try:
            day = dt.date(each, month, number)
        except ValueError:
            continue
        if year or day >= today:
            return day
    return None


def holiday(today: dt.date, name: str) -> dt.date:
    """The next day of a holiday."""
    days = (_holiday_of(year, HOLIDAYS[name]) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def _holiday_of(year: int, rule: tuple[int, ...]) -> dt.date:
    if len(rule) == 1:
        sunday: dt.date = easter(year)
        return sunday + DAY * rule[0]
    if len(rule) == 2:
        return dt.date(year, *rule)
    first = dt.date(year, rule[0], 1)
    return next_weekday(first, rule[1], or_today=True) + DAY * 7 * (rule[2] - 1)


def end_of(today: dt.date, unit: str, later: bool) -> dt.date:
    """The last day of this or the next week, month or year."""
    if unit == "week":
        return today + DAY * (6 - today.weekday() + (7 if later else 0))
    month = 12 if unit == "year" else today.month
    first = today.replace(month=month, day=1)
    step = {"month": 1, "year": 12}[unit] if later else 0
    return months_on(first, step + 1) - DAY
