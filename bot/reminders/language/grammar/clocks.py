"""Clock times as they are said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lark import Token

from bot.reminders.language.grammar.items import Clocked

# What stands between hour and minute.
_NOON = 12
_MARKS = str.maketrans(";.h", ":::")


class NoSuchTime(Exception):
    """Something that looks like a clock time, and is none."""


def clocked(given: list[Any]) -> tuple[Clocked, bool]:
    """A clock time from its tokens, and whether it is 'tonight'.

    Args:
        given: tokens, and as strings am, pm or a part of the day.

    Raises:
        NoSuchTime: there is no such time.
    """
    numbers = [each for each in given if isinstance(each, Token)]
    words = [each for each in given if not isinstance(each, Token)]
    ampm = next((word for word in words if word in ("am", "pm")), "")
    part = next((word for word in words if word not in ("am", "pm")), "")
    hour, minute, is_sure = _digits(numbers)
    if hour > 23 or minute > 59 or (ampm and not 1 <= hour <= 12):
        raise NoSuchTime(" ".join([*numbers, *([ampm] if ampm else [])]).replace(";", ":"))
    is_night = part in ("night", "tonight")
    if ampm:
        return Clocked(hour % 12 + (12 if ampm == "pm" else 0), minute, night=is_night), (
            part == "tonight"
        )
    if is_sure or hour > 12:
        return Clocked(hour, minute, night=is_night, full=not part), part == "tonight"
    if part:
        is_am = part == "morning" or (is_night and (hour <= 4 or hour == 12))
        hour = hour % 12 + (0 if is_am else 12)
        return Clocked(hour, minute, night=is_night), part == "tonight"
    return Clocked(hour, minute, is_sure=False), False


def _digits(numbers: list[Token]) -> tuple[int, int, bool]:
    """The hour, the minute, and whether it can be only this hour of the day."""
    first = str(numbers[0])
    if numbers[0].type == "FOUR":
        return int(first[:2]), int(first[2:]), True
    if numbers[0].type == "HOURS":
        return int(first), 0, True
    if numbers[0].type == "CLOCK":
        hour, _, rest = first.translate(_MARKS).partition(":")
        return int(hour), int(rest), hour.startswith("0") or "h" in first
    minute = int(numbers[1]) if len(numbers) > 1 and numbers[1].type == "NUM" else 0
    return int(first), minute, first.startswith("0")


def listed_clocks(times: list[Clocked]) -> tuple[Clocked, ...]:
    """Clock times of a list: '7 and 9 pm' is in the evening, '8 and 8' at both ends of the day."""
    for place in range(len(times) - 2, -1, -1):
        time, after = times[place], times[place + 1]
        same = time if (time.hour < _NOON) == (after.hour < _NOON) else time.other
        if not time.is_sure and after.is_sure and not after.full and same.time < after.time:
            times[place] = replace(same, is_sure=True)
    return _both_halves(times)


def _both_halves(times: list[Clocked]) -> tuple[Clocked, ...]:
    told: list[Clocked] = []
    for time in times:
        twice = time in told and not time.is_sure
        told = [replace(each, is_sure=True) if twice and each == time else each for each in told]
        told.append(replace(time.other, is_sure=True) if twice else time)
    return tuple(told)
