"""Reads when somebody wants to be reminded, from their own words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.assembling import assembled
from bot.reminders.language.grammar.meaning import Meaning
from bot.reminders.language.grammar.parsing import phrases
from bot.reminders.language.grammar.vocabulary import words_of
from bot.reminders.language.pieces import Pieces
from bot.reminders.language.said import digits

_ADDED = re.compile(
    r"\b(?:also|too|additional(?:ly)?|extra|plus|as well|on top|another(?: one)?(?= (?:at|in|after"
    r"|before|with|for|on|every)\b)|one more"
    r"|(?<!\d )(?<!am )(?<!pm )and one(?= (?:on\b|every\b|each\b|at \d))|(?:a|the)"
    r" (?:second|2nd|third|3rd|fourth|further)"
    r" (?:one|reminder|alarm|nudge|time)(?= (?:at|in|after|before|with|for|of)\b))\b",
    re.IGNORECASE,
)
# Second thoughts: 'at 8, no, 9', 'every Tuesday, sorry, I mean every Thursday'.
_RATHER = re.compile(
    r"[,;.]? *(?:\b(?:or |oh |hmm+ |um+ )*(?:i (?:mean|meant)|actually|scratch that|correction"
    r"|(?:oh )?wait|sorry|oops|make (?:that|it)|or rather|no(?= wait| sorry| make| i mean"
    r"|,|$))\b[,:.]? *)+(?:not (?P<wrong>[\w:.]+(?: [ap]m)?)(?:,|;| but) *)?",
    re.IGNORECASE,
)
# 'My exam is on Thursday' tells of a day, and no day of the reminder.
_DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
    r"(?:,? (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9})?|tomorrow|today|tonight"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*|the \d{1,2}(?:st|nd|rd|th)"
)
_REMARK = re.compile(
    r"(?:(?:^|[.!?,;]) *|\b(?:because|cos|since|as) )(?:(?:and|but|so|btw|oh|well) )*"
    r"(?!(?:[a-z']+ ){0,3}(?:one|ones|it|that|this|reminders?|time|start|first|last|end)\b)"
    r"(?:[a-z']+ ){0,3}[a-z]+(?: is| are|'s|'re| falls| starts| was)(?: due)?(?: on)?"
    rf"(?: this| next| coming)? (?P<day>{_DAY}) *(?=[.!?,;]|$)",
    re.IGNORECASE,
)
# 'It has hurt for a year now' says nothing of how long to remind.
_SO_FAR = re.compile(
    r"(?:^|[.!?,;]) *(?:(?!remind|nudge|tell|alert)[\w']+ ){0,6}?(?:has|have|had|'s|\w+'ve|been"
    r"|was|were"
    r"|aches?|hurts?) [^.,;!?]*?\b(?:for|since|over) [^.,;!?]*(?=[.!?,;]|$)", re.IGNORECASE,
)  # fmt: skip
_THEN = re.compile(r"\b(until|till|before|after|from) (?:it|then|that(?: day)?)\b", re.IGNORECASE)
_FOR_HOURS = re.compile(
    r"\b(?:for|over|during|in) (?:the )?(?:next |coming )?(\d{1,2}|an?|one|two|three|four|five|six"
    r"|seven|eight) (?:hours?|hrs?)\b", re.IGNORECASE,
)  # fmt: skip
_STEPS = re.compile(
    r"\b(?:every|each) (?:\w+[ -]){1,3}(?:minutes?|mins?|hours?|hrs?)\b", re.IGNORECASE
)
_BARE_LENGTH = re.compile(r"(?:an?|half|\w+) (?:an? )?(?:hours?|minutes?|mins?)\b", re.IGNORECASE)
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
    if corrected := _with_second_thoughts(text, now, words):
        return corrected
    text = _until_hours(text, now)
    text = _without_occasions(_without_remarks(text, now, words))
    said = words_of(text, words)
    is_monthly = any(word.kind == "MONTHWORD" for word in said)
    found = list(phrases(said, Meaning(now, words, is_monthly).of))
    is_added = True if _ADDED.search(text) else False if _INSTEAD.search(text) else None
    return assembled(said, found, words, now.date(), is_answer, is_added)


def adds(text: str) -> bool:
    """Whether a message says that what it tells comes besides: 'and a second one at four'."""
    return bool(_ADDED.search(text))


def _with_second_thoughts(text: str, now: dt.datetime, words: RemindersFile) -> Pieces | None:
    """'At 8, no, 9': what was said last in place of what it corrects; None without any such."""
    for turn in _RATHER.finditer(text):
        before, after = text[: turn.start()], text[turn.end() :]
        if not before.strip() or not after.strip():
            continue
        earlier = read(before, now, words)
        if earlier.delay is not None and _BARE_LENGTH.match(after):
            after = f"in {after}"
        newer = read(after, now, words, is_answer=bool(earlier.times))
        if not (earlier.is_empty or newer.is_empty):
            unread = tuple(dict.fromkeys([*earlier.unread, *newer.unread]))
            return replace(earlier.with_newer(newer), unread=unread)
    return None


def _until_hours(text: str, now: dt.datetime) -> str:
    """'Every hour for three hours' ends three hours from now, where that is still today."""
    length = _FOR_HOURS.search(text) if _STEPS.search(text) else None
    if length is None:
        return text
    hours = 1 if length[1].lower() in ("a", "an") else int(digits(length[1]))
    end = now + dt.timedelta(hours=hours)
    if end.date() != now.date():
        return text
    return f"{text[: length.start()]} until {end:%H:%M} {text[length.end() :]}"


def _without_remarks(text: str, now: dt.datetime, words: RemindersFile) -> str:
    """'At 9 tomorrow. The exam is on Thursday': without the day of what happens then.

    'Until then', said of such a day, is until that day.
    """
    remark = _REMARK.search(text)
    if remark is None:
        so_far = _SO_FAR.search(text)
        rest = f"{text[: so_far.start()]}; {text[so_far.end() :]}" if so_far else ""
        return rest if so_far and not read(rest, now, words).is_empty else text
    rest = f"{text[: remark.start()]}; {text[remark.end() :]}"
    if read(rest, now, words).is_empty:
        return text
    return _THEN.sub(rf"\1 {remark['day']}", rest)


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
