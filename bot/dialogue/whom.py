"""Who is meant in a message: for whom it asks, and whom 'my mum' and 'she' name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.dialogue.persons import SELF, SOMEBODY, Persons
from bot.knowledge.schema.told import People, Pronoun, ToldFile
from bot.text.phrases import found

# It is unclear for whom a message asks: two are named, or one who is only mentioned.
UNCLEAR = "?"
_PRONOUNS = {
    Pronoun.SHE: re.compile(r"\b(?:she|she's|shes|her|hers|herself)\b"),
    Pronoun.HE: re.compile(r"\b(?:he|he's|hes|him|his|himself)\b"),
}
_FOR_ONE = re.compile(
    r"\b(?:for|on|about|to use on|back to|and|what about|how about) (?P<one>her|him|she|he)\b"
    r"|\b(?:for|on|about) (?P<her>her|his) \w+"
    r"|\b(?:what|which|where|how)\b(?: \w+){0,3} (?:can|could|should|may|might) (?P<asks>he|she)"
    r" (?:press|do|try|use|rub|massage)\b"
)
# 'And for me?', 'what about me', 'my own neck', 'on myself'.
_FOR_ME = re.compile(
    r"\b(?:for|on|about) (?:me|mine|myself)\b(?! (?:and|or) (?:my|her|him)\b)"
    r"|^(?:and|but|or|now|so|ok|okay|then|what about|how about)(?: and)? (?:me|i|myself)(?: too)?"
    r"(?:$| \w)"
    r"|\bmy own (?!child|kid|daughter|son|mother|father|mum|mom|dad)\w+|\bmyself\b"
    r"|\bas for me\b|\bmy turn\b"
)
# 'I asked the pharmacist and she says': she is not the one who wants to press.
_SAYING = re.compile(
    r"\b(?:and |but |so )?(?:she|he|shes|hes|she's|he's)(?: (?:also|just|really))? "
    r"(?:says?|said|told|tells|thinks|reckons|agree[sd]?|is|was|did|does|has|had|would|looked|asked)\b"
)
_NOT_FOR = re.compile(r"\bnot (?:for|on|about) (?:her|him|them|me|myself|mine|my \w+)\b")
# 'Can you do something for me': this does not say who wants to press.
_SERVICE = re.compile(
    r"\b(?:find|look|look up|show|list|get|tell|explain|read|repeat|spell|write|do|check|make|say|"
    r"put|press|pressing|presses|here|there|work|worked|works)\b(?: \w+){0,4} for me\b"
    r"|\b(?:by|all by|i live by) myself\b|\bsee for myself\b"
)


def person_named(text: str, words: ToldFile) -> list[str]:
    """Everybody named as 'my mum', in order: 'your mum'.

    Args:
        text: as `plain` gives it.
    """
    return [f"your {hit['name']}" for hit in _names(words).finditer(text)]


def resolved(who: str, text: str, persons: Persons, words: ToldFile) -> str:
    """The person who is meant: somebody met before where that fits, else `who`.

    Args:
        who: 'your mother', or SOMEBODY where only 'she' was said.
        text: the message, as `plain` gives it.
    """
    if who == SELF:
        return SELF
    if who != SOMEBODY:
        return next((met for met in persons.met if is_same(met, who, words)), who)
    said = [pronoun for pronoun, pattern in _PRONOUNS.items() if pattern.search(text)]
    fitting = [met for met in persons.met if not said or _pronoun(met, words) in {*said, _ANY}]
    return fitting[-1] if fitting else SOMEBODY


def asked_for(text: str, is_for_me: bool, persons: Persons, words: ToldFile) -> str | None:
    """For whom a message asks.

    Args:
        text: as `plain` gives it.
        is_for_me: whether a short message says that it is for oneself.

    Returns:
        SELF, 'your mum', UNCLEAR, or None where it does not say.
    """
    if is_for_me:
        return SELF
    text = _NOT_FOR.sub(" ", text)
    if found(text, words.clinicians) and not person_named(text, words):
        text = _SAYING.sub(" ", text)
    me = bool(_FOR_ME.search(_SERVICE.sub(" ", text)))
    named = [f"your {hit['name']}" for hit in _names(words).finditer(text) if _is_for(text, hit)]
    one = _FOR_ONE.search(text)
    if one:
        named.append(resolved(SOMEBODY, one["one"] or one["her"] or one["asks"], persons, words))
    if me and named:
        return UNCLEAR
    if me:
        return SELF
    if named:
        return resolved(named[-1], text, persons, words)
    spoken_of = {resolved(who, text, persons, words) for who in person_named(text, words)}
    if any(pattern.search(text) for pattern in _PRONOUNS.values()):
        spoken_of.add(resolved(SOMEBODY, text, persons, words))
    has_told = {told.who for told in persons.told} - {SELF, persons.asks_for}
    return UNCLEAR if spoken_of & has_told else None


_FOR_WORDS = re.compile(
    r"\b(?:for|on|about|back to|behalf of|(?:start|begin|go on|carry on) with|"
    r"(?:can|could|may|might|should|shall)) $"
)
# 'My wife again: show me how to press', 'now my wife'.
_TURNS_TO = re.compile(r"^(?:(?:ok|okay|so|now|and|right|well|no|sorry|then|but|first) )*$")
_AGAIN = re.compile(r"^ (?:again|now|then|first|next|instead|please)\b")
_ANY = Pronoun.THEY


def _is_for(text: str, named: re.Match[str]) -> bool:
    before, after = text[: named.start()], text[named.end() :]
    if _TURNS_TO.search(before) and (_AGAIN.search(after) or not after.strip()):
        return True
    return bool(_FOR_WORDS.search(before))


def is_same(one: str, other: str, words: ToldFile) -> bool:
    """Whether two names mean one person: 'your dad' and 'your father'."""
    return one == other or (
        _group(one, words) is not None and _group(one, words) is _group(other, words)
    )


def _pronoun(who: str, words: ToldFile) -> Pronoun:
    group = _group(who, words)
    return group.pronoun if group else _ANY


def _group(who: str, words: ToldFile) -> People | None:
    name = who.removeprefix("your ")
    return next((group for group in words.people if name in group.names), None)


def _names(words: ToldFile) -> re.Pattern[str]:
    return _compiled(name_pattern(words))


def name_pattern(words: ToldFile) -> str:
    """An expression for 'my mum'; its group `name` is 'mum'."""
    return _pattern(tuple(name for group in words.people for name in group.names))


@lru_cache(maxsize=4)
def _pattern(names: Sequence[str]) -> str:
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return rf"\b(?:my|our)(?: [\w'-]+){{0,2}}? (?P<name>{listed})(?:'s)?\b(?!-)"


@lru_cache(maxsize=4)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
