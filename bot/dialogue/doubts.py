"""What is said with an answer where something may be a warning sign, and most likely is none.

The question is answered, and never in silence: one line says what to do. Either words of a sign
were used, most likely not of oneself, or what was told is near to a sign, but not near enough.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue

# How the pipeline marks a message whose sign is doubted; the value is the sign's tier.
DOUBTED_ENTITY = "sign_doubted"
DOUBTED_TIERS = frozenset({"emergency", "urgent"})
NEAR_EMERGENCY, NEAR_URGENT = "near_emergency", "near_urgent"
_WORDINGS = {
    "emergency": "sign_doubted_emergency",
    "urgent": "sign_doubted_urgent",
    NEAR_EMERGENCY: "sign_near_emergency",
    NEAR_URGENT: "sign_near_urgent",
}
DOUBTS = frozenset(_WORDINGS)


def with_doubt(reply: Reply, doubt: str | None, catalogue: Catalogue) -> Reply:
    """The reply with the line for a doubt; as it is where there is none.

    Args:
        doubt: one of DOUBTS: the tier of the doubted sign, or what it is near to.
    """
    if doubt is None:
        return reply
    line = catalogue.wording(_WORDINGS[doubt])
    return replace(
        reply,
        written=f"{reply.written}\n\n{line.written}",
        spoken=f"{reply.spoken} {line.spoken}",
    )
