"""What every answer owes a person, whatever was said."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.knowledge.schema.red_flags import Tier
from tests.generated.messages import CATALOGUE, Case

GUIDANCE = re.compile(r"\b(?:doctor|midwife|pharmacist|physiotherapist|emergency)\b", re.IGNORECASE)
_NOT_TO = re.compile(r"\b(?:do not|don't|never|stop|leave|no)\b[^.!?\n]*", re.IGNORECASE)
_STEPS = re.compile(
    r"\b(?:press|rub|knead|massage)\b|\bhold (?:it|for|each|the point)\b|\bseconds?\b|\bthumbs?\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:LI|LU|ST|SP|HT|SI|BL|UB|KI|PC|TE|GB|LR|GV|CV) ?\d{1,2}\b|"
    + "|".join(rf"\b{re.escape(point.names.pinyin)}\b" for point in CATALOGUE.points),
    re.IGNORECASE,
)
_BROKEN = ("say:action_failed", "say:slow", "say:starting")


def faults(case: Case, said: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the messages `said` to `case`; empty when all is well."""
    if not said:
        return ["silence"]
    found = []
    try:
        json.dumps(said).encode()
    except (TypeError, ValueError):
        found.append("cannot be sent")
    replies = [(message.get("custom") or {}).get("reply") or {} for message in said]
    for message, reply in zip(said, replies, strict=True):
        text = str(message.get("text") or "")
        if len(text.strip()) < 20:
            found.append("next to silence")
        if not GUIDANCE.search(text):
            found.append("no guidance")
        if not GUIDANCE.search(str(reply.get("spoken") or text)):
            found.append("no guidance aloud")
        if "{" in text and "red_flag" in text:
            found.append("a blank that was not filled")
        if reply.get("key") in _BROKEN:
            found.append("server error, covered up")
        if any(r.get("tier") == Tier.EMERGENCY.value for r in replies):
            found += _in_emergency(text, reply, message.get("buttons") or [])
    if case.tier and _highest(replies) < Tier(case.tier).rank:
        found.append(f"{case.tier} sign missed")
    return sorted(set(found))


def _in_emergency(text: str, reply: dict[str, Any], buttons: list[dict[str, Any]]) -> list[str]:
    """In an emergency nobody is told where or how to press."""
    titles = " ".join(str(button.get("title")) for button in buttons)
    whole = f"{text}\n{reply.get('spoken') or ''}\n{titles}"
    found = ["a point in an emergency"] if _POINTS.search(whole) else []
    if _STEPS.search(_NOT_TO.sub("", whole)):
        found.append("a pressing step in an emergency")
    return found


def _highest(replies: list[dict[str, Any]]) -> int:
    return max((Tier(reply["tier"]).rank for reply in replies if reply.get("tier")), default=0)
