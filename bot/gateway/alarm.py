"""The third step: every red flag gets its message, and an open alarm is repeated.

What was said before is said in other words, shorter, and to what the person says now.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.safety_messages import (
    known_message,
    open_again,
    red_flag_message,
    standing_again,
    standing_message,
)
from bot.dialogue.memory import BESIDE, EMERGENCY, SELF_HARM, ConversationMemory
from bot.gateway.answered import answers_alarm, rank_of
from bot.gateway.screener import ScreenedMessage
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.settling import Heard
from bot.messages.message import About, Message
from bot.safety.handover import ScreeningSummary
from bot.safety.settling import default_settling


def with_alarm(
    said: list[Message], found: ScreeningSummary | None, alarm: str | None
) -> list[Message]:
    """The answer; if the message of a red flag is missing from it, that message instead.

    Args:
        found: the sign that the message tells.
        alarm: the alarm that is still open from before.
    """
    if found and not any(rank_of(message) >= found.tier.rank for message in said):
        if not found.known:
            return [red_flag_message(found.tier, found.why, found.self_harm)]
        said = [known_message(), *said]
    if alarm and not any(map(answers_alarm, said)):
        return [standing_message(alarm)]
    return said


def in_other_words(
    said: list[Message], screened: ScreenedMessage, memory: ConversationMemory
) -> list[Message]:
    """What is said, without a warning that was said before in just these words.

    Args:
        screened: the newest message, which the warning answers.
        memory: the conversation before it.
    """
    heard = frozenset[Heard]()
    if memory.alarm and not screened.settles:
        heard = default_settling().heard_in(screened.text)
    wording = _Wording(memory, heard, is_new=screened.found is not None)
    worded = [wording.of(message) for message in said]
    if Heard.TELL in heard and any(message.topic in BESIDE for message in worded):
        worded.append(standing_again(EMERGENCY, heard, memory.warned))
    return worded


@dataclass(frozen=True)
class _Wording:
    """How warnings are worded now.

    Attributes:
        heard: what the person says to the alarm that stands.
        is_new: whether the person's words hold a sign by themselves.
    """

    memory: ConversationMemory
    heard: frozenset[Heard]
    is_new: bool

    def of(self, message: Message) -> Message:
        """A message as it is said now."""
        told, alarm = self.memory.warned, self.memory.alarm
        if alarm == SELF_HARM and message.topic in BESIDE:
            # What is said to who waits for an ambulance is not for who must not be alone.
            return standing_again(SELF_HARM, self.heard | {Heard.PERSON}, told)
        about, rank = message.reply.about, rank_of(message)
        if about is About.OPEN:
            return open_again(told).with_reply(told_on=message.reply.told_on)
        if about is About.STANDING or _stands_for_self_harm(message):
            return standing_again(alarm or EMERGENCY, self.heard, told)
        if rank == Tier.EMERGENCY.rank and alarm and self.heard and not self.is_new:
            return standing_again(alarm, self.heard, told)
        if message.text not in told or self.memory.standing is None:
            return message
        if rank == Tier.EMERGENCY.rank:
            is_self_harm = about is About.SELF_HARM
            return standing_again(SELF_HARM if is_self_harm else EMERGENCY, self.heard, told)
        return open_again(told) if rank == Tier.URGENT.rank else message


def _stands_for_self_harm(message: Message) -> bool:
    return message.reply.spoken == standing_message(SELF_HARM).reply.spoken
