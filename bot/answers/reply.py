"""A reply in every form a channel may need, and the one way out, which attaches the guidance."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.answers.past_answers import NO_PAST_ANSWERS, PastAnswers
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey
from bot.messages.message import (
    REPLY_VERSION,
    Button,
    GuidanceLine,
    Message,
    MessageKind,
    ReplyParts,
)
from bot.text.json_types import JsonObject

# What is heard cannot be skimmed: about half a minute, guidance included.
MOST_SPOKEN_WORDS = 75
# Room kept for the shortest lines of guidance.
_GUIDANCE_ROOM = 10
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class Reply:
    """One answer, before the guidance is attached.

    Attributes:
        key: what was answered, e.g. 'locate:LI4'; the same key means the same answer.
        written: light Markdown for a screen.
        spoken: plain sentences for the ear.
        guidance: id of the doctor guidance in data/guidance.yml.
        suggestions: what the person could say next, in their own words.
        card: structured content for channels that can show it.
        kind: FAILURE when no answer could be given.
        slowly: whether channels with a voice of their own say it slowly.
    """

    key: AnswerKey
    written: str
    spoken: str
    guidance: str = "general"
    suggestions: tuple[str, ...] = ()
    card: JsonObject = field(default_factory=dict)
    kind: MessageKind = MessageKind.ANSWER
    slowly: bool = False


def finish(
    reply: Reply, catalogue: Catalogue, turn: int = 0, heard: PastAnswers = NO_PAST_ANSWERS
) -> Message:
    """Turn a reply into the message that is sent, guidance included.

    Every answer passes through here, so that no action can forget the guidance.

    Args:
        turn: how many messages the person has sent; spoken guidance varies with it, among the
            lines that leave the whole short enough to be heard.
        heard: what was told before: the first advice has its guidance in full, what follows in
            brief. Where nothing is known of it, it is in full.
    """
    line = catalogue.guidance(reply.guidance)
    room = MOST_SPOKEN_WORDS - _words(reply.spoken)
    lines = [one for one in line.spoken if _words(one) <= room] or [min(line.spoken, key=_words)]
    spoken_guidance = lines[(turn + _spread(str(reply.key))) % len(lines)]
    written_guidance = line.written
    if line.brief and heard.guided_by(line, catalogue.guidance_lines):
        written_guidance = spoken_guidance = line.brief
    parts = ReplyParts(
        version=REPLY_VERSION,
        kind=reply.kind,
        key=reply.key,
        written=reply.written,
        spoken=f"{reply.spoken} {spoken_guidance}",
        guidance=GuidanceLine(written=written_guidance, spoken=spoken_guidance),
        card=reply.card or None,
        pace="slow" if reply.slowly else None,
    )
    buttons = [Button(title=title, payload=title) for title in reply.suggestions]
    return Message.of(f"{reply.written}\n\n_{written_guidance}_", parts, buttons)


def spoken_together(replies: Sequence[Reply], left_out: str) -> str:
    """What several replies say, for one breath: no sentence twice, and only whole replies.

    Args:
        left_out: what is said in place of those that do not fit. Advice is never parted from its
            caution: a reply that does not fit is left out as a whole.
    """
    said: list[str] = []
    for number, reply in enumerate(replies):
        new = [one for one in _SENTENCE.split(reply.spoken) if one not in said]
        words = _words(" ".join([*said, *new, left_out])) + _GUIDANCE_ROOM
        if number and words > MOST_SPOKEN_WORDS:
            return " ".join([*said, left_out]).strip()
        said += new
    return " ".join(said)


def _words(text: str) -> int:
    return len(text.split())


def _spread(key: str) -> int:
    return hashlib.blake2s(key.encode(), digest_size=1).digest()[0]
