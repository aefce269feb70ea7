"""Ending what repeats on a day to come: 'cancel it from tomorrow', 'stop them after Friday'."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.phrases import read
from bot.reminders.language.said import digits
from bot.reminders.schedules import Schedule

_DAY = dt.timedelta(days=1)
_FROM = re.compile(
    r"\b(?P<how>from|as of|as from|starting|beginning|after|in)\s+(?:on\s+)?"
    r"(?P<day>(?:the\s+|this\s+|next\s+|day\s+)*[\w.]+(?:\s+(?:of\s+)?\w+)?)"
)
# 'From Monday to Friday' and 'from tomorrow until Sunday' end nothing.
_ONLY_BETWEEN = re.compile(r"\b(?:to|until|till|through|between|every|each)\b")
_AMOUNT = re.compile(r"(?:\d+|an?|a couple of|a few) (?:days?|weeks?|fortnights?|months?)\b")
_WEEKS = re.compile(r"\b(?P<which>this|next) (?P<unit>week|month)\b")


@dataclass(frozen=True)
class Ending:
    """The last day on which a reminder still comes, and the words without what told of it."""

    last: dt.date
    rest: str


def ending_in(text: str, now: dt.datetime, words: RemindersFile) -> Ending | None:
    """When a reminder that is to be ended comes for the last time; None where no day is told."""
    said = digits(text)
    for found in _FROM.finditer(said):
        rest = said[: found.start()] + " " + said[found.end() :]
        if _ONLY_BETWEEN.search(rest) or _ONLY_BETWEEN.search(found["day"]):
            continue
        last = _last_day(found["how"], found["day"], now, words)
        if last is not None:
            return Ending(last, rest)
    return None


def ended(schedule: Schedule, last: dt.date, now: dt.datetime) -> Schedule | None:
    """The schedule up to its last day; None where nothing of it is left."""
    if not schedule.repeats:
        return schedule if schedule.begins <= last else None
    less = schedule.up_to(last)
    return less if last >= schedule.begins and less.next_after(now) else None


def _last_day(how: str, day: str, now: dt.datetime, words: RemindersFile) -> dt.date | None:
    if how == "in":
        amount = _AMOUNT.match(day)
        until = read(f"for {amount[0]}", now, words).until if amount else None
        return dt.date.fromisoformat(until) if until else None
    span = _WEEKS.search(day)
    if span:
        first, behind = _span(span["which"], span["unit"], now.date())
        return behind - _DAY if how == "after" else first - _DAY
    pieces = read(f"on {day}", now, words)
    if pieces.has_time or pieces.is_past or not pieces.date or pieces.date.startswith("--"):
        return None
    told = dt.date.fromisoformat(pieces.date)
    if day.startswith("next ") and told == now.date():
        told += 7 * _DAY
    return told if how == "after" else told - _DAY


def _span(which: str, unit: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first day of a week or month, and the first day behind it."""
    if unit == "week":
        first = today - today.weekday() * _DAY
        step = 7 * _DAY
        return (first, first + step) if which == "this" else (first + step, first + 2 * step)
    months = [today.replace(day=1)]
    for _ in range(2):
        months.append((months[-1] + 31 * _DAY).replace(day=1))
    return (months[0], months[1]) if which == "this" else (months[1], months[2])
