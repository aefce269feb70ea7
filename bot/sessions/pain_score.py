"""How strong the pain is, from 0 to 10, as people answer that question."""

from __future__ import annotations

import math
import re

from bot.knowledge.schema.sessions import SessionsFile
from bot.text.number_words import number_words
from bot.text.phrases import found, normalised, phrase_forms

MOST = 10

_NUMBERS = {"zero": 0, "nought": 0, **number_words(), "hundred": 100, "thousand": 1000}
_IN_WORDS = re.compile(
    rf"(?<![\w'-])(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?![\w'])"
)
_DIGITS = re.compile(r"(?<![\w.])(?:minus )?-?\d+(?:\.\d+)?(?![\w.]*\w)")
_OUT_OF = re.compile(r"\s*(?:/|out of|of|over|on a scale of)\s*(?:ten|10)\b")
_SCALE = re.compile(r"\b(?:from|between)?\s*(?:0|zero|1|one) (?:to|and) (?:10|ten)\b")
_HALF = re.compile(r" and a half\b")
# 'one' and 'a' are also ordinary words: 'the left one'.
_NO_NUMBER = re.compile(r"\b(?:this|that|which|next|last|other|first|left|right|the|no) one\b")
_OTHER_UNITS = re.compile(
    r"[\d.]+\s*-?(?:s|secs?|seconds?|mins?|minutes?|h|hours?|days?|weeks?|months?|years?|times|points?"
    r"|steps?|rounds?)\b"
)
_RANGE = re.compile(r"(?<!from )\b\d\s*(?:to|or|-|maybe)\s*(?=\d)")
_SHORTEST_IN_A_SENTENCE = 5


class OutOfRange(Exception):
    """Raised for a number that is not from 0 to 10."""


def pain_score(text: str, words: SessionsFile) -> int | None:
    """The number in an answer, or None if there is none.

    Of a range the higher end counts, of a story ('it was eight, now three') what is said of now,
    else what comes last. Half numbers are rounded up: careful is better.

    Raises:
        OutOfRange: there is a number, and it is not from 0 to 10.
    """
    said = _OUT_OF.sub(" ", _SCALE.sub(" ", normalised(text)))
    said = _HALF.sub(".5", _in_digits(_NO_NUMBER.sub(" ", said)))
    said = _OTHER_UNITS.sub(" ", re.sub(r"\s+\.5", ".5", said)).replace("ish", " ")
    _, now, after = said.partition("now")
    part = after if now and _DIGITS.search(after) else said
    numbers = [float(n.replace("minus ", "-")) for n in _DIGITS.findall(_RANGE.sub(_both, part))]
    if not numbers:
        return _in_other_words(text, words)
    score = max(numbers) if _RANGE.search(part) else numbers[-1]
    if not 0 <= score <= MOST:
        raise OutOfRange
    return math.ceil(score)


def _both(range_: re.Match[str]) -> str:
    return f"{range_[0][0]} or "


def _in_digits(said: str) -> str:
    return _IN_WORDS.sub(lambda word: str(_NUMBERS[word[0]]), said)


def _in_other_words(text: str, words: SessionsFile) -> int | None:
    """'terrible', 'no pain at all'. Short words count only as the whole answer."""
    wholes = {re.sub(r"^(?:it'?s |it is |about |a |an |like |just |only )+", "", w)
              for w in phrase_forms(text)} | set(phrase_forms(text))  # fmt: skip
    for entry in words.pain_words:
        if wholes & set(entry.words):
            return int(entry.score)
    scores = {w: e.score for e in words.pain_words for w in e.words
              if len(w) >= _SHORTEST_IN_A_SENTENCE}  # fmt: skip
    hits = found(normalised(text), scores)
    return int(scores[hits[0][0]]) if hits else None
