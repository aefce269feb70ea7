"""Whose a warning sign is, and for whom the person asks now: a child's sign is not the father's.

Only clear words separate them: a sign that may be the person's own counts as theirs.
"""

from __future__ import annotations

import re

from bot.dialogue.persons import SELF, Persons
from bot.dialogue.whom import asked_for, name_pattern, person_named
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.told import ToldFile
from bot.text.phrases import normalised

_OWN = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|my|mine|myself|we|we're|us|our|ours)\b")
_OTHERS = re.compile(r"\b(?:she|he|they|her|him|them|his|hers|their|she's|he's|they're)\b")


def is_of_somebody_else(text: str) -> bool:
    """Whether a message tells of somebody else alone: 'my son is 9 and his back hurts'."""
    words, said = _words(), normalised(text)
    if not person_named(said, words):
        return False
    return not _OWN.search(re.sub(name_pattern(words), " ", said))


def is_for_oneself(text: str) -> bool:
    """Whether a message says that it is for the person alone: 'and what about me'."""
    return asked_for(normalised(text), False, Persons(), _words()) == SELF


def speaks_of_others(text: str) -> bool:
    """Whether somebody else is named or meant."""
    said = normalised(text)
    return bool(person_named(said, _words()) or _OTHERS.search(said))


def _words() -> ToldFile:
    return Catalogue.load().told
