"""Which answers lead to pressing, told by their key.

What is not known to be without pressing is taken to lead to it: an answer added later is held back
from somebody who must not press until it is named here.
"""

from __future__ import annotations

from bot.messages.answer_key import AnswerKey, Kind

_WITHOUT = frozenset({
    Kind.SAY, Kind.TOPIC, Kind.DECLARED, Kind.WITHHELD, Kind.WHY_WITHHELD, Kind.CONDITION,
    Kind.REMINDER, Kind.SOURCES, Kind.NAMES, Kind.SPELT, Kind.REFERENCE, Kind.ABOUT_ME,
})  # fmt: skip
_TOPICS = frozenset({
    "ask_what_is_acupressure", "ask_routine", "ask_preparation", "ask_safety",
    "ask_source_conflict", "ask_right_spot", "report_pain", "report_improvement",
})  # fmt: skip
# What a session says without a step.
_SESSION_WITHOUT = frozenset({"end", "feeling", "not_now", "progress", "say"})


def leads_to_pressing(key: AnswerKey | None) -> bool:
    """Whether an answer names a point, a place or a way to press.

    Args:
        key: the key of a reply; an answer without one may lead anywhere.
    """
    return key is None or any(map(_one_leads, key.parts))


def _one_leads(key: AnswerKey) -> bool:
    if key.kind is Kind.TOPIC:
        return key.about in _TOPICS
    if key.kind is Kind.SESSION:
        return key.about not in _SESSION_WITHOUT
    return key.kind not in _WITHOUT
