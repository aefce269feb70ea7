"""What all readings of phrases share: the present day, and small steps over words."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeGuard

from lark import Token, Transformer

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.grammar import calendar_days as on
from bot.reminders.language.zones import writes_24_hours, writes_month_first

SECONDS = {"HOUR": 3600, "MINUTE": 60, "SECONDS": 1, "SECOND": 1}
PERIODS = {"DAYWORD": "day", "WEEKWORD": "week", "MONTHWORD": "month", "YEARWORD": "year"}


class NoMeaning(Exception):
    """The words make a phrase, but it means nothing."""


class NoSuchDay(Exception):
    """A date that there is not."""


class Reading(Transformer[Token, Any]):
    """Reads phrases at a moment.

    Args:
        now: the present moment, in the person's time zone.
        is_monthly: whether months are spoken of, so that 'last Friday' is no day that is over.
    """

    def __init__(self, now: dt.datetime, words: RemindersFile, is_monthly: bool) -> None:
        super().__init__()
        self._is_monthly = is_monthly
        self._today = now.date()
        self._clock = now.time()
        self._24_hours = writes_24_hours(now)
        self._month_first = writes_month_first(now)
        self._words = words

    def _numbered(self, number: int) -> dt.date:
        day = on.next_numbered(self._today, number) if 1 <= number <= 31 else None
        if day is None:
            raise NoSuchDay(f"the {number}th")
        return day


def is_a(given: object, *types: str) -> TypeGuard[Token]:
    """Whether it is a word of one of these kinds."""
    return isinstance(given, Token) and given.type in types


def ordinal_of(token: Token) -> int:
    """The number of '3rd' or 'second'."""
    return 2 if token.type == "SECOND" else int(token)
