"""The pinyin names of points as they are misheard and mistyped: 'hoo ku', 'wei zong', 'zusanlee'.

A name is spelled by its sound: consonants that English ears and recognisers confuse become one,
vowels are kept roughly. Words in which there is something that is not English may be near a name;
plain English words are a name only where a name is asked for ('where is way jong'), and only if
all consonants are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import jellyfish

from bot.text.ordinary_words import OrdinaryWords
from bot.understanding.mentions.names.standard_names import STANDARD_NAMES
from bot.understanding.mentions.names.word_sets import words as word_set
from bot.understanding.mentions.near_words import ends_with

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_MOST_WORDS = 4
# No name has half as many, however it is written.
_MOST_LETTERS = 40
_ASKED_FOR = re.compile(
    r"(?:\b(?:where(?:'?s| is)|what(?:'?s| is)|(?:what |how )?about|find|locate|press(?:ing)?|"
    r"points?|pronounce|called|named|show me|tell me(?: about)?|explain|massag(?:e|ing)|"
    r"rub|the point|or|and)\s+)$"
)
# Nothing but sounds of thinking, or what is no word.
_BEGINS = re.compile(r"^(?:\W|\b(?:u+m+|u+h+|e+r+m*|h+m+)\b)*$")
_ENDS = re.compile(r"\s*(?:$|[?!.,;]|(?:points?|please|located|myself|and|or|for)\b)")
_ALONE = re.compile(r"\s*(?:points?\b\W*)?(?:please\b\W*)?$")
# Words that are never part of a name, however much they sound like one.
_NEVER = word_set(
    "i you he she it we they my your his her its our their the a an this that these those is are "
    "was were be do does did has have had am can will would should could in on at to for of "
    "from with by about and or but not no yes if when where what how which there here so too very "
    "please thanks thank hello hi point points press pain hurt hurts one two three four five six "
    "seven eight nine ten left right"
)
_NEAR_VOWELS = {
    frozenset(pair)
    for pair in ("eo", "eu", "ea", "ei", "ou", "ao", "au", "aA", "eA", "iA", "aO", "oO")
}
# In this order. Capitals stand for sounds that are done.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"['\-]", ""),
        (r"igh", "A"),
        (r"^who$", "hu"),
        (r"wh|hw|(?<![csz])hu(?=[aeio])", "w"),
        (r"(?<=[aeiou][^aeiou\W])e$", ""),
        (r"([bcdfgklmnprst])\1", r"\1"),
        (r"tch|dzh|zh|ch|ts|tz|dz|dj|[jqz]", "J"),
        (r"sh|[xs]", "S"),
        (r"ck|[gkc]", "K"),
        (r"[bp]", "P"),
        (r"[dt]", "T"),
        (r"ph|[fv]", "F"),
        (r"h(?=[^aeiouyA]|$)", ""),
        (r"(?<=[aeou])r(?![aeiouy])", ""),
        (r"nK?(?=[JSKPTFmlrwhy]|$)|n", "N"),
        (r"iao|ao|ow|au", "O"),
        (r"u?ai|[aeo][iy]|uay|ui|(?<=[JSKPTFNw])ie?(?=$)(?<=ie)|(?<=w)y$", "A"),
        (r"ee|ea|y$", "i"),
        (r"oo|ew|ue|ou|oe$", "u"),
        (r"(?<=[JSKPTFhl])w|[iuy](?=[aeouAO])", ""),
        (r"y", ""),
        (r"([aeiou])[aeiou]", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiouAO]")


@dataclass(frozen=True)
class NameMention:
    """A name found in a text: where it stands, and whose it is."""

    start: int
    end: int
    code: str


@dataclass(frozen=True)
class _Name:
    code: str
    letters: str
    consonants: str
    vowels: str


class HeardNames:
    """Finds what sounds, or looks, like one of `names` (pairs of pinyin and code)."""

    def __init__(self, names: Iterable[tuple[str, str]], ordinary: OrdinaryWords) -> None:
        self._ordinary = ordinary
        self._by_consonants: dict[str, list[_Name]] = {}
        self._names: list[_Name] = []
        for pinyin, code in names:
            letters = re.sub(r"[^a-z]", "", pinyin.lower())
            name = _Name(code, letters, *_heard([_english(letters)]))
            self._names.append(name)
            self._by_consonants.setdefault(name.consonants, []).append(name)
        ours = {name.letters for name in self._names}
        self._others: dict[str, list[str]] = {}
        for letters in STANDARD_NAMES - ours:
            consonants, vowels = _heard([_english(letters)])
            self._others.setdefault(consonants, []).append(vowels)
        self._others_letters = STANDARD_NAMES - ours

    def find(self, text: str) -> list[NameMention]:
        """Names in `text` (small letters), in order, the longest where several begin."""
        words = list(_WORD.finditer(text))
        usable = [word[0] not in _NEVER and len(word[0]) > 1 for word in words]
        foreign = [ok and word[0] not in self._ordinary
                   for ok, word in zip(usable, words, strict=True)]  # fmt: skip
        found: list[NameMention] = []
        at = 0
        while at < len(words):
            count, code = self._name_at(text, words, usable, foreign, at)
            if code:
                last = words[at + count - 1]
                found.append(NameMention(words[at].start(), last.end(), code))
            at += count
        return found

    def _name_at(
        self,
        text: str,
        words: list[re.Match[str]],
        usable: list[bool],
        foreign: list[bool],
        at: int,
    ) -> tuple[int, str | None]:
        """The longest name that begins at word `at`: how many words it has, and whose it is."""
        most = 0
        while most < _MOST_WORDS and at + most < len(words) and usable[at + most]:
            most += 1
        for count in range(most, 0, -1):
            parts = [word[0] for word in words[at : at + count]]
            start, end = words[at].start(), words[at + count - 1].end()
            if not re.fullmatch(r"[a-z' \-]+", text[start:end]):
                continue
            code = None
            if any(foreign[at : at + count]):
                code = self._near(parts)
            elif count > 1 and _is_asked_for(text, start, end):
                code = self._sounds_like(parts, strict=True)
            if code:
                return count, code
        return 1, None

    def _near(self, parts: list[str]) -> str | None:
        letters = "".join(parts).replace("'", "")
        if letters in self._others_letters or not 4 <= len(letters) <= _MOST_LETTERS:
            return None
        return self._misspelt(letters) or self._sounds_like(parts, strict=False)

    def _misspelt(self, letters: str) -> str | None:
        if len(letters) < 5:
            return None
        ranked = sorted(
            (jellyfish.damerau_levenshtein_distance(letters, name.letters), name.code)
            for name in self._names
            if abs(len(name.letters) - len(letters)) < 3 and name.letters[0] == letters[0]
        )
        if not ranked or ranked[0][0] > (2 if len(letters) >= 9 else 1):
            return None
        best, code = ranked[0]
        if any(other == best and c != code for other, c in ranked):
            return None
        if any(
            jellyfish.damerau_levenshtein_distance(letters, other) <= best
            for other in self._others_letters
            if abs(len(other) - len(letters)) < 3
        ):
            return None
        return code

    def _sounds_like(self, parts: list[str], strict: bool) -> str | None:
        consonants, vowels = _heard(parts)
        ranked = sorted(
            (_apart(vowels, name.vowels), name.code)
            for name in self._by_consonants.get(consonants, ())
            if len(consonants) > 2 or name.vowels[-1:] == vowels[-1:]
        )
        # Few consonants are soon alike: 'haiku' is no Hegu.
        limit = 0.5 if strict or len(consonants) < 4 else 1.0
        if not ranked or ranked[0][0] > limit:
            return None
        best, code = ranked[0]
        if any(apart == best and c != code for apart, c in ranked):
            return None
        others = self._others.get(consonants, ())
        # Where another point's name is just as near, the one we teach is meant; not where it is the
        # very sound of the other.
        nearest = min((_apart(vowels, other) for other in others), default=9.0)
        return None if nearest == 0 or nearest < best else code


def _english(pinyin: str) -> str:
    """Pinyin 'c' is a 'ts' to English ears, and no 'k'."""
    return re.sub(r"c(?!h)", "ts", pinyin)


def _is_asked_for(text: str, start: int, end: int) -> bool:
    if ends_with(_ASKED_FOR, text, start):
        return bool(_ENDS.match(text, end))
    return bool(ends_with(_BEGINS, text, start)) and bool(_ALONE.match(text, end))


def sound_of(letters: str) -> str:
    """How English ears hear a word of pinyin or of English."""
    sound = letters
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound


def _heard(parts: Iterable[str]) -> tuple[str, str]:
    sound = "".join(sound_of(part) for part in parts)
    return _VOWELS.sub("", sound), "".join(_VOWELS.findall(sound))


def _apart(one: str, other: str) -> float:
    """How different two rows of vowels are; 9 where they are no match."""
    if len(one) != len(other):
        return 9.0
    apart = 0.0
    for a, b in zip(one, other, strict=True):
        if a != b:
            apart += 0.5 if frozenset((a, b)) in _NEAR_VOWELS else 2.0
    return apart
