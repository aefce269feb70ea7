"""Whose a warning sign is, and for whom the person asks now: a child's sign is not the father's.

Only clear words separate them: a sign that may be the person's own counts as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.dialogue.persons import SELF, Persons
from bot.dialogue.whom import UNCLEAR, asked_for, is_same, name_pattern, person_named
from bot.knowledge.catalogue import Catalogue
from bot.text.phrases import normalised

_OWN = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|my|mine|myself|we|we're|us|our|ours)\b")
# 'It's not me who is in pain' tells of others.
_NOT_ME = re.compile(r"\bnot (?:for |about )?(?:me|mine|myself)\b")
# As people call their own: 'dad is hard to wake'.
_KIN = re.compile(
    r"(?<!\bmy )(?<!\bour )\b(?:mum|mom|mummy|mommy|dad|daddy|grandma|granny|grandpa|grandad)\b"
)
_OTHERS = re.compile(r"\b(?:she|he|they|her|him|them|his|hers|their|she's|he's|they're)\b")


def somebody_else_in(text: str) -> tuple[str, ...]:
    """Of whom a message tells that tells of others alone: 'your son'; nobody where it may not."""
    words, said = Catalogue.load().told, _NOT_ME.sub(" ", normalised(text))
    called = (f"your {hit[0]}" for hit in _KIN.finditer(said))
    named = tuple(person_named(said, words)) or tuple(called)
    rest = _KIN.sub(" ", re.sub(name_pattern(words), " ", said))
    return named if named and not _OWN.search(rest) else ()


def asks_for_another(text: str, others: Collection[str]) -> bool:
    """Whether a message asks for the person, or for somebody who is none of these.

    Args:
        others: those whose sign it is: 'your father'.
    """
    words, said = Catalogue.load().told, normalised(text)
    asked = asked_for(said, False, Persons(), words)
    if asked is None or not others:
        return False
    return asked == SELF or not any(is_same(asked, other, words) for other in (*others, UNCLEAR))


def is_for_oneself(text: str) -> bool:
    """Whether a message says that it is for the person alone: 'and what about me'."""
    return asked_for(normalised(text), False, Persons(), Catalogue.load().told) == SELF


def speaks_of_others(text: str) -> bool:
    """Whether somebody else is named or meant."""
    said = normalised(text)
    return bool(person_named(said, Catalogue.load().told) or _OTHERS.search(said))
