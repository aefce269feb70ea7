"""Which reminder is meant, what it is about, and what is to be done: read from somebody's words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from enum import Enum

from bot.knowledge.schema.reminders import ReminderKind, RemindersFile
from bot.reminders.language.phrases import read
from bot.reminders.language.plans import Question, plan
from bot.reminders.language.said import digits
from bot.text.phrases import found, normalised, phrase_forms


class Wish(str, Enum):
    """What somebody wants to be done about reminders."""

    SET = "set"
    CHANGE = "change"
    CANCEL = "cancel"
    LIST = "list"
    MISSED = "missed"
    CALENDAR = "calendar"
    QUIET = "quiet"
    PAUSE = "pause"
    RESUME = "resume"
    SNOOZE = "snooze"


# 'Turn it on', 'switch the stretch one off'.
_WHICH = (r"(?:it|that|this|them|these|those|all|both|everything|(?:the|my|all|number|no|reminders?"
          r"|that|this) [\w':. -]{1,40}?|reminders?)")  # fmt: skip


def _turned(how: str) -> str:
    return rf"\b(?:turn|switch|put) (?:{how} {_WHICH}|{_WHICH} (?:back )?{how})(?![\w'])"


_SAYS = (
    (Wish.MISSED, r"\bmiss(?:ed)?\b(?! (?:my|it|the|a) (?:session|points?))"
        r"|\bwhile i was (?:away|gone"
        r"|out|asleep)\b|\bwent off\b"),
    (Wish.CALENDAR, r"\bcalendar\b|\bics\b"),
    (Wish.QUIET, r"\bquiet (?:hours?|time)\b|\bin peace\b"
        r"|\b(?:don't|dont|do not|never|no) (?:remind"
        r"|reminders?|send|notif)\b.*\b(?:between|after|before|at night|while i)\b"),
    (Wish.RESUME, _turned("on") + r"|\b(?:enable|reactivate)\b"),
    (Wish.PAUSE, _turned("off") + r"|\b(?:disable|deactivate)\b"),
    (Wish.RESUME, r"\b(?:resume|unpause|unmute|continue)\b|\b(?:back|reminders) on\b|\bon again\b"
        r"|\b(?:start|remind|bring|turn|switch)\b.*\b(?:again now|back on"
        r"|reminders again)\b|\b(?:bring|turn|switch)\b.*\bback\b|\bremind me again now\b"),
    (Wish.PAUSE, r"\b(?:pause|suspend|mute|silence)\b|\bon hold\b"
        r"|\bhold (?:off )?(?:them|(?:the|my|these|those|all) reminders?)\b|\b(?:a|take a) (?:break"
        r"|rest) from the reminders\b|\bgive the reminders a rest\b|\bno reminders? (?:until"
        r"|till|for|this|today|tomorrow)\b|\bstop the reminders for\b"),
    (Wish.SNOOZE, r"\bsnooze\b|\b(?:remind|ask|tell) me again in\b|^(?:not now|later)\b"),
    (Wish.CHANGE, r"\b(?:change|reschedule|edit|shift)\b"
        r"|\bmove (?:it|my|the|that|reminder|number)\b"
        r"|\bmake (?:it|that|the|my)\b(?! to (?!\d))|\binstead\b|\b(?:push|put) (?:it|my|the"
        r"|that)\b.*\b(?:back|earlier|later|forward)\b|\b(?:hour|minutes|earlier) (?:later"
        r"|earlier)\b|\bnot \d+(?: [ap]m)?$"),
)  # fmt: skip
_FEW_WORDS = 9
_PATTERNS = tuple((wish, re.compile(pattern)) for wish, pattern in _SAYS)
_CANCEL = re.compile(
    r"\b(?:cancel|cansel|cancle|delete|remove|scrap|drop|ditch|undo|disable|deactivate"
    r"|clear|get rid of"
    r"|take (?:it|that|the reminder|away)|(?:turn|switch) (?:it |the \w+ |reminders "
    r"|my \w+ \w+ )?off|turn off|switch off)\b"
    r"|\bstop (?:this|these|that|the|my|it|remind|sending)\b|\b(?:don't|dont"
    r"|do not) (?:remind|set|send)\b|\bno (?:more )?reminders?\b"
)


# After reminders, 'them' are the reminders.
_THEM = r"(?:(?:all|both|every one|each)(?: of)? )?(?:them|these|those|that one|them all)"
_LISTS_THEM = re.compile(rf"^(?:\w+ ){{0,3}}?(?:list|show|read)(?: me| out)? {_THEM}\b")
_OF_THEM = re.compile(
    r"(?:(?:please|ok|okay|can you|could you|now|and|just|then|no|actually) )*(?:list|show|read"
    r"|delete|cancel|remove|clear|stop|pause|resume|drop|erase|scrap|get rid of|turn off)"
    rf"(?: me| out)? (?:{_THEM}|all|both|(?:the|my) (?:[\w:]+ ){{0,4}}(?:one|ones))"
    r"(?: (?:please|now|too|again|then|off))*"
)
# After reminders: 'what have I got now', 'which ones are left', 'how many are running'.
_ASKS_WHICH = re.compile(
    r"(?:(?:so|and|ok|okay|now|please|can you|could you) )*(?:(?:list|show|read|tell)(?: me)? )?"
    r"(?:what|which|how many)(?:'?s| is| are| ones?| reminders?| of (?:them|those))*"
    r"(?: (?:have i|do i|did i|i have|i've))?(?: (?:is|are|do|still|now|i))*"
    r" (?:left|set|set up|on|there|running|now|active|planned|got|have)"
    r"(?: (?:now|left|still|set|at the moment|on|there))*"
)
# 'Is the reminder on?', 'did you set it?'.
_ASKS_IF_SET = re.compile(
    r"\b(?:is|are|was|were|did|have|has) (?:you|the|my|it|that|this|those|them|reminders?) "
    r"(?:[\w':]+ ){0,4}?(?:\w+ )?(?:(?:re)?set|on|active|saved|running|working|in place|there)"
    r"(?: up)?(?: (?:it|them|that|the reminders?|my reminders?))?(?: (?:now|yet|up|then|already"
    r"|for \w+))*$"
)
_TURNS = re.compile(rf"(?:please |now |ok |can you )*(?:{_turned('on')}|{_turned('off')})")
_SETS = re.compile(r"\b(?:remind|nudge|ping|alert|notify) me (?!what|which|how many|of my remind)")
_SETS_FIRST = re.compile(
    r"\bset (?:me )?(?:up )?(?:a|an|another|the|my|something|one)\b(?: \w+){0,2}?"
    r" (?:reminder|alarm|for|at)\b|\b(?:have|get|want|need|give me|like) (?:a|an|another)"
    r"(?: \w+)? reminder\b"
    r"|(?<!don't )(?<!dont )(?<!not )(?<!stop )\b(?:remind|nudge|ping|alert|notify) me\b"
    r"(?! (?:what|where|how|which|who|when|why|if)\b)"
)
# What somebody wants to be reminded of does not tell what is to be done with reminders.
_SUBJECT = re.compile(
    r"\b((?:remind|nudge|ping|alert|notify|tell|wake|prompt|poke|buzz|ask) me\b.*?)"
    r" (?:to|about|that|for) (?!(?:on|at|in|every|each|\d)\b).*"
)


def speaks_of_them(text: str) -> bool:
    """Whether a message after reminders means them: 'list them', 'delete all of them'."""
    said = normalised(text)
    is_of_them = _OF_THEM.fullmatch(said) or _ASKS_WHICH.fullmatch(said) or _TURNS.match(said)
    return len(said.split()) <= _FEW_WORDS and bool(is_of_them)


def asks_if_set(text: str) -> bool:
    """Whether it is asked if a reminder is there: 'is the reminder on?'."""
    return bool(_ASKS_IF_SET.search(normalised(text)))


def asks_for_one(text: str, now: dt.datetime, words: RemindersFile) -> bool:
    """Whether a message surely asks for a reminder: it says so, and when."""
    return bool(_SETS_FIRST.search(digits(text))) and not read(text, now, words).is_empty


def wish_in(text: str, intent: str) -> Wish:
    """What is to be done, by the words, else by the intent."""
    said = _SUBJECT.sub(r"\1", digits(text))
    if asks_if_set(text):
        return Wish.LIST
    for wish, pattern in _PATTERNS:
        if not pattern.search(said):
            continue
        if wish is Wish.CHANGE and intent in ("cancel_reminder", "list_reminders"):
            continue
        if wish is Wish.CALENDAR and intent == "set_reminder" and "link" not in said:
            continue
        return wish
    if intent == "cancel_reminder" or (intent != "set_reminder" and _CANCEL.search(said)):
        return Wish.CANCEL
    if (
        _LISTS_THEM.search(said)
        or _ASKS_WHICH.fullmatch(normalised(text))
        or (intent == "list_reminders" and not _SETS.search(said))
    ):
        return Wish.LIST
    return Wish.PAUSE if intent == "pause_reminder" else Wish.SET


def cancels(text: str) -> bool:
    """Whether the words take back what was just set or asked."""
    said = normalised(text)
    return bool(_CANCEL.search(said)) or bool(
        re.search(r"\b(?:changed my mind|forget (?:it|that)|not that|never mind|nevermind)\b", said)
    )


def kind_in(text: str, words: RemindersFile) -> ReminderKind:
    """What a reminder is to be about: the longest words of a kind that are found."""
    owners = {word: kind for kind in words.kinds for word in kind.words}
    hits = found(normalised(text), owners)
    return owners[hits[0][0]] if hits else words.kinds[0]


def is_medicine(text: str, words: RemindersFile) -> bool:
    """Whether a reminder of medicine is asked for."""
    return bool(found(normalised(text), words.medicine_words))


def says(text: str, phrases: Sequence[str]) -> bool:
    """Whether the whole message is one of the phrases."""
    return any(said in phrases for said in phrase_forms(text.replace(",", " ")))


def shift_in(text: str) -> int | None:
    """'An hour later': so many minutes; earlier is less than nothing."""
    said = digits(text)
    hit = re.search(
        r"\b(half an|an?|\d+) (hours?|minutes?|mins?)(?: \w+)? (later|earlier|back|forward"
        r"|before)\b",
        said,
    ) or re.search(
        r"\b(?:back|later|earlier|forward)(?: by)? (half an|an?|\d+) (hours?|minutes?|mins?)()\b",
        said,
    )
    if not hit:
        return None
    amount = {"half an": 0.5, "an": 1.0, "a": 1.0}.get(hit[1])
    size = (float(hit[1]) if amount is None else amount) * (60 if hit[2].startswith("hour") else 1)
    is_earlier = "earlier" in said or "forward" in said or "before" in said
    return round(-size if is_earlier else size)


def quiet_in(
    text: str, now: dt.datetime, zone: str, words: RemindersFile
) -> tuple[int, int] | None:
    """The first and the last minute of quiet hours; None where none are said."""
    said = digits(text)
    if re.search(
        r"\b(?:at night|while i (?:sleep|am asleep)|when i sleep)\b", said
    ) and not re.search(r"\d", said):
        return 22 * 60, 7 * 60
    split = re.split(r"\b(?:to|until|till|and)\b", said, maxsplit=1)
    if len(split) == 2:
        night = "pm" if not re.search(r"[ap]m|morning|evening|night|:", split[0]) else ""
        first = _minute(f"{split[0]} {night}", now, zone, words)
        last = _minute(
            split[1] if re.search(r"pm|evening", split[1]) else f"{split[1]} am", now, zone, words
        )
        return (first, last) if first is not None and last is not None else None
    only = _minute(said, now, zone, words)
    if only is None:
        return None
    return (22 * 60, only) if "before" in said else (only, 7 * 60)


def _minute(text: str, now: dt.datetime, zone: str, words: RemindersFile) -> int | None:
    text = re.sub(r"(?<![\d:])(\d{1,2}(?::\d{2})?) +(am|pm)\b", r"\1\2", " ".join(text.split()))
    pieces = read(re.sub(r"\b(\d{1,2}) (?:in the morning) am", r"\1am", text), now, words, True)
    if not pieces.times:
        return None
    planned = plan(pieces, now, zone, words)
    schedule = planned.proposal if isinstance(planned, Question) else planned
    time = schedule.times[0] if schedule else pieces.times[0].time
    return time.hour * 60 + time.minute
