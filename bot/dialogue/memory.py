"""What the gateway remembers of a conversation: recent words, pain, country, an alarm.

Kept in memory, and built again from the stored conversation after a restart, so that signs add up
over turns and an alarm stands however often the assistant was started in between.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from bot.answers.safety_messages import open_message, standing_message
from bot.dialogue.doubts import without_mentions
from bot.dialogue.recollection import Recollection
from bot.dialogue.sign_owner import (
    asks_for_another,
    asks_for_one_of,
    disowned_to,
    is_for_oneself,
    named_in,
    of_the_same,
    somebody_else_in,
)
from bot.dialogue.warnings import MildTold, SetAside, Warned, before_the_last, named_by, reason_of
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.settling import BUTTON_INTENTS, Meaning, Standing
from bot.messages.answer_key import AnswerKey
from bot.messages.message import About, Message
from bot.safety.called import Named
from bot.safety.denied_signs import default_denials
from bot.safety.handover import ScreeningSummary
from bot.safety.pain.memory import PainMemory
from bot.safety.settling import Settled, default_settling
from bot.text.json_types import JsonObject

EMERGENCY, SELF_HARM = Standing.EMERGENCY.value, Standing.SELF_HARM.value
# A sign to be checked 'today' is spoken of for so many days.
_OPEN_DAYS = 2
# Answers that lift an alarm: the person was misunderstood, or has been seen by somebody. They count
# only where the words settle a sign (bot/safety/settling.py).
LIFTING = frozenset({"deny_red_flags", "been_checked"})
# An answer that may come with an alarm: the person says that help is on its way.
BESIDE = frozenset({"help_is_coming"})
_SERIOUS = frozenset({Tier.EMERGENCY, Tier.URGENT})
# What is said again of a sign, and tells of no new one.
_SAID_AGAIN = frozenset({About.STANDING, About.OPEN})
_REMEMBERED_MESSAGES = 6
_REMEMBERED_CHARACTERS = 2_000
# More warnings than that in one conversation are not denied away.
_MOST_RAISED = 12
_MOST_WARNED = 40
_ASKS_DURATION = "report_pain"


@dataclass
class ConversationMemory:
    """What is remembered of one conversation.

    Attributes:
        texts: the person's last messages, newest last.
        was_asked_duration: whether the last answer asked how long the pain has lasted.
        alarm: EMERGENCY or SELF_HARM while such a message stands, else None.
        told_urgent: the day of the last sign that should be checked on the same day, unless the
            person was misunderstood, or has been checked.
        urgent_of: who has that sign, if it is clearly somebody else's alone: 'your father'.
        alarm_of: the same of the alarm.
        help_is_coming: whether help was called, or is there, since the alarm.
        asks_for_self: whether the person clearly asks for themselves since.
        told_others: whether they were told since that the other one should still be seen.
        met: whom the conversation was about besides the person, last one last.
        country: where the person said they are, an ISO code.
        may_be_elsewhere: whether it follows from the name of a city that other places have, too.
        pain: since when and how bad.
        is_whole: False while the stored conversation could not be read.
        last_key: the key of the last thing that was said to the person.
        raised: the messages that were met with what stands, oldest first, each behind those before
            it; empty words where they are not known.
        since: the messages after the last of them, newest last.
        version: of the stored conversation that this is the memory of; None where it is not known.
        warned: the texts of the warnings so far, oldest first.
        warnings: those that are not settled, each with what stood before it, oldest first.
        set_aside: signs that were said to be none; one that was told again is not asked a third
            time, and stands in `asked_again`.
        mild: the milder signs that were told.
    """

    texts: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED_MESSAGES))
    was_asked_duration: bool = False
    alarm: str | None = None
    told_urgent: datetime.date | None = None
    urgent_of: tuple[str, ...] = ()
    alarm_of: tuple[str, ...] = ()
    help_is_coming: bool = False
    asks_for_self: bool = False
    told_others: bool = False
    met: tuple[str, ...] = ()
    country: str | None = None
    may_be_elsewhere: bool = False
    pain: PainMemory = field(default_factory=PainMemory)
    is_whole: bool = True
    last_key: AnswerKey | None = None
    raised: list[tuple[str, ...]] = field(default_factory=list)
    since: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED_MESSAGES))
    version: Hashable | None = None
    warned: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    asked_again: set[str] = field(default_factory=set)
    mild: MildTold = field(default_factory=MildTold)

    def after(self, stored: Recollection) -> ConversationMemory:
        """This memory, of the last moments, on top of a stored conversation."""
        memory = ConversationMemory(
            country=stored.notes.get("country"),
            may_be_elsewhere=bool(stored.notes.get("may_be_elsewhere")),
            pain=PainMemory.from_plain(stored.notes.get("pain")),
        )
        for turn in stored.turns:
            memory.add(turn.text, turn.said, turn.day)
        memory.texts.extend(self.texts)
        memory.met = tuple(dict.fromkeys((*memory.met, *self.met)))
        memory.alarm = self.alarm or memory.alarm
        if self.told_urgent and not self.urgent_of:
            memory.urgent_of = ()
        memory.alarm_of = self.alarm_of if self.alarm else memory.alarm_of
        memory.help_is_coming = memory.help_is_coming or self.help_is_coming
        memory.told_urgent = self.told_urgent or memory.told_urgent
        if self.country:
            memory.country, memory.may_be_elsewhere = self.country, self.may_be_elsewhere
        memory.raised += self.raised
        memory.warned += self.warned
        memory.warnings += self.warnings
        memory.set_aside += self.set_aside
        memory.asked_again |= self.asked_again
        memory.mild.days |= self.mild.days
        memory.since.extend(self.since)
        if self.pain.spoken_of:
            memory.pain = self.pain
        return memory

    def add(
        self, text: str, said: Iterable[Message], day: datetime.date, settled: Settled | None = None
    ) -> None:
        """Remember a message, and what was said to it on `day`; `settled` as it was read then."""
        messages = list(said)
        self.last_key = messages[-1].reply.key if messages else None
        settled = self.settled_by(text) or settled
        if settled is None and self.standing is Standing.URGENT:
            # 'I am glad that you were seen' was said only to who told so, in whatever words.
            seen = any(m.topic == BUTTON_INTENTS[Meaning.CHECKED] for m in messages)
            settled = Settled(Meaning.CHECKED, frozenset({Standing.URGENT})) if seen else None
        left = self.left_after(settled)
        is_lifted = any(m.topic in LIFTING or _is_milder(m, self.alarm) for m in messages)
        if settled and (is_lifted or left):
            self._settle(settled, left)
        else:
            settled = None
            self.since.append(text[:_REMEMBERED_CHARACTERS])
        self.help_is_coming |= bool(self.alarm) and default_settling().tells_of_help(text)
        if settled is None or not any(m.topic in LIFTING for m in messages):
            self.texts.append(without_mentions(text[:_REMEMBERED_CHARACTERS], messages))
        if self.told_urgent and not self.urgent_of:
            self.urgent_of = disowned_to(text)
        self.asks_for_self = self._asks_for_self(text)
        is_said = not any(message.is_red_flag for message in messages)
        self.told_others = self.asks_for_self and (self.told_others or is_said)
        named = named_in(text)
        self.met = (*(who for who in self.met if who not in named), *dict.fromkeys(named))
        self.was_asked_duration = any(m.topic == _ASKS_DURATION for m in messages)
        for message in messages:
            if message.is_red_flag:
                self._warned(message, text, day)

    def left_after(self, settled: Settled | None) -> Warned | None:
        """What stood before the warning that was said last, where only that one is settled.

        Args:
            settled: what a message settles.
        """
        if settled is None or settled.means is not Meaning.MISUNDERSTOOD or settled.flags:
            return None
        last = before_the_last(self.warnings)
        return last if last and last.leaves_something else None

    def _settle(self, settled: Settled, left: Warned | None) -> None:
        """What raised the alarm is settled, and must not raise it again."""
        first = before_the_last(self.warnings)
        if settled.means is Meaning.MISUNDERSTOOD and not settled.flags and first:
            aside = SetAside.of(first, self.raised[first.raised :])
            if first.reason not in self.asked_again:
                self.set_aside.append(aside)
        self.alarm = left.alarm if left else None
        self.alarm_of = left.alarm_of if left else ()
        self.told_urgent = left.told_urgent if left else None
        self.urgent_of = left.urgent_of if left else ()
        self.raised = self.raised[: left.raised] if left else []
        self.warnings = self.warnings[: self.warnings.index(left)] if left else []
        self.help_is_coming = self.help_is_coming and bool(left)
        self.texts.clear()
        self.since.clear()

    def told_again(self, text: str) -> ScreeningSummary | None:
        """A sign that was said to be none, where a message tells of the same thing again."""
        found = (each.again_in(text) for each in self.set_aside)
        return next((each for each in found if each), None)

    def _warned(self, message: Message, text: str, day: datetime.date) -> None:
        """Remember that a message was met with a warning."""
        self.pain = self.pain.advised_on(day)
        self.warned = [*self.warned[-_MOST_WARNED:], message.text]
        reason, about = reason_of(message), message.reply.about
        if message.reply.tier not in _SERIOUS:
            self.mild.tell(message, day)
        if message.reply.tier in _SERIOUS and about not in _SAID_AGAIN:
            self.warnings.append(
                Warned(
                    reason,
                    message.reply.tier,
                    self.alarm,
                    self.alarm_of,
                    self.told_urgent,
                    self.urgent_of,
                    len(self.raised),
                    text[:_REMEMBERED_CHARACTERS],
                )
            )
            again = [each for each in self.set_aside if each.reason == reason]
            self.asked_again |= {each.reason for each in again}
            self.set_aside = [each for each in self.set_aside if each not in again]
        if message.reply.tier is Tier.EMERGENCY:
            is_self_harm = message.reply.about is About.SELF_HARM
            if message.reply.about is not About.STANDING:
                is_first = self.alarm is None or bool(self.alarm_of)
                self.alarm_of = (
                    somebody_else_in(text, self.met) if is_first and not is_self_harm else ()
                )
            self.alarm = SELF_HARM if is_self_harm else EMERGENCY
        elif message.reply.tier is Tier.URGENT:
            if message.reply.about is not About.OPEN:
                is_first = self.told_urgent is None or bool(self.urgent_of)
                self.urgent_of = somebody_else_in(text, self.met) if is_first else ()
            self.told_urgent = self._told_urgent_by(message, day)
        is_said_again = message.reply.about in _SAID_AGAIN
        if message.reply.tier not in _SERIOUS or (is_said_again and self.raised):
            return
        if len(self.raised) < _MOST_RAISED:
            self.raised.append(("",) if is_said_again else tuple(self.texts))
        self.since.clear()

    @property
    def standing(self) -> Standing | None:
        """What stands until it is settled; an alarm before a sign to be checked today."""
        if self.alarm:
            return Standing(self.alarm)
        return Standing.URGENT if self.told_urgent else None

    @property
    def named(self) -> Named:
        """What stands, as it is spoken of."""
        return self.named_after(None)

    def named_after(self, left: Warned | None) -> Named:
        """The same once only what was warned of last is settled.

        Args:
            left: what `left_after` gives.
        """
        warnings = self.warnings[: self.warnings.index(left)] if left else self.warnings
        tier = Tier.EMERGENCY if (left or self).alarm else Tier.URGENT
        return named_by([each for each in warnings if each.tier is tier])

    def settled_by(self, text: str) -> Settled | None:
        """What a message settles of what stands; None where nothing does, or it settles nothing."""
        standing = self.standing  # what is said to be somebody else's is not settled by that
        if standing is None or (standing is Standing.URGENT and disowned_to(text)):
            return None
        settled = default_settling().read(text)
        if settled and standing in settled.settles and self._is_about(settled):
            return settled
        if standing is Standing.SELF_HARM or len(self.raised) >= _MOST_RAISED:
            return None
        flags = default_denials().gone(self.raised, [*self.since, text[:_REMEMBERED_CHARACTERS]])
        if not flags:
            return None
        return Settled(Meaning.MISUNDERSTOOD, frozenset({standing}), flags=flags)

    def _is_about(self, settled: Settled) -> bool:
        """Whether words that settle only some signs are about those that were told."""
        if not settled.only_flags:
            return True
        told = default_denials().flags_of(self.raised)
        return bool(told) and told <= settled.only_flags

    def _told_urgent_by(self, message: Message, day: datetime.date) -> datetime.date | None:
        """What says again that a sign is open does not reopen it, but may carry its day."""
        if message.reply.about is not About.OPEN:
            return day
        return message.reply.told_on or self.told_urgent

    def carried(self, today: datetime.date) -> Message | None:
        """What a conversation started again begins with; None where nothing is open."""
        if self.alarm:
            return standing_message(self.alarm)
        if self.told_urgent is None or not self.is_open(today):
            return None
        return open_message().with_reply(told_on=self.told_urgent)

    def is_open(self, today: datetime.date) -> bool:
        """Whether a sign that should be checked on the same day was told, and is not settled."""
        return self.told_urgent is not None and (today - self.told_urgent).days < _OPEN_DAYS

    def needs_not(self, found: ScreeningSummary | None, text: str, today: datetime.date) -> bool:
        """Whether a milder sign need not be told: it was lately, or a graver one stands.

        Args:
            found: what a message tells.
            text: the message.
        """
        if found is None or found.tier in _SERIOUS:
            return False
        return self.mild.has(found, today) or self.waits_with_pressing(text, today)

    def needs_no_milder(self, text: str, today: datetime.date) -> bool:
        """Whether no milder sign need be told that nothing but the judges sees."""
        return self.mild.lately(today) or self.waits_with_pressing(text, today)

    def waits_with_pressing(self, text: str, today: datetime.date) -> bool:
        """Whether what leads to pressing has to wait for an open sign.

        It has not for who clearly asks for themselves after somebody else's sign.

        Args:
            text: the newest message.
        """
        others = self._urgent_of(text)
        is_other = others and (self._asks_for_self(text) or asks_for_another(text, others))
        return not is_other and self.is_open(today)

    def turns_from(self, text: str, today: datetime.date) -> tuple[str, ...]:
        """Who has a sign to be checked today, where the person turns to themselves just now."""
        if self.told_others or not self.is_open(today) or not self._asks_for_self(text):
            return ()
        return self._urgent_of(text)

    def earlier_for(self, text: str) -> tuple[str, ...]:
        """The last messages, of the same person, that a sign in this one may add up with."""
        return of_the_same(text, tuple(self.texts), self._asks_for_self(text), self.met)

    def _urgent_of(self, text: str) -> tuple[str, ...]:
        return self.urgent_of or disowned_to(text)

    def steps_aside(self, text: str) -> bool:
        """Whether the alarm of somebody for whom help is coming leaves room for another one.

        Args:
            text: the newest message.
        """
        if self.alarm != EMERGENCY or not self.alarm_of:
            return False
        is_coming = self.help_is_coming or default_settling().tells_of_help(text)
        return is_coming and asks_for_another(text, self.alarm_of)

    def _asks_for_self(self, text: str) -> bool:
        """Whether the person asks for themselves with this message, or goes on to."""
        others = tuple(dict.fromkeys((*self.met, *self.urgent_of, *self.alarm_of)))
        if is_for_oneself(text, others):
            return True
        if not self.urgent_of and self.told_urgent and disowned_to(text):
            return True
        return self.asks_for_self and not asks_for_one_of(text, others)

    def notes(self) -> JsonObject:
        """What is stored with the turns, in plain values; empty where nothing is known."""
        notes: JsonObject = {}
        if self.country:
            notes["country"] = self.country
        if self.may_be_elsewhere:
            notes["may_be_elsewhere"] = True
        if self.pain.to_plain():
            notes["pain"] = self.pain.to_plain()
        return notes


def _is_milder(message: Message, alarm: str | None) -> bool:
    """Whether a message warns of something milder than what stands, and says it again."""
    reply = message.reply
    stands = Tier.EMERGENCY if alarm else Tier.URGENT
    is_milder = reply.tier is not None and reply.tier.rank < stands.rank
    return is_milder and reply.about not in _SAID_AGAIN
