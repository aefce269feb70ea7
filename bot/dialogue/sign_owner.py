"""Whose a warning sign is, and for whom the person asks now: a child's sign is not the father's.

Only clear words separate them: a sign that may be the person's own counts as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.dialogue.persons import SELF, SOMEBODY, Persons
from bot.dialogue.whom import (
    UNCLEAR,
    asked_for,
    asking_in,
    is_same,
    name_pattern,
    person_named,
    resolved,
)
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.told import ToldFile
from bot.text.kin import without_kin
from bot.text.phrases import normalised

_OWN = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|my|mine|myself|we|we're|us|our|ours)\b")
# 'It's not me who is in pain' tells of others.
_NOT_ME = re.compile(r"\bnot (?:for |about )?(?:me|mine|myself)\b")
_SHE_OR_HE = re.compile(r"\b(?:she|he|her|him|hers|his|she's|he's)\b")
# What who cares for somebody says of themselves: that they do, ask, think, or can press.
_CARING = re.compile(
    r"\b(?:can|could|should|may|might|shall|must|do|did|would) (?:i|we)(?: (?:just|only|also|"
    r"still|please|at least))* "
    r"(?:do|press|try|use|rub|massage|help|give|put|say|call|ask|ring)\b"
    r"|\b(?:points?|places?|anything|something|what|which|where) (?:i|we) (?:can|could|should|"
    r"may|might) "
    r"(?:do|press|try|use|rub|massage|help|give|put)\b"
    r"|\bi(?:'m| am| was|'ll| will|'d| would)?(?: (?:just|only|also|always|really|already|do|did|"
    r"have|going to))* "
    r"(?:look after|looking after|care for|caring for|live with|ask|asked|asking|ring|call|phone|"
    r"think|"
    r"thought|guess|suppose|worry|worried|wonder|told|tell|said|say|mention|add|(?:forgot|meant|"
    r"should) to (?:say|mention|add|tell)|"
    r"(?:help|press|pressed|massage|massaged|rub|rubbed)(?: on)? (?:her|him))\b(?: (?:to|about|"
    r"for))?"
    r"|\bwe (?:thought|think|called|rang|wondered)\b"
    r"|\b(?:tell|show|give|let|told|asked|asks) (?:me|us)\b|\bi(?:'m| am) (?:\w+ ){0,2}(?:carer|"
    r"caregiver)\b"
)
# 'The fall was my mother's, not mine.'
_DISOWNS = re.compile(r"\bnot (?:about )?(?:mine|me|myself)\b|\bnot the one (?:with|who)\b")


def somebody_else_in(text: str, met: Sequence[str] = ()) -> tuple[str, ...]:
    """Of whom a message tells that tells of others alone: 'your son'; nobody where it may not.

    That somebody cares for them, asks for them or presses for them tells nothing of their own.

    Args:
        met: whom the conversation was about before, last one last: they are 'she' and 'he'.
    """
    words, said = _words(), _NOT_ME.sub(" ", normalised(text))
    named = tuple(person_named(said, words))
    if not named and met and _SHE_OR_HE.search(said):
        named = (resolved(SOMEBODY, said, Persons(met=tuple(met)), words),)
    rest = _CARING.sub(" ", without_kin(re.sub(name_pattern(words), " ", said)))
    return named if named and not _OWN.search(rest) else ()


def of_the_same(
    text: str, earlier: Sequence[str], is_own: bool, met: Sequence[str]
) -> tuple[str, ...]:
    """The earlier messages that are about the same person as this one, or may be.

    Args:
        is_own: whether this one is clearly about the person alone.
        met: whom the conversation was about before.
    """
    if is_own:
        return tuple(each for each in earlier if not somebody_else_in(each, met))
    if somebody_else_in(text, met):
        return tuple(each for each in earlier if not is_for_oneself(each, met))
    return tuple(earlier)


def disowned_to(text: str) -> tuple[str, ...]:
    """Whose a sign is, where a message says that it is not the person's own: 'your mother'."""
    said = normalised(text)
    return named_in(text) if _DISOWNS.search(said) else ()


def named_in(text: str) -> tuple[str, ...]:
    """Everybody whom a message names: 'your son'."""
    return tuple(person_named(normalised(text), _words()))


def asks_for_another(text: str, others: Collection[str]) -> bool:
    """Whether a message asks for the person, or for somebody who is none of these.

    Args:
        others: those whose sign it is: 'your father'.
    """
    asked = _asked_for(text, others)
    if asked is None or not others:
        return False
    return asked == SELF or not any(is_same(asked, other, _words()) for other in (*others, UNCLEAR))


def is_for_oneself(text: str, others: Collection[str] = ()) -> bool:
    """Whether a message says that it is for the person alone: 'and what about me'.

    Args:
        others: whom the conversation was about before.
    """
    return _asked_for(text, others) == SELF


def asks_for_one_of(text: str, others: Collection[str]) -> bool:
    """Whether a message asks for one of these, or may."""
    asked = _asked_for(text, others)
    if asked is None:
        return any(
            _SHE_OR_HE.search(normalised(each)) or named_in(each) for each in asking_in(text)
        )
    return asked != SELF


def _asked_for(text: str, others: Collection[str]) -> str | None:
    return asked_for(text, False, Persons(met=tuple(others)), _words())


def _words() -> ToldFile:
    return Catalogue.load().told
