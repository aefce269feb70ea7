"""The one door behind all doors: what every channel's messages pass through, in and out.

In: red flags are looked for before anything else can fail; text that would command Rasa is made
ordinary; very long text is kept out. Out: silence becomes a useful sentence, a red flag is never
without its message, and no answer is without guidance.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import cast

from rasa.core.channels.channel import UserMessage

from bot.answers.safety_messages import button_payloads
from bot.dialogue.memory import (
    EMERGENCY,
    ConversationMemory,
    Memories,
    Recollection,
)
from bot.gateway.answered import (
    asks_to_forget,
    is_about_pressing,
    is_doubted,
    is_forgotten,
    waiting_with_pressing,
)
from bot.gateway.collector import TurnCollector
from bot.gateway.completing import Completing
from bot.gateway.history import History
from bot.gateway.long_texts import Told, screened, screened_aside
from bot.gateway.messages import Effort, Found, Handler, Incoming, NotReadyError
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.emergency_numbers import default_numbers
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety.default import default_detector
from bot.safety.detector import RedFlagDetector
from bot.safety.handover import ALARM_KEY, METADATA_KEY, NOTES_KEY, STANDING_KEY, handover
from bot.safety.settling import SettlingReader, default_settling
from bot.safety.wording.disguises import plain_letters

logger = logging.getLogger(__name__)

MAX_MESSAGE_CHARACTERS = 2_000
# What Rasa reads where somebody types nothing but slashes.
_SLASH = " slash "
_HISTORY_SECONDS = 2.0
# How an alarm or an open sign is stored that stands on in a conversation begun anew.
_STANDING = {"flag": "standing", "layer": "memory", "rules": ""}
# Doors that can speak first, and need not wait for somebody to say something.
SPEAK_FIRST = frozenset({"web"})


class FrontDoor:
    """Answers one message through `handler` (Rasa), and makes good what the handler lacks.

    Args:
        handler: hands a message to Rasa; may raise, hang or say nothing.
        seconds: how long the handler may take.
        history: where conversations are stored; without it, only memory counts.
        country: where people are unless they say otherwise, an ISO code.
        today: which day it is.
    """

    def __init__(
        self,
        handler: Handler,
        detector: RedFlagDetector,
        catalogue: Catalogue,
        seconds: float = 8.0,
        history: History | None = None,
        country: str | None = None,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        self._handler = handler
        self._detector = detector
        self._settling: SettlingReader = default_settling()
        self._completing = Completing(catalogue)
        self._seconds = seconds
        self._history = history
        self._country = country
        self._today = today
        self._memories = Memories()
        self._numbers = default_numbers()
        self._payloads = button_payloads()
        # What waits to be told to somebody, besides the answer; for doors that cannot speak first.
        self.beside: Callable[[str], Awaitable[list[Message]]] | None = None

    async def exchange(self, incoming: Incoming, effort: Effort = Effort.FIRST) -> list[Message]:
        """All messages that answer `incoming`: at least one, each with guidance."""
        text = plain_letters(incoming.text).strip()
        memory = await self._memory_of(incoming.sender)
        self._note_country(text, incoming, memory)
        found = await self._screen(text, memory)
        settled = self._settling.read(text) if memory.standing else None
        settles = memory.is_settled_by(settled)
        if settled and found and settles and settled.covers(found["start"]):
            found = None  # the sign that is spoken of is the one that is settled
        if memory.alarm and not settles and not (found and found["tier"] == EMERGENCY):
            found = None  # the alarm that stands is the graver one
        if not text:
            said = [self._completing.sentence("empty_message")]
        elif len(text) > MAX_MESSAGE_CHARACTERS and not found:
            said = [self._completing.sentence("too_long")]
        elif effort is Effort.LAST:
            said = [self._completing.sentence("action_failed")]
        else:
            said = await self._said_before(incoming) if effort is Effort.AGAIN else []
            said = said or await self._ask(self._ordinary(text, found), found, memory, incoming)
        if found and is_doubted(said, found):
            found = None
        if is_forgotten(said) and not asks_to_forget(memory.last_key):
            # The yes answered something else.
            said = [self._completing.sentence("nothing_forgotten")]
        engine_said, alarm = said, None if settles else memory.alarm
        said = self._completing.complete(said, found, alarm)
        if not found and not settles and memory.is_open(self._today()):
            said = waiting_with_pressing(said)
        if not found and not await self._is_kept(incoming.sender, memory):
            said = self._without_pressing(said)
        memory.add(text, said, self._today())
        if is_forgotten(said):
            said = await self._forgotten(incoming.sender, said)
        elif found and said != engine_said:
            await self._record(incoming.sender, self._ordinary(text, found), said[0], found)
        country = memory.country or self._country
        dressed = [self._completing.dressed(m, country) for m in said]
        if incoming.channel not in SPEAK_FIRST and not (found or memory.alarm):
            waited = await self._waiting(incoming.sender, said)
            memory.last_key = None if waited else memory.last_key
            dressed += waited
        return dressed

    async def first_word(self, sender: str, message: Message) -> Message:
        """A message that nobody asked for: with guidance, or with the alarm in its place.

        Args:
            message: an answer that `finish` made.
        """
        memory = await self._memory_of(sender)
        memory.last_key = None
        said = self._completing.complete([message], None, memory.alarm)[0]
        return self._completing.dressed(said, memory.country or self._country)

    def alarms(self, text: str) -> bool:
        """Whether a text by itself holds a warning sign."""
        try:
            return handover(screened(self._detector, text, Told())) is not None
        except Exception as error:
            log_failure(logger, "the red-flag check failed", error)
            return False

    async def alarms_aside(self, text: str) -> bool:
        """The same; nobody else waits while a long text is searched."""
        try:
            return handover(await screened_aside(self._detector, text, Told())) is not None
        except Exception as error:
            log_failure(logger, "the red-flag check failed", error)
            return False

    async def alarm_of(self, sender: str) -> str | None:
        """The alarm that stands in a conversation: "emergency", "self_harm" or None."""
        return (await self._memory_of(sender)).alarm

    def sentence(self, wording: str) -> Message:
        """A wording of data/guidance.yml as a message, guidance included."""
        return self._completing.sentence(wording)

    async def forget(self, sender: str) -> None:
        """Forget a conversation that is over, wherever something of it is kept.

        Raises:
            Exception: something is still kept.
        """
        self._memories.forget(sender)
        if self._history:
            await self._history.forget(sender)

    async def restart(self, sender: str) -> Message | None:
        """Begin a conversation anew: nothing said before counts any more, but an open sign.

        A tap is no sign that the person was seen, so what stands is asked about first. Somebody
        else who begins here says that it was not them.

        Returns:
            The alarm that stands, or the sign that should be checked today, to be said again; None
            where there is none.

        Raises:
            NotReadyError: the model is still being loaded.
        """
        before = await self._memory_of(sender)
        if self._history:
            await self._history.restart(sender)
        self._memories.forget(sender)
        standing = before.carried(self._today())
        if standing is None:
            return None
        anew = ConversationMemory(
            country=before.country, alarm=before.alarm, told_urgent=before.told_urgent
        )
        self._memories.keep(sender, anew)
        found = {**_STANDING, "tier": standing.reply.tier and standing.reply.tier.value}
        await self._record(sender, "", standing, found)
        return self._completing.dressed(standing, before.country or self._country)

    async def _waiting(self, sender: str, said: list[Message]) -> list[Message]:
        """What waited for this contact, unless the person has just been forgotten."""
        if self.beside is None or is_forgotten(said):
            return []
        try:
            return await self.beside(sender)
        except Exception as error:  # the answer counts; what waits goes on waiting
            log_failure(logger, "what waited could not be told", error)
            return []

    async def _said_before(self, incoming: Incoming) -> list[Message]:
        """What was already said to this very message; empty if nothing is stored."""
        try:
            if self._history and incoming.id:
                stored = await asyncio.wait_for(
                    self._history.recall(incoming.sender), _HISTORY_SECONDS
                )
                return [m for turn in stored.turns if turn.id == incoming.id for m in turn.said]
        except Exception as error:  # then it is asked again
            log_failure(logger, "the stored conversation could not be read", error)
        return []

    async def _memory_of(self, sender: str) -> ConversationMemory:
        memory = self._memories.get(sender)
        if memory is None or not memory.is_whole:
            memory = await self._recalled(sender, memory or ConversationMemory())
            self._memories.keep(sender, memory)
        return memory

    async def _recalled(self, sender: str, memory: ConversationMemory) -> ConversationMemory:
        """The memory with what is stored; as it was, and not whole, where nothing can be read."""
        try:
            stored = Recollection()
            if self._history:
                stored = await asyncio.wait_for(self._history.recall(sender), _HISTORY_SECONDS)
            return memory.after(stored)
        except NotReadyError:
            memory.is_whole = False
        except Exception as error:  # what is said now counts all the same
            log_failure(logger, "the stored conversation could not be read", error)
            memory.is_whole = False
        return memory

    async def _is_kept(self, sender: str, memory: ConversationMemory) -> bool:
        """Whether what the person told could be read before, and be stored now."""
        if self._history is None:
            return True
        return memory.is_whole and await self._history.is_written(sender)

    def _without_pressing(self, said: list[Message]) -> list[Message]:
        """What is said to somebody of whom we may have forgotten what speaks against pressing."""
        kept = [message for message in said if not is_about_pressing(message)]
        return [*kept, self._completing.sentence("not_noted")]

    async def _forgotten(self, sender: str, said: list[Message]) -> list[Message]:
        """Delete what is stored before it is said that it is deleted."""
        self._memories.forget(sender)
        try:
            if self._history:
                await asyncio.wait_for(self._history.forget(sender), _HISTORY_SECONDS)
        except Exception as error:
            log_failure(logger, "a conversation could not be deleted", error)
            return [self._completing.sentence("forget_failed")]
        return said

    async def _record(self, sender: str, text: str, message: Message, found: Found) -> None:
        if self._history is None:
            return
        try:
            recording = self._history.record(sender, text, message, found)
            await asyncio.wait_for(recording, _HISTORY_SECONDS)
        except Exception as error:  # the person has the message; only the record is missing
            log_failure(logger, "a red flag could not be recorded", error)

    def _note_country(self, text: str, incoming: Incoming, memory: ConversationMemory) -> None:
        given = (incoming.metadata or {}).get("country")
        if isinstance(given, str) and self._numbers.knows(given.upper()):
            memory.country = memory.country or given.upper()
        told = self._numbers.country_told(text[:MAX_MESSAGE_CHARACTERS])
        memory.country = told or memory.country

    async def _screen(self, text: str, memory: ConversationMemory) -> Found | None:
        if not text or text in self._payloads:
            return None
        try:
            told = Told(tuple(memory.texts), memory.was_asked_duration, memory.pain)
            screening = await screened_aside(self._detector, text, told)
        except Exception as error:  # nearness is still there
            log_failure(logger, "the red-flag check failed", error)
            return None
        memory.pain = screening.pain
        return handover(screening)

    def _ordinary(self, text: str, found: Found | None) -> str:
        """Text that Rasa reads as words, never as a command, and never too long."""
        if text in self._payloads:
            return text
        if len(text) > MAX_MESSAGE_CHARACTERS and found:
            start = max(0, found["start"] - MAX_MESSAGE_CHARACTERS // 4)
            text = text[start : start + MAX_MESSAGE_CHARACTERS]
        return _without_prefix(text) or _SLASH

    async def _ask(
        self, text: str, found: Found | None, memory: ConversationMemory, incoming: Incoming
    ) -> list[Message]:
        collector = TurnCollector()
        message = UserMessage(
            text,
            collector,
            incoming.sender,
            input_channel=incoming.channel,
            message_id=incoming.id,
            metadata={
                **(incoming.metadata or {}),
                METADATA_KEY: found or {},
                ALARM_KEY: memory.alarm,
                STANDING_KEY: memory.is_open(self._today()),
                NOTES_KEY: memory.notes(),
            },
        )
        problem = "action_failed"
        seconds = min(self._seconds, incoming.seconds or self._seconds)
        try:
            await asyncio.wait_for(self._handler(message), seconds)
        except NotReadyError:
            problem = "starting"
        except TimeoutError:
            logger.error("no answer within %.1f seconds", seconds)
            problem = "slow"
        except Exception as error:  # a person is waiting: anything is better than silence
            log_failure(logger, "the conversation engine failed", error)
        return collector.said or [self._completing.sentence(problem)]


@lru_cache(maxsize=8)
def front_door_for(handler: Handler) -> FrontDoor:
    """The front door of a handler; all channels of one house share it.

    A handler that can `recall` and `record` is the history too, and its `country` is the default.
    """
    history = cast(History, handler) if hasattr(handler, "recall") else None
    country = getattr(handler, "country", None)
    return FrontDoor(
        handler, default_detector(), Catalogue.load(), history=history, country=country
    )


def _without_prefix(text: str) -> str:
    """The text from its first character that is neither a slash nor unseen.

    Rasa takes what begins with a slash for a command, once every kind of space is stripped.
    """
    for place, character in enumerate(text):
        if character != "/" and unicodedata.category(character)[0] not in "CZ":
            return text[place:]
    return ""
