"""How long pain has lasted, and whether it gets worse or better, from what people say.

The limit of four days follows the stricter of the sources: 'more than a few days' (article 2);
guidelines say weeks. It is a safety choice of this project, not a clinical threshold.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.safety.pain.course_words import (
    BETTER,
    KNOWN,
    MORE,
    NOT_BETTER,
    NOT_WORSE,
    SETTLED,
    UNSETTLED,
    VAGUE,
    WORSE,
)
from bot.safety.wording.normalise import Sentence, plain_sentences
from bot.text.calendar_words import MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from bot.text.number_words import IN_WORDS, value_of
from bot.text.scores import scores_told

LIMIT_DAYS = 4

_LOOSE: dict[str, float] = {
    "a": 1, "an": 1, "too": 2, "to": 2, "couple": 2, "couple of": 2, "a couple": 2,
    "a couple of": 2, "few": 3, "a few": 3, "for": 4, "fore": 4, "several": 5, "many": 10,
    "some": 3, "half a": 0.5, "nearly a": 1, "a good few": 4, "good few": 4,
}  # fmt: skip
_UNITS = {
    "hour": 1 / 24, "hr": 1 / 24, "day": 1, "night": 1, "morning": 1, "week": 7, "wk": 7,
    "weekend": 7, "fortnight": 14, "month": 30, "mth": 30, "year": 365, "yr": 365, "decade": 3650,
}  # fmt: skip
_SEASONS = {"winter": 2, "spring": 4, "summer": 7, "autumn": 10, "fall": 10, "christmas": 12,
            "xmas": 12, "easter": 4, "new": 1, "halloween": 10, "thanksgiving": 11}  # fmt: skip
_LONG_AGO = frozenset(
    [
        "childhood",
        "school",
        "college",
        "university",
        "teens",
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "covid",
        "lockdown",
        "pandemic",
        "forever",
        "birth",
        "then",
        "retirement",
    ]
)

_UNIT = r"(?P<unit>" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")(?P<many>s?)\b"
_NUMBER = (
    rf"(?P<number>\d+(?:\.\d+)?|{IN_WORDS}|"
    + "|".join(re.escape(n) for n in sorted(_LOOSE, key=len, reverse=True))
    + ")(?P<half> and a half)?"
)
_AMOUNT = re.compile(
    rf"\b{_NUMBER},? (?:(?:or|to|and|maybe) (?:\d+|\w+) )?"
    rf"(?:full |whole |long |solid |straight |more |odd |good |a half )*{_UNIT}"
)
_BARE_UNITS = re.compile(
    r"\b(?:for|been|its|it has been|going on|after|over) (?:(?:so )?many |literally |"
    r"the (?:past|last) )?"
    r"(?P<unit>days|weeks|months|years|yonks|donkeys years|decades)\b(?! ago)"
)
_ALMOST = re.compile(
    r"\b(?:nearly|almost|about|over|more than|(?:for|over|during) the (?:past|last)|"
    r"best part of|whole|for)(?: a| the| an)? "
    r"(?P<unit>week|fortnight|month|year|decade)\b(?! ago| off| each| per)"
)
_LEADS_TO = re.compile(
    r"\b(?:for|since|over|past|last|about|around|nearly|almost|approaching|on|now|been|lasted|"
    r"lasting|lasts|had|having|hurts?|hurting|pains?|ache|aches|aching|aches?|sore|stiff|still|"
    r"after|"
    r"than|least|back|backache|sciatica|neck|bad|like this|its|is|of|day|every day|this|"
    r"started|began|hurt|suffered|suffering|with)[, ]+(?:\w+,? ){0,2}$"
)
_FOLLOWS = re.compile(
    r"^,? ?(?:or so|or more|now|of (?:this|pain|back|constant|agony|it|back)|in\b|and counting|"
    r"straight|later|already|solid|running|and (?:its|it is|still|no|i|my)|with|my back|$)"
)
_NOT_PAIN = re.compile(
    r"\b(?:press|pressing|pressed|hold|holding|massag\w+|how long|how many|how often|minutes?|"
    r"times?"
    r"|per|pregnan\w+|along|gone pregnant|gestation|old|aged?|desk|married|worked|"
    r"working|job|sit|sitting|driv\w+|next|each|once|twice|until|before i|in the next|remind\w*|"
    r"using|used|doing|done|do|exercis\w+|acupressure|follow\w*|practi[cs]\w+|app|course|session|"
    r"sessions|plan|trial|holiday|due|will|would|takes?|need|can i|should|open|free|"
    r"smok\w+|diet|quit|(?:come|see you|be) back in|see you in)\b"
)
_PAIN = re.compile(
    r"\b(?:pains?|pane|painful|hurts?|hurting|aches?|aching|achy|ached|sore|soreness|stiff|"
    r"stiffness|"
    r"backs?|backache|neck|sciatica|lumbago|tight|spasms?|cramps?|hip|lumbar|discomfort|niggle|"
    r"throb\w*|twinge\w*|tender|agony|sciatic|spines?|suffer\w*)\b"
)
_IT = re.compile(
    r"\b(?:its?|this (?:for|since|is|has|now|going)|like this|thats|and counting|"
    r"been (?:like|going|hurting|bothering|there|over|about|\d+|for|weeks|months|days))\b"
)
_OTHER_TROUBLE = re.compile(
    r"\b(?:eczema|rash(?:es)?|acne|itch\w*|psoriasis|skin|a cold|a cough|"
    r"hay fever|hearing|eyesight|snoring)\b"
)
_EVENT = re.compile(
    r"^(?:\w+ ){1,3}(?:(?:in|of) (?:the )?(?:(?:19|20)\d\d|(?P<month>"
    + "|".join(MONTHS)
    + r"))|(?:last|\w+) years? (?:ago)?)\b"
)
_DAY_COUNT = re.compile(
    r"\b(?:its|it is|now|and|is|on|already) day (?P<number>\d+|" + IN_WORDS + r")\b"
)
_ASKS = re.compile(
    r"^(?:(?:so|and|ok|okay|hi|hello|um|but|then|also|please|hey),? ){0,2}(?:how|what|which|"
    r"where|can|should|could|is|does|do|did|will|would|are|when|why)\b"
)
_OWN = re.compile(r"\b(?:my|ive|i have|im|i|mine)\b")


@dataclass(frozen=True)
class Course:
    """What a message says of how pain goes on.

    `days` is None where nothing is said; `known` says that it has lasted long, has not
    changed, and that a doctor knows of it.
    """

    days: float | None = None
    vague_long: bool = False
    worse: bool = False
    better: bool = False
    known: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it has lasted longer than a few days."""
        return self.vague_long or (self.days is not None and self.days >= LIMIT_DAYS)


