"""The third step: every red flag gets its message, and an open alarm is repeated.

What was said before is said in other words, shorter, and to what the person says now.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.safety_messages import (
    MILD_RESPONSES,
    SIGN_UNKNOWN,
    answers_open,
    known_message,
    mild_message,
    open_again,
    open_message,
    red_flag_message,
    standing_again,
    standing_message,
)
from bot.dialogue.memory import BESIDE, EMERGENCY, SELF_HARM, ConversationMemory
from bot.gateway.answered import (
    answers_alarm,
    answers_nothing,
    is_failure,
    rank_of,
    with_line,
    without_pressing,
)
from bot.gateway.heard import heard_in
from bot.gateway.screener import ScreenedMessage
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.schema.topics import Moment
from bot.knowledge.settling import Heard
from bot.messages.message import About, Message
from bot.safety.called import Named
from bot.safety.handover import ScreeningSummary
from bot.safety.settling import default_settling

# What is said beside an answer while a sign should be checked today.
_LINES = ("sign_line", "sign_line_again", "sign_line_third")


def with_alarm(
    said: list[Message], found: ScreeningSummary | None, alarm: str | None
) -> list[Message]:
    """The answer; if the message of a red flag is missing from it, that message instead.

    A milder sign is told before the answer to what else the message asks.

    Args:
        found: the sign that the message tells.
        alarm: the alarm that is still open from before.
    """
    if found and not any(rank_of(message) >= found.tier.rank for message in said):
        is_answered = found.tier in MILD_RESPONSES and not any(map(answers_nothing, said))
        if found.known:
            said = [known_message(), *said]
        elif is_answered:
            said = [mild_message(found.tier, found.why), *said]
        else:
            return [red_flag_message(found.tier, found.why, found.self_harm)]
    if alarm and not any(map(answers_alarm, said)):
        return [standing_message(alarm)]
    return said


def while_open(
    said: list[Message], text: str, memory: ConversationMemory, catalogue: Catalogue
) -> list[Message]:
    """What is said while a sign should be checked today: nothing that leads to pressing.

    What is asked of the sign is answered first. Everything else is answered, with a short line
    that names the sign.

    Args:
        text: the newest message.
    """
    kept = [each for each in map(without_pressing, said) if each]
    answers = [each for each in kept if not each.is_red_flag]
    settling = default_settling()
    heard = heard_in(text, Moment.URGENT)
    if answers_open(heard):
        is_more = settling.asks_else(text) or Heard.UNTIL in heard
        told = [each for each in answers if is_more and not is_failure(each)]
        return [open_message(), *told]
    if not answers:
        return [open_message()] if len(kept) < len(said) else kept
    last = answers[-1]
    if (is_failure(last) and len(kept) == len(said)) or last.topic in BESIDE:
        return kept
    line = catalogue.wording(_LINES[sum(map(len, memory.since)) % len(_LINES)])
    sign = memory.named.sign or SIGN_UNKNOWN
    lined = with_line(last, line.written.format(sign=sign), line.spoken.format(sign=sign))
    return [lined if each is last else each for each in kept]


def in_other_words(
    said: list[Message], screened: ScreenedMessage, memory: ConversationMemory
) -> list[Message]:
    """What is said, without a warning that was said before in just these words.

    Args:
        screened: the newest message, which the warning answers.
        memory: the conversation before it.
    """
    heard = frozenset[Heard]()
    if memory.standing and not screened.settles:
        heard = heard_in(screened.text, Moment.ALARM if memory.alarm else Moment.URGENT)
    left = memory.left_after(screened.settled)
    alarm, named = (left or memory).alarm, memory.named_after(left)
    wording = _Wording(memory, heard, screened.found is not None, named, alarm)
    worded = [wording.of(message) for message in said]
    if Heard.TELL in heard and any(message.topic in BESIDE for message in worded):
        worded.append(standing_again(EMERGENCY, {Heard.TELL}, memory.warned, wording.named))
    return worded


@dataclass(frozen=True)
class _Wording:
    """How warnings are worded now.

    Attributes:
        heard: what the person says to the sign that stands.
        is_new: whether the person's words hold a sign by themselves.
        named: what stands, as it is spoken of.
        alarm: the alarm that stands.
    """

    memory: ConversationMemory
    heard: frozenset[Heard]
    is_new: bool
    named: Named
    alarm: str | None

    def of(self, message: Message) -> Message:
        """A message as it is said now."""
        told, alarm = self.memory.warned, self.alarm
        if alarm == SELF_HARM and message.topic in BESIDE:
            # What is said to who waits for an ambulance is not for who must not be alone.
            return self._stands(SELF_HARM, Heard.PERSON)
        about, rank = message.reply.about, rank_of(message)
        if about is About.OPEN:
            again = open_again(told, self.heard, self.named)
            return again.with_reply(told_on=message.reply.told_on)
        if about is About.STANDING or _stands_for_self_harm(message):
            return self._stands(alarm or EMERGENCY)
        if rank == Tier.EMERGENCY.rank and alarm and self.heard and not self.is_new:
            return self._stands(alarm)
        if message.text not in told or self.memory.standing is None:
            return message
        if rank == Tier.EMERGENCY.rank:
            return self._stands(SELF_HARM if about is About.SELF_HARM else EMERGENCY)
        if rank == Tier.URGENT.rank:
            return open_again(told, self.heard, self.named)
        return message

    def _stands(self, alarm: str, *heard: Heard) -> Message:
        """The alarm, said again."""
        return standing_again(alarm, self.heard.union(heard), self.memory.warned, self.named)


def _stands_for_self_harm(message: Message) -> bool:
    return message.reply.spoken == standing_message(SELF_HARM).reply.spoken
