"""What the messages of an answer are: whether they warn, doubt, lead to pressing, forget."""

from __future__ import annotations

from bot.answers.pressing import leads_to_pressing
from bot.answers.safety_messages import (
    open_message,
)
from bot.dialogue.doubts import DOUBTED_PART
from bot.dialogue.memory import (
    BESIDE,
    EMERGENCY,
    LIFTING,
    Message,
    reply_part,
    topic_of,
)
from bot.gateway.messages import Found
from bot.knowledge.schema.red_flags import Tier

FORGOTTEN = "say:forgotten"
RANK = {tier.value: tier.rank for tier in Tier}


def is_forgotten(said: list[Message]) -> bool:
    """Whether it is said that everything is forgotten."""
    return any(reply_part(message, "key") == FORGOTTEN for message in said)


def is_doubted(said: list[Message], found: Found) -> bool:
    """Whether the engine judged that the sign is none, and said what to do if it is one."""
    return any(reply_part(message, DOUBTED_PART) == found["tier"] for message in said)


def rank_of(message: Message) -> int:
    """How grave the sign is that a message warns of; 0 where it warns of none."""
    return RANK.get(str(reply_part(message, "tier")), 0)


def is_about_pressing(message: Message) -> bool:
    """Whether a message leads to pressing; a warning never does."""
    key = str(reply_part(message, "key") or "")
    return reply_part(message, "kind") != "red_flag" and leads_to_pressing(key)


def waiting_with_pressing(said: list[Message]) -> list[Message]:
    """What is said while a sign should be checked today: nothing that leads to pressing.

    Nor is anybody told that all is well, who did not say that the sign is settled.
    """
    kept = [m for m in said if not is_about_pressing(m) and topic_of(m) not in LIFTING]
    return kept if len(kept) == len(said) else [open_message(), *kept]


def answers_alarm(message: Message) -> bool:
    """Whether a message may be said while an alarm stands that the person has not settled."""
    if topic_of(message) in BESIDE:
        return True
    return (reply_part(message, "kind"), reply_part(message, "tier")) == ("red_flag", EMERGENCY)
