"""A message as a channel received it, and how it is handed on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.text.json_types import JsonObject

Handler = Callable[[UserMessage], Awaitable[Any]]


class NotReadyError(Exception):
    """Raised by a handler while the model is still being loaded."""


@dataclass(frozen=True)
class Incoming:
    """A message as a channel received it.

    `id` tells it from every other message of its sender, where the channel has such ids.
    `seconds` is how long the engine may take where the channel waits less long than others.
    """

    text: str
    sender: str
    channel: str
    metadata: JsonObject | None = None
    id: str | None = None
    seconds: float | None = None


class Effort(Enum):
    """What is done to answer a message.

    FIRST asks the engine. AGAIN, for a message that may have been answered before the process
    was killed, looks in the stored conversation first. LAST asks nobody.
    """

    FIRST = "first"
    AGAIN = "again"
    LAST = "last"
