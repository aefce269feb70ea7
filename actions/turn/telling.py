"""What one message tells of persons: whose each condition is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.turn.signs import SIGN
from actions.turn.words import weeks_pregnant
from bot.dialogue.persons import SELF, SOMEBODY, Persons, ToldCondition
from bot.dialogue.whom import person_named, resolved
from bot.knowledge.schema.guidance import CHILD, SOMETHING_TOLD, VERY_OLD
from bot.knowledge.schema.told import ToldFile
from bot.messages.unheard import is_unheard
from bot.text.phrases import found, normalised


@dataclass(frozen=True)
class ReadMessage:
    """A message as the pipeline read it; `agreed` says that a clinician's yes is told in it."""

    text: str
    intent: str
    entities: Sequence[Mapping[str, Any]]
    agreed: bool = False


def conditions_in(
    entities: Iterable[Mapping[str, Any]], role: str | None = None
) -> list[tuple[str, str]]:
    """The ids of conditions mentioned, in this role if one is given, each with whose it is."""
    return [
        (str(entity["value"]), str(entity.get("whose") or ""))
        for entity in entities
        if entity.get("entity") == "condition" and role in (None, entity.get("role"))
    ]


def signs_before(messages: Iterable[Mapping[str, Any]]) -> list[ReadMessage]:
    """The messages just before the newest of which nothing was kept, oldest first.

    They were answered with a warning, or not processed.
    """
    met: list[ReadMessage] = []
    for message in reversed(list(messages)[:-1]):
        parsed = message.get("parse_data") or {}
        intent = str((parsed.get("intent") or {}).get("name") or "")
        if not (intent.startswith(SIGN) or is_unheard(message)):
            break
        text = str(parsed.get("text") or message.get("text") or "")
        met.append(ReadMessage(text, intent, parsed.get("entities") or []))
    return met[::-1]


def told_in(
    said: ReadMessage, persons: Persons, words: ToldFile, taken: Sequence[ToldCondition] = ()
) -> tuple[Persons, list[ToldCondition]]:
    """The persons with what a message tells, and what that is; without what is taken back."""
    told: list[ToldCondition] = []
    text = normalised(said.text)
    for named in person_named(text, words):
        persons = persons.meeting(resolved(named, text, persons, words))
    gone = {each.condition for each in taken}
    for entity in said.entities:
        if entity.get("entity") != "condition" or entity.get("role") != "declared":
            continue
        condition = str(entity["value"])
        whose = str(entity.get("whose") or "") or _unnamed_owner(said.text, persons)
        who = resolved(whose, text, persons, words)
        mention = str(entity.get("mention") or "")
        called = mention if condition == SOMETHING_TOLD else _years(condition, mention)
        if condition not in gone:
            told.append(ToldCondition(condition, who, called))
        rest = normalised(said.text[int(entity.get("end") or 0) :])
        if who == SELF and condition != CHILD and found(rest, words.so_does):
            told += [ToldCondition(condition, other, called) for other in person_named(rest, words)]
        if who != SELF and condition != CHILD and found(rest, words.me_too):
            told.append(ToldCondition(condition, SELF, called))
    denied = {each for each, _ in conditions_in(said.entities, "negated")}
    known = {*gone, *denied, *(each.condition for each in told)}
    if weeks_pregnant(said.text) and _PREGNANCY not in known:
        told.append(ToldCondition(_PREGNANCY, SELF))
    for each in told:
        persons = persons.adding(each)
        persons = persons.meeting(each.who) if each.who else persons
    return persons, told


def _unnamed_owner(text: str, persons: Persons) -> str:
    """Who has what is told without a subject: 'c section. breastfeeding.', asked for one's wife.

    It is whom the message speaks of, where it does not speak of oneself.
    """
    if _OF_ONESELF_AT_ALL.search(text):
        return SELF
    if _SHE_OR_HE.search(text):
        return SOMEBODY
    return persons.asks_for or SELF


_OF_ONESELF_AT_ALL = re.compile(
    r"\b(?:i|i'?m|i'?ve|i'?d|im|ive|me|my|mine|myself|we|our|us|am|have)\b", re.IGNORECASE
)
_SHE_OR_HE = re.compile(r"\b(?:she|he)(?:'?s)?\b", re.IGNORECASE)
_AGES = frozenset({CHILD, VERY_OLD})
# Not the years of a school or a team.
_IN_FIGURES = re.compile(
    r"(?<!year )(?<!grade )(?<!under )(?<!u)\b\d{1,3}\b(?!(?:st|nd|rd|th)\b)", re.IGNORECASE
)
_PREGNANCY = "pregnancy"


def _years(condition: str, mention: str) -> str:
    """How many years old somebody is, where that makes the condition and was said in figures."""
    hit = _IN_FIGURES.search(mention) if condition in _AGES else None
    return hit[0] if hit else ""
