"""Reads when somebody wants to be reminded, from their own words."""

from __future__ import annotations

import datetime as dt
import re

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.assembling import assembled
from bot.reminders.language.grammar.meaning import Meaning
from bot.reminders.language.grammar.parsing import phrases
from bot.reminders.language.grammar.vocabulary import words_of
from bot.reminders.language.pieces import Pieces

_ADDED = re.compile(r"\b(?:also|too|additional(?:ly)?|extra|plus|as well|on top)\b", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:instead|rather|while|whereas|but (?=(?:only |just |make it )?(?:on|at|for|in|\d|mon|tue"
    r"|wed|thu|fri|sat|sun|week)))", re.IGNORECASE,
)  # fmt: skip

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ASKS = re.compile(
    r"\b(?:remind|nudge|ping|poke|buzz|tell|alert|shout|prompt|wake|notify)", re.IGNORECASE
)
_OF_ME = re.compile(r"\b(?:i|i'm|i've|i'll|my|we|we're)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:(?:at|by|from|until|till) \d{1,2}(?:[:.]\d\d)?|\d{1,2}(?:[:.]\d\d)? ?(?=[ap]m\b))"
    r"(?: ?[ap]m\b| (?:this|in the) (?:morning|afternoon|evening))?", re.IGNORECASE,
)  # fmt: skip


def read(text: str, now: dt.datetime, words: RemindersFile, is_answer: bool = False) -> Pieces:
    """What a message says about when.

    Args:
        now: the present moment, in the person's time zone.
        is_answer: whether a time was asked for, so that a bare number is one.
    """
    text = _without_occasions(text)
    said = words_of(text, words)
    is_monthly = any(word.kind == "MONTHWORD" for word in said)
    found = list(phrases(said, Meaning(now, words, is_monthly).of))
    is_added = True if _ADDED.search(text) else False if _INSTEAD.search(text) else None
    return assembled(said, found, words, now.date(), is_answer, is_added)


def _without_occasions(text: str) -> str:
    """'At 2 I have a meeting. Nudge me at 1:50': without the hour of what only happens then."""
    sentences = _SENTENCES.split(text)
    asks = [bool(_ASKS.search(sentence)) for sentence in sentences]
    if not any(
        is_ask and _CLOCK.search(said) for is_ask, said in zip(asks, sentences, strict=True)
    ):
        return text
    return " ".join(
        said if is_ask or not _OF_ME.search(said) else _CLOCK.sub(" ", said)
        for is_ask, said in zip(asks, sentences, strict=True)
    )


def make_ready(words: RemindersFile) -> None:
    """Read the grammar and the list of words now, so that nobody waits for them."""
    read("mondya at 8", dt.datetime.now(dt.UTC), words)
