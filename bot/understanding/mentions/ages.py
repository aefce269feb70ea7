"""How old somebody says they, or whoever they ask for, are.

What is said here is for adults, so an age under sixteen has to be heard in any wording: 'im 15',
'she is 12', 'my nine year old', 'year 9 at school', 'I turn 16 next month'.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.text.number_words import number_words
from bot.understanding.mentions.whose import RELATIVES

ADULT = 16
# As the words 'in my seventies' of data/guidance.yml.
VERY_OLD = 70
_OLDEST = 115
_WORDS = {word: value for word, value in number_words().items() if value <= _OLDEST}
_IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = rf"(?P<n>\d{{1,3}}|{_IN_WORDS})"
_HALF = r"(?:\s+and\s+(?:a\s+half|three\s+quarters|a\s+bit))?"
_OLD = r"(?:\s*-?\s*(?:years?|yrs?|yr)\s*-?\s*(?:old|of age|young)s?|\s*-?\s*y\s*/?\.?\s*o\b\.?)"
# A number with one of these counts something else.
_NOT_AN_AGE = (
    r"(?![\w:/%°]|\.\d|['’]\d|\s*(?:-\s*)?(?:weeks?|wks?|months?|mths?|days?|hours?|hrs?|h\b|minutes?|mins?|"
    r"seconds?|secs?|percent|%|/|kg|kilos?|lbs?|pounds?|stones?|st\b|cm|mm|m\b|met(?:er|re)s?|feet|"
    r"foot|ft|inch\w*|miles?|km|out\b|of\b|am\b|pm\b|o'?clock|degrees?|times?|steps?|points?|"
    r"fingers?|cun|years?\s+(?:in|into|sober|clean|ago|since|married|on|with|without|after|post|"
    r"cancer|free|at|here|older|younger)))"
)
_TRULY = r"(?:(?:really|actually|truly|honestly|definitely|only|just)\s+)*"
_WHO = (
    rf"(?:i\s*{_TRULY}am|i'?m|im|(?:he|she|they|who)(?:'?s|'?re|\s+{_TRULY}(?:is|are))|"
    rf"(?:{RELATIVES})(?:'?s|\s+{_TRULY}is)|"
    r"aged?(?:\s+is|\s*:)?|so(?=\s+like)|(?:just|i|he|she)\s+turned|being|i\s+meant(?:\s+to\s+(?:say|type|write))?)"
)
_SOON = (
    rf"(?:(?:i|he|she|{RELATIVES})\s+(?:turns?|will\s+(?:be|turn))|(?:i|he|she)'?ll\s+(?:be|turn)|turning|"
    r"not\s+(?:even|yet|quite)|nearly|almost|practically|basically|virtually|pretty\s+much|"
    r"close\s+to|(?:about|going|soon|due)\s+to\s+(?:turn|be)|gonna\s+(?:turn|be)|going\s+on|soon|"
    r"coming\s+up\s+to|"
    r"not(?=\s+(?:\d\d|\w+)\s+yet\b))"
)
# 'I'm 16 in three weeks', 'he is 16 next month': the age is still to come.
_YET_TO_COME = re.compile(
    r"^\s*(?:(?:on|in|come|this|next|by)\s+(?:my\s+|the\s+)?(?:next\s+)?"
    r"(?:birthday|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|week|weekend|month|year|spring|summer|autumn|winter|christmas|easter|\d{1,2}(?:st|nd|rd|th))\b"
    rf"|in\s+(?:about\s+|only\s+|just\s+|like\s+)?(?P<count>\d{{1,2}}|an?|{_IN_WORDS}|"
    r"few|a\s+few|a\s+couple(?:\s+of)?|some)\s+(?P<unit>days?|weeks?|wks?|months?|years?)\b"
    r"|soon|tomorrow|before\s+long|any\s+day|very\s+soon)",
    re.IGNORECASE,
)
# Who will be so old one day may still be a child: an age to come below this says nothing more.
_SURELY_GROWN_UP = 19
_IS_OLD = re.compile(
    rf"\b(?P<who>{_WHO})\s+(?:only\s+|just\s+|now\s+|actually\s+|really\s+|a\s+|like\s+|about\s+|nearly\s+|"
    r"almost\s+)*"
    rf"{_NUMBER}{_HALF}(?:{_OLD}|{_NOT_AN_AGE})",
    re.IGNORECASE,
)
# 'My 9 year old asks', '15yo girl', but not 'my 9 year old mattress'.
_YEARS_OLD = re.compile(
    rf"\b{_NUMBER}{_HALF}{_OLD}(?=\s*(?:$|[,.;:!?)]|(?:{RELATIVES}|male|female|man|woman|lady|guy|"
    r"lad|lass|person|schoolboy|schoolgirl|pupil|student|here|is|has|had|asks?|wants?|says?|"
    r"complains?|hurts?|hurt|fell|got|gets|keeps?|plays?|with|who|and|to|can|at|in|now|so|but|my)\b))",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(
    r"\b(?!(?:i|he|she|they|who)\b)\w+\s+(?:is|are|was)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_NOT_YET = re.compile(rf"\b{_SOON}\s*{_NUMBER}(?:{_OLD}|{_NOT_AN_AGE})", re.IGNORECASE)
# Years of school in which children are under sixteen.
_AT_SCHOOL = re.compile(
    r"\b(?:(?:in|i'?m in|im in|start(?:ed|ing)?|finish(?:ed|ing)?)\s+)?"
    r"(?:year\s+(?P<year>\d{1,2}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b"
    r"(?!\s*-?\s*old)(?=\s*(?:$|[,.;!?]|at|in|and|but|of|pupil|student|now|so|my|with))"
    r"|(?:grade\s+(?P<grade>\d{1,2})|(?P<nth>\d{1,2})(?:st|nd|rd|th)\s+grade(?:r)?))"
    r"|\b(?:i\s*am|i'?m|im|he'?s|she'?s|(?:he|she)\s+is)\s+(?:still\s+)?(?:in|at)\s+"
    r"(?:primary|elementary|middle|junior|secondary|high)\s+school\b",
    re.IGNORECASE,
)
_LAST_YEAR, _LAST_GRADE = 10, 9
_BORN = re.compile(
    r"\b(?:born|birthday)\s+(?:is\s+)?(?:in\s+)?(?:\w+\s+)?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)


_TEAM = re.compile(r"\b(?:under|u)[ -]?(?P<n>\d{1,2})['’]?s\b", re.IGNORECASE)
_EXAM = re.compile(
    r"\b(?:doing|choosing|sitting|taking|starting|revising for|got|have)\s+(?:my\s+)?gcses?\b",
    re.IGNORECASE,
)
_AM = r"\b(?:i\s*am|i'?m|im|(?:he|she)(?:'?s|\s+is)|" + rf"(?:{RELATIVES})(?:'?s|\s+is))\s+"
# 'I'm a minor', 'he is still a pupil'.
_MINOR = re.compile(
    rf"{_AM}(?:only\s+|still\s+|just\s+)*(?:an?\s+)?(?:minor|under\s?age|"
    r"school\s?(?:kid|boy|girl|child)|pupil|not\s+(?:yet\s+)?(?:an\s+adult|grown\s?-?up|of\s+age)|"
    r"(?:high\s+school\s+)(?:freshman|student)|pre-?teen|(?:in\s+)?(?:my|her|his)\s+early\s+teens)\b",
    re.IGNORECASE,
)
# 'I'm an adult', 'over 18', 'in my forties'.
_GROWN_UP = re.compile(
    rf"{_AM}(?:(?:actually|really|already|of course|definitely|in fact)\s+)*"
    r"(?:(?:an?\s+)?(?:adult|grown\s?-?up|grown\s+(?:man|woman)|pensioner|retired)|of\s+age|(?:well\s+)?over\s+(?:18|21|eighteen|sixteen|"
    r"twenty-one)|in\s+(?:my|her|his)\s+(?:early\s+|mid\s+|late\s+)?(?:twenties|thirties|forties|"
    r"fifties|sixties|20'?s|30'?s|40'?s|50'?s|60'?s))\b",
    re.IGNORECASE,
)
_OF_AGE = 21
# 'Pretend I'm 18', 'when I am 20'.
_SUPPOSED = re.compile(
    r"\b(?:pretend(?:ing)?|suppose|imagine|say|assume|if|when|once|until|till|wish|act like)"
    r"\s+(?:that\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Age:
    """An age that was told, in years, and its place in the text.

    `is_reached` is False where a higher one was told, and that it is still to come.
    """

    years: int
    start: int
    end: int
    is_reached: bool = True

    @property
    def is_child(self) -> bool:
        """Whether it is under sixteen."""
        return self.years < ADULT

    @property
    def is_grown_up(self) -> bool:
        """Whether it surely is sixteen or more: 'I'm nearly eighteen' does not say so."""
        return not self.is_child and (self.is_reached or self.years >= _SURELY_GROWN_UP)


