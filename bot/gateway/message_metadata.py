"""What may come with a message besides its words: known fields, each of a known form."""

from __future__ import annotations

import re
from typing import Any

from bot.safety.handover import HEARD_KEY
from bot.text.json_types import JsonObject

_TEXTS = {
    "timezone": re.compile(r"[\w+/-]{1,64}"),
    "country": re.compile(r"[A-Za-z]{2}"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"),
}
_SWITCHES = (HEARD_KEY, "can_remind")


def said_of_itself(given: Any) -> JsonObject:
    """Country, time zone and language that a browser tells; nothing else."""
    metadata = given if isinstance(given, dict) else {}
    return {
        name: value
        for name, pattern in _TEXTS.items()
        if isinstance(value := metadata.get(name), str) and pattern.fullmatch(value)
    }


def known_metadata(given: Any) -> JsonObject:
    """What a program may tell of a message. Fields that nobody here reads are left out.

    They would be kept with the conversation, and read again at every turn.
    """
    metadata = given if isinstance(given, dict) else {}
    switches = {name: metadata[name] for name in _SWITCHES if isinstance(metadata.get(name), bool)}
    return {**said_of_itself(metadata), **switches}
