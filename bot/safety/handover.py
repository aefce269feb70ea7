"""What the gateway tells the pipeline about a screened message, without the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.knowledge.schema.red_flags import Tier
from bot.safety.default import default_book
from bot.safety.screening import Screening
from bot.text.json_types import JsonObject

METADATA_KEY = "red_flag"
# Which emergency message stands: "emergency", "self_harm" or None.
ALARM_KEY = "alarm"
# Whether a sign that should be checked today is open.
STANDING_KEY = "standing"
# Whether a milder sign was told lately, or a graver one stands: milder ones are not told anew.
MILD_KEY = "mild_told"
# Whether the message tells of such a milder sign.
AGAIN_KEY = "told_again"
# Why the message settles what stands, if it does: a Meaning's value.
SETTLED_KEY = "settled"
# What the gateway remembers of the person, to be stored: country, pain.
NOTES_KEY = "notes"
# In which moment of the talk the message is said: a Moment's value.
MOMENT_KEY = "moment"
# What calls a finding its own that no pattern knows.
JUDGES = "judges"
# Whether a recogniser wrote the words down, which may have misheard them.
HEARD_KEY = "heard"


@dataclass(frozen=True)
class ScreeningSummary:
    """What is handed on of a screening that found a sign.

    Attributes:
        flag: the id of the sign that decides what is said.
        layer: what found it.
        why: the sentences that say why it needs checking.
        start: where in the text it begins.
        self_harm: whether the message for thoughts of self-harm is the right one.
        known: whether all there is is long-lasting pain that a doctor knows of.
        rules: the version of the rules that found it.
    """

    flag: str
    tier: Tier
    layer: str
    why: str = ""
    start: int = 0
    self_harm: bool = False
    known: bool = False
    rules: str = ""

    def to_json(self) -> JsonObject:
        """The summary as Rasa's metadata hold it."""
        return {**asdict(self), "tier": self.tier.value}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> ScreeningSummary | None:
        """The summary that metadata hold; None where they say that nothing was found."""
        return cls(**{**given, "tier": Tier(given["tier"])}) if given else None

    @property
    def is_emergency(self) -> bool:
        """Whether it must not wait."""
        return self.tier is Tier.EMERGENCY


def summary_of(screening: Screening) -> ScreeningSummary | None:
    """What is handed on of a screening; None for no flag."""
    top = screening.top
    if top is None or screening.tier is None:
        return None
    return ScreeningSummary(
        flag=top.flag_id,
        tier=screening.tier,
        layer=top.layer,
        why=" ".join(part for part in (top.why, top.say) if part),
        start=top.start,
        self_harm=screening.is_self_harm,
        known=screening.is_long_known,
        rules=default_book().rules,
    )
