"""What a message answers to a question of ours about the pain: how long, how it goes on, how well.

It is an answer only if all of it is: 'two days, unchanged, otherwise healthy', not 'two days, and
my foot drags'.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.knowledge.schema.told import Takes, ToldFile
from bot.safety.detector import RedFlagDetector
from bot.text.number_words import number_words
from bot.text.phrases import found, normalised
from bot.text.scores import MOST, score_in_passing, scores_told

_PARTS = re.compile(r"[,.;!]+\s+|\s+(?:and|but)\s+|\s+-+\s+")
_LEADS = re.compile(r"^(?:(?:well|oh|um|uh|er|hmm|so|and|i'm|im|i am|it's|its|it is) )+")
_MOST_WORDS = 8
_TIME = re.compile(
    r"\b(?:hours?|days?|nights?|weeks?|fortnight|months?|years?|weekend|morning|afternoon|evening|"
    r"yesterday|today|tonight|since|\w+days?)\b"
)

# 'Monday', alone: since then.
_WEEKDAY = re.compile(
    r"(?:(?:on|last|this|since) )*(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)


class Trend(str, Enum):
    """How pain goes on."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True)
class ParsedAnswer:
    """What was answered; a part that was not said is None or False.

    Attributes:
        days: since when it hurts.
        trend: how it goes on.
        is_well: neither pregnant nor ill.
        says_yes: a bare yes.
        score: how strong it is, 0 to 10.
    """

    days: float | None = None
    trend: Trend | None = None
    is_well: bool = False
    says_yes: bool = False
    score: float | None = None


def trend_of_scores(text: str) -> Trend | None:
    """How the pain goes on by two numbers: 'it was a 3, now it's a 7'; None without two."""
    scores = scores_told(text)
    if not scores[1:]:
        return None
    if scores[-1] == scores[0]:
        return Trend.SAME
    return Trend.WORSE if scores[-1] > scores[0] else Trend.BETTER


def answer_in(
    text: str, takes: Collection[Takes], words: ToldFile, detector: RedFlagDetector
) -> ParsedAnswer | None:
    """What a message answers; None where something else is said, too.

    Args:
        takes: the kinds of answers that the question takes.
        detector: reads since when it hurts.
    """
    if text.rstrip().endswith("?"):
        return None
    moved = trend_of_scores(text)
    if moved is not None:
        return ParsedAnswer(trend=moved)
    heard = ParsedAnswer()
    for part in filter(None, map(normalised, _PARTS.split(text))):
        more = _part(part, takes, words, detector)
        if more is None:
            return None
        heard = _joined(heard, more)
    return heard if heard != ParsedAnswer() else None


def is_none(text: str, words: ToldFile) -> bool:
    """Whether a message declines all that was asked after: 'neither'."""
    said = normalised(text)
    return said in words.answers.none or _LEADS.sub("", said) in words.answers.none


def _joined(one: ParsedAnswer, other: ParsedAnswer) -> ParsedAnswer:
    return ParsedAnswer(
        other.days if one.days is None else one.days,
        other.trend or one.trend,
        one.is_well or other.is_well,
        one.says_yes or other.says_yes,
        other.score if one.score is None else one.score,
    )


def _part(
    part: str, takes: Collection[Takes], words: ToldFile, detector: RedFlagDetector
) -> ParsedAnswer | None:
    """What one part of a message answers; None where it answers nothing."""
    if Takes.HEALTH in takes:
        if is_none(part, words):
            return ParsedAnswer(is_well=True)
        if part in words.answers.agrees:
            return ParsedAnswer(says_yes=True)
    if Takes.SCORE in takes and _is_short(part) and (score := score_in_passing(part)) is not None:
        return ParsedAnswer(score=score) if score <= MOST else None
    if Takes.DAYS in takes and (days := _days(part, detector)) is not None:
        return ParsedAnswer(days=days)
    if Takes.COURSE in takes and (trend := _trend(part, words)):
        return ParsedAnswer(trend=trend)
    return None if set(part.split()) - set(words.answers.around) else ParsedAnswer()


def _is_short(part: str) -> bool:
    return len(part.split()) <= _MOST_WORDS


def _days(part: str, detector: RedFlagDetector) -> float | None:
    number = _LEADS.sub("", part)
    if number.isdigit() or number in number_words():
        return float(number) if number.isdigit() else float(number_words()[number])
    if day := _WEEKDAY.fullmatch(number):
        part = f"since {day['day']}"
    if not (_is_short(part) and _TIME.search(part)):
        return None
    began = detector.screen(part, asked_duration=True).pain.began
    return (datetime.date.today() - began).days if began else None


def _trend(part: str, words: ToldFile) -> Trend | None:
    listed = {word: trend for trend, said in _listed(words) for word in said}
    hits = found(part, listed)
    if not hits:
        return None
    left = part.replace(hits[0][0], " ", 1).split()
    return listed[hits[0][0]] if not set(left) - set(words.answers.around) else None


def _listed(words: ToldFile) -> Iterator[tuple[Trend, list[str]]]:
    answers = words.answers
    yield Trend.BETTER, answers.better
    yield Trend.WORSE, answers.worse
    yield Trend.SAME, answers.same
