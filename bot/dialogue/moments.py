"""In which moment of a talk a message is said, by the last thing that was said to the person."""

from __future__ import annotations

from bot.answers.fields import FIELDS
from bot.knowledge.schema.topics import Moment
from bot.messages.answer_key import AnswerKey, Kind

_OF_POINTS = (
    *FIELDS, Kind.FIND, Kind.LOCATE, Kind.PRESS, Kind.LONG, Kind.PURPOSE, Kind.SAFETY, Kind.NAMES,
    Kind.WHY, Kind.DETAIL, Kind.EASIEST, Kind.BOTH, Kind.COMPARE, Kind.COUNT, Kind.LIST,
    Kind.RIGHT_SPOT, Kind.TOGETHER, Kind.WITH_TOOL, Kind.TOOL, Kind.TOOL_ON, Kind.TOOL_TIME,
)  # fmt: skip
_HELD_BACK = (Kind.WITHHELD, Kind.WHY_WITHHELD, Kind.DECLARED, Kind.CONDITION)
_ASKS = ("ask_days", "time_told", "ask_health")
_ASKS_SCORE = ("pain_before", "pain_after")
_NOT_UNDERSTOOD = ("not_understood", "not_understood_again")


def moment_of(last: AnswerKey | None, alarm: bool, is_urgent: bool) -> Moment:
    """The moment of a message.

    Args:
        last: the key of the last thing said; None where nothing was.
        alarm: whether an emergency stands.
        is_urgent: whether a sign to be checked today stands.
    """
    if alarm:
        return Moment.ALARM
    if last is None:
        return Moment.START
    if last.kind is Kind.SESSION:
        asks = any(part in (last.subject or "") for part in _ASKS_SCORE)
        return Moment.SCORE if asks else Moment.SESSION
    if last.kind is Kind.REMINDER:
        return Moment.REMINDER
    if is_urgent:
        return Moment.URGENT
    if last.kind in _HELD_BACK:
        return Moment.WITHHELD
    if last.kind is Kind.TOPIC:
        asks = last.about == "report_pain" and (last.subject or "").endswith(_ASKS)
        return Moment.ASKED if asks or last.subject == "report_pain" else Moment.TOPIC
    if last.kind in _OF_POINTS:
        return Moment.POINT
    is_unclear = last.kind is Kind.SAY and last.subject in _NOT_UNDERSTOOD
    return Moment.UNCLEAR if is_unclear else Moment.TOPIC
