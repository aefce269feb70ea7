"""What the detector answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.red_flags import Tier

_SELF_HARM = "self_harm"
_PREGNANCY = "pregnancy_"


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
    """The result for one message. Findings come highest tier first."""

    findings: tuple[Finding, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    known_to_doctor: bool = False

    @property
    def top(self) -> Finding | None:
        """The finding that decides what is said."""
        return self.findings[0] if self.findings else None

    @property
    def tier(self) -> Tier | None:
        """The highest tier found."""
        return self.top.tier if self.top else None

    @property
    def is_self_harm(self) -> bool:
        """Whether the message for thoughts of self-harm is the right one."""
        return any(finding.flag_id.startswith(_SELF_HARM) for finding in self.findings)

    @property
    def is_pregnancy(self) -> bool:
        """Whether one of the findings belongs to pregnancy."""
        return any(finding.flag_id.startswith(_PREGNANCY) for finding in self.findings)
