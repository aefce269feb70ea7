"""What phrases say about single days, about beginning and end, and about what is left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from lark import Token

from bot.reminders.language.grammar import calendar_days as on
from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.clocks import listed_clocks
from bot.reminders.language.grammar.reading import (
    PERIODS,
    NoMeaning,
    NoSuchDay,
    Reading,
    is_a,
    ordinal_of,
)

_MOST_DAYS = 400


class LimitMeaning(Reading):
    """Reads dates and limits; each method reads the rule of its name."""

    # Dates

    def numeral(self, given: list[Token]) -> tuple[int, bool]:
        """A number of a date, and whether it is '3rd' and not '3'."""
        return ordinal_of(given[0]), given[0].type != "NUM"

    def numbers(self, given: list[Any]) -> list[tuple[int, bool]]:
        """'26th and 27th'."""
        found = [each for each in given if isinstance(each, tuple)]
        # 'April 1st, 7 in the evening' names one day.
        is_mixed = len({is_ordinal for _, is_ordinal in found}) > 1
        if is_mixed or (is_a(given[-2] if len(given) > 1 else None, "COMMA") and not found[0][1]):
            raise NoMeaning
        return found

    def holiday(self, given: list[Token]) -> dt.date:
        """'Christmas'."""
        return on.holiday(self._today, str(given[0]))

    def date_lead(self, given: list[Token]) -> Token:
        """A word before a date."""
        return given[0]

    def a_date(self, given: list[Any]) -> list[dt.date]:
        """'Tomorrow', '3 April', 'this weekend'."""
        return list(self._days_told(given))

    def dates(self, given: list[Any]) -> list[told.Item]:
        """'On the 3rd of April and on Monday'."""
        return [told.Dates(tuple(day for each in given if isinstance(each, list) for day in each))]

    # Beginning, end and what is left out

    def edge(self, given: list[Any]) -> dt.date:
        """The day after 'from' or 'until'."""
        first = given[0]
        if isinstance(first, list):
            if isinstance(first[0], dt.date):
                return first[0]
            if len(first) > 1 or not first[0][1]:
                raise NoMeaning
            return self._numbered(first[0][0])
        if first.type == "DAYNAME":
            return on.next_weekday(self._today, int(first), or_today=True)
        if first.type == "MONTH":
            return on.dated(self._today, int(first), 1, None) or self._today
        if first.type == "NEXT":
            is_week = given[1].type == "WEEKWORD"
            monday = self._today + on.DAY * (7 - self._today.weekday())
            return monday if is_week else on.months_on(self._today, 1)
        return on.days_on(self._today, given[1], given[2])

    def start(self, given: list[Any]) -> list[told.Item]:
        """'From Monday'."""
        days = [each for each in given if isinstance(each, dt.date)]
        return [told.Start(days[0] if days else given[-1][0] + on.DAY)]

    def until(self, given: list[Any]) -> list[told.Item]:
        """'Until the end of April'."""
        last = given[-1]
        if isinstance(last, dt.date):
            is_today = last == self._today
            return [told.Until(last + on.DAY * 7 if is_today else last)]
        if is_a(last, "MONTH"):
            first = on.dated(self._today.replace(day=1), int(last), 1, None) or self._today
            return [told.Until(on.months_on(first, 1) - on.DAY)]
        is_later = any(is_a(each, "NEXT") for each in given)
        return [told.Until(on.end_of(self._today, PERIODS[last.type], is_later))]

    def from_to(self, given: list[Any]) -> list[told.Item]:
        """'From 1 April to 5 May', 'between the 1st and 5th of May'."""
        if is_a(given[-1], "MONTH", "FOUR"):
            named = [[each for each in given if isinstance(each, tuple)], *given]
            ends = list(self._dated(named, [_kind(each) for each in named]))
            return [told.Start(ends[0]), told.Until(ends[1])]
        if is_a(given[0], "BETWEEN") and isinstance(given[-1], list):
            if len(given[-1]) != 2:
                raise NoMeaning
            return [told.Start(given[-1][0]), told.Until(given[-1][1])]
        first = next(each for each in given if isinstance(each, list))[0]
        return [told.Start(first), told.Until(given[-1])]

    # Weeks and months to come

    def span_of_days(self, given: list[Token]) -> told.Span:
        """'Next week', 'in November'."""
        if is_a(given[1], "MONTH"):
            year = int(given[2]) if len(given) > 2 else None
            first = on.dated(self._today.replace(day=1), int(given[1]), 1, year) or self._today
            return told.Span("month", first, on.months_on(first, 1) - on.DAY, by_name=True)
        unit, is_next = PERIODS[given[1].type], given[0].type == "NEXT"
        last = on.end_of(self._today, unit, is_next)
        if unit == "week":
            return told.Span(unit, last - 6 * on.DAY, last)
        months = 12 if unit == "year" else 1
        return told.Span(unit, on.months_on(last + on.DAY, -months), last)

    def spans(self, given: list[Any]) -> list[told.Item]:
        """'In the next week'."""
        return [given[-1]]

    def during(self, given: list[Any]) -> list[told.Item]:
        """'For two weeks'."""
        amounts = [float(each) for each in given if is_a(each, "AMOUNT")]
        end = on.days_on(self._today, amounts[0] if amounts else 1, given[-1])
        return [told.Until(end - on.DAY, spans=True)]

    def total(self, given: list[Token]) -> list[told.Item]:
        """'Five times'."""
        return [told.Total(next(int(each) for each in given if each.type == "AMOUNT"))]

    def no(self, given: list[Token]) -> Token:
        """'Not', 'except'."""
        return given[0]

    def except_lead(self, given: list[Token]) -> Token:
        """A word before what is left out."""
        return given[0]

    def excepted(self, given: list[Any]) -> told.Except:
        """Days of the week or dates that are left out."""
        (what,) = given
        if isinstance(what, told.Span):
            return told.Except(dates=_each_day(what.first, what.last))
        if isinstance(what, tuple):
            return told.Except(days=what[0])
        if isinstance(what[0], dt.date):
            return told.Except(dates=tuple(what))
        if not all(is_ordinal for _, is_ordinal in what):
            raise NoMeaning
        return told.Except(dates=tuple(self._numbered(number) for number, _ in what))

    def left_out(self, given: list[Any]) -> list[told.Item]:
        """'Not on Sundays', 'except tomorrow at 8'."""
        if isinstance(given[-1], list):
            return [told.Except(dates=_each_day(*(each.day for each in given[-1])))]
        if is_a(given[1], "FROM"):
            begin, stop = int(given[2]), int(given[4])
            named = {(begin + n) % 7 for n in range((stop - begin) % 7 + 1)}
            return [told.Except(days=tuple(sorted(named)))]
        all_of = [each for each in given if isinstance(each, told.Except)]
        times = listed_clocks([each[0] for each in given if isinstance(each, tuple)])
        part = str(given[-1]) if is_a(given[-1], "PART", "PARTS") else ""
        days = tuple(sorted({day for each in all_of for day in each.days}))
        dates = tuple(day for each in all_of for day in each.dates)
        return [told.Except(days, dates, times, part)]

    def _days_told(self, given: list[Any]) -> Iterator[dt.date]:
        today, first = self._today, given[0]
        kinds = [each.type if isinstance(each, Token) else "" for each in given]
        if isinstance(first, dt.date):
            yield first
        elif "MONTH" in kinds and ("DAYNAME" in kinds[1:] or "DAYWORD" in kinds):
            yield self._in_month(given, kinds)
        elif "MONTH" in kinds:
            yield from self._dated(given, kinds)
        elif kinds[0] == "DATE":
            yield _plain_date(str(first), today, self._month_first)
        elif kinds[0] in ("TODAY", "TOMORROW", "OVERMORROW", "YESTERDAY"):
            steps = {"TODAY": 0, "TOMORROW": 1, "OVERMORROW": 2, "YESTERDAY": -1}
            yield today + on.DAY * steps[kinds[0]]
        elif kinds[0] in ("LAST", "AMOUNT"):
            if self._is_monthly:
                raise NoMeaning
            yield today - on.DAY
        elif kinds[0] == "ONCE":
            yield on.next_weekday(today, int(given[-1]), or_today=True)
        elif kinds[1] == "DAYNAME":
            yield on.next_weekday(today, int(given[1]), or_today=kinds[0] == "THIS")
        elif kinds[1] == "WEEKEND":
            saturday = on.next_weekday(today, 5, or_today=True)
            saturday += on.DAY * 7 if kinds[0] == "NEXT" and today.weekday() > 4 else on.DAY * 0
            yield from (saturday, saturday + on.DAY)

    def _in_month(self, given: list[Any], kinds: list[str]) -> dt.date:
        """'The last day of October', 'the second Tuesday in April'."""
        month = int(given[kinds.index("MONTH")])
        first = on.dated(self._today.replace(day=1), month, 1, None) or self._today
        last = on.months_on(first, 1) - on.DAY
        if "DAYWORD" in kinds:
            return last
        place = given[0] if isinstance(given[0], int) else -1
        days = [first + on.DAY * n for n in range(last.day)]
        named = [d for d in days if d.weekday() == int(given[kinds.index("DAYNAME")])]
        if place > len(named):
            raise NoSuchDay("that day of the month")
        return named[place - 1 if place > 0 else -1]

    def _dated(self, given: list[Any], kinds: list[str]) -> Iterator[dt.date]:
        month = int(given[kinds.index("MONTH")])
        year = int(given[kinds.index("FOUR")]) if "FOUR" in kinds else None
        for number, _ in next(each for each in given if isinstance(each, list)):
            day = on.dated(self._today, month, number, year)
            if day is None:
                raise NoSuchDay(f"day {number} of that month")
            yield day


def _kind(each: object) -> str:
    return each.type if isinstance(each, Token) else ""


def _each_day(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(first + on.DAY * n for n in range(min((last - first).days + 1, _MOST_DAYS)))


def _plain_date(said: str, today: dt.date, month_first: bool) -> dt.date:
    """'2026-04-03', '3.4.2026', '3.4.', '3/4' or, where months are written first, '4/3'."""
    try:
        if "-" in said:
            return dt.date.fromisoformat(said)
        number, month, year = [*re.split(r"[./]", said), ""][:3]
        if "/" in said and (int(month) > 12 or (month_first and int(number) <= 12)):
            number, month = month, number
        full = int(year) + (2000 if len(year) == 2 else 0) if year else None
        found = on.dated(today, int(month), int(number), full)
    except ValueError:
        found = None
    if found is None:
        raise NoSuchDay(said)
    return found
