"""Pain from 0 to 10, as people say it: 'it's a six', '7/10', 'went from 3 to 5'."""

from __future__ import annotations

import re

from bot.text.number_words import ONES

_WORDS = {"zero": 0, "nought": 0, **{word: n for n, word in enumerate(ONES[:10], 1)}}
_NUMBER = rf"(?P<score>10|\d(?:[.,]5)?|{'|'.join(_WORDS)})"
_OUT_OF_TEN = re.compile(rf"\b{_NUMBER} ?(?:/|out of|over|von) ?(?:10|ten)\b")
_PAIN_IS = re.compile(
    r"\b(?:pain|ache|back|it|level|score)(?:'?s| is| was| went| goes| has gone| now| level| score|"
    r" feels| at| up| down| to| around| about| of| like| maybe| only| still| an?| already| from)"
    r"{1,5} "
    rf"{_NUMBER}(?: now| today| again| already)?(?=[.,!?;]|$| (?:and|but|now|so|compared))"
)
_FROM_TO = re.compile(
    rf"\b(?:from|was) (?:an? |about )?(?P<before>10|\d|{'|'.join(_WORDS)})"
    r"(?:/10| out of (?:10|ten))?(?: (?:yesterday|before|earlier|at first|this morning|last night|"
    r"last week|an hour ago))?,? ?(?:and |but )?(?:to|now|up to|down to|today)(?: it'?s| its| is)? "
    r"(?:only |more like |about |maybe )*(?:an? )?"
    rf"(?P<after>10|\d|{'|'.join(_WORDS)})\b"
)
# 'It was 4 before and 6 after', 'before 3, after 5'.
_BEFORE_AFTER = re.compile(
    rf"\b(?:(?:was |is |an? )*(?P<one>10|\d|{'|'.join(_WORDS)})(?:/10| out of (?:10|ten))? "
    r"(?:before|earlier|at first|beforehand)|(?:before|earlier|at first):?(?: it was)?(?: an?)? "
    rf"(?P<two>10|\d|{'|'.join(_WORDS)}))(?: \w+){{0,2}}?,?(?: and| but| then)*(?: it'?s| is| now|"
    rf" an?| after| about)* (?P<after>10|\d|{'|'.join(_WORDS)})(?:/10| out of (?:10|ten))?"
    r"(?= (?:now|after|afterwards|today)\b|$|[.,!?])"
)
_NO_SCORE = re.compile(
    r"\b(?:bl|li|gb|st|sp|lr|te|kd|ki|lu|si|pc|gv|cv)\s?\d|\d ?(?:am|pm|:|minutes?|mins?|days?|"
    r"weeks?|months?|years?|hours?|times?|o'?clock)\b"
)
_OUT_OF_RANGE = 10


def pain_scores(text: str) -> list[float]:
    """The pain scores told in `text`, 0 to 10, in the order of time: the last one is now's."""
    plain = " ".join(text.lower().replace("’", "'").split())
    moved = _FROM_TO.search(plain)
    if moved and not _NO_SCORE.search(moved.group()):
        return [_value(moved["before"]), _value(moved["after"])]
    both = _BEFORE_AFTER.search(plain)
    if both and not _NO_SCORE.search(both.group()):
        return [_value(both["one"] or both["two"]), _value(both["after"])]
    found = {match.start("score"): match for match in _OUT_OF_TEN.finditer(plain)}
    for match in _PAIN_IS.finditer(plain):
        if not _NO_SCORE.search(plain[match.start() : match.end() + 8]):
            found.setdefault(match.start("score"), match)
    values = [_value(found[place]["score"]) for place in sorted(found)]
    return [value for value in values if value <= _OUT_OF_RANGE]


def _value(number: str) -> float:
    return float(_WORDS[number] if number in _WORDS else number.replace(",", "."))
