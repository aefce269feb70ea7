"""What is said with an answer where something may be a warning sign, and most likely is none.

The question is answered, and one line always says what to do. Either words of a sign
were used, most likely not of oneself, or what was told is near to a sign, but not near enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import Message
from bot.safety.default import default_detector
from bot.safety.handover import ScreeningSummary
from bot.text.sentences import sentences

# How the pipeline marks a message whose sign is doubted; the value is what the line is about.
DOUBTED_ENTITY = "sign_doubted"
DOUBTED_TIERS = frozenset({"emergency", "urgent"})
SELF_HARM = "self_harm"
NEAR_EMERGENCY, NEAR_URGENT = "near_emergency", "near_urgent"
_WORDINGS = {
    "emergency": "sign_doubted_emergency",
    "urgent": "sign_doubted_urgent",
    SELF_HARM: "sign_doubted_self_harm",
    NEAR_EMERGENCY: "sign_near_emergency",
    NEAR_URGENT: "sign_near_urgent",
}
DOUBTS = frozenset(_WORDINGS)
# Those of which the patterns found the words.
_SEEN = frozenset({*DOUBTED_TIERS, SELF_HARM})
_SERIOUS = Tier.URGENT.rank
_UNKNOWN = "the sign that you named"


def doubt_of(found: ScreeningSummary) -> str:
    """What the line with an answer is about if this finding is doubted."""
    return SELF_HARM if found.self_harm else found.tier.value


def with_doubt(reply: Reply, doubt: str | None, catalogue: Catalogue, called: str = "") -> Reply:
    """The reply with the line for a doubt; unchanged if there is none.

    Args:
        doubt: one of DOUBTS: the tier of the doubted sign, SELF_HARM, or what it is near to.
        called: how the doubted sign is spoken of.
    """
    if doubt is None:
        return reply
    line, sign = catalogue.wording(_WORDINGS[doubt]), called or _UNKNOWN
    return replace(
        reply,
        written=f"{reply.written}\n\n{line.written.format(sign=sign)}",
        spoken=f"{reply.spoken} {line.spoken.format(sign=sign)}",
    )


def without_mentions(text: str, said: Iterable[Message]) -> str:
    """What of a message may add up with later ones: all but the sentences of a doubted sign.

    A sign of a film or of a question is none half told, which a later word would complete.

    Args:
        said: what the message was answered.

    Returns:
        The message as it is where no sign in it was judged to be none; else what is left of it,
        and that may be nothing.
    """
    if not any(message.reply.doubted in _SEEN for message in said):
        return text
    seen = default_detector()
    cut = sentences(text)
    left = [one for one in cut if (seen.screen(one).tier or Tier.PERSISTENT).rank < _SERIOUS]
    return " ".join(left) if len(left) < len(cut) else ""