def speaks_of_pain(sentence: Sentence) -> bool:
    """Whether a sentence is about pain at all."""
    return _PAIN.search(sentence.full) is not None


def says_worse(text: str) -> bool:
    """Whether a message tells that pain got worse: 'it hurts more', 'from a 4 to a 6'."""
    scores = scores_told(text)
    if scores[1:]:
        return scores[-1] > scores[0]
    told = [one.text for one in plain_sentences(text)]
    return any(
        _says(words, NOT_WORSE, one) and _is_told(one) for one in told for words in (WORSE, MORE)
    )


def read_course(
    sentences: Sequence[Sentence], today: datetime.date, about_pain: bool, asked: bool = False
) -> Course:
    """How pain goes on, as the sentences of one message say.

    Args:
        sentences: those that tell something of the present.
        today: what 'since tuesday' counts from.
        about_pain: whether the conversation is already about pain ('for six weeks' is then enough).
        asked: whether the person was just asked how long ('six weeks' is then enough).
    """
    texts = [sentence.full for sentence in sentences]
    here = any(_PAIN.search(text) for text in texts)
    days: list[float] = []
    vague = worse = better = known = settled = unsettled = False
    for text in texts:
        known = known or KNOWN.search(text) is not None
        settled = settled or SETTLED.search(text) is not None
        unsettled = unsettled or UNSETTLED.search(text) is not None
        better = better or _says(BETTER, NOT_BETTER, text)
        pain = _PAIN.search(text) is not None
        short = len(text.split()) <= 12
        elsewhere = not pain and _OTHER_TROUBLE.search(text)
        if not elsewhere and _says(WORSE, NOT_WORSE, text) and _is_told(text):
            worse = True
        if not (
            pain or asked or ((here or about_pain or short) and _speaks_of_it(text, about_pain))
        ):
            continue
        told_vaguely = VAGUE.search(text)
        # 'Every day' is also when one takes a tablet, or wants to be reminded.
        if told_vaguely and told_vaguely[0].startswith("every") and not (pain or asked):
            told_vaguely = None
        if not elsewhere and told_vaguely and _is_told(text):
            vague = True
        if pain or here or about_pain or asked or _IT.search(text) or _FOLLOWS_ALONE.search(text):
            days += _days(text, today, asked or about_pain)
    known = known and settled and not unsettled
    return Course(max(days, default=None), vague, worse, better, known)


_FOLLOWS_ALONE = re.compile(r"\b(?:and counting|no better|and still|not any better)\b")


def _speaks_of_it(text: str, about_pain: bool) -> bool:
    """Whether a sentence without a word of pain goes on about it."""
    if _NOT_PAIN.search(text) and not _OWN.search(text):
        return False
    return about_pain or not _ASKS.match(text)


