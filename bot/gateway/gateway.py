"""The gateway behind all channels: what every channel's messages pass through, in and out.

A message is screened, the engine is asked, the alarm is ensured, then the guidance, and what
is said is decorated. In: red flags are looked for before anything else can fail; text that would
command Rasa is made ordinary; very long text is kept out. Out: silence becomes a useful sentence, a
red flag is never without its message, and no answer is without guidance.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace

from bot.answers.privacy_facts import PrivacyFacts
from bot.answers.safety_messages import beside_message, open_message, standing_message
from bot.dialogue.memory import ConversationMemory
from bot.dialogue.resources import Resources
from bot.dialogue.topics import moment_of
from bot.gateway.alarm import in_other_words, while_open, with_alarm
from bot.gateway.answered import (
    asks_to_forget,
    is_about_pressing,
    is_doubted,
    is_forgotten,
    sign_said,
)
from bot.gateway.conversations import Conversations, Turn
from bot.gateway.crowd import Crowd, Watch
from bot.gateway.decoration import Decoration
from bot.gateway.engine import Engine, EngineAnswer
from bot.gateway.guidance import Guidance
from bot.gateway.history import BusyError, History
from bot.gateway.messages import Effort, Handler, Incoming
from bot.gateway.screener import ScreenedMessage, Screener
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety import handover
from bot.safety.handover import ScreeningSummary

logger = logging.getLogger(__name__)

# Channels that can speak first, and need not wait for somebody to say something.
SPEAK_FIRST = frozenset({"web"})
# How long a warning sign waits for an answer before it in the same conversation.
_A_SIGN_WAITS = 1.5
# What waits to be told to somebody.
Pending = Callable[[str], Awaitable[list[Message]]]


class Gateway:
    """Answers one message through `handler` (Rasa), and adds what the handler lacks.

    Args:
        handler: hands a message to Rasa; may raise, hang or say nothing.
        resources: the facts and the safety check.
        seconds: how long the handler may take.
        history: where conversations are stored; without it, only memory counts.
        country: where people are unless they say otherwise, an ISO code.
        today: which day it is.
    """

    def __init__(
        self,
        handler: Handler,
        resources: Resources,
        seconds: float = 8.0,
        history: History | None = None,
        country: str | None = None,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        self.catalogue = resources.catalogue
        self._guidance = Guidance(resources.catalogue)
        self._screener = Screener(resources, today)
        self._engine = Engine(handler, self._guidance, seconds)
        self._decoration = Decoration(resources)
        self._conversations = Conversations(history)
        self._country = country
        self._today = today
        self._pending_messages: Pending | None = None
        self.crowd = Crowd()
        self.watch: Watch | None = None
        self.privacy: PrivacyFacts | None = None

    def tell_with_answers(self, pending: Pending | None) -> None:
        """If a channel cannot speak first, tell what is pending along with the next answer."""
        self._pending_messages = pending

    async def exchange(self, incoming: Incoming, effort: Effort = Effort.FIRST) -> list[Message]:
        """All messages that answer `incoming`: at least one, each with guidance."""
        begun = time.monotonic()
        is_full = self.crowd.is_full
        with self.crowd.one_more():
            if is_full:
                said = await self._in_a_crowd(incoming)
            else:
                said = await self._exchange(incoming, effort)
        if self.watch:
            tiers = [message.reply.tier for message in said if message.reply.tier]
            self.watch.answered(max(tiers).value if tiers else "none", time.monotonic() - begun)
        return said

    async def _in_a_crowd(self, incoming: Incoming) -> list[Message]:
        """What is said at once where too many others wait: a warning, or that it is too much now.

        What was told all the same is noted before the next answer.
        """
        memory = self._conversations.at_hand(incoming.sender)
        screened = await self._screener.screen(incoming, memory)
        if screened.found or memory.alarm:
            return await self._exchange(incoming, Effort.LAST, screened)
        if self.watch:
            self.watch.refused()
        if screened.text and not screened.is_too_long:
            self._conversations.was_not_heard(incoming.sender, self._engine.ordinary(screened))
        return [self.sentence("crowded")]

    async def _exchange(
        self, incoming: Incoming, effort: Effort, screened: ScreenedMessage | None = None
    ) -> list[Message]:
        """The answer, while nobody else answers in the same conversation.

        Args:
            screened: what the message says, if it was screened already.
        """
        turn = await self._begun(incoming.sender, _A_SIGN_WAITS)
        if turn is None:
            memory = self._conversations.at_hand(incoming.sender)
            screened = screened or await self._screener.screen(incoming, memory)
            if screened.found or memory.alarm:
                turn, effort = self._conversations.without_turn(incoming.sender), Effort.LAST
            else:
                turn = await self._begun(incoming.sender, self._engine.seconds_for(incoming))
                if turn is None:
                    words = self._engine.ordinary(screened)
                    self._conversations.was_not_heard(incoming.sender, words)
                    return [self.sentence("slow")]
                screened = None  # what was said meanwhile may complete a sign
        try:
            said = await self._in_turn(incoming, effort, turn, screened)
        except BaseException:
            await self._conversations.end(turn)
            raise
        is_sure = await self._conversations.end(turn)
        if turn.is_sure and not is_sure and not any(message.is_red_flag for message in said):
            return self._with_care(said)  # it was somebody else's meanwhile
        return said

    async def _begun(self, sender: str, seconds: float) -> Turn | None:
        """The conversation for a turn; None where it was somebody else's for so long."""
        try:
            return await self._conversations.begin(sender, seconds)
        except BusyError:
            return None

    async def _in_turn(
        self, incoming: Incoming, effort: Effort, turn: Turn, screened: ScreenedMessage | None
    ) -> list[Message]:
        sender = incoming.sender
        memory = await self._conversations.memory_of(sender, turn)
        screened = screened or await self._screener.screen(incoming, memory)
        is_new = screened.found and await self._conversations.hold(
            sender, screened.text, screened.found
        )
        await self._conversations.note_unheard(sender)
        answer = await self._answered(screened, incoming, memory, effort)
        answered = answer.said
        if screened.found and is_doubted(answered, screened.found):
            screened = replace(screened, found=None)
            if is_new:
                await self._conversations.let_go(sender)
        if is_forgotten(answered) and not asks_to_forget(memory.last_key):
            answered = [self.sentence("nothing_forgotten")]  # the yes answered something else
        aside = not screened.found and memory.steps_aside(screened.text)
        left = memory.left_after(screened.settled)
        alarm = None if screened.settles or aside else memory.alarm
        if left and not screened.found:
            # Only what was said last is settled.
            answered = [standing_message(left.alarm) if left.alarm else open_message()]
        said = self._guidance.ensured(with_alarm(answered, screened.found, alarm))
        if not screened.found:
            said = await self._without_pressing(said, screened, turn, memory)
        said = in_other_words(said, screened, memory)
        said = [beside_message(), *said] if aside else said
        if not (screened.found or screened.settles):
            said = self._guidance.led_by(said, memory.turns_from(screened.text, self._today()))
        is_first = memory.is_whole and not memory.texts and memory.last_key is None
        memory.add(screened.text, said, self._today(), screened.settled)
        if is_forgotten(said):
            # Deleted before it is said that it is.
            if not await self._conversations.is_forgotten(sender):
                said = [self.sentence("forget_failed")]
        else:
            await self._keep(sender, screened, said, answer)
        told = said
        if self.privacy:
            told = self.privacy.added(said, incoming.channel, incoming.sender, is_first)
        decorated = [self._decorated(message, memory) for message in told]
        waited = await self._waiting(incoming, screened, said, memory)
        return [*decorated, *waited]

    def notice(self, channel: str) -> str:
        """What is kept of what is said in a channel, in a few words; "" where nothing is told."""
        return self.privacy.notice_text(channel) if self.privacy else ""

    def welcome(self, wording: str, channel: str) -> Message:
        """A wording that welcomes somebody to a channel, with the notice of what is kept."""
        message = self.sentence(wording)
        return self.privacy.welcome(message, channel) if self.privacy else message

    async def prepare_announcement(self, sender: str, message: Message) -> Message:
        """A message that nobody asked for, with guidance; an open alarm replaces it.

        Args:
            message: an answer that `finish` made.
        """
        memory = await self._conversations.memory_of(sender)
        memory.last_key = None
        said = self._guidance.ensured(with_alarm([message], None, memory.alarm))
        return self._decorated(said[0], memory)

    def alarms(self, text: str) -> bool:
        """Whether a text by itself holds a warning sign."""
        return self._screener.alarms(text)

    async def alarms_aside(self, text: str) -> bool:
        """The same; nobody else waits while a long text is searched."""
        return await self._screener.alarms_aside(text)

    async def alarm_of(self, sender: str) -> str | None:
        """The alarm that stands in a conversation: "emergency", "self_harm" or None."""
        return (await self._conversations.memory_of(sender)).alarm

    def sentence(self, wording: str) -> Message:
        """A wording of data/guidance.yml as a message, guidance included."""
        return self._guidance.sentence(wording)

    async def forget(self, sender: str) -> None:
        """Forget a conversation that is over, everywhere.

        Raises:
            Exception: something is still kept.
        """
        turn = await self._conversations.begin(sender, self._engine.seconds)
        try:
            await self._conversations.forget(sender)
        finally:
            await self._conversations.end(turn)

    @property
    def remembered(self) -> list[str]:
        """Whose conversations are in memory."""
        return self._conversations.remembered

    def unremember(self, senders: Iterable[str]) -> None:
        """Forget conversations that were deleted in the store."""
        self._conversations.unremember(senders)

    async def restart(self, sender: str) -> Message | None:
        """Start a conversation again: nothing said before counts any more, but an open sign.

        A tap is no sign that the person was seen, so what stands is asked about first. Somebody
        else who begins here says that it was not them.

        Returns:
            The alarm that stands, or the sign that should be checked today, to be said again; None
            where there is none.

        Raises:
            NotReadyError: the model is still being loaded.
            BusyError: a message before it is still being answered.
        """
        turn = await self._conversations.begin(sender, self._engine.seconds)
        try:
            return await self._begun_anew(sender)
        finally:
            await self._conversations.end(turn)

    async def _begun_anew(self, sender: str) -> Message | None:
        before = await self._conversations.memory_of(sender)
        await self._conversations.begin_anew(sender)
        standing = before.carried(self._today())
        if standing is None or standing.reply.tier is None:
            return None
        anew = ConversationMemory(
            country=before.country,
            may_be_elsewhere=before.may_be_elsewhere,
            alarm=before.alarm,
            alarm_of=before.alarm_of,
            told_urgent=before.told_urgent,
            raised=before.raised,
            since=before.since,
        )
        self._conversations.remember(sender, anew)
        # As it stands on, not as it was found.
        found = ScreeningSummary("standing", standing.reply.tier, "memory")
        await self._conversations.record(sender, "", standing, found)
        return self._decorated(standing, before)

    async def _answered(
        self,
        screened: ScreenedMessage,
        incoming: Incoming,
        memory: ConversationMemory,
        effort: Effort,
    ) -> EngineAnswer:
        """What is answered, before anything is added."""
        if not screened.text:
            return EngineAnswer([self.sentence("empty_message")])
        if screened.is_too_long and not screened.found:
            return EngineAnswer([self.sentence("too_long")])
        if self.privacy and not screened.found:
            wording = self.privacy.answer_to(screened.text, incoming.channel, incoming.sender)
            if wording:
                return EngineAnswer([self.sentence(wording)])
        if effort is Effort.LAST:
            return EngineAnswer([self.sentence("action_failed")], was_heard=False)
        said = await self._conversations.said_before(incoming) if effort is Effort.AGAIN else []
        known = {
            handover.ALARM_KEY: None if memory.steps_aside(screened.text) else memory.alarm,
            handover.STANDING_KEY: memory.is_open(self._today()),
            handover.MILD_KEY: memory.needs_no_milder(screened.text, self._today()),
            handover.AGAIN_KEY: screened.tells_again,
            handover.SETTLED_KEY: screened.settled.means.value if screened.settled else None,
            handover.NOTES_KEY: memory.notes(),
            handover.MOMENT_KEY: moment_of(
                memory.last_key, bool(memory.alarm), memory.is_open(self._today())
            ).value,
        }
        if said:
            return EngineAnswer(said)
        # A sign does not wait for others.
        async with nullcontext() if screened.found else self.crowd.engine:
            answered = await self._engine.answer(screened, incoming, known)
        if self.watch and not answered.was_heard:
            self.watch.failed()
        return answered

    async def _keep(
        self, sender: str, screened: ScreenedMessage, said: list[Message], answer: EngineAnswer
    ) -> None:
        """See to it that what the message tells is stored, now or as soon as it can be."""
        sign = screened.found or sign_said(said)
        if sign is None:
            if not answer.was_heard:
                self._conversations.was_not_heard(sender, self._engine.ordinary(screened))
            return
        is_told = answer.was_heard
        if screened.found and said != answer.said:
            words = self._engine.ordinary(screened)
            is_told = await self._conversations.record(sender, words, said[0], screened.found)
        elif not screened.found and not await self._conversations.is_written(sender):
            await self._conversations.hold(sender, screened.text, sign)
        if is_told:
            await self._conversations.is_told(sender)

    async def _without_pressing(
        self,
        said: list[Message],
        screened: ScreenedMessage,
        turn: Turn,
        memory: ConversationMemory,
    ) -> list[Message]:
        """What is said, without what leads to pressing where that has to wait."""
        if not screened.settles and memory.waits_with_pressing(screened.text, self._today()):
            said = while_open(said, screened.text, memory, self.catalogue)
        is_kept = await self._conversations.is_kept(turn.sender, memory)
        return said if is_kept and turn.is_sure else self._with_care(said)

    def _with_care(self, said: list[Message]) -> list[Message]:
        """What is said where we may have forgotten what speaks against pressing."""
        kept = [message for message in said if not is_about_pressing(message)]
        return [*kept, self.sentence("not_noted")]

    def _decorated(self, message: Message, memory: ConversationMemory) -> Message:
        country = memory.country or self._country
        return self._decoration.of(message, country, memory.may_be_elsewhere)

    async def _waiting(
        self,
        incoming: Incoming,
        screened: ScreenedMessage,
        said: list[Message],
        memory: ConversationMemory,
    ) -> list[Message]:
        """What waited for this contact, unless there is an alarm, or the person was forgotten."""
        if self._pending_messages is None or incoming.channel in SPEAK_FIRST:
            return []
        if screened.found or memory.alarm or is_forgotten(said):
            return []
        try:
            waited = await self._pending_messages(incoming.sender)
        except Exception as error:  # the answer counts; what waits goes on waiting
            log_failure(logger, "what waited could not be told", error)
            return []
        memory.last_key = None if waited else memory.last_key
        return waited
