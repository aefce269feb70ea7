"""Collects what the assistant says in one turn, one message per answer, nothing split off."""

from __future__ import annotations

from rasa.core.channels.channel import CollectingOutputChannel

from bot.messages.message import Message
from bot.text.json_types import JsonObject

# What a message is made of.
_PARTS = ("text", "buttons", "custom")


class TurnCollector(CollectingOutputChannel):  # type: ignore[misc]
    """Keeps each response whole.

    Rasa's own channels cut the text at blank lines and would part the guidance from its advice.
    """

    @classmethod
    def name(cls) -> str:
        """The channel name responses may be conditioned on."""
        return "collector"

    async def send_response(self, recipient_id: str, message: JsonObject) -> None:
        """Keep text, buttons and custom content of a response together."""
        kept = {key: message[key] for key in _PARTS if message.get(key)}
        if kept:
            self.messages.append({"recipient_id": recipient_id, **kept})

    @property
    def said(self) -> list[Message]:
        """What was said so far."""
        return [Message.from_json(message) for message in self.messages]
