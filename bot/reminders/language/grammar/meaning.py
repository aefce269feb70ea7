"""From the tree of a phrase to what it says: what comes once, and clock times."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lark import Token, Tree
from lark.exceptions import VisitError

from bot.reminders.language.grammar import calendar_days as on
from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.clocks import NoSuchTime, clocked, listed_clocks
from bot.reminders.language.grammar.items import Clocked
from bot.reminders.language.grammar.meaning_of_days import DayMeaning, days_named
from bot.reminders.language.grammar.meaning_of_limits import LimitMeaning
from bot.reminders.language.grammar.reading import PERIODS, SECONDS, NoMeaning, NoSuchDay, is_a


class Meaning(DayMeaning, LimitMeaning):
    """Reads the phrases of the grammar; each method reads the rule of its name."""

    def of(self, tree: Tree[Token]) -> tuple[told.Item, ...] | None:
        """What a phrase says; None where it says nothing."""
        try:
            return tuple(self.transform(tree))
        except VisitError as error:
            if isinstance(error.orig_exc, NoMeaning):
                return None
            if isinstance(error.orig_exc, (NoSuchDay, NoSuchTime)):
                return (told.Odd(str(error.orig_exc)),)
            raise

    # Once, from now

    def amount(self, given: list[Token]) -> float:
        """'Ten', 'a'."""
        return 1.0 if given[0].type == "A" else float(given[0])

    def unit(self, given: list[Token]) -> int:
        """Seconds of an hour, a minute, a second."""
        return SECONDS[given[0].type]

    def span(self, given: list[Any]) -> int:
        """'An hour and ten minutes', in seconds."""
        amount, unit, *more = [each for each in given if not is_a(each, "AND")]
        return int(amount * unit) + (int(more[0]) * int(more[1]) if more else 0)

    def delay(self, given: list[Any]) -> list[told.Item]:
        """'In ten minutes'."""
        seconds = next(each for each in given if isinstance(each, int))
        return [told.Delay(seconds, may_last=is_a(given[0], "FOR"))]

    def period(self, given: list[Token]) -> str:
        """'Weeks'."""
        return PERIODS[given[0].type]

    def ahead(self, given: list[Any]) -> list[told.Item]:
        """'In three days', 'a week on Saturday', 'two days before Easter'."""
        amount, unit = next((each for each in given if isinstance(each, float)), 1.0), "day"
        unit = next((each for each in given if type(each) is str), unit)
        begin, last = self._today, given[-1]
        if isinstance(last, list):
            is_before = any(is_a(each, "BEFORE") for each in given)
            return [told.Dates((on.days_on(last[0], -amount if is_before else amount, unit),))]
        if is_a(last, "WEEKWORD", "NEXT"):
            first = given[0]
            if is_a(first, "DAYNAME"):
                begin = on.next_weekday(begin, int(first), or_today=False)
            begin += on.DAY if is_a(first, "TOMORROW") else 0 * on.DAY
            return [told.Dates((begin + 7 * on.DAY,))]
        if is_a(last, "TOMORROW"):
            begin += on.DAY
        if is_a(last, "DAYNAME"):
            begin = on.next_weekday(begin, int(last), or_today=False)
        return [told.Dates((on.days_on(begin, amount, unit),))]

    # Clock times

    def ampm(self, given: list[Token]) -> str:
        """'am' or 'pm'."""
        return str(given[0])

    def part_alone(self, given: list[Token]) -> str:
        """'Morning' of '8 morning'."""
        return str(given[0])

    def of_day(self, given: list[Token]) -> str:
        """'In the morning'."""
        return "tonight" if given[-1].type == "TONIGHT" else str(given[-1])

    def marked(self, given: list[Any]) -> tuple[Clocked, bool]:
        """'Half past seven', '8 pm'."""
        time, tonight = clocked(given)
        is_written = self._24_hours and any(is_a(each, "CLOCK") and ":" in each for each in given)
        return replace(time, written=is_written), tonight

    def a_time(self, given: list[Any]) -> tuple[Clocked, bool]:
        """A clock time, or a bare hour."""
        return given[0] if isinstance(given[0], tuple) else clocked(given)

    def lead(self, given: list[Token]) -> Token:
        """A word before a clock time."""
        return given[0]

    def clocks(self, given: list[Any]) -> list[told.Item]:
        """'At 8 and 9:30'."""
        times = [each for each in given if isinstance(each, tuple)]
        found: list[told.Item] = [told.Times(listed_clocks([time for time, _ in times]))]
        if any(tonight for _, tonight in times):
            found.append(told.Dates((self._today,)))
        return found

    def beside(self, given: list[Any]) -> list[told.Item]:
        """'An hour before lunch'."""
        phrase, _, clock = str(given[-1]).partition("|")
        word, _, noun = phrase.partition(" ")
        usual = {said: moment.time for moment in self._words.moments for said in moment.words}
        base = usual.get(f"at {noun}", clock) if word in ("before", "after") else clock
        hour, minute = map(int, str(base).split(":"))
        is_after = word == "after" or any(is_a(each, "AFTER") for each in given)
        minutes = hour * 60 + minute + (1 if is_after else -1) * given[0] // 60
        if not 0 <= minutes < 24 * 60:
            raise NoMeaning
        return [told.Times((Clocked(minutes // 60, minutes % 60),))]

    def lead_time(self, given: list[Any]) -> list[told.Item]:
        """'An hour before my session', 'ten minutes after six'."""
        seconds = (
            given[0] if isinstance(given[0], int) else self._words.limits.after_session_minutes * 60
        )
        sign = -1 if any(is_a(each, "BEFORE") for each in given) else 1
        of_session = is_a(given[-1], "SESSION")
        found: list[told.Item] = [told.Lead(sign * seconds // 60, of_session)]
        if isinstance(given[-1], tuple):
            found.append(told.Times((given[-1][0],)))
        return found

    def same_time(self, _: list[Token]) -> list[told.Item]:
        """'At the same time'."""
        return [told.Times((Clocked(self._clock.hour, self._clock.minute),))]

    def moment(self, given: list[Token]) -> list[told.Item]:
        """'Before bed'."""
        hour, minute = map(int, given[0].partition("|")[2].split(":"))
        return [told.Times((Clocked(hour, minute),), usual=True)]

    def part(self, given: list[Token]) -> list[told.Item]:
        """'Mornings'."""
        each = given[0].type == "EVERY" or given[-1].type == "PARTS"
        found: list[told.Item] = [told.Part(str(given[-1]), each)]
        if given[0].type == "EVERY":
            found.insert(0, told.Often("day"))
        if given[0].type == "THIS":
            found.append(told.Dates((self._today,)))
        return found

    def tonight(self, _: list[Token]) -> list[told.Item]:
        """'Tonight'."""
        return [told.Dates((self._today,)), told.Part("tonight")]

    # Several a day

    def a_day(self, given: list[Any]) -> list[told.Item]:
        """'Three times a day'."""
        found: list[told.Item] = [told.PerDay(int(given[0]))]
        if given[-1].type == "DAYWORD":
            return [*found, told.Often("day")]
        return [*found, told.Days(days_named(given[-1]), many=True)]

    def a_week(self, given: list[Any]) -> list[told.Item]:
        """'Three times a week'."""
        count, unit = int(given[0]), PERIODS[given[-1].type]
        if count > (7 if unit == "week" else 28):
            raise NoMeaning
        return [told.PerWeek(count, unit)]

    def step(self, given: list[Any]) -> list[told.Item]:
        """'Every two hours'."""
        seconds = given[-1] * (2 if is_a(given[1], "OTHER") else 1)
        return [told.Step(max(1, round(seconds / 60)))]

    def window(self, given: list[Any]) -> list[told.Item]:
        """'From nine to five'."""
        times = [each[0] for each in given if isinstance(each, tuple)]
        if len(times) > 1:
            return [told.Window(times[0], times[1])]
        is_end = is_a(given[0], "UNTIL")
        return [told.Window(None, times[0]) if is_end else told.Window(times[0], None)]
