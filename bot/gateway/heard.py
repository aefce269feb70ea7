"""What a message says to a sign that stands: by known words, else as the question reader reads it."""

from __future__ import annotations

from bot.dialogue.topics import SURE
from bot.knowledge.schema.topics import Moment, Topic
from bot.knowledge.settling import Heard
from bot.safety.settling import default_settling
from bot.understanding.encoders.question_reader import question_reader

_BY_TOPIC = {
    Topic.ALARM_DRIVE: Heard.DRIVE, Topic.ALARM_WAIT: Heard.WAIT,
    Topic.ALARM_MEANWHILE: Heard.UNTIL, Topic.WHY_WARNING: Heard.WHY, Topic.ALARM_SURE: Heard.WHY,
    Topic.EMERGENCY_NUMBER: Heard.NUMBER, Topic.TELL_DOCTOR: Heard.TELL,
}  # fmt: skip


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
