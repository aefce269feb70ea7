"""What is said beside an answer where words of a warning sign were used, most likely of none.

The question is answered, and never in silence about the sign: one line says what to do if it is
the person's own after all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.reply import Reply

# How the pipeline marks a message whose sign is doubted; the value is the sign's tier.
DOUBTED_ENTITY = "sign_doubted"
# The part of a reply that tells the front door of it.
DOUBTED_PART = "doubted"
_WORDINGS = {"emergency": "sign_doubted_emergency", "urgent": "sign_doubted_urgent"}
DOUBTED_TIERS = frozenset(_WORDINGS)


def with_doubt(reply: Reply, tier: str | None, catalogue: Catalogue) -> Reply:
    """The reply with the line for a doubted sign; as it is where there is none.

    Args:
        tier: the tier of the doubted sign, "emergency" or "urgent"; None for no sign.
    """
    if tier is None:
        return reply
    line = catalogue.wording(_WORDINGS[tier])
    return replace(
        reply,
        written=f"{reply.written}\n\n{line.written}",
        spoken=f"{reply.spoken} {line.spoken}",
    )


def marked(message: dict[str, Any], tier: str | None) -> dict[str, Any]:
    """The message with the mark of a doubted sign, and without the mark of an earlier one."""
    reply = {k: v for k, v in message["custom"]["reply"].items() if k != DOUBTED_PART}
    if tier is not None:
        reply[DOUBTED_PART] = tier
    return {**message, "custom": {**message["custom"], "reply": reply}}
