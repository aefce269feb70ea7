"""The days that a message names: dates, and when something ends."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from bot.reminders.language.pieces import Pieces
from bot.reminders.language.said import DAY_NAME, MONTH_NAME, WEEKDAYS, Said

_LONG = {"day": 1, "week": 7, "fortnight": 14}


def day_on(today: dt.date, amount: str, unit: str) -> dt.date:
    """The day so many days, weeks or months from today."""
    unit = unit.rstrip("s")
    if unit == "month":
        return months_on(today, round(amount_of(amount)))
    return today + dt.timedelta(days=round(amount_of(amount) * _LONG[unit]))


def months_on(today: dt.date, months: int) -> dt.date:
    """The same day of a later month; its last day where it has no such day."""
    later: dt.date = today + relativedelta(months=months)
    return later


def amount_of(words: str) -> float:
    """The number that words such as 'half an' or 'a few' stand for."""
    known = {"a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "quarter of an": 0.25,
             "a couple of": 2, "a few": 3, "1 and a half": 1.5}  # fmt: skip
    return known[words] if words in known else float(words)


def with_end(said: Said, pieces: Pieces, now: dt.datetime) -> Pieces:
    """'For two weeks', 'until Friday', 'until the 3rd of March'."""
    found = said.take(
        r"\bfor (?:the )?(?:next |coming )?(\d+|an?|a couple of|a few)? ?(days?|weeks?"
        r"|fortnights?|months?)\b"
    )
    if found:
        end = day_on(now.date(), found[1] or "a", found[2]) - dt.timedelta(days=1)
        return replace(pieces, until=end.isoformat())
    found = said.take(rf"\b(?:until|till|up to) (?:the end of )?(?:next |this )?({DAY_NAME})\b")
    if found:
        ahead = (WEEKDAYS[found[1]] - now.weekday()) % 7 or 7
        return replace(pieces, until=(now.date() + dt.timedelta(days=ahead)).isoformat())
    if said.take(r"\b(?:until|till) tomorrow\b"):
        return replace(pieces, until=(now.date() + dt.timedelta(days=1)).isoformat())
    if said.take(r"\b(?:until|till) next week\b"):
        ahead = 7 - now.weekday()
        return replace(pieces, until=(now.date() + dt.timedelta(days=ahead)).isoformat())
    found = said.take(
        rf"\b(?:until|till|up to) (?:the )?(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH_NAME}"
        rf"|{MONTH_NAME} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)\b"
    )
    if found:
        day = _parsed(found[1], now)
        return replace(pieces, until=day.isoformat() if day else None)
    return pieces


def with_dates(said: Said, pieces: Pieces, now: dt.datetime) -> Pieces:
    """'Tomorrow', 'on Monday', 'the 3rd of March'."""
    today = now.date()
    if said.take(r"\byesterday\b|\blast (?:night|week|month|" + DAY_NAME + r")\b|\bdays? ago\b"):
        return replace(pieces, is_past=True)
    here = re.search(r"\b(?:tonight|today|this (?:morning|afternoon|evening))\b", said.left)
    if here and re.search(r"\btomorrow\b", said.left):
        return replace(pieces, is_mixed=True)
    ahead: int | None = None
    if said.take(r"\bday after (?:tomorrow|tmrw)\b"):
        ahead = 2
    elif said.take(r"\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tomoz)(?:'s)?\b"):
        ahead = 1
    elif said.take(r"\btoday\b"):
        ahead = 0
    elif said.take(r"\bnext week\b"):
        ahead = 7 - today.weekday() if not pieces.days else None
    elif re.search(r"\btonight\b|\bthis (?:morning|afternoon|evening)\b", said.left):
        ahead = 0
    elif said.take(r"\bnext month\b"):
        return replace(pieces, date=months_on(today, 1).isoformat())
    if ahead is not None:
        return replace(pieces, date=(today + dt.timedelta(days=ahead)).isoformat())
    if pieces.days and not pieces.every:
        ahead = (pieces.days[0] - today.weekday()) % 7
        return replace(pieces, days=(), date=(today + dt.timedelta(days=ahead)).isoformat())
    found = said.take(
        rf"\b(?:on )?(?:the )?(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH_NAME}"
        rf"|{MONTH_NAME} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)\b(?: (\d{{4}}))?"
    )
    if found:
        day = _parsed(f"{found[1]} {found[2] or ''}", now)
        if day is None:
            return replace(pieces, odd=found[1])
        return replace(pieces, date=day.isoformat(), is_past=day < today)
    found = said.take(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)")
    if found:
        year, month, date = (
            (found[1], found[2], found[3])
            if found[1]
            else (found[6] or today.year, found[5], found[4])
        )
        try:
            day = dt.date(int(year), int(month), int(date))
        except ValueError:
            return replace(pieces, odd=found[0].strip())
        return replace(pieces, date=day.isoformat(), is_past=day < today)
    found = said.take(r"\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b")
    if found:
        day = _next_of_month(today, int(found[1]))
        return (
            replace(pieces, date=day.isoformat())
            if day
            else replace(pieces, odd=f"the {found[1]}th")
        )
    return pieces


def _parsed(words: str, now: dt.datetime) -> dt.date | None:
    """A date with the name of a month, read by dateparser; None where there is no such day."""
    import dateparser

    words = (
        re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", words).replace(" of ", " ").replace(" the ", " ")
    )
    found = dateparser.parse(
        words.strip(),
        languages=["en"],
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "STRICT_PARSING": False,
        },
    )
    day = found.date() if found else None
    number = re.search(r"\b\d{1,2}\b", words)
    # dateparser makes 30 February another day.
    return day if day and number and day.day == int(number[0]) else None


def _next_of_month(today: dt.date, number: int) -> dt.date | None:
    for ahead in range(62):
        day = today + dt.timedelta(days=ahead)
        if day.day == number:
            return day
    return None
