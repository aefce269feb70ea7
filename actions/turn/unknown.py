"""What is told of somebody's health that no condition of ours is known for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.dialogue.persons import Persons
from bot.dialogue.topics import topics_in
from bot.knowledge.schema.guidance import SOMETHING_TOLD
from bot.knowledge.schema.topics import Topic
from bot.text.phrases import normalised

# What somebody takes or has, in their words: 'i take lithium for my mood'.
_HAS_WHAT = re.compile(
    r"\b(?:take|takes|taking|on|have|has|had|got|with|use|uses)\s+(?:(?:a|an|the|some|my|her|his|"
    r"regular|daily|something called)\s+)*(?P<what>[a-z][\w'-]*(?:\s+(?!(?:for|and|so|but|where|"
    r"since|because|which|that|can|is|in|every|at|to|by|as|too|also|now|twice|once)\b)[\w'-]+){0,2})",
    re.IGNORECASE,
)
_NAMES_NOTHING = frozenset({"it", "that", "this", "them", "those", "these", "one", "some", "to"})
_NOT = re.compile(
    r"(?:\b(?:no|not|never|without|dont|havent|hasnt|nor|neither)|n't)\b(?:\s+[\w'-]+){0,2}\s*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:no|not|never|nothing|none|any)\b", re.IGNORECASE)
# What may be called an illness by those who have it; a time or a tool is none.
_OTHER_THINGS = ("condition", "complaint", "area", "tool", "point")


def told_words(text: str) -> str:
    """How somebody calls what they take or have; '' where they name nothing, or deny it."""
    hit = _HAS_WHAT.search(text)
    if hit is None or denies(text, hit):
        return ""
    what = hit["what"].strip()
    return "" if what.lower() in _NAMES_NOTHING else what


def only_denies(text: str) -> bool:
    """Whether what a message says of having or taking something is that it is not so."""
    hits = list(_HAS_WHAT.finditer(text))
    return bool(hits) and all(denies(text, hit) for hit in hits)


def denies(text: str, hit: re.Match[str]) -> bool:
    """Whether words that tell what somebody has say that they have it not."""
    return bool(_NONE.match(hit["what"]) or _NOT.search(text[: hit.start()]))


def may_tell_an_illness(entities: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the reader of questions thinks it likely that an illness or a medicine is told.

    Args:
        entities: those of the message.
    """
    return Topic.TELL_CONDITION in topics_in([dict(each) for each in entities])


def is_known(what: str, entities: Iterable[Mapping[str, Any]], persons: Persons) -> bool:
    """Whether what is called so is a thing that we know, or was told before.

    Args:
        what: the person's words.
        entities: those of the message.
        persons: what was told before.
    """
    said = normalised(what)
    known = [
        str(each.get("mention") or "")
        for each in entities
        if each.get("entity") in _OTHER_THINGS and each.get("value") != SOMETHING_TOLD
    ]
    known += [each.words for each in persons.told if each.condition == SOMETHING_TOLD]
    names = [name for name in map(normalised, [*known, *persons.agreed]) if name]
    return any(name in said or said in name for name in names) if said else False
