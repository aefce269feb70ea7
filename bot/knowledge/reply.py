"""A reply in every form a door may need, and the one way out, which attaches the guidance."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from bot.knowledge.catalogue import Catalogue

REPLY_VERSION = 1


@dataclass(frozen=True)
class Reply:
    """One answer, before the guidance is attached.

    Attributes:
        key: what was answered, e.g. 'locate:LI4'; the same key means the same answer.
        written: light Markdown for a screen.
        spoken: plain sentences for the ear.
        guidance: id of the doctor guidance in data/guidance.yml.
        suggestions: what the person could say next, in their own words.
        card: structured content for doors that can show it.
        kind: "answer", or "failure" when no answer could be given.
    """

    key: str
    written: str
    spoken: str
    guidance: str = "general"
    suggestions: tuple[str, ...] = ()
    card: dict[str, Any] = field(default_factory=dict)
    kind: str = "answer"


def finish(reply: Reply, catalogue: Catalogue, turn: int = 0) -> dict[str, Any]:
    """Turn a reply into the message that leaves the house, guidance included.

    Every answer passes through here, so that no action can forget the guidance.

    Args:
        turn: how many messages the person has sent; spoken guidance varies with it.

    Returns:
        `text` (written form with guidance), `buttons`, and `custom.reply` with the parts:
        version, key, written, spoken, guidance (written, spoken), card.
    """
    line = catalogue.guidance(reply.guidance)
    spoken_guidance = line.spoken[(turn + _spread(reply.key)) % len(line.spoken)]
    parts: dict[str, Any] = {
        "version": REPLY_VERSION,
        "kind": reply.kind,
        "key": reply.key,
        "written": reply.written,
        "spoken": f"{reply.spoken} {spoken_guidance}",
        "guidance": {"written": line.written, "spoken": spoken_guidance},
    }
    if reply.card:
        parts["card"] = reply.card
    return {
        "text": f"{reply.written}\n\n_{line.written}_",
        "buttons": [{"title": title, "payload": title} for title in reply.suggestions],
        "custom": {"reply": parts},
    }


def _spread(key: str) -> int:
    return hashlib.blake2s(key.encode(), digest_size=1).digest()[0]
