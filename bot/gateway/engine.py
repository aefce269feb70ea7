"""The second step: ask the engine; if it is silent, a useful sentence is said."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from dataclasses import dataclass

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.answers.safety_messages import button_payloads
from bot.gateway.guidance import Guidance
from bot.gateway.messages import Handler, Incoming, NotReadyError
from bot.gateway.screener import MAX_MESSAGE_CHARACTERS, ScreenedMessage
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety.handover import METADATA_KEY
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

# What Rasa reads where somebody types nothing but slashes.
_SLASH = " slash "
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


@dataclass(frozen=True)
class EngineAnswer:
    """What is answered.

    Attributes:
        was_heard: whether the engine got to the end of it, so that what the message tells counts.
    """

    said: list[Message]
    was_heard: bool = True


class Engine:
    """The conversation engine, as one that may raise, hang or say nothing.

    Args:
        handler: hands a message to Rasa.
        seconds: how long it may take.
    """

    def __init__(self, handler: Handler, guidance: Guidance, seconds: float) -> None:
        self._handler = handler
        self._guidance = guidance
        self.seconds = seconds
        self._payloads = button_payloads()

    async def answer(
        self, screened: ScreenedMessage, incoming: Incoming, known: JsonObject
    ) -> EngineAnswer:
        """What the engine says to a message; never nothing.

        Args:
            known: what is passed on with the finding: an alarm, an open sign, notes.
        """
        collector = TurnCollector()
        finding = screened.found.to_json() if screened.found else {}
        message = UserMessage(
            self.ordinary(screened),
            collector,
            incoming.sender,
            input_channel=incoming.channel,
            message_id=incoming.id,
            metadata={**(incoming.metadata or {}), METADATA_KEY: finding, **known},
        )
        problem = "action_failed"
        was_heard = False
        seconds = self.seconds_for(incoming)
        try:
            await asyncio.wait_for(self._handler(message), seconds)
            was_heard = True
        except NotReadyError:
            problem = "starting"
        except TimeoutError:
            logger.error("no answer within %.1f seconds", seconds)
            problem = "slow"
        except Exception as error:  # a person is waiting: anything is better than silence
            log_failure(logger, "the conversation engine failed", error)
        return EngineAnswer(collector.said or [self._guidance.sentence(problem)], was_heard)

    def seconds_for(self, incoming: Incoming) -> float:
        """How long a message may take."""
        return min(self.seconds, incoming.seconds or self.seconds)

    def ordinary(self, screened: ScreenedMessage) -> str:
        """Text that Rasa reads as words, never as a command, and never too long."""
        text = screened.text
        if text in self._payloads:
            return text
        if screened.is_too_long and screened.found:
            start = max(0, screened.found.start - MAX_MESSAGE_CHARACTERS // 4)
            text = text[start : start + MAX_MESSAGE_CHARACTERS]
        return _without_prefix(text) or _SLASH


def _without_prefix(text: str) -> str:
    """The text from its first character that is visible and not a slash.

    Rasa takes what begins with a slash for a command, once every kind of space is stripped.
    """
    for place, character in enumerate(text):
        if character != "/" and unicodedata.category(character)[0] not in "CZ":
            return text[place:]
    return ""
