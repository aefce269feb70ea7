"""Finding point codes in typed and spoken text: 'LI-4', 'UB 23', 'el eye four', 'bladder forty'.

Only codes that the catalogue knows are found, so that 'vitamin b 12' or 'stomach two' stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import jellyfish

from bot.understanding.mentions.corrections import CORRECTS
from bot.understanding.mentions.names.heard_numbers import NumberReading, readings
from bot.understanding.mentions.names.letter_names import NAMES, Prefix, Sort, prefixes
from bot.understanding.mentions.names.numbered_lines import numbered_lines
from bot.understanding.mentions.near_words import ends_with

_WORDS = re.compile(r"[a-z]+|\d+o?(?![a-z])|\d+", re.IGNORECASE)
_FILLERS = re.compile(r"u+m+|u+h+|e+r+m*|h+m+")
_BEFORE_NUMBER = frozenset({"point", "number", "no", "dash", "minus", "hyphen"})
_SAID_WHILE_THINKING = re.compile(r"\b(?:u+m+|u+h+|e+r+m*|h+m+)\b", re.IGNORECASE)
_GAP = re.compile(r"[\s.\-:_#()]*")
# What is counted after a number makes it no point: 'lie down for ten minutes'.
_COUNTED = re.compile(
    r"\s*(?:%|x\b|(?:more |or \w+ )?(?:times?|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|"
    r"weeks?|wks?|months?|years?|yrs?|nights?|reps?|rounds?|pm|am|o'?clock|per\s?cent|people|kids|"
    r"children|fingers?|inch(?:es)?|cm|mm|cun|feet|miles?|km|kg|pounds|mg|ml|cups?|glasses)\b|"
    r"[.,:]\d)",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:\b(?:points?|press(?:ing)?|find|locate|massag(?:e|ing)|rub|stimulate|called|named|"
    r"where(?: is|s|'s)|location of|press for|looking for)\s+|"
    r"^(?:\W|\b(?:u+m+|u+h+|e+r+m*|h+m+)\b)*)$",
    re.IGNORECASE,
)
# 'will you be forty', 'my lover three': these words are followed by ordinary ones.
_ORDINARY_NEXT = re.compile(
    r"\b(?:will|would|should|shall|could|can|may|must|might|to|'ll|if|when|are)\s*$", re.IGNORECASE
)
_MORE = re.compile(
    r"\s*(?:,|/|&|\+|,?\s*\b(?:and|or|versus|vs\.?|plus|then)\b)\s*(?:also\s+)?", re.IGNORECASE
)
_OLD_BLADDER = frozenset({"b", "bee", "be", "bladder"})
_SINGLE = frozenset({"l", "b", "be", "bee", "g"})
_MOST_PREFIX_WORDS = 3


def counts_something(text: str, start: int, end: int) -> bool:
    """Whether `start`..`end` ends in a number of minutes, times or years, as 'liver 3 times' does.

    In 'LI4 times' nothing is counted: the number belongs to the letters before it.
    """
    last = text[start:end].split()[-1:]
    return (
        bool(last)
        and " " in text[start:end]
        and bool(readings(last))
        and bool(_COUNTED.match(text, end))
    )


def number_goes_on(text: str, start: int, end: int) -> bool:
    """Whether the number that `start`..`end` ends in is only the beginning of one.

    'Bladder sixty' of 'bladder sixty seven' is; of 'bladder sixty two minutes' it is not.
    """
    last = text[start:end].split()[-1:]
    following = re.match(r"[ -]([a-z]+)\b", text[end:])
    if not (last and following and not last[0].isdigit()):
        return False
    longer = readings([*last[0].split("-"), following[1]])
    whole = [one for one in longer if one.sure and one.words > len(last[0].split("-"))]
    return bool(whole) and not _COUNTED.match(text, end + following.end())


@dataclass(frozen=True)
class CodeMention:
    """A code found in a text: where it stands, and which point it names."""

    start: int
    end: int
    code: str


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Code:
    """A code that may not exist: 'gb thirteen', before it is corrected to thirty."""

    meridian: str
    code: str | None
    start: int
    end: int
    next_word: int


class PointCodes:
    """Finds the codes of the points `known` in any spelling.

    `aliases` holds codes of other schools and books, e.g. {'B47': 'BL52'}; they win over the
    WHO reading where the prefix is one that only those books use ('B', 'bladder', 'L').
    """

    def __init__(self, known: frozenset[str], aliases: dict[str, str] | None = None) -> None:
        self._known = known
        self._aliases = aliases or {}
        self._prefixes = prefixes()
        self._first_words = frozenset([*(p.split()[0] for p in self._prefixes), *_SINGLE])
        self._sounds = {
            jellyfish.metaphone(name): (meridian, name)
            for meridian, names in NAMES.items()
            for name in names
            if len(name) > 4 and " " not in name
        }

    def find(self, text: str) -> list[CodeMention]:
        """All codes in `text`, in order."""
        words = [
            _Word(match[0].lower(), match.start(), match.end())
            for match in _WORDS.finditer(text)
            if not _FILLERS.fullmatch(match[0].lower())
        ]
        found = [CodeMention(*told) for told in numbered_lines(text) if told[2] in self._known]
        words = [w for w in words if not any(one.start <= w.start < one.end for one in found)]
        return sorted([*found, *self._spelled(text, words)], key=lambda one: one.start)

    def _spelled(self, text: str, words: list[_Word]) -> list[CodeMention]:
        """The codes that begin with letters or the name of a meridian."""
        found: list[CodeMention] = []
        at = 0
        while at < len(words):
            code = self._code_at(text, words, at, found[-1].end if found else None)
            if code is None:
                at += 1
                continue
            for one in self._with_more(text, words, code):
                at = one.next_word
                if one.code:
                    found.append(CodeMention(one.start, one.end, one.code))
        return found

    def _code_at(
        self, text: str, words: list[_Word], at: int, last_end: int | None
    ) -> _Code | None:
        first = words[at]
        if first.start and (text[first.start - 1].isalnum() or text[first.start - 1] in "'_"):
            return None
        if first.text in self._first_words:
            for count in range(_MOST_PREFIX_WORDS, 0, -1):
                said = " ".join(word.text for word in words[at : at + count])
                prefix = self._prefixes.get(said)
                code = None
                if len(words) > at + count and (prefix or said in _SINGLE):
                    code = self._numbered(text, words, at, count, said, prefix, last_end)
                if code:
                    return code
        elif len(first.text) > 3 and at + 1 < len(words):
            sound = self._sounds.get(jellyfish.metaphone(first.text))
            if (
                sound
                and ends_with(_NAMING, text, first.start)
                and jellyfish.damerau_levenshtein_distance(first.text, sound[1]) <= 2
            ):
                return self._numbered(text, words, at, 1, sound[1], (sound[0], Sort.NAME), None)
        return None

    def _numbered(
        self,
        text: str,
        words: list[_Word],
        at: int,
        count: int,
        said: str,
        prefix: Prefix | None,
        last_end: int | None,
    ) -> _Code | None:
        """The code of a prefix and the number that follows it."""
        number_at = at + count
        while number_at < len(words) - 1 and words[number_at].text in _BEFORE_NUMBER:
            number_at += 1
        meridian, sort = prefix or ("", Sort.NAME)
        if not self._joined(text, words, at, number_at, comma=sort is Sort.SPELLED):
            return None
        start = words[at].start
        named = bool(ends_with(_NAMING, text, start))
        if sort is Sort.WORD and not named:
            between = "" if last_end is None else text[last_end:start]
            if not (_MORE.fullmatch(between) or CORRECTS.fullmatch(between)):
                return None
        if said.split()[0] in {"be", "you"} and ends_with(_ORDINARY_NEXT, text, start):
            return None
        glued = words[number_at].start == words[number_at - 1].end
        unknown = None
        for reading in readings([word.text for word in words[number_at : number_at + 3]]):
            last = number_at + reading.words - 1
            end = words[last].end
            if not (reading.sure or sort is Sort.SPELLED or (named and not reading.mostly_words)):
                continue
            if end < len(text) and (text[end].isalnum() or text[end] == "_"):
                continue
            if not self._joined(text, words, number_at, last) or (
                not glued and _COUNTED.match(text, end)
            ):
                continue
            code = self._code(said, meridian, reading, words[number_at].text[0].isdigit())
            one = _Code(meridian, code, words[at].start, end, last + 1)
            if code:
                return one
            unknown = unknown or (one if sort is Sort.SPELLED else None)
            if reading.sure and reading.words > 1:
                break  # 'bladder sixty seven' is no 'bladder sixty'
        return unknown

    def _with_more(self, text: str, words: list[_Word], code: _Code) -> Iterator[_Code]:
        """The code, corrected ('gb 13, i mean 30'), and those that share its letters ('and 21')."""
        while True:
            corrects = CORRECTS.match(text, code.end)
            more = corrects or _MORE.match(text, code.end)
            following = self._same_letters(text, words, code, more.end()) if more else None
            if following is None:
                yield code
                return
            if corrects:
                code = _Code(
                    code.meridian, following.code, code.start, following.end, following.next_word
                )
            else:
                yield code
                code = following

    def _same_letters(self, text: str, words: list[_Word], code: _Code, start: int) -> _Code | None:
        at = next((n for n in range(code.next_word, len(words)) if words[n].start >= start), None)
        if at is None or text[start : words[at].start].strip():
            return None
        for reading in readings([word.text for word in words[at : at + 3]]):
            last = at + reading.words - 1
            end = words[last].end
            wanted = f"{code.meridian}{reading.value}"
            if (
                reading.sure
                and wanted in self._known
                and self._joined(text, words, at, last)
                and not text[end : end + 1].isalnum()
                and not _COUNTED.match(text, end)
            ):
                return _Code(code.meridian, wanted, words[at].start, end, last + 1)
        return None

    @staticmethod
    def _joined(text: str, words: list[_Word], first: int, last: int, comma: bool = False) -> bool:
        """Whether only spaces, dots, hyphens and fillers lie between two words."""
        for one, other in zip(words[first:last], words[first + 1 : last + 1], strict=False):
            between = text[one.end : other.start]
            plain = _SAID_WHILE_THINKING.sub("", between)
            if not _GAP.fullmatch(plain.replace(",", "") if comma or plain != between else plain):
                return False
        return True

    def _code(self, said: str, meridian: str, reading: NumberReading, digits: bool) -> str | None:
        number = reading.value
        # 'be forty' and 'g twenty' are words more often than codes.
        if said in {"be", "g", "kid", "l"} and not digits:
            return None
        if said == "l":
            return self._aliases.get(f"L{number}")
        if said in _OLD_BLADDER and f"B{number}" in self._aliases:
            return self._aliases[f"B{number}"]
        code = f"{'GB' if said == 'g' else meridian}{number}"
        return code if code in self._known else None
