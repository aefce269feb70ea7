"""Reads when somebody wants to be reminded, from their own words.

Each part of a message is taken out of it once it is understood, so that the 'ten' of 'ten minutes'
is not read as a clock time as well. Dates such as 'the 3rd of March' are read by dateparser, which
is loaded when one is said.
"""

from __future__ import annotations

import datetime as dt

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.clocks import with_moments, with_parts, with_times, with_window
from bot.reminders.language.days import amount_of, day_on, with_dates, with_end
from bot.reminders.language.pieces import Pieces
from bot.reminders.language.repeats import with_repeats
from bot.reminders.language.said import SECONDS, Said, digits

_UNIT = r"(seconds?|secs?|minutes?|mins?|hours?|hrs?|h)\b"


def read(text: str, now: dt.datetime, words: RemindersFile, is_answer: bool = False) -> Pieces:
    """What a message says about when.

    Args:
        now: the present moment, in the person's time zone.
        is_answer: whether a time was asked for, so that a bare number is one.
    """
    said = Said(digits(text))
    pieces = delay_in(said, now)
    if pieces.delay is not None:
        return pieces
    pieces = with_repeats(said, pieces)
    pieces = with_window(said, pieces)
    pieces = with_end(said, pieces, now)
    pieces = with_dates(said, pieces, now)
    pieces = with_moments(said, pieces, words)
    pieces = with_times(said, pieces, is_answer)
    return with_parts(said, pieces, words)


def delay_in(said: Said, now: dt.datetime) -> Pieces:
    """'In ten minutes', 'an hour from now', 'half an hour later'."""
    amount = r"(\d+(?:\.\d+)?|an?|half an?|quarter of an|a couple of|a few|1 and a half)"
    found = said.take(
        rf"\b(?:in|for|after) (?:about |like )?{amount} {_UNIT}(?P<half> and a half)?"
        rf"(?:(?: and)? (?P<more>\d+) (?:minutes?|mins?))?(?! (?:a|per|each|every|before"
        rf"|earlier|later)\b)"
    ) or said.take(
        rf"\b{amount} {_UNIT}(?P<half> and a half)?(?P<more>)(?: from now| later from now)\b"
    )
    if found:
        unit = found[2].rstrip("s") if found[2] not in ("hrs", "secs", "mins") else found[2][:-1]
        size = SECONDS[unit]
        seconds = amount_of(found[1]) * size + (size / 2 if found["half"] else 0)
        return Pieces(delay=round(seconds) + int(found["more"] or 0) * 60)
    found = said.take(
        r"\bin (\d+|an?|a couple of|a few) (days?|weeks?|fortnights?|months?)(?: time)?\b"
    )
    if found:
        return Pieces(date=day_on(now.date(), found[1], found[2]).isoformat())
    return Pieces()