def _says(pattern: re.Pattern[str], unless_before: re.Pattern[str], text: str) -> bool:
    return any(not unless_before.search(text[: match.start()]) for match in pattern.finditer(text))


def _is_told(text: str) -> bool:
    """Whether the sentence tells of oneself rather than asks in general."""
    return not _ASKS.match(text) or _OWN.search(text) is not None


def _days(text: str, today: datetime.date, alone_is_enough: bool) -> Iterable[float]:
    if _ASKS.match(text) and not re.search(r"\b(?:my|ive|i have|i had|im)\b", text):
        return
    for match in _AMOUNT.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _NOT_PAIN.search(_tail(before, 4)) or _NOT_PAIN.search(_head(after, 3)):
            continue
        ago = re.match(r",? ago\b", after)
        if ago and not re.search(r"\b(?:start\w*|began|since|came on|first|hurt)\b", before):
            continue
        leads = ago or _LEADS_TO.search(before) or _FOLLOWS.match(after)
        if leads or (alone_is_enough and len(before.split()) < 3):
            number = match["number"]
            amount = _LOOSE[number] if number in _LOOSE else value_of(number)
            if number in ("a few", "few") and match["unit"] == "day":
                amount = 3
            yield amount * _UNITS[match["unit"]]
    for pattern in (_BARE_UNITS, _ALMOST):
        for match in pattern.finditer(text):
            around = _tail(text[: match.start()], 4) + " " + _head(text[match.end() :], 3)
            if _NOT_PAIN.search(around):
                continue
            unit = match["unit"]
            yield 2 * _UNITS.get(unit.rstrip("s"), 365) if unit.endswith("s") else _UNITS[unit]
    for match in _DAY_COUNT.finditer(text):
        if not _NOT_PAIN.search(_tail(text[: match.start()], 4)):
            yield value_of(match["number"])
    for match in re.finditer(
        r"\b(?:since|from(?! the)|goes back to|back to about)\b (?P<rest>.*)", text
    ):
        days = _since(match["rest"].replace(",", ""), today)
        if days is not None:
            yield days


def _tail(text: str, words: int) -> str:
    return " ".join(text.split()[-words:])


def _head(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _since(rest: str, today: datetime.date) -> float | None:
    """Days since 'tuesday', 'last month', 'christmas'; None if it says no date."""
    words = [w for w in rest.split()[:6] if w not in ("about", "around", "the", "mid", "roughly")]
    words = [w for w in words if w not in ("early", "late", "start", "end", "beginning", "of")]
    if not words:
        return None
    when, second = words[0], words[1] if len(words) > 1 else ""
    if when in ("last", "this", "past"):
        return _since_last(when, second, today)
    day = _weekday(when)
    if day is not None:
        return (today.weekday() - day) % 7 or 7
    if when in MONTHS and not (when in ("may", "march") and second in ("i", "be")):
        return _since_month(MONTHS.index(when) + 1, today)
    if when in _SEASONS:
        return _since_month(_SEASONS[when], today)
    if when in ("yesterday", "today", "tonight"):
        return 1 if when == "yesterday" else 0
    if when in _LONG_AGO or re.fullmatch(r"(?:19|20)\d\d", when):
        return 365
    dated = _EVENT.search(rest)
    if dated and dated["month"]:
        return _since_month(MONTHS.index(dated["month"]) + 1, today)
    if dated:
        return 365
    if when in ("i", "my") and re.search(
        r"was (?:a |in )?(?:kid|child|teen|young|school|small|\d\d)|divorce|twenties|teens|thirties"
        r"|last (?:month|year)|birthday|retire|pregnancy|had (?:my|the) (?:baby|kids|son|daughter)",
        rest,
    ):
        return 30
    return None


def _since_last(which: str, what: str, today: datetime.date) -> float | None:
    day = _weekday(what)
    if day is not None:
        back = (today.weekday() - day) % 7 or 7
        return back + 7 if which == "last" and back < LIMIT_DAYS else back
    if which == "this":
        return {"week": 2, "month": 7, "year": 60, "summer": 60, "spring": 120}.get(what, 0)
    known = {"week": 7, "weekend": 5, "month": 30, "year": 365, "night": 1, "fortnight": 14,
             "few": 3, "couple": 2, "time": None, "evening": 1}  # fmt: skip
    if what in _SEASONS:
        return _since_month(_SEASONS[what], today)
    if what in MONTHS:
        return _since_month(MONTHS.index(what) + 1, today)
    return known.get(what)


def _weekday(word: str) -> int | None:
    if word.rstrip("s") in WEEKDAYS:
        return WEEKDAYS.index(word.rstrip("s"))
    return SHORT_WEEKDAYS.get(word)


def _since_month(month: int, today: datetime.date) -> float:
    months = (today.month - month) % 12
    return months * 30 if months else max(today.day - 1, 0)
