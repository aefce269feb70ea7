"""The one door behind all doors: what every channel's messages pass through, in and out.

In: red flags are looked for before anything else can fail; text that would command Rasa is made
ordinary; very long text is kept out. Out: silence becomes a useful sentence, a red flag is never
without its message, and no answer is without guidance.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.collector import TurnCollector
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.general_answers import GeneralAnswers
from bot.knowledge.quiet_log import log_failure
from bot.knowledge.red_flags import Tier
from bot.knowledge.reply import finish
from bot.knowledge.safety_messages import button_payloads, red_flag_message
from bot.safety.default import default_detector
from bot.safety.detector import RedFlagDetector
from bot.safety.handover import METADATA_KEY, handover

logger = logging.getLogger(__name__)

MAX_MESSAGE_CHARACTERS = 2_000
_REMEMBERED_MESSAGES = 6
_REMEMBERED_SENDERS = 10_000
_RANK = {tier.value: tier.rank for tier in Tier}

Message = dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[Any]]


class NotReadyError(Exception):
    """Raised by a handler while the model is still being loaded."""


@dataclass(frozen=True)
class Incoming:
    """A message as a channel received it."""

    text: str
    sender: str
    channel: str
    metadata: dict[str, Any] | None = None


class RecentTurns:
    """The last messages of each conversation, in memory only, so that signs add up over turns."""

    def __init__(self) -> None:
        self._turns: OrderedDict[str, deque[str]] = OrderedDict()
        self._asked_duration: dict[str, bool] = {}

    def of(self, sender: str) -> tuple[list[str], bool]:
        """Earlier messages (newest last), and whether the person was just asked how long."""
        return list(self._turns.get(sender, ())), self._asked_duration.get(sender, False)

    def add(self, sender: str, text: str, said: list[Message]) -> None:
        """Remember a message and what was said to it."""
        turns = self._turns.setdefault(sender, deque(maxlen=_REMEMBERED_MESSAGES))
        turns.append(text[:MAX_MESSAGE_CHARACTERS])
        self._turns.move_to_end(sender)
        self._asked_duration[sender] = any(_part(m, "key") == "topic:report_pain" for m in said)
        while len(self._turns) > _REMEMBERED_SENDERS:
            gone, _ = self._turns.popitem(last=False)
            self._asked_duration.pop(gone, None)


class FrontDoor:
    """Answers one message through `handler` (Rasa), and makes good what the handler lacks.

    Args:
        handler: hands a message to Rasa; may raise, hang or say nothing.
        seconds: how long the handler may take.
    """

    def __init__(
        self,
        handler: Handler,
        detector: RedFlagDetector,
        catalogue: Catalogue,
        seconds: float = 8.0,
    ) -> None:
        self._handler = handler
        self._detector = detector
        self._catalogue = catalogue
        self._seconds = seconds
        self._recent = RecentTurns()
        self._payloads = button_payloads()

    async def exchange(self, incoming: Incoming) -> list[Message]:
        """All messages that answer `incoming`: at least one, each with guidance."""
        text = incoming.text.strip()
        found = self._screen(text, incoming.sender)
        if not text:
            said = [self._sentence("empty_message")]
        elif len(text) > MAX_MESSAGE_CHARACTERS and not found:
            said = [self._sentence("too_long")]
        else:
            said = await self._ask(self._ordinary(text, found), found, incoming)
        said = self._complete(said, found)
        self._recent.add(incoming.sender, text, said)
        return [{"recipient_id": incoming.sender, **message} for message in said]

    def _screen(self, text: str, sender: str) -> dict[str, Any] | None:
        if not text or text in self._payloads:
            return None
        earlier, asked = self._recent.of(sender)
        try:
            return handover(self._detector.screen(text, earlier, asked_duration=asked))
        except Exception as error:  # the classifier's vote is still there
            log_failure(logger, "the red-flag check failed", error)
            return None

    def _ordinary(self, text: str, found: dict[str, Any] | None) -> str:
        """Text that Rasa reads as words, never as a command, and never too long."""
        if text in self._payloads:
            return text
        if len(text) > MAX_MESSAGE_CHARACTERS and found:
            start = max(0, found["start"] - MAX_MESSAGE_CHARACTERS // 4)
            text = text[start : start + MAX_MESSAGE_CHARACTERS]
        return text.lstrip("/ \t") or text.replace("/", " slash ")

    async def _ask(
        self, text: str, found: dict[str, Any] | None, incoming: Incoming
    ) -> list[Message]:
        collector = TurnCollector()
        metadata = {**(incoming.metadata or {}), METADATA_KEY: found or {}}
        message = UserMessage(
            text,
            collector,
            incoming.sender,
            input_channel=incoming.channel,
            metadata=metadata,
        )
        problem = "action_failed"
        try:
            await asyncio.wait_for(self._handler(message), self._seconds)
        except NotReadyError:
            problem = "starting"
        except asyncio.TimeoutError:
            logger.error("no answer within %.1f seconds", self._seconds)
            problem = "slow"
        except Exception as error:  # a person is waiting: anything is better than silence
            log_failure(logger, "the conversation engine failed", error)
        said = [{k: v for k, v in m.items() if k != "recipient_id"} for m in collector.messages]
        return said or [self._sentence(problem)]

    def _complete(self, said: list[Message], found: dict[str, Any] | None) -> list[Message]:
        """Add the red-flag message or the guidance that is missing."""
        if found and not any(_rank_of(m) >= _RANK[found["tier"]] for m in said):
            return [red_flag_message(found["tier"], found["why"], found["self_harm"])]
        return [message if self._is_guided(message) else self._guided(message) for message in said]

    def _is_guided(self, message: Message) -> bool:
        return bool(_part(message, "guidance") or _part(message, "kind") == "red_flag")

    def _guided(self, message: Message) -> Message:
        line = self._catalogue.guidance("general")
        text = f"{message.get('text', '')}\n\n_{line.written}_".strip()
        return {**message, "text": text}

    def _sentence(self, wording: str) -> Message:
        return finish(GeneralAnswers(self._catalogue).say(wording), self._catalogue)


@lru_cache(maxsize=8)
def front_door_for(handler: Handler) -> FrontDoor:
    """The front door of a handler; all channels of one house share it."""
    return FrontDoor(handler, default_detector(), Catalogue.load())


def _part(message: Message, name: str) -> Any:
    return ((message.get("custom") or {}).get("reply") or {}).get(name)


def _rank_of(message: Message) -> int:
    return _RANK.get(str(_part(message, "tier")), 0)
