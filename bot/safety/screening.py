"""What the detector answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.knowledge.schema.red_flags import Tier
from bot.safety.pain.memory import PainMemory

_SELF_HARM = "self_harm"
_PERSISTENT = "persistent"


@dataclass(frozen=True)
class Finding:
    """A flag that was found. `start` and `end` are places in the message."""

    flag_id: str
    tier: Tier
    why: str
    say: str
    layer: str
    start: int
    end: int
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldBack:
    """A flag whose words were there, and what kept it from counting."""

    flag_id: str
    reason: str


@dataclass(frozen=True)
class Screening:
    """The result for one message. Findings come highest tier first.

    `pain` is what is remembered of the person's pain after this message.
    """

    findings: tuple[Finding, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    known_to_doctor: bool = False
    pain: PainMemory = field(default_factory=PainMemory)

    @property
    def top(self) -> Finding | None:
        """The finding that decides what is said."""
        return self.findings[0] if self.findings else None

    @property
    def tier(self) -> Tier | None:
        """The highest tier found."""
        return self.top.tier if self.top else None

    @property
    def is_long_known(self) -> bool:
        """Whether all there is is long-lasting pain that a doctor knows of: the short form."""
        return self.known_to_doctor and {f.flag_id for f in self.findings} == {_PERSISTENT}

    @property
    def is_self_harm(self) -> bool:
        """Whether the message for thoughts of self-harm is the right one."""
        return any(finding.flag_id.startswith(_SELF_HARM) for finding in self.findings)
