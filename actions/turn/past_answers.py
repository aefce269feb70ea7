"""What the person has been told in the conversation that a tracker holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.answers.past_answers import PastAnswers
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey

_PREGNANCY = "pregnancy"
_MAY_BE = frozenset({_PREGNANCY, "trying_for_baby"})
# Before these a sign replaced the answers, which did not reach the person.
_SETTLING = ("been_checked", "deny_red_flags")


def past_answers(
    events: Iterable[Mapping[str, Any]], catalogue: Catalogue, declared: Iterable[str]
) -> PastAnswers:
    """What was told since the conversation began, or since a warning sign was in the way.

    Args:
        events: those of the tracker.
        declared: the conditions that count for this person now.
    """
    replies: list[Mapping[str, Any]] = []
    denies = False
    for event in events:
        if event.get("event") == "session_started":
            replies, denies = [], False
        elif event.get("event") == "user":
            denies = _denies(event) or denies
        elif event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            reply = custom.get("reply") if isinstance(custom, Mapping) else None
            if not isinstance(reply, Mapping):
                continue
            if _in_the_way(reply):
                is_more = bool(AnswerKey.parse(str(reply.get("key") or "")).others)
                replies = [reply] if is_more else []
            else:
                replies.append(reply)
    if not denies or _MAY_BE & {*declared}:
        return PastAnswers(tuple(replies))
    condition = catalogue.condition(_PREGNANCY)
    return PastAnswers(tuple(replies), frozenset(condition.cautions if condition else ()))


def _in_the_way(reply: Mapping[str, Any]) -> bool:
    """Whether a warning sign stood, or was settled: answers before it may not have been shown."""
    settles = AnswerKey.parse(str(reply.get("key") or "")).topic in _SETTLING
    return reply.get("kind") == "red_flag" or settles


def _denies(event: Mapping[str, Any]) -> bool:
    """Whether the person says that they are not pregnant themselves."""
    return any(
        entity.get("entity") == "condition"
        and entity.get("value") == _PREGNANCY
        and entity.get("role") == "negated"
        and not entity.get("whose")
        for entity in (event.get("parse_data") or {}).get("entities") or []
    )
