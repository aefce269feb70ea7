"""Text made plain for matching, and word patterns a nurse can write.

A pattern is words separated by spaces. 'numb*' stands for any word that begins so, '...' for up to
four words in between, '(a|b_c)' for either 'a' or 'b c', '(a|b)?' for maybe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"(?:twenty|thirty|forty|fifty|sixty)(?: (?:one|two|three|four|five|six|seven|eight|nine))?)"
)
# The catalogue's own vocabulary holds body words: 'bladder 40' is a point, not a complaint.
_POINT_NAMES = re.compile(
    r"\b(?:urinary bladder|bladder|gall ?bladder|kidney|liver|spleen|stomach|lung|heart|"
    r"large intestine|small intestine|triple (?:warmer|energi[sz]er|burner)|"
    r"(?:governing|governor) vessel)"
    rf" (?:(?:point|number|no) )*(?:{_NUMBER}\b(?! (?:times?|days?|weeks?|hours?|months?|nights?))"
    r"|meridians?\b|channels?\b|lines?\b|transporter\b|shu\b|points?\b)"
    r"|\b(?:sea of (?:blood|vitality)|gate of (?:life|vitality|completion)|womb and vitals|"
    r"great (?:vertebra|hammer)|shoulder well|wind pool|kidney shu)\b"
)


def plain(text: str) -> str:
    """Lower case, no accents or apostrophes, single spaces; sentence ends become ' . '."""
    text = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("‘", "'"))
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"(?<=\w)'(?=\w)|`", "", text)
    text = re.sub(r"(?<=\d)[.,](?=\d)", "_", text)
    text = re.sub(r"[.!?;:\n\r]+|\s-+\s", " . ", text)
    text = re.sub(r",+", " , ", text)
    text = re.sub(r"[^\w\s.,]", " ", text)
    text = re.sub(r"\s+", " ", text).strip()
    return _POINT_NAMES.sub(lambda match: "point" + " x" * (match[0].count(" ")), text)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the plain text and where it begins there."""

    text: str
    start: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a plain text."""
    found, position = [], 0
    for part in text.split(" . "):
        if part.strip(" ."):
            found.append(Sentence(part, position))
        position += len(part) + 3
    return found


def compile_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that finds any of the patterns; the longest is tried first."""
    ordered = sorted({pattern.strip() for pattern in patterns}, key=len, reverse=True)
    return re.compile("|".join(_expression(pattern) for pattern in ordered) or r"(?!)")


class Vocabulary:
    """Named lists of patterns, and a quick way to tell which could be in a sentence at all.

    Each pattern is filed under one of its words, so that a long text costs little where nothing
    alarming is said.
    """

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        self._compiled = {name: compile_patterns(patterns) for name, patterns in named.items()}
        self._by_word: dict[str, set[str]] = {}
        self._by_beginning: dict[str, set[tuple[str, str]]] = {}
        self._always: set[str] = set()
        for name, patterns in named.items():
            for pattern in patterns:
                self._file(name, pattern)

    def possible(self, sentence: str) -> set[str]:
        """Names that may have a match in this sentence; all others have none."""
        names = set(self._always)
        for word in set(sentence.split()):
            names |= self._by_word.get(word, set())
            for beginning, name in self._by_beginning.get(word[:3], ()):
                if word.startswith(beginning):
                    names.add(name)
        return names

    def find(self, name: str, sentence: str) -> Iterator[tuple[int, int]]:
        """Where the patterns of `name` stand in the sentence."""
        for match in self._compiled[name].finditer(sentence):
            yield match.span()

    def _file(self, name: str, pattern: str) -> None:
        words = pattern.lower().replace("'", "").split()
        whole = [word for word in words if word.isalnum()]
        beginnings = [word[:-1] for word in words if word.endswith("*") and len(word) > 3]
        beginnings = [word for word in beginnings if word.isalnum()]
        if whole:
            self._by_word.setdefault(max(whole, key=len), set()).add(name)
        elif beginnings:
            beginning = max(beginnings, key=len)
            self._by_beginning.setdefault(beginning[:3], set()).add((beginning, name))
        else:
            self._always.add(name)


def _expression(pattern: str) -> str:
    out = []
    for word in pattern.lower().replace("'", "").split():
        if word == "...":
            out.append(r"(?:[\w,]+ ){0,4}?")
        elif word.startswith("("):
            inner, _, suffix = word[1:].partition(")")
            body = "(?:" + inner.replace("_", " ").replace("*", r"\w*") + ")"
            out.append(
                f"(?:{body} )?" if suffix == "?" else body + suffix.replace("*", r"\w*") + " "
            )
        else:
            out.append(re.escape(word).replace(r"\*", r"\w*") + " ")
    expression = "".join(out)
    expression = expression[:-1] if expression.endswith(" ") else expression
    return rf"(?<!\w){expression}(?!\w)"
