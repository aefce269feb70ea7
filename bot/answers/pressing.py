"""Which answers lead to pressing, told by their key.

What is not known to be without pressing is taken to lead to it: an answer added later is held back
from somebody who must not press until it is named here.
"""

from __future__ import annotations

import re

# Before the key of an answer that is said once more, in other words, or sent as a card.
_MARKS = re.compile(r"^(?:(?:again|repeat|simple|card):)+")
# A key made of several: 'press:LI4+long:LI4'; codes are joined too: 'compare:LI4+BL23'.
_JOINED = re.compile(r"\+(?=\w+:)")
_WITHOUT = frozenset({
    "say", "topic", "declared", "withheld", "why_withheld", "condition", "reminder", "sources",
    "names", "spelt", "reference",
})  # fmt: skip
_TOPICS = frozenset({
    "ask_what_is_acupressure", "ask_routine", "ask_preparation", "ask_safety",
    "ask_source_conflict", "ask_right_spot", "report_pain", "report_improvement",
})  # fmt: skip
# What a session says without a step.
_SESSION_WITHOUT = frozenset({"end", "feeling", "not_now", "progress", "say"})


def leads_to_pressing(key: str) -> bool:
    """Whether an answer names a point, a place or a way to press.

    Args:
        key: the key of a reply, such as 'locate:LI4' or 'again:topic:ask_routine:morning'.
    """
    return any(_one_leads(part) for part in _JOINED.split(_MARKS.sub("", key)))


def _one_leads(key: str) -> bool:
    kind, _, subject = key.partition(":")
    subject = subject.partition(":")[0]
    if kind == "topic":
        return subject in _TOPICS
    if kind == "session":
        return subject not in _SESSION_WITHOUT
    return kind not in _WITHOUT
