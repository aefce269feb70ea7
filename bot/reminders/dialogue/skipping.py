"""Leaving out single times of what repeats: 'cancel tomorrow's', 'skip the next one'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.dialogue.choosing import cancels
from bot.reminders.dialogue.finding import chosen
from bot.reminders.language.phrases import read
from bot.reminders.language.pieces import Pieces
from bot.reminders.schedules import Schedule
from bot.reminders.storage.records import Reminder

_DAY_NAME = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# 'The Monday reminder' is the reminder itself; "Monday's" or 'this Monday' is one time of it.
_ONE_DAY = re.compile(
    rf"\b(?:tomorrow|today|tonight)(?:['’]?s)?\b|\b(?:this|next|coming|on) {_DAY_NAME}\b"
    rf"|\b{_DAY_NAME}['’]s\b|\bthis (?:morning|afternoon|evening)\b"
    r"|\b(?:on )?the \d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_NEXT_ONE = re.compile(
    r"\bnext (?:one|reminder|time)\b|\b(?:only|just) (?:this|the next) (?:one|time|once)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"['’]s\b")
_FOR_GOOD = re.compile(
    r"\b(?:every|each|until|till|from|after|for good|ever|any ?more)\b", re.IGNORECASE
)
_SHORT = 6

LeftOut = list[tuple[Reminder, list[dt.datetime]]]


def left_out(
    text: str, reminders: Sequence[Reminder], now: dt.datetime, words: RemindersFile
) -> LeftOut:
    """Which times of which reminders are meant; empty where whole reminders are.

    Returns:
        Reminders with due times in UTC; one of them at least repeats.
    """
    if _FOR_GOOD.search(text):
        return []
    named = chosen(_NEXT_ONE.sub(" ", _ONE_DAY.sub(" ", text)), reminders, now, words)
    meant = [r for r in (reminders if named is None else named) if not r.is_paused]
    fitting = [(r, r.schedule) for r in meant if r.schedule]
    pieces = read(_OF.sub("", text), now, words)
    found: LeftOut = []
    if pieces.date and _ONE_DAY.search(text):
        day = dt.date.fromisoformat(pieces.date)
        found = [(r, _on(day, schedule, now, pieces, words)) for r, schedule in fitting]
    elif _NEXT_ONE.search(text):
        first = [(due, r) for r, schedule in fitting if (due := schedule.next_after(now))]
        found = [(r, [due]) for due, r in sorted(first, key=lambda each: each[0])[:1]]
    found = [(reminder, times) for reminder, times in found if times]
    return found if any(repeats(reminder) for reminder, _ in found) else []


def takes_one_time_off(text: str) -> bool:
    """Whether single times are to be left out, whatever of: 'cancel tomorrow's'."""
    is_short = len(text.split()) <= _SHORT
    return is_short and cancels(text) and bool(_ONE_DAY.search(text) or _NEXT_ONE.search(text))


def repeats(reminder: Reminder) -> bool:
    """Whether it comes on more than one day."""
    return reminder.schedule is not None and reminder.schedule.repeats


def _on(
    day: dt.date, schedule: Schedule, now: dt.datetime, pieces: Pieces, words: RemindersFile
) -> list[dt.datetime]:
    """The due times on a day, or those of them at the time of day that was named."""
    zone = ZoneInfo(schedule.zone)
    hours = {t.hour for t in pieces.times}
    hours |= {t.hour + 12 for t in pieces.times if not t.is_sure}
    parts = [words.day_parts[place] for place in pieces.parts if not pieces.times]
    clocks = [(due, due.astimezone(zone)) for due in schedule.due_on(day, now)]
    return [
        due for due, clock in clocks
        if (not hours or clock.hour in hours)
        and (not parts or any(p.from_hour <= clock.hour <= p.to_hour for p in parts))
    ]  # fmt: skip
