"""What is said aloud of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_MARKS = re.compile(r"[*_`#>|]+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LINE = re.compile(r"(?m)^\s*(?:[-*]|\d+\.)\s+")


@dataclass(frozen=True)
class Speech:
    """Plain sentences, and whether they are said slowly because they warn."""

    text: str
    is_warning: bool = False


def speeches(messages: Iterable[dict[str, Any]]) -> list[Speech]:
    """What is said of the messages of one answer: warnings first."""
    said = [_speech(message) for message in messages]
    return sorted((one for one in said if one.text), key=lambda one: not one.is_warning)


def _speech(message: dict[str, Any]) -> Speech:
    reply = (message.get("custom") or {}).get("reply") or {}
    text = reply.get("spoken") or _plain(str(message.get("text") or ""))
    return Speech(" ".join(str(text).split()), reply.get("kind") == "red_flag")


def _plain(text: str) -> str:
    """A written text without its marks."""
    return _MARKS.sub("", _LINE.sub("", _LINK.sub(r"\1", text)))
