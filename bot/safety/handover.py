"""What the channel layer tells the pipeline about a screened message, without the text."""

from __future__ import annotations

from typing import Any

from bot.safety.default import default_book
from bot.safety.screening import Screening

METADATA_KEY = "red_flag"
# Which emergency message stands: "emergency", "self_harm" or None.
ALARM_KEY = "alarm"
# Whether a sign that should be checked today is open.
STANDING_KEY = "standing"
# What the front door remembers of the person, to be stored: country, pain.
NOTES_KEY = "notes"
# Whether a recogniser wrote the words down, which may have misheard them.
HEARD_KEY = "heard"


def handover(screening: Screening) -> dict[str, Any] | None:
    """The verdict in plain values; None for no flag.

    It holds flag, tier, layer, why, where it starts, and the version of the rules that found it.
    """
    top = screening.top
    if top is None or screening.tier is None:
        return None
    return {
        "flag": top.flag_id,
        "tier": screening.tier.value,
        "layer": top.layer,
        "why": " ".join(part for part in (top.why, top.say) if part),
        "start": top.start,
        "self_harm": screening.is_self_harm,
        "known": screening.is_long_known,
        "rules": default_book().rules,
    }
