"""What phrases say about days that repeat: of the week, of the month, every so many."""

from __future__ import annotations

from typing import Any

from lark import Token

from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.reading import NoMeaning, NoSuchDay, Reading, is_a, ordinal_of
from bot.reminders.wording import WEEKEND, WORKDAYS

_LAST_DAY = -1


class DayMeaning(Reading):
    """Reads what repeats; each method reads the rule of its name."""

    # Days of the week

    def day_set(self, given: list[Token]) -> tuple[tuple[int, ...], bool]:
        """'Weekdays', 'Monday to Friday': the days, and whether they repeat."""
        if len(given) == 3:
            first, last = int(given[0]), int(given[2])
            return tuple(sorted((first + n) % 7 for n in range((last - first) % 7 + 1))), True
        return days_named(given[0]), given[0].type != "DAYNAME"

    def list_sep(self, given: list[Token]) -> Token:
        """A word between days."""
        return given[0]

    def day_list(self, given: list[Any]) -> tuple[tuple[int, ...], bool]:
        """'Mondays, Tuesdays and at weekends'."""
        sets = [each for each in given if isinstance(each, tuple)]
        if not any(is_a(each, "AND", "COMMA", "EVERY") for each in given):
            # 'Every other weekend on Sunday' is on Sundays.
            sets = [s for s in sets if not any(set(other[0]) < set(s[0]) for other in sets)]
        days = tuple(sorted({day for named, _ in sets for day in named}))
        is_many = len(sets) > 1 or any(many for _, many in sets)
        return days, is_many or any(is_a(each, "EVERY") for each in given)

    def day_lead(self, given: list[Token]) -> Token:
        """A word before days."""
        return given[0]

    def days(self, given: list[Any]) -> list[told.Item]:
        """'Every other Tuesday', 'Sunday evenings'."""
        found: list[told.Item] = []
        is_each = any(is_a(each, "EVERY", "PARTS") for each in given)
        if is_a(given[0], "FROM"):
            return [told.Days(self.day_set(given[1:])[0], many=True)]
        for place, each in enumerate(given):
            if isinstance(each, tuple):
                gap = _gap(given[place - 1]) if place and is_a(given[0], "EVERY") else 1
                found.append(told.Days(each[0], each[1] or is_each, gap))
            elif is_a(each, "DAYNAME"):
                found.append(told.Days((int(each),), is_each))
            elif is_a(each, "PART", "PARTS"):
                found.append(told.Part(str(each)))
        return found

    def next_days(self, given: list[Any]) -> list[told.Item]:
        """'The next three Mondays'."""
        count = next(int(each) for each in given if each.type in ("AMOUNT", "NUM"))
        count *= len(days_named(given[-1])) if given[-1].type == "WEEKENDS" else 1
        return [told.Days(days_named(given[-1]), many=True), told.Total(count, of_days=True)]

    # How often

    def gap(self, given: list[Token]) -> int:
        """'Other', 'third'."""
        return _gap(given[0])

    def often(self, given: list[Any]) -> list[told.Item]:
        """'Every other week'."""
        interval = given[1] if len(given) > 2 else 1
        if is_a(given[-1], "PART"):
            return [told.Often("day", interval), told.Part(str(given[-1]))]
        if given[-1] == "year":
            return [told.Often("month", 12 * interval)]
        return [told.Often(given[-1], interval)]

    # Days of the month

    def place(self, given: list[Token]) -> int:
        """'First', 'last'."""
        if given[0].type == "PENULT":
            return _LAST_DAY - 1
        return _LAST_DAY if given[0].type == "LAST" else ordinal_of(given[0])

    def nth_lead(self, given: list[Token]) -> Token:
        """A word before 'the first Monday'."""
        return given[0]

    def sep(self, given: list[Token]) -> Token:
        """'And' or a comma."""
        return given[0]

    def of_month(self, given: list[Any]) -> dict[str, int]:
        """'Of every other month'."""
        return {"interval": next((each for each in given if isinstance(each, int)), 1)}

    def nth(self, given: list[Any]) -> list[told.Item]:
        """'The first Monday of the month'."""
        places = tuple(each for each in given if isinstance(each, int))
        days = next(each[0] for each in given if isinstance(each, tuple))
        is_known = all(place in (1, 2, 3, 4, 5, -1, -2) for place in places)
        if not is_known or (len(days) > 2 and days != WORKDAYS):
            raise NoMeaning
        interval = _month_of(given)
        is_last = places == (_LAST_DAY,) and is_a(given[0], "EVERY")
        if interval is None and (len(places) > 1 or is_last):
            # 'The second and fourth Tuesdays' are those of every month.
            interval = 1
        return [told.Nth(places, days, interval)]

    def month_number(self, given: list[Token]) -> tuple[int, str]:
        """'The 5th', 'the last day', and which kind of word tells it."""
        kind = given[0].type
        if kind in ("LAST", "PENULT"):
            return _LAST_DAY - (kind == "PENULT"), "LAST"
        return ordinal_of(given[-1]), kind

    def month_days(self, given: list[Any]) -> list[told.Item]:
        """'The 5th and the 20th of every month'."""
        numbers = [each for each in given if isinstance(each, tuple)]
        interval, kinds = _month_of(given), {kind for _, kind in numbers}
        if interval is None and is_a(given[0], "EVERY"):
            if kinds != {"ORD"}:
                raise NoMeaning
            interval = 1
        if interval is None and "NUM" in kinds:
            raise NoMeaning
        if not all(-2 <= number <= 31 and number for number, _ in numbers):
            raise NoSuchDay(f"the {numbers[0][0]}th")
        return [told.MonthDays(tuple(number for number, _ in numbers), interval)]


def days_named(token: Token) -> tuple[int, ...]:
    """The days of a word such as 'weekdays' or 'Monday'."""
    if token.type == "WEEKDAYS":
        return WORKDAYS
    if token.type == "OTHERDAYS":
        return ()
    return WEEKEND if token.type in ("WEEKEND", "WEEKENDS") else (int(token),)


def _gap(token: object) -> int:
    if not isinstance(token, Token) or token.type in ("EVERY", "ON", "AT"):
        return 1
    return 2 if token.type in ("OTHER", "SECOND") else int(token)


def _month_of(given: list[Any]) -> int | None:
    return next((each["interval"] for each in given if isinstance(each, dict)), None)
