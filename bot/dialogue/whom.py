"""Who is meant in a message: for whom it asks, and whom 'my mum' and 'she' name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.dialogue.persons import SELF, SOMEBODY, Persons
from bot.knowledge.schema.told import People, Pronoun, ToldFile
from bot.text.kin import bare_kin
from bot.text.phrases import ASKING, found, normalised

# It is unclear for whom a message asks: two are named, or one who is only mentioned.
UNCLEAR = "?"
_PRONOUNS = {
    Pronoun.SHE: re.compile(r"\b(?:she|she's|shes|her|hers|herself)\b"),
    Pronoun.HE: re.compile(r"\b(?:he|he's|hes|him|his|himself)\b"),
}
_FOR_ONE = re.compile(
    r"\b(?:for|on|about|to use on|back to|and|what about|how about) (?P<one>her|him|she|he)\b"
    r"|\b(?:for|on|about) (?P<her>her|his) \w+|\blet (?P<let>her|him)\b"
    r"|\b(?:what|which|where|how)\b(?: \w+){0,3} (?:can|could|should|may|might) (?P<asks>he|she)"
    r" (?:press|do|try|use|rub|massage)\b"
    r"|\b(?:can|could|should|may|might|does) (?P<can>he|she) (?:(?:also|just|still|even) )?"
    r"(?:press|do|try|use|rub|massage|have|take|need|sleep|lie)\b(?!.*\b(?:me|my)\b)"
)
_PARTS = (
    r"(?:back|neck|shoulders?|hips?|sciatica|spine|buttocks?|bum|lumbago|pain|ache|knees?|legs?|"
    r"hands?)"
)
# 'And for me?', 'what about me', 'my own neck', 'on myself', 'mine is the lower back'.
_FOR_ME = re.compile(
    r"\b(?:for|on|about|back to) (?:me|mine|myself)\b(?! (?:and|or) (?:my|her|him)\b)"
    r"|^(?:and|but|or|now|so|ok|okay|then|what about|how about)(?: and)? (?:me|i|myself)(?: too)?"
    r"(?:$| \w)"
    r"|\bmy own (?!child|kid|daughter|son|mother|father|mum|mom|dad)\w+|\bmyself\b"
    rf"|\bas for (?:me|my {_PARTS})\b|\bmy turn\b|\bme (?:now|this time)\b"
    r"|\bi (?:really |just |only )?(?:mean|meant|am talking about|was talking about) (?:me|mine)\b"
    r"|\bi'?m (?:not )?the one (?:with|who)\b|\bi am (?:not )?the one (?:with|who)\b"
    r"|^(?:(?:and|but|now|so|ok|okay|what about|how about) )*mine\b"
    r"|(?<!of )(?<!not )\bmine (?:is|are|hurts?|aches?|feels?|has|started|comes?|'s)\b"
    rf"|\b(?:what|how) about my (?:\w+ )?{_PARTS}\b"
)
# 'My back hurts', 'I've got sciatica': told after somebody else's, it turns to oneself.
_MY_TROUBLE = re.compile(
    r"\bmy (?:(?:lower|upper|left|right|bad|poor|sore|stiff|old|lumbar) )*"
    r"(?:back|neck|shoulders?|hips?|sciatica|spine)\b"
    r"|\b(?:i've|ive|i have|i get|i got|i suffer|i'm having)(?: (?!to\b)[\w'-]+){0,5}? "
    r"(?:sciatica|\w*ache|pains?|stiff|stiffness|lumbago|(?:bad|sore|stiff) (?:back|neck))\b"
    r"|\bi (?:ache|hurt)\b|\bi'?m (?:\w+ )?(?:aching|stiff|sore)\b"
)
# 'I asked the pharmacist and she says': she is not the one who wants to press.
_SAYING = re.compile(
    r"\b(?:and |but |so )?(?:she|he|shes|hes|she's|he's)(?: (?:also|just|really))? "
    r"(?:says?|said|told|tells|thinks|reckons|agree[sd]?|is|was|did|does|has|had|would|looked|asked)\b"
)
_NOT_FOR = (
    r"\b(?:(?:not|never mind|nevermind|forget|leave out|apart from)(?: (?:for|on|about))*) "
    r"(?:her|him|them|me|myself|mine|(?:my )?(?:NAMES)(?:'s)?)\b"
)
# 'Can you do something for me': this does not say who wants to press.
_SERVICE = re.compile(
    r"\b(?:find|look|look up|show|list|get|tell|explain|read|repeat|spell|write|do|check|make|say|"
    r"put|press|pressing|presses|here|there|work|worked|works)\b(?: \w+){0,4} for me\b"
    r"|\b(?:by|all by|i live by) myself\b|\bsee for myself\b"
)


def person_named(text: str, words: ToldFile) -> list[str]:
    """Everybody named as 'my mum' or as 'mum', in order: 'your mum'.

    Args:
        text: as `plain` gives it.
    """
    return [who for _, _, who in _named_in(text, words)]


def _named_in(text: str, words: ToldFile) -> list[tuple[int, int, str]]:
    """Where somebody is named, and who."""
    named = [(*hit.span(), f"your {hit['name']}") for hit in _names(words).finditer(text)]
    bare = [(start, start + length, f"your {name}") for start, length, name in bare_kin(text)]
    free = [each for each in bare if not any(n[0] <= each[0] < n[1] for n in named)]
    return sorted(named + free)


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

    What a question of it says counts before what is only told beside it, and what is said last
    before what is said first.

    Args:
        text: the message as it was written.
        is_for_me: whether a short message says that it is for oneself.

    Returns:
        SELF, 'your mum', UNCLEAR, or None where it does not say.
    """
    if is_for_me:
        return SELF
    sentences = [each for each in _SENTENCES.split(text) if each.strip()]
    asking = [_asks(each) for each in sentences]
    said = [_said_in(normalised(each), persons, words) for each in sentences]
    both = zip(said, asking, strict=True)
    asked = {who for who, is_asked in both if who is not None and is_asked}
    if len(asked) > 1:
        return UNCLEAR
    clear = next((who for who in reversed(said) if who is not None), None)
    if clear is not None:
        return next(iter(asked), clear)
    troubled = _told_of_oneself(sentences, persons, words)
    rest = [each for each, is_asked in zip(sentences, asking, strict=True) if is_asked]
    if persons.asks_for != SELF:
        rest = [] if troubled else sentences
    spoken_of = {who for each in rest for who in _spoken_of(normalised(each), persons, words)}
    has_told = {told.who for told in persons.told} - {SELF, persons.asks_for}
    if spoken_of & has_told:
        return UNCLEAR
    return SELF if troubled else None


