"""What a message about a reminder holds besides: a yes before it, questions after it."""

from __future__ import annotations

import datetime as dt
import re

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.phrases import adds, read

# After these anything may follow: 'yes I'm in Leeds'. Other words of a yes stand alone or before
# a comma: 'ok how long' is none.
_YES = (
    r"(?:oh |ah )?(?:yes+|yeah|yep|yup|yea|ya|yah|aye|absolutely|definitely"
    r"|please do|go ahead|do it|that'?s right|correct"
    r"|perfect|sounds good|that works|exactly|of course|lovely|brilliant)"
)
_WEAK = r"(?:ok|okay|sure|fine|good|great|right|all right|alright)"
_POLITE = (
    r"(?:[ ,]*(?:please|pls|plz|thx|thanks|thank you|ta|cheers|love|do"
    r"|go ahead|set it|that'?s fine|ok)\b)*"
)
_OPENS = re.compile(
    rf"\W*(?:{_YES}{_POLITE}\b|{_WEAK}{_POLITE}(?=\s*(?:[,.;!]|$|\bbut\b|\band\b)))"
    r"(?P<gap>[\s,.;:!–—-]*)", re.IGNORECASE,
)  # fmt: skip
_LINKS = re.compile(r"(?:(?:and|but|also|though|only|just|then|oh|plus)\b[\s,]*)+", re.IGNORECASE)
_TAKES_BACK = re.compile(r"(?:no|not|nope|wait|never mind|cancel|forget|stop)\b", re.IGNORECASE)
_ASKS = (
    r"(?:(?:by the way|btw|also|then|so|oh|and|but|ok|okay|hi|hello|well|right)[ ,]+)*"
    r"(?:what'?s?(?!ever)|how'?s?|why|where'?s?|which|who'?s?"
    r"|when (?:should|do|does|can|is|are)|is (?!the reminder)|are|can|could|should|does|do (?:i|you"
    r"|we|they)|did|would|will|am i|tell me (?!to\b|at\b|about (?:it|that)|when|in\b|on\b|every))"
)
_QUESTION = re.compile(rf"{_ASKS}\b", re.IGNORECASE)
_SPLIT = re.compile(
    rf"(?<=[.!?])\s+|\s*[;\n]\s*|,? (?:and|but|also|plus|oh)[ ,]+(?={_ASKS}\b)"
    r"|,? (?:and|then)[ ,]+(?=(?:please |can you |could you )?remind me\b)"
    r"|\s+-\s+", re.IGNORECASE,
)  # fmt: skip
_SPEAKS_OF_IT = re.compile(r"\bre?mind|\bnudge|\balarm|\bping me|\balert me|\bnotif", re.IGNORECASE)
_ABOUT_PRESSING = re.compile(
    r"\b(?:why|where|how (?:long|hard|do|does|many|much|can|should)|should i|is it (?:ok|okay|safe"
    r"|fine|bad|good)|can i (?:press|use|do|take|have))\b", re.IGNORECASE,
)  # fmt: skip
_KEEPS = re.compile(
    r"\b(?:keep|keeps|leave|stays?|remains?|still|as well|too|also|don'?t (?:drop|lose|forget))\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:only|just|instead|not|no|change|switch|rather|drop|without)\b", re.IGNORECASE
)
_DROPS = re.compile(
    r"\b(?:drop|remove|delete|lose|leave out|skip|without|not|no|scrap|ditch|forget|cancel)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"(?:no|nope|actually|sorry|wait|i (?:said|meant|mean|want|wanted)|make (?:it|that|the)|but|and"
    r"|also|plus|can (?:you|we|it)|could (?:you|we|it)|better|rather|change)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:and|plus|also) (?:then )?(?:on|at|every|each|(?:in )?the (?:morning|afternoon|evening)"
    r"|\d|mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE,
)  # fmt: skip
_SETS_IT = re.compile(
    r"\b(?:set|save|add|keep|activate|start) (?:the|my|that|this) (?:\w+ )?(?:reminder|alarm)\b"
    r"|\byes,? (?:please )?(?:set|to) (?:it|the reminder|my reminder)\b", re.IGNORECASE,
)  # fmt: skip
_BEFORE_ADDED = re.compile(
    r"(?:[.,;!?]|\band\b|\bplus\b)(?=[^.,;!?]*\b(?:another|one more|(?:a|the) (?:second|2nd|third"
    r"|3rd|further|other))\b)", re.IGNORECASE,
)  # fmt: skip


def after_yes(text: str) -> str | None:
    """What follows a yes at the beginning of a message; None where it begins with none.

    Returns:
        "" where nothing follows.
    """
    opens = _OPENS.match(text)
    if opens is None:
        return None
    rest = text[opens.end() :]
    link = _LINKS.match(rest)
    bare = (rest[link.end() :] if link else rest).strip()
    is_of_one = re.search(r"\bones?\b", bare, re.IGNORECASE)
    takes_back = _TAKES_BACK.match(bare) and not (is_of_one or read_limits(bare))
    return None if takes_back else rest.strip() if bare else ""


def read_limits(rest: str) -> bool:
    """Whether words after a yes leave something out, and take nothing back: 'not on Sundays'."""
    return bool(re.match(r"(?:not?|never) (?:on|at|this|next|tomorrow|\w+days?)\b", rest, re.I))


def parted(text: str, now: dt.datetime, words: RemindersFile) -> tuple[str, str]:
    """What a message says of a reminder, and the questions of their own that it asks besides.

    A question that names a time, 'can it be at 9?', is about the reminder.
    """
    mine: list[str] = []
    others: list[str] = []
    for part in filter(None, (part.strip() for part in _SPLIT.split(text))):
        asks = bool(_QUESTION.match(part)) and not _SPEAKS_OF_IT.search(part)
        has_time = asks and read(part, now, words).has_time
        is_own = asks and (not has_time or bool(_ABOUT_PRESSING.search(part)))
        (others if is_own else mine).append(part)
    if not mine or not others:
        return text, ""
    return ". ".join(part.rstrip(".") for part in mine), " ".join(others)


def keeps(text: str) -> bool:
    """Whether something is said to stay: 'keep the 3 pm one'."""
    return bool(_KEEPS.search(text))


def drops(text: str) -> bool:
    """Whether something is said to be left out: 'drop the 6 pm one'."""
    return bool(_DROPS.search(text))


def says_only(text: str) -> bool:
    """Whether what is told is to be in place of all that was told before: 'only at 9'."""
    return bool(_ONLY.search(text))


def corrects(text: str) -> bool:
    """Whether a message begins as one that changes what was just said."""
    return bool(_CORRECTS.match(text.strip()))


def adds_to_it(text: str) -> bool:
    """Whether a message goes on with more of the same: 'and on Fridays at 6'."""
    return adds(text) or bool(_GOES_ON.match(text.strip()))


def sets_it(text: str) -> bool:
    """Whether the reminder that was proposed is to be set: 'please set the reminder'."""
    return bool(_SETS_IT.search(text))


def apart_from_added(text: str) -> tuple[str, str]:
    """'In the morning, and a second one at 4': what answers, and what is added to it."""
    between = _BEFORE_ADDED.search(text) if adds(text) else None
    if between is None or between.start() == 0:
        return "", text
    return text[: between.start()], text[between.end() :]