def ages_in(text: str) -> list[Age]:
    """Every age told in a text, in order; one that is nearly reached counts as not reached.

    Args:
        text: in small letters or as written.
    """
    found: list[Age] = []
    for age in _candidates(text):
        if _SUPPOSED.search(text[: age.start]):
            continue
        if not any(age.start < other.end and other.start < age.end for other in found):
            found.append(age)
    return sorted(found, key=lambda age: age.start)


def _candidates(text: str) -> Iterator[Age]:
    for hit in _TEAM.finditer(text):
        yield Age(int(hit["n"]) - 1, hit.start(), hit.end())
    for hit in _EXAM.finditer(text):
        yield Age(ADULT - 1, hit.start(), hit.end())
    for pattern, years in ((_MINOR, ADULT - 1), (_GROWN_UP, _OF_AGE)):
        for hit in pattern.finditer(text):
            yield Age(years, hit.start(), hit.end())
    for hit in _NOT_YET.finditer(text):
        yield _to_come(hit, text)
    for pattern in (_IS_OLD, _YEARS_OLD):
        for hit in pattern.finditer(text):
            of_a_thing = pattern is _YEARS_OLD and _OF_A_THING.search(text[: hit.start()])
            if _value(hit["n"]) > _OLDEST or of_a_thing:
                continue
            is_reached = "turned" in hit[0].lower() or not _YET_TO_COME.search(text[hit.end() :])
            if is_reached:
                yield Age(_value(hit["n"]), hit.start(), hit.end())
            else:
                yield _to_come(hit, text)
    for hit in _AT_SCHOOL.finditer(text):
        year, grade = hit["year"], hit["grade"] or hit["nth"]
        if (
            not (year or grade)
            or (year and 0 < _value(year) <= _LAST_YEAR)
            or (grade and 0 < int(grade) <= _LAST_GRADE)
        ):
            yield Age(ADULT - 1, hit.start(), hit.end())
    for hit in _BORN.finditer(text):
        years = datetime.date.today().year - int(hit["year"])
        if 0 <= years <= _OLDEST:
            yield Age(years, hit.start(), hit.end())


def _to_come(hit: re.Match[str], text: str) -> Age:
    """An age that is not reached yet, as the age now."""
    after = _YET_TO_COME.search(text[hit.end() :])
    count = (after["count"] or "") if after and (after["unit"] or "").startswith("year") else ""
    years = _value(count) if count.isdigit() or count.lower() in _WORDS else 1
    return Age(_value(hit["n"]) - years, hit.start(), hit.end(), is_reached=False)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _WORDS[" ".join(number.lower().split())]
