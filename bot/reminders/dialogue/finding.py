"""Which reminder is meant: by its number, its order, what it is about, its days or its times."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.phrases import read
from bot.reminders.language.pieces import Pieces
from bot.reminders.language.said import ORDINALS, digits
from bot.reminders.storage.records import Reminder
from bot.text.phrases import found, normalised

_NUMBER = re.compile(r"\b(?:number|no\.?|reminder|nr) (\d{1,2})\b(?! ?(?:[ap]m|o'?clock|:))")
# 'The first Monday' tells a day, and no place in a list.
_ORDINAL = re.compile(
    rf"\b({'|'.join((*ORDINALS[:10], 'last'))})\b"
    r"(?! (?:mon|tues|wednes|thurs|fri|satur|sun)|[ ](?:day|week|month|time))"
)
_ALL = re.compile(
    r"\b(?:all|every|everything|each|both|reminders|remainders|notifications|remindrs|remidners)\b"
)
_SEVERAL = re.compile(r"\b(?:all|both|everything|reminders|ones|them|these|those|notifications)\b")
_THE_ONE = re.compile(
    r"\b(?:the|my|that|this)\s+(?:[\w':-]+\s+){0,5}?(?:one|ones|reminders?|alarm)\b"
    r"(?:\s+(?:for|about|of|to|with)\s+(?:the\s+|my\s+)?[a-z]+\b(?!\s*(?:am|pm|:)))?"
    r"|\b(?:reminder|number|no\.?) \d{1,2}\b(?! ?(?:[ap]m|o'?clock|:))",
    re.IGNORECASE,
)
# 'Ten instead of nine'.
_IN_PLACE = re.compile(
    r"\b(?:instead|in place) of (?:the |at )?(\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?|[a-z]+)(?: one)?\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"remind|\bone\b|\bnumber\b|\b(?:first|second|third|fourth|last)\b", re.IGNORECASE
)
# What is said of every reminder tells none of them apart.
_COMMON = frozenset(
    [
        "a",
        "about",
        "again",
        "all",
        "and",
        "any",
        "at",
        "back",
        "be",
        "but",
        "by",
        "can",
        "cancel",
        "change",
        "could",
        "day",
        "days",
        "delete",
        "do",
        "dont",
        "drop",
        "each",
        "earlier",
        "edit",
        "end",
        "every",
        "for",
        "from",
        "get",
        "hour",
        "hours",
        "i",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "last",
        "later",
        "make",
        "me",
        "minutes",
        "move",
        "my",
        "need",
        "new",
        "next",
        "no",
        "not",
        "of",
        "off",
        "on",
        "one",
        "ones",
        "only",
        "or",
        "other",
        "out",
        "pause",
        "please",
        "put",
        "remind",
        "reminder",
        "reminders",
        "remove",
        "reschedule",
        "resume",
        "second",
        "set",
        "shift",
        "should",
        "skip",
        "snooze",
        "stop",
        "switch",
        "take",
        "tell",
        "that",
        "the",
        "them",
        "then",
        "these",
        "this",
        "those",
        "to",
        "today",
        "tomorrow",
        "turn",
        "undo",
        "until",
        "want",
        "wrong",
        "you",
        "your",
        "with",
        "first",
        "third",
        "morning",
        "afternoon",
        "evening",
        "night",
        "am",
        "pm",
        "oclock",
    ]
)
_SHORTEST_STEM = 4


def chosen(
    text: str, reminders: Sequence[Reminder], now: dt.datetime, words: RemindersFile
) -> list[Reminder] | None:
    """Which of them are meant; None where that was not said, empty where none fits."""
    said = digits(text)
    number = _NUMBER.search(said) or re.fullmatch(r"(?:the )?(?:number )?(\d{1,2})\W*", said)
    if number:
        place = int(number[1])
        return [reminders[place - 1]] if 1 <= place <= len(reminders) else []
    ordinal = _ORDINAL.search(normalised(text))
    if ordinal:
        place = len(reminders) if ordinal[1] == "last" else ORDINALS.index(ordinal[1]) + 1
        return [reminders[place - 1]] if 1 <= place <= len(reminders) else []
    pieces = read(re.sub(r"\bthe one\b|\breminders?\b", " ", text), now, words)
    fitting = _at_these_times(reminders, pieces, words)
    narrowed = bool(pieces.parts or pieces.times)
    if pieces.days:
        days = set(pieces.days)
        fitting = [r for r in fitting if r.schedule
                   and any(set(part.days) & days for part in r.schedule.parts)]  # fmt: skip
        narrowed = True
    elif pieces.date and not pieces.times:
        day = dt.date.fromisoformat(pieces.date)
        # 'The Friday reminder', said on a Friday evening, is that of this morning too.
        since = now - dt.timedelta(days=1)
        fitting = [r for r in fitting if r.schedule and r.schedule.due_on(day, since)]
        narrowed = True
    about = _about(text, fitting, words)
    if about is not None:
        return about
    if narrowed:
        return fitting
    return list(reminders) if _ALL.search(said) else None


def times_meant(
    text: str, reminder: Reminder, now: dt.datetime, words: RemindersFile
) -> tuple[dt.time, ...]:
    """Which of several times of a reminder are meant by 'the evening one'; none for all of it."""
    every = reminder.schedule.all_times if reminder.schedule else ()
    fitting = times_at(text, every, now, words)
    return fitting if len(fitting) < len(every) else ()


def times_at(
    text: str, times: Sequence[dt.time], now: dt.datetime, words: RemindersFile
) -> tuple[dt.time, ...]:
    """Which clock times are meant by 'the evening one' or 'the 3 pm one'."""
    said = re.sub(r"\bthe one\b|\breminders?\b|\bones?\b", " ", text)
    pieces = read(re.sub(r"^\W*(?:the|my) (?=\d)", "at ", said), now, words, is_answer=True)
    if not (pieces.parts or pieces.times):
        return ()
    return tuple(time for time in times if _is_at(time, pieces, words))


def means_all(text: str) -> bool:
    """Whether all reminders are meant."""
    return bool(_ALL.search(normalised(text)))


def means_several(text: str) -> bool:
    """Whether more than one reminder is meant."""
    return bool(_SEVERAL.search(normalised(text)))


def target_and_time(text: str) -> tuple[str, str]:
    """'The morning reminder', and what is said of it: 'move to nine'."""
    if in_place := _IN_PLACE.search(text):
        return f"at {in_place[1]}", f"{text[: in_place.start()]} {text[in_place.end() :]}".strip()
    found = _THE_ONE.search(text)
    if found:
        return found[0], f"{text[: found.start()]} {text[found.end() :]}".strip()
    parts = re.split(r"\b(?:to|at|into|make it|instead)\b", text, maxsplit=1, flags=re.IGNORECASE)
    if len(parts) == 2 and _TARGET.search(parts[0]):
        return parts[0], f"at {parts[1]}"
    return "", text


def _at_these_times(
    reminders: Sequence[Reminder], pieces: Pieces, words: RemindersFile
) -> list[Reminder]:
    if not (pieces.parts or pieces.times):
        return list(reminders)
    return [
        r
        for r in reminders
        if r.schedule and any(_is_at(time, pieces, words) for time in r.schedule.all_times)
    ]


def _is_at(time: dt.time, pieces: Pieces, words: RemindersFile) -> bool:
    if pieces.times:
        return any(
            time.minute == clocked.minute
            and time.hour in {clocked.hour, clocked.hour if clocked.is_sure else clocked.other.hour}
            for clocked in pieces.times
        )
    parts = [words.day_parts[place] for place in pieces.parts]
    return any(part.from_hour <= time.hour <= part.to_hour for part in parts)


def _about(text: str, reminders: Sequence[Reminder], words: RemindersFile) -> list[Reminder] | None:
    """Those that are about what was named; None where nothing was, or where none is about it."""
    named = {_stem(word) for word in normalised(text).split() if word not in _COMMON}
    own = [(len(named & {_stem(word) for word in normalised(r.subject or "").split()}), r)
           for r in reminders]  # fmt: skip
    most = max((count for count, _ in own), default=0)
    if most:
        return [r for count, r in own if count == most]
    owners = {word: kind.id for kind in words.kinds for word in kind.words if len(word) > 3}
    hits = found(normalised(text), owners)
    kind = owners[hits[0][0]] if hits else None
    fitting = [r for r in reminders if r.kind == kind]
    return fitting or None


def _stem(word: str) -> str:
    for ending in ("ing", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
