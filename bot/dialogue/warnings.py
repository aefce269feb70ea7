"""The warnings of a conversation: what stood before each of them, and which were set aside.

One tap on 'that is not what I meant' is about what was shown last. Who then speaks of the same
thing again, in words of the sign, is asked once more.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import About, Message
from bot.safety.called import NOTHING_NAMED, Named, default_names
from bot.safety.denied_signs import default_denials
from bot.safety.handover import ScreeningSummary
from bot.text.phrases import normalised

_STEM = 4
_ENOUGH = 2
_NAMED_AT_ONCE = 2
_QUOTED = 120
# So long a milder sign is not told again.
_MILD_DAYS, _WORSENING = 7, "worsening"
# So begin words that say nothing of a sign.
_COMMON = frozenset({
    "back", "pain", "hurt", "ache", "achi", "pres", "poin", "with", "from", "that", "this", "have",
    "when", "what", "feel", "felt", "sinc", "yest", "toda", "morn", "left", "righ", "lowe", "uppe",
    "been", "very", "just", "like", "your", "abou", "doct", "some", "then", "they", "there", "here",
    "days", "week", "real", "help", "wher", "whic", "would", "coul", "shou",
})  # fmt: skip


@dataclass(frozen=True)
class Warned:
    """A warning, and what stood before it.

    Attributes:
        reason: what it was for.
        tier: how grave it was.
        alarm: the alarm that stood before it, and `alarm_of` whose; so with the other two.
        raised: how many messages had been met with a warning before it.
        words: the message that it answered.
    """

    reason: str
    tier: Tier
    alarm: str | None
    alarm_of: tuple[str, ...]
    told_urgent: datetime.date | None
    urgent_of: tuple[str, ...]
    raised: int
    words: str = ""

    @property
    def leaves_something(self) -> bool:
        """Whether something stood before it."""
        return bool(self.alarm or self.told_urgent)


def reason_of(message: Message) -> str:
    """What a warning is for, as it says itself."""
    if message.reply.about is About.SELF_HARM:
        return About.SELF_HARM.value
    return str((message.reply.card or {}).get("why") or "")


@dataclass
class MildTold:
    """Which milder signs were told, and when.

    Attributes:
        days: why they were told, each with its last day.
    """

    days: dict[str, datetime.date] = field(default_factory=dict)

    def tell(self, message: Message, day: datetime.date) -> None:
        """Take note of the message of a milder sign."""
        is_known = message.reply.about is About.KNOWN
        self.days[About.KNOWN if is_known else reason_of(message)] = day

    def has(self, found: ScreeningSummary, today: datetime.date) -> bool:
        """Whether this sign was told lately; pain that gets worse is told once a day."""
        days = 1 if found.flag == _WORSENING else _MILD_DAYS
        lately = [why for why, day in self.days.items() if (today - day).days < days]
        is_lasting = found.tier is Tier.PERSISTENT and found.flag != _WORSENING
        return any(found.why in why or (is_lasting and why == About.KNOWN) for why in lately)

    def lately(self, today: datetime.date) -> bool:
        """Whether any was told lately."""
        return any((today - day).days < _MILD_DAYS for day in self.days.values())


def named_by(warnings: Sequence[Warned]) -> Named:
    """What the warnings that stand are for: the last two kinds of them."""
    if not warnings:
        return NOTHING_NAMED
    names = [default_names().of_reason(each.reason, each.words) for each in warnings]
    known = list(dict.fromkeys(filter(None, names)))[-_NAMED_AT_ONCE:]
    last = warnings[-1]
    return Named(" and ".join(known), last.reason, _beginning(last.words))


def _beginning(words: str) -> str:
    """As much of a message as can be quoted, in whole words."""
    plain = " ".join(words.replace("\u201c", "").replace("\u201d", "").split())
    if len(plain) <= _QUOTED:
        return plain
    return plain[:_QUOTED].rsplit(" ", 1)[0].rstrip(",;:- ") + " \u2026"


def before_the_last(warnings: Sequence[Warned]) -> Warned | None:
    """The last warning, or the first of those in a row that are for the same."""
    last: Warned | None = None
    for one in reversed(warnings):
        if last and one.reason != last.reason:
            break
        last = one
    return last


@dataclass(frozen=True)
class SetAside:
    """A sign that was said to be none: how it was told, and what was said of it."""

    reason: str
    tier: Tier
    signs: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, warned: Warned, raised: Sequence[Sequence[str]]) -> SetAside:
        """What is known of a sign from the messages that raised it."""
        told = _stems(" ".join(texts[-1] for texts in raised))
        return cls(warned.reason, warned.tier, default_denials().words_of(raised), told)

    def again_in(self, text: str) -> ScreeningSummary | None:
        """The sign, where a message tells of the same thing in its own words; else None."""
        said = _stems(text)
        if not self.signs & said or len((self.signs | self.words) & said) < _ENOUGH:
            return None
        return ScreeningSummary("told_again", self.tier, "memory", self.reason)


def _stems(text: str) -> frozenset[str]:
    stems = {word[:_STEM] for word in normalised(text).split() if len(word) >= _STEM}
    return frozenset(stems - _COMMON)
