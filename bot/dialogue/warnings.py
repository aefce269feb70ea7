"""The warnings of a conversation: what stood before each of them, and which were set aside.

One tap on 'that is not what I meant' is about what was shown last. Who then speaks of the same
thing again, in words of the sign, is asked once more.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import About, Message
from bot.safety.denied_signs import default_denials
from bot.safety.handover import ScreeningSummary
from bot.text.phrases import normalised

_STEM = 4
_ENOUGH = 2
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
    """

    reason: str
    tier: Tier
    alarm: str | None
    alarm_of: tuple[str, ...]
    told_urgent: datetime.date | None
    urgent_of: tuple[str, ...]
    raised: int

    @property
    def leaves_something(self) -> bool:
        """Whether something stood before it."""
        return bool(self.alarm or self.told_urgent)


def reason_of(message: Message) -> str:
    """What a warning is for, as it says itself."""
    if message.reply.about is About.SELF_HARM:
        return About.SELF_HARM.value
    return str((message.reply.card or {}).get("why") or "")


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
