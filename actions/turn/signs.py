"""Warning signs that a conversation told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.settling import Meaning, settled_by

SIGN = "red_flag_"
_SERIOUS = frozenset({"emergency", "self_harm", "urgent"})


@dataclass(frozen=True)
class Sign:
    """A warning sign that the person told: in which message, of what kind, and when.

    It is taken back when the person says afterwards that they were misunderstood.
    """

    number: int
    kind: str
    said_at: float
    taken_back: bool = False

    @property
    def is_serious(self) -> bool:
        """Whether it needs a doctor today."""
        return self.kind in _SERIOUS


def signs_in(messages: Iterable[Mapping[str, Any]]) -> list[Sign]:
    """The signs told in the messages of a person, in the order they were told."""
    signs: list[Sign] = []
    for number, message in enumerate(messages, 1):
        parsed = message.get("parse_data") or {}
        intent = str((parsed.get("intent") or {}).get("name") or "") or _recorded_sign(parsed)
        if settled_by(message) is Meaning.MISUNDERSTOOD:
            signs = [replace(sign, taken_back=True) for sign in signs]
        elif intent.startswith(SIGN):
            kind, said_at = intent.removeprefix(SIGN), float(message.get("timestamp") or 0)
            signs.append(Sign(number, kind, said_at))
    return signs


def open_sign(messages: Iterable[Mapping[str, Any]]) -> str:
    """The kind of the sign that was told last and that nothing has settled since; '' for none."""
    kind = ""
    for message in messages:
        parsed = message.get("parse_data") or {}
        intent = str((parsed.get("intent") or {}).get("name") or "")
        if settled_by(message) is not None:
            kind = ""
        elif sign := (intent if intent.startswith(SIGN) else _recorded_sign(parsed)):
            kind = sign.removeprefix(SIGN)
    return kind


def _recorded_sign(parsed: Mapping[str, Any]) -> str:
    """The sign that the gateway recorded by itself, as an intent; '' where there is none."""
    entities = parsed.get("entities") or []
    tiers = [e.get("tier") for e in entities if e.get("entity") == "red_flag"]
    return f"{SIGN}{tiers[0]}" if tiers else ""
