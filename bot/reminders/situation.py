"""What somebody has told that matters when a reminder is due, read off the stored conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.knowledge.settling import settled_by
from bot.sessions.history import Record, records_in
from bot.text.json_types import JsonObject

_SIGN = "red_flag_"
# Long-lasting pain is told once, and does not forbid anything.
SIGNS = ("doctor_soon", "urgent", "self_harm", "emergency")


@dataclass(frozen=True)
class Situation:
    """What a person has told.

    Attributes:
        conditions: ids of what they said of themselves.
        sign: the gravest warning sign that was neither taken back nor checked by a doctor.
        records: the sessions they have done.
        is_known: False where nothing could be read.
    """

    conditions: tuple[str, ...] = ()
    sign: str | None = None
    records: Sequence[Record] = field(default_factory=tuple)
    is_known: bool = True

    def carried(self) -> JsonObject | None:
        """What must outlast the beginning of a new conversation; None if there is nothing."""
        if not self.conditions and not self.sign:
            return None
        return {"conditions": list(self.conditions), "sign": self.sign}

    def with_carried(self, carried: Mapping[str, Any] | None) -> Situation:
        """This situation on top of what was told in a conversation before it."""
        if not carried:
            return self
        conditions = (*self.conditions, *(carried.get("conditions") or ()))
        signs = [sign for sign in (self.sign, carried.get("sign")) if sign in SIGNS]
        return Situation(
            tuple(dict.fromkeys(conditions)),
            max(signs, key=SIGNS.index) if signs else None,
            self.records,
            self.is_known,
        )


UNKNOWN = Situation(is_known=False)


def situation_of(events: Iterable[Mapping[str, Any]], slots: Mapping[str, Any]) -> Situation:
    """The situation in a conversation.

    Args:
        events: of the tracker, as JSON.
        slots: their present values.
    """
    signs: list[str] = []
    told: list[str] = list(slots.get("conditions") or [])
    for event in events:
        if event.get("event") != "user":
            continue
        parsed = event.get("parse_data") or {}
        entities = parsed.get("entities") or []
        intent = str((parsed.get("intent") or {}).get("name") or "")
        if settled_by(event):
            signs = []
        sign = intent.removeprefix(_SIGN) if intent.startswith(_SIGN) else ""
        # The gateway records a sign that the engine did not answer as an entity alone.
        raised = [sign, *(str(e.get("tier")) for e in entities if e.get("entity") == "red_flag")]
        signs += [each for each in raised if each in SIGNS]
        for entity in entities:
            if entity.get("entity") != "condition":
                continue
            value, role = str(entity.get("value")), entity.get("role")
            if role == "negated":
                told = [each for each in told if each != value]
            elif role == "declared" and signs:
                told.append(value)  # met with a warning, so that no slot may hold it yet
    gravest = max(signs, key=SIGNS.index) if signs else None
    return Situation(
        tuple(dict.fromkeys(told)), gravest, tuple(records_in(slots.get("sessions_done")))
    )
