"""What is kept of a person, in a form that a person can read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable

import yaml

from bot.text.json_types import JsonObject


def conversation_told(events: Iterable[JsonObject]) -> JsonObject:
    """What both sides said, what was understood of it, and what is remembered now.

    Args:
        events: of the tracker, as plain values, oldest first.

    Returns:
        Plain values; empty where nothing was said.
    """
    said: list[JsonObject] = []
    remembered: JsonObject = {}
    for event in events:
        kind = event.get("event")
        if kind == "user":
            said.append(_person_said(event))
        elif kind == "bot" and event.get("text"):
            said.append({"at": _moment(event), "from": "assistant", "text": event["text"]})
        elif kind == "slot":
            remembered[str(event.get("name"))] = event.get("value")
    kept = {name: value for name, value in remembered.items() if value not in (None, [], {}, "")}
    return {
        **({"said": said} if said else {}),
        **({"remembered": kept} if kept else {}),
    }


def as_text(copy: JsonObject) -> str:
    """A copy of everything as plain lines, which a machine can read as YAML."""
    plain = json.loads(json.dumps(copy, default=str))
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100))


def _person_said(event: JsonObject) -> JsonObject:
    parsed = event.get("parse_data") or {}
    intent = (parsed.get("intent") or {}).get("name")
    found = [
        {name: entity[name] for name in ("entity", "value", "role") if entity.get(name)}
        for entity in parsed.get("entities") or []
    ]
    told = {"at": _moment(event), "from": "you", "text": event.get("text") or ""}
    return {
        **told,
        **({"taken_for": intent} if intent else {}),
        **({"noticed": found} if found else {}),
    }


def _moment(event: JsonObject) -> str:
    at = datetime.datetime.fromtimestamp(float(event.get("timestamp") or 0), datetime.UTC)
    return at.isoformat(timespec="seconds")