_SENTENCES = re.compile(r"(?<=[.!?;:])\s+|\n+")
_ASKS = re.compile(
    rf"\?\s*$|^\W*(?:(?:and|but|so|ok|okay|then|please|right|well|now|no|fine|yes)\W+)*"
    rf"(?:{ASKING}|show|tell|give|guide|help|explain|find|list)\b",
    re.IGNORECASE,
)


def asking_in(text: str) -> list[str]:
    """The sentences of a message that ask or tell to do something."""
    return [each for each in _SENTENCES.split(text) if _asks(each)]


def _asks(sentence: str) -> bool:
    return bool(_ASKS.search(sentence))


def _said_in(text: str, persons: Persons, words: ToldFile) -> str | None:
    """For whom one sentence says that it asks."""
    text = _not_for(words).sub(" ", text)
    if found(text, words.clinicians) and not person_named(text, words):
        text = _SAYING.sub(" ", text)
    me = bool(_FOR_ME.search(_SERVICE.sub(" ", text)))
    named = [who for start, end, who in _named_in(text, words) if _is_for(text[:start], text[end:])]
    one = _FOR_ONE.search(text)
    if one:
        named.append(resolved(SOMEBODY, _of_one(one), persons, words))
    if me and named:
        return UNCLEAR
    if me:
        return SELF
    return resolved(named[-1], text, persons, words) if named else None


def _of_one(hit: re.Match[str]) -> str:
    return str(hit["one"] or hit["her"] or hit["asks"] or hit["can"] or hit["let"])


def _told_of_oneself(sentences: Sequence[str], persons: Persons, words: ToldFile) -> bool:
    """Whether somebody who spoke of others before tells now of a back of their own."""
    if not persons.met:
        return False
    said = [normalised(each) for each in sentences]
    own = [each for each in said if _MY_TROUBLE.search(each)]
    return any(not _spoken_of(each, persons, words) for each in own)


def _spoken_of(text: str, persons: Persons, words: ToldFile) -> set[str]:
    """Everybody who is named or meant in a sentence, but a doctor who says something."""
    if found(text, words.clinicians) and not person_named(text, words):
        text = _SAYING.sub(" ", text)
    spoken_of = {resolved(who, text, persons, words) for who in person_named(text, words)}
    if any(pattern.search(text) for pattern in _PRONOUNS.values()):
        spoken_of.add(resolved(SOMEBODY, text, persons, words))
    return spoken_of


_FOR_WORDS = re.compile(
    r"\b(?:for|on|about|back to|behalf of|(?:start|begin|go on|carry on) with|"
    r"(?:can|could|may|might|should|shall)) $"
)
# 'My wife again: show me how to press', 'now my wife'.
_TURNS_TO = re.compile(r"^(?:(?:ok|okay|so|now|and|right|well|no|sorry|then|but|first) )*$")
_AGAIN = re.compile(r"^ (?:again|now|then|first|next|instead|please)\b")
_ANY = Pronoun.THEY


def _is_for(before: str, after: str) -> bool:
    if _TURNS_TO.search(before) and (_AGAIN.search(after) or not after.strip()):
        return True
    return bool(_FOR_WORDS.search(before))


def is_same(one: str, other: str, words: ToldFile) -> bool:
    """Whether two names mean one person: 'your dad' and 'your father'."""
    return one == other or (
        _group(one, words) is not None and _group(one, words) is _group(other, words)
    )


_GRANDMOTHERS = frozenset({"grandmother", "gran"})


def is_man_or_grandmother(who: str, words: ToldFile) -> bool:
    """Whether 'your dad' or 'your nan' names somebody whom no pregnancy concerns."""
    group = _group(who, words)
    return group is not None and (
        group.pronoun is Pronoun.HE or bool(_GRANDMOTHERS & {*group.names})
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


def _not_for(words: ToldFile) -> re.Pattern[str]:
    names = sorted((re.escape(name) for group in words.people for name in group.names), key=len)
    return _compiled(_NOT_FOR.replace("NAMES", "|".join(reversed(names))))


@lru_cache(maxsize=4)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
