"""What a reminder is about, as the person said it: a short text, in a form that does no harm."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import islice

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.phrases import read
from bot.reminders.language.said import digits

LONGEST = 60
# A message is looked at so far, for so many beginnings, of so many words.
_MOST_READ, _MOST_TRIED, _MOST_WORDS = 300, 5, 14
_ASKS = re.compile(
    r"\b(?:remin\w*|rem\w{0,2}nd\w*|rmd|tell|nudge|ping|alert|notify|prompt|shout|alarm|buzz|ask|make)"
    r"\b", re.IGNORECASE,
)  # fmt: skip
_ABOUT = re.compile(r"\b(?:to|about|of|for|that i|that)\s+(?=\w)", re.IGNORECASE)
# Letters of any script, and what stands inside words: no marks, no addresses, no numbers to call.
_UNSAFE = re.compile(r"[^\w'’,\- ]|_|\d{5,}")
# A text does not end in these, nor is it one of them alone.
_LOOSE = frozenset(
    [
        "a",
        "about",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "around",
        "as",
        "at",
        "before",
        "but",
        "by",
        "can",
        "do",
        "each",
        "every",
        "except",
        "for",
        "from",
        "i",
        "in",
        "is",
        "it",
        "just",
        "like",
        "me",
        "my",
        "not",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "our",
        "pls",
        "please",
        "so",
        "starting",
        "such",
        "than",
        "thanks",
        "that",
        "the",
        "them",
        "then",
        "there",
        "these",
        "this",
        "those",
        "time",
        "to",
        "today",
        "too",
        "until",
        "us",
        "we",
        "when",
        "which",
        "with",
        "without",
        "would",
        "you",
        "your",
        "no",
        "daily",
        "day",
        "days",
        "week",
        "month",
        "hour",
        "minutes",
        "ok",
    ]
)
_PRESSING = re.compile(
    r"\b(?:press\w*|acu\w+|massag\w*|points?|[a-z]{2} ?\d{1,2})\b", re.IGNORECASE
)
_LEADING = frozenset({"me", "please", "that", "i"})
_VERBS = frozenset({"do", "take", "go", "be", "have"})


def subject_in(text: str, now: dt.datetime, words: RemindersFile) -> str | None:
    """What somebody wants to be reminded of, in their own words, without what tells when.

    Returns:
        None where nothing but the time was said.
    """
    asks = _ASKS.search(text)
    if asks is None:
        return None
    text = text[:_MOST_READ]
    when = replace(read(text, now, words), unread=())
    for about in islice(_ABOUT.finditer(text, asks.start()), _MOST_TRIED):
        said = re.split(r"[.;!?]", text[about.end() :], maxsplit=1)[0]
        part = _without_when(said.split(), now, words)
        rest = f"{text[: about.start()]} {text[about.end() + len(part) :]}"
        # 'Before I go to sleep' tells when: without 'to sleep' it would not.
        is_apart = part and replace(read(rest, now, words), unread=()) == when
        if is_apart and (subject := _safe(part)):
            return subject
    return None


def tells_of_pressing(subject: str) -> bool:
    """Whether it speaks of pressing, which not everybody may at all times."""
    return bool(_PRESSING.search(subject))


def _without_when(said: list[str], now: dt.datetime, words: RemindersFile) -> str:
    """The longest beginning that tells no time."""
    if not said or digits(said[0])[:1].isdigit():
        return ""
    for end in range(min(len(said), _MOST_WORDS), 0, -1):
        part = " ".join(said[:end])
        pieces = read(part, now, words)
        if pieces.is_empty and not pieces.unread:
            is_until = said[end - 1 : end + 1] == ["to"]
            return part.removesuffix(" up") if is_until else part
    return ""


def _safe(said: str) -> str | None:
    """Short, and without anything that could be markup, an address or a telephone number."""
    clean = " ".join(_UNSAFE.sub(" ", said).split())
    if len(clean) > LONGEST:
        clean = clean[:LONGEST].rpartition(" ")[0]
    kept = clean.split()
    while kept and _is_loose(kept[-1]):
        kept.pop()
    while kept and kept[0].lower() in _LEADING:
        kept.pop(0)
    if not kept or all(word.lower() in _LOOSE | _VERBS for word in kept):
        return None
    return " ".join(kept).strip(" ,-'’") or None


def _is_loose(word: str) -> bool:
    bare = word.strip(",-'’").lower()
    return not bare or bare in _LOOSE or digits(bare).isdigit()
