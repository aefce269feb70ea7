"""What a message says to a sign that stands: by known words, else by what the reader reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.agreement import clinicians_words, is_good_news
from bot.dialogue.topics import SURE
from bot.knowledge.schema.told import ToldFile
from bot.knowledge.schema.topics import Moment, Topic
from bot.knowledge.settling import Heard, Meaning, Standing
from bot.safety.settling import Settled, default_settling
from bot.text.clauses import clauses
from bot.understanding.encoders.question_reader import question_reader

_BY_TOPIC = {
    Topic.ALARM_DRIVE: Heard.DRIVE, Topic.ALARM_WAIT: Heard.WAIT,
    Topic.ALARM_MEANWHILE: Heard.UNTIL, Topic.WHY_WARNING: Heard.WHY, Topic.ALARM_SURE: Heard.WHY,
    Topic.EMERGENCY_NUMBER: Heard.NUMBER, Topic.TELL_DOCTOR: Heard.TELL,
}  # fmt: skip
_CHECKED = Topic.TELL_CHECKED
# A yes to acupressure is no look at a sign, and a look long ago none at what is new.
_OF_PRESSING = re.compile(
    r"\b(?:press|massag|acupress|acupunct|points?\b|tablet|medic|agree|allow|approv|okayed|"
    r"permission|the nod\b|green light|thumbs up|go ahead|"
    r"(?:ok|okay|fine|happy|all ?right) (?:with|for|to)\b)",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"\b(?:weeks?|months?|years?|yrs|ages|decades?) (?:ago|back)\b|\blast (?:month|year|"
    r"spring|summer|autumn|winter|time)\b|\bin (?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december|19\d\d|20\d\d)\b|\bback in\b|\bwhen i was\b",
    re.IGNORECASE,
)


def checked_in(text: str, words: ToldFile, before: Sequence[str]) -> Settled | None:
    """That a clinician looked at a sign to be checked today; None where it is not told surely.

    Args:
        text: the newest message, which tells of no sign.
        words: whom people call a clinician.
        before: what the person said before, newest last.
    """
    told = clinicians_words(text, words, before)
    if not told or _LONG_AGO.search(text) or not is_good_news(told):
        return None
    parts = [part for part in clauses(text) if not _OF_PRESSING.search(part)]
    if not parts or question_reader().read(". ".join(parts), Moment.URGENT)[_CHECKED] < SURE:
        return None
    return Settled(Meaning.CHECKED, frozenset({Standing.URGENT}))


def heard_in(text: str, moment: Moment) -> frozenset[Heard]:
    """What gets words of its own; nothing where the message is about something else.

    Args:
        text: the newest message.
        moment: whether an emergency stands, or a sign to be checked today.
    """
    by_words = default_settling().heard_in(text)
    if by_words:
        return by_words
    read = question_reader().read(text, moment)
    return frozenset(_BY_TOPIC[topic] for topic in _BY_TOPIC if read[topic] >= SURE)
