"""What an installation says of the data it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.privacy.retention import Retention


@dataclass(frozen=True)
class PrivacySettings:
    """How data of persons are dealt with here.

    Attributes:
        retention: for how long they are kept.
        operator: who runs the assistant, as people are told.
        url: where those tell more about it.
        asks: whether nothing outlasts the session of anybody who has not allowed it.
    """

    retention: Retention = field(default_factory=Retention)
    operator: str | None = None
    url: str | None = None
    asks: bool = False
