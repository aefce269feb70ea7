"""What the person has been told in the conversation that a tracker holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from bot.answers.past_answers import PastAnswers
from bot.dialogue.persons import SELF, SOMEBODY, Persons
from bot.dialogue.whom import is_man_or_grandmother
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import VERY_OLD
from bot.knowledge.schema.told import ToldFile
from bot.messages.answer_key import AnswerKey

_PREGNANCY = "pregnancy"
_MAY_BE = frozenset({_PREGNANCY, "trying_for_baby"})
# Before these a sign replaced the answers, which did not reach the person.
_SETTLING = ("been_checked", "deny_red_flags")


def past_answers(
    events: Iterable[Mapping[str, Any]],
    catalogue: Catalogue,
    declared: Iterable[str],
    persons: Persons | None = None,
) -> PastAnswers:
    """What was told since the conversation began, or since a warning sign was in the way.

    Args:
        events: those of the tracker.
        declared: the conditions that count for this person now.
        persons: whom the conversation is about.
    """
    events = list(events)
    rules_out = cannot_be_pregnant(events, persons or Persons(), catalogue.told)
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
                is_more = bool(_key(str(reply.get("key") or "")).others)
                replies = [reply] if is_more else []
            else:
                replies.append(reply)
    if not (denies or rules_out) or _MAY_BE & {*declared}:
        return PastAnswers(tuple(replies))
    condition = catalogue.condition(_PREGNANCY)
    return PastAnswers(tuple(replies), frozenset(condition.cautions if condition else ()))


def cannot_be_pregnant(
    events: Iterable[Mapping[str, Any]], persons: Persons, words: ToldFile
) -> bool:
    """Whether who wants to press is told to be a man, or of an age without pregnancies.

    Args:
        events: those of the tracker.
        persons: whom the conversation is about; where it is unclear who is meant, nobody is.
        words: how people are called.
    """
    who = persons.asks_for
    if who is None:
        if persons.met:
            return False
        who = SELF
    if who != SELF and is_man_or_grandmother(who, words):
        return True
    said = [event for event in events if event.get("event") == "user"]
    if who == SELF and any(_says_man(str(each.get("text") or "")) for each in said):
        return True
    parsed = (each.get("parse_data") or {} for each in said)
    ages = (age for each in parsed for age in _ages(each.get("entities") or []))
    return any(years >= _NO_MORE_CHILDREN and whose in (who, _SOMEBODY_OF[bool(who)])
               for years, whose in ages)  # fmt: skip


def _says_man(text: str) -> bool:
    """Whether a message says that its writer cannot be pregnant; most hold none of the words."""
    said = text.lower()
    holds = any(word in said for word in _WORDS_OF_IT) or any(map(str.isdigit, said))
    return holds and bool(_SAYS_MAN.search(text))


def _ages(entities: Iterable[Mapping[str, Any]]) -> Iterable[tuple[int, str]]:
    """The ages that a message tells, each with whose it is."""
    for entity in entities:
        whose = str(entity.get("whose") or "")
        if entity.get("entity") == "adult" and str(entity.get("value")).isdigit():
            yield int(str(entity["value"])), whose
        elif entity.get("value") == VERY_OLD and entity.get("role") == "declared":
            mention = str(entity.get("mention") or "")
            is_age = any(word in mention.lower() for word in _OF_AGE) or _FIGURES.search(mention)
            yield (_OLD if is_age else 0), whose


_SAYS_MAN = re.compile(
    r"\b(?:i\s*am|i'?m|im|as|being|me,?)\s+(?:(?:only|just|still|also|actually|now)\s+)*(?:an?|the)\s+"
    r"(?:(?!woman|girl|lady)[\w-]+\s+){0,3}?(?:man|bloke|guy|chap|gentleman|lad|father|dad|husband|widower|"
    r"grandad|grandfather|grandpa|grandmother|granny|grandma)\b(?!\s+(?:with|who)\s+a\s+(?:wife|girlfriend))"
    r"|\b(?:i\s*am|i'?m|im)\s+male\b|\b(?:male|man),?\s+(?:aged?\s+)?\d\d\b|\b\d\d\s*(?:year\s+old\s+)?(?:m|male|man)\b"
    r"|\bi\s+(?:can\s?not|can't|cannot)\s+(?:be|get|fall)\s+pregnant\b|\bpast\s+the\s+menopause\b|\bno\s+babies\s+here\b",
    re.IGNORECASE,
)
_WORDS_OF_IT = (
    "man", "bloke", "guy", "chap", "lad", "father", "dad", "husband", "widower", "grand", "granny",
    "male", "pregnant", "menopause", "babies",
)  # fmt: skip
_FIGURES = re.compile(r"\d{2}")
_OF_AGE = ("seventy", "eighty", "ninety", "seventies", "eighties", "nineties")
_OLD = 70
_NO_MORE_CHILDREN = 56
_SOMEBODY_OF = {False: SELF, True: SOMEBODY}


@lru_cache(maxsize=2048)
def _key(text: str) -> AnswerKey:
    """A key; the same few are read again at every turn."""
    return AnswerKey.parse(text)


def _in_the_way(reply: Mapping[str, Any]) -> bool:
    """Whether a warning sign stood, or was settled: answers before it may not have been shown."""
    settles = _key(str(reply.get("key") or "")).topic in _SETTLING
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
