"""The first step: what matters most in a message, found before anything else can fail."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answers.safety_messages import button_payloads
from bot.dialogue.memory import ConversationMemory
from bot.dialogue.resources import Resources
from bot.dialogue.sign_owner import disowned_to
from bot.gateway.heard import checked_in
from bot.gateway.long_texts import ScreeningContext, screened, screened_aside
from bot.gateway.messages import Incoming
from bot.knowledge.settling import Standing
from bot.privacy.quiet_log import log_failure
from bot.safety.handover import ScreeningSummary, summary_of
from bot.safety.settling import Settled
from bot.safety.wording.disguises import plain_letters

logger = logging.getLogger(__name__)

MAX_MESSAGE_CHARACTERS = 2_000


@dataclass(frozen=True)
class ScreenedMessage:
    """A screened message, read together with what is remembered.

    Attributes:
        text: its words in plain letters.
        found: the sign it tells that is to be answered.
        settled: what its words settle of what stood before, if anything.
        tells_again: whether it tells of a milder sign that need not be told once more.
    """

    text: str
    found: ScreeningSummary | None = None
    settled: Settled | None = None
    tells_again: bool = False

    @property
    def settles(self) -> bool:
        """Whether its words settle what stood before."""
        return self.settled is not None

    @property
    def is_too_long(self) -> bool:
        """Whether there is more of it than is answered."""
        return len(self.text) > MAX_MESSAGE_CHARACTERS


class Screener:
    """Looks for warning signs in messages, and for words that settle them."""

    def __init__(
        self, resources: Resources, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self._today = today
        self._detector = resources.detector
        self._told = resources.catalogue.told
        self._numbers = resources.numbers
        self._payloads = button_payloads()

    async def screen(self, incoming: Incoming, memory: ConversationMemory) -> ScreenedMessage:
        """What a message says. The country and the pain it tells of are remembered."""
        text = plain_letters(incoming.text).strip()
        self._note_country(text, incoming, memory)
        settled = memory.settled_by(text)
        found = await self._found(text, memory, settled)
        if settled and found and settled.covers(found.start):
            found = None  # the sign that is spoken of is the one that is settled
        if not (settled or found):
            found = memory.told_again(text)
        if not (settled or found):
            settled = self._checked(text, memory)
        tells_again = memory.needs_not(found, text, self._today())
        found = None if tells_again else found
        if memory.alarm and not settled and not (found and found.is_emergency):
            found = None  # the alarm that stands is the graver one
        return ScreenedMessage(text, found, settled, tells_again)

    def alarms(self, text: str) -> bool:
        """Whether a text by itself holds a warning sign."""
        try:
            return screened(self._detector, text, ScreeningContext()).tier is not None
        except Exception as error:
            log_failure(logger, "the red-flag check failed", error)
            return False

    async def alarms_aside(self, text: str) -> bool:
        """The same; nobody else waits while a long text is searched."""
        try:
            return (await screened_aside(self._detector, text, ScreeningContext())).tier is not None
        except Exception as error:
            log_failure(logger, "the red-flag check failed", error)
            return False

    def _checked(self, text: str, memory: ConversationMemory) -> Settled | None:
        """That a clinician looked at the person's sign, in words that no list knows."""
        is_own = memory.standing is Standing.URGENT and not (memory.urgent_of or disowned_to(text))
        if not is_own or len(text) > MAX_MESSAGE_CHARACTERS:
            return None
        try:
            return checked_in(text, self._told, tuple(memory.texts))
        except Exception as error:  # the sign stands, as it does without words that settle it
            log_failure(logger, "a message could not be read for a clinician's word", error)
            return None

    async def _found(
        self, text: str, memory: ConversationMemory, settled: Settled | None
    ) -> ScreeningSummary | None:
        if not text or text in self._payloads:
            return None
        denied = settled.flags if settled else frozenset()
        try:
            earlier = () if denied else memory.earlier_for(text)
            told = ScreeningContext(earlier, memory.was_asked_duration, memory.pain)
            screening = await screened_aside(self._detector, text, told)
        except Exception as error:  # nearness can still find a sign
            log_failure(logger, "the red-flag check failed", error)
            return None
        memory.pain = screening.pain
        left = tuple(finding for finding in screening.findings if finding.flag_id not in denied)
        return summary_of(replace(screening, findings=left))

    def _note_country(self, text: str, incoming: Incoming, memory: ConversationMemory) -> None:
        given = (incoming.metadata or {}).get("country")
        if isinstance(given, str) and self._numbers.knows(given.upper()):
            memory.country = memory.country or given.upper()
        said = text[:MAX_MESSAGE_CHARACTERS]
        if told := self._numbers.country_told(said):
            memory.country = told
            memory.may_be_elsewhere = self._numbers.may_be_elsewhere(said)
