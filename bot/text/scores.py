"""Pain from 0 to 10, as people say it: '7 out of 10', 'it's a six', 'went from 3 to 5'.

How much is believed depends on what was asked: `scores_told` reads any message,
`score_in_passing` a short part of an answer to another question, `score_answered` the answer to
"how strong is it?".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from bot.text.number_words import ONES, number_words
from bot.text.phrases import found, normalised, phrase_forms

MOST = 10

_VALUES = {"zero": 0, "nought": 0, **number_words(), "hundred": 100, "thousand": 1000}


def _of_ten(*more: str) -> str:
    """The expression for what follows a score; each reader takes other words for 'out of'."""
    return rf"\s*(?:{'|'.join(('/', 'out of', 'over', *more))})\s*(?:10|ten)\b"


def _value(number: str) -> float:
    return float(_VALUES[number] if number in _VALUES else number.replace(",", "."))


# What any message tells.
_SMALL = "|".join(("zero", "nought", *ONES[:10]))
_WHOLE = rf"10|\d|{_SMALL}"
_NUMBER = rf"(?P<score>10|\d(?:[.,]5)?|{_SMALL})"
_OUT_OF_TEN = re.compile(rf"\b{_NUMBER}{_of_ten('von')}")
_PAIN_IS = re.compile(
    r"\b(?:pain|ache|back|it|level|score)(?:'?s| is| was| went| goes| has gone| now| level| score|"
    r" feels| at| up| down| to| around| about| of| like| maybe| only| still| an?| already| from)"
    r"{1,5} "
    rf"{_NUMBER}(?: now| today| again| already)?(?=[.,!?;]|$| (?:and|but|now|so|compared))"
)
_FROM_TO = re.compile(
    rf"\b(?:from|was) (?:an? |about )?(?P<before>{_WHOLE})"
    r"(?:/10| out of (?:10|ten))?(?: (?:yesterday|before|earlier|at first|this morning|last night|"
    r"last week|an hour ago))?,? ?(?:and |but )?(?:to|now|up to|down to|today)(?: it'?s| its| is)? "
    r"(?:only |more like |about |maybe )*(?:an? )?"
    rf"(?P<after>{_WHOLE})\b"
)
# 'It was 4 before and 6 after', 'before 3, after 5'.
_BEFORE_AFTER = re.compile(
    rf"\b(?:(?:was |is |an? )*(?P<one>{_WHOLE})(?:/10| out of (?:10|ten))? "
    r"(?:before|earlier|at first|beforehand)|(?:before|earlier|at first):?(?: it was)?(?: an?)? "
    rf"(?P<two>{_WHOLE}))(?: \w+){{0,2}}?,?(?: and| but| then)*(?: it'?s| is| now|"
    rf" an?| after| about)* (?P<after>{_WHOLE})(?:/10| out of (?:10|ten))?"
    r"(?= (?:now|after|afterwards|today)\b|$|[.,!?])"
)
_NO_SCORE = re.compile(
    r"\b(?:bl|li|gb|st|sp|lr|te|kd|ki|lu|si|pc|gv|cv)\s?\d|\d ?(?:am|pm|:|minutes?|mins?|days?|"
    r"weeks?|months?|years?|hours?|times?|o'?clock)\b"
)


def scores_told(text: str) -> list[float]:
    """The scores that a message tells, 0 to 10, in the order of time: the last one is now's."""
    plain = " ".join(text.lower().replace("’", "'").split())
    moved = _FROM_TO.search(plain)
    if moved and not _NO_SCORE.search(moved.group()):
        return [_value(moved["before"]), _value(moved["after"])]
    both = _BEFORE_AFTER.search(plain)
    if both and not _NO_SCORE.search(both.group()):
        return [_value(both["one"] or both["two"]), _value(both["after"])]
    matches = {match.start("score"): match for match in _OUT_OF_TEN.finditer(plain)}
    for match in _PAIN_IS.finditer(plain):
        if not _NO_SCORE.search(plain[match.start() : match.end() + 8]):
            matches.setdefault(match.start("score"), match)
    values = [_value(matches[place]["score"]) for place in sorted(matches)]
    return [value for value in values if value <= MOST]


# What is told along with the answer to another question.
_UP_TO_99 = rf"(?P<score>\d{{1,2}}|{'|'.join(number_words())})"
_PASSING = re.compile(rf"(?<![\w.]){_UP_TO_99}{_of_ten('of')}")
# 'It's a 4 now', unasked.
_PASSING_NOW = re.compile(
    rf"^(?:now )?(?:it's|its|it is|i'd say|pain is|the pain is) (?:now )?(?:a |an |at )?"
    rf"{_UP_TO_99}(?: now| today| right now| at the moment)$"
)


def score_in_passing(part: str) -> float | None:
    """The number in a part of an answer that was not about the score; it may be above 10.

    Args:
        part: a short part of a message, normalised.
    """
    match = _PASSING.search(part) or _PASSING_NOW.search(part)
    return _value(match["score"]) if match else None


# What is answered when we ask for it.
_IN_WORDS = re.compile(
    rf"(?<![\w'-])(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))})(?![\w'])"
)
_DIGITS = re.compile(r"(?<![\w.])(?:minus )?-?\d+(?:\.\d+)?(?![\w.]*\w)")
_ASKED_OF_TEN = re.compile(_of_ten("of", "on a scale of"))
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


class ScoreOutOfRange(Exception):
    """Raised for a number that is not from 0 to 10."""


def score_answered(text: str, words: Mapping[str, int]) -> int | None:
    """The number in an answer to our question, or None if there is none.

    Of a range the higher end counts, of a story ('it was eight, now three') what is said of now,
    else what comes last. Half numbers are rounded up: careful is better.

    Args:
        words: other words that mean a number, such as 'terrible'.

    Raises:
        ScoreOutOfRange: there is a number, and it is not from 0 to 10.
    """
    said = _ASKED_OF_TEN.sub(" ", _SCALE.sub(" ", normalised(text)))
    said = _HALF.sub(".5", _in_digits(_NO_NUMBER.sub(" ", said)))
    said = _OTHER_UNITS.sub(" ", re.sub(r"\s+\.5", ".5", said)).replace("ish", " ")
    _, now, after = said.partition("now")
    part = after if now and _DIGITS.search(after) else said
    numbers = [float(n.replace("minus ", "-")) for n in _DIGITS.findall(_RANGE.sub(_both, part))]
    if not numbers:
        return _in_other_words(text, words)
    score = max(numbers) if _RANGE.search(part) else numbers[-1]
    if not 0 <= score <= MOST:
        raise ScoreOutOfRange
    return math.ceil(score)


def _both(range_: re.Match[str]) -> str:
    return f"{range_[0][0]} or "


def _in_digits(said: str) -> str:
    return _IN_WORDS.sub(lambda word: str(_VALUES[word[0]]), said)


def _in_other_words(text: str, words: Mapping[str, int]) -> int | None:
    """'terrible', 'no pain at all'. Short words count only as the whole answer."""
    wholes = {re.sub(r"^(?:it'?s |it is |about |a |an |like |just |only )+", "", w)
              for w in phrase_forms(text)} | set(phrase_forms(text))  # fmt: skip
    for word, score in words.items():
        if word in wholes:
            return score
    hits = found(normalised(text), [word for word in words if len(word) >= _SHORTEST_IN_A_SENTENCE])
    return words[hits[0][0]] if hits else None
