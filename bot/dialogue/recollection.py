"""A stored conversation, as it is remembered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.messages.message import Message


@dataclass(frozen=True)
class PastTurn:
    """One stored turn: what the person said, what was said to them, and on which day.

    `id` is what the channel called the message, if it did.
    """

    text: str
    said: tuple[Message, ...]
    day: datetime.date
    id: str | None = None


@dataclass(frozen=True)
class Recollection:
    """A stored conversation: its turns, oldest first, and the notes kept with them."""

    turns: tuple[PastTurn, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)
