"""Which of several readings of a recording to take.

A recording is read several times: by each recogniser, told what to expect and not told, and, in
noise, once more with the noise taken out; each time several texts come out. Taken is the text that
the recognisers think likely, that is near to the other readings, and that people would say to the
assistant. Where a point is asked for, each taught name was also tried against the sound
(taught_names.py); one that fits is taken instead. Where a fair share of the readings holds a
warning sign, one of those is taken: missing it is worse than asking. Such a text, and any that few
readings agree with, is doubtful.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import jellyfish

from bot.understanding.mentions.names.letter_names import NAMES
from bot.voice.names.likely_words import plain_words

# How well a text compresses that goes in circles.
CIRCLING = 2.4
# Found with the sentences and voices for tuning of the spoken set (docs/voice.md).
_WEIGHT_OF_AGREEMENT = 1.5
_WEIGHT_OF_LIKELY_WORDS = 0.4
_WEIGHT_OF_KNOWN_POINTS = 0.8
_SHARPNESS = 0.5
_TRUST_IN_SURE_READINGS = 2.0
# The share of the readings that must hold a sign.
_ALARMING_SHARE = 0.15
# How well a tried name must fit to be taken: in place of words that make no sense, and of others,
# or of a code that is not taught.
_FITS_NONSENSE = -7.0
_FITS = 0.5
_SENSE = -3.4
_WEIGHT_OF_LEAD = 1.5
_CODE = re.compile(r"[a-z]\W?\d", re.IGNORECASE)
_UNFINISHED = re.compile(r"\b(?:a|an|is|my|of|the|to)\W*$", re.IGNORECASE)
_STANDARD_CODE = re.compile(
    rf"\b(?:{'|'.join(r'[.]?'.join(code) for code in NAMES)})\W{{0,2}}\d", re.IGNORECASE
)
# A number, or what is written for one.
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirt\w+|fou?rt\w+|"
    r"fift\w+|sixt\w+|eighteen|twent\w+|plenty|won|too|free|tree|for|fore|ford|fife|sicks|ate)\b",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(
    r"\b(?:good|used|useful|meant|best|fit) for\b|\bfor (?:my|the|a|how|back|me|it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NameReading:
    """What one reading gave: texts with the mean logarithm of the probability of their parts.

    `is_told`: the recogniser was told what to expect.
    """

    texts: tuple[tuple[str, float], ...]
    is_told: bool


@dataclass(frozen=True)
class Named:
    """The taught name that fits the sound best (taught_names.py).

    Attributes:
        text: the question with the name in it.
        code: the point's code.
        fit: how much better the sound fits it than what was heard, and than the next point.
    """

    text: str
    code: str
    fit: float


@dataclass(frozen=True)
class NameChoice:
    """The text that was taken.

    Attributes:
        text: the words.
        agreement: how near the readings are to it, from 0 to 1.
        untold: how near those are to it that were not told what to expect.
        probability: what the surest recogniser gives a part of it.
        is_feared: whether it was taken for the warning sign in it, and not as the best.
        repetition: how well it compresses, high where it goes in circles.
        is_strange: whether it has a word that nobody is known to say, and names no taught point; or
            it names one while another fits the sound better.
        fit: where a taught name was tried and is in it: how well it fits (Named.fit).
    """

    text: str
    agreement: float
    untold: float
    probability: float
    is_feared: bool
    repetition: float
    is_strange: bool = False
    fit: float | None = None


@dataclass(frozen=True)
class _Candidate:
    text: str
    words: tuple[str, ...]
    log_probability: float


def readings_of(written: Iterable[Mapping[str, Any]]) -> list[NameReading]:
    """The readings as the recogniser's process writes them."""
    return [
        NameReading(tuple((str(t), float(p)) for t, p in one["texts"]), bool(one["is_told"]))
        for one in written
    ]


def named_of(written: Mapping[str, Any]) -> Named | None:
    """The tried name as the recogniser's process writes it."""
    named = written.get("named")
    if not named:
        return None
    fit = float(named["gain"]) + _WEIGHT_OF_LEAD * float(named["lead"])
    return Named(str(named["text"]), str(named["code"]), fit)


class Chooser:
    """Chooses.

    Args:
        likely: the mean logarithm of the probability of a word, given all words of a sentence.
        alarms: whether a text holds a warning sign.
        points: the codes of the taught points that a text names.
        is_known: whether people are known to say a word.
    """

    def __init__(
        self,
        likely: Callable[[list[str]], float],
        alarms: Callable[[str], bool],
        points: Callable[[str], Collection[str]] = lambda text: (),
        is_known: Callable[[str], bool] = lambda word: True,
    ) -> None:
        self._likely = likely
        self._alarms = alarms
        self._points = points
        self._is_known = is_known

    def choose(
        self, readings: Iterable[NameReading], named: Named | None = None
    ) -> NameChoice | None:
        """The text to take: one of the readings, or that with the `named` point.

        None where no reading has words.
        """
        readings = [
            reading for reading in readings if any(plain_words(t) for t, _ in reading.texts)
        ]
        candidates = self._candidates(readings)
        if not candidates:
            return None
        shares = _shares(readings, candidates)
        scores = {words: self._score(one, shares) for words, one in candidates.items()}
        best = candidates[max(scores, key=scores.__getitem__)]
        feared = self._feared(candidates, shares, scores, best)
        taken = feared or best
        untold = _shares([r for r in readings if not r.is_told], candidates)
        choice = NameChoice(
            taken.text,
            _nearness(taken.words, shares),
            _nearness(taken.words, untold) if untold else 1.0,
            math.exp(taken.log_probability),
            feared is not None,
            repetition(taken.text),
            not all(map(self._is_known, taken.words)) and not self._points(taken.text),
        )
        return self._with_name(choice, named)

    def _with_name(self, choice: NameChoice, named: Named | None) -> NameChoice:
        """The choice with the name that was tried, where it fits; a sign is never given up."""
        if named is None or self._alarms(choice.text):
            return choice
        points = set(self._points(choice.text))
        if points == {named.code}:
            return replace(choice, fit=named.fit) if named.fit >= _FITS else choice
        likely = self._likely(plain_words(choice.text))
        makes_no_sense = likely < _SENSE or choice.is_strange or _UNFINISHED.search(choice.text)
        is_nonsense = makes_no_sense and not _STANDARD_CODE.search(choice.text)
        if named.fit < (_FITS_NONSENSE if points or is_nonsense else _FITS):
            return replace(choice, is_strange=choice.is_strange or bool(points))
        return replace(choice, text=named.text, fit=named.fit, repetition=1.0)

    def _candidates(self, readings: list[NameReading]) -> dict[tuple[str, ...], _Candidate]:
        """Each wording once, as the surest reading writes it."""
        found: dict[tuple[str, ...], _Candidate] = {}
        for reading in readings:
            for text, log_probability in reading.texts:
                words = tuple(plain_words(text))
                if words and (words not in found or log_probability > found[words].log_probability):
                    found[words] = _Candidate(text, words, log_probability)
        believable = {
            words: one
            for words, one in found.items()
            if repetition(one.text) <= CIRCLING
            and not (_CODE.search(one.text) and _is_only_expected(readings))
        }
        return believable or found

    def _score(self, one: _Candidate, shares: Mapping[tuple[str, ...], float]) -> float:
        return (
            one.log_probability
            + _WEIGHT_OF_AGREEMENT * _nearness(one.words, shares)
            + _WEIGHT_OF_LIKELY_WORDS * self._likely(list(one.words))
            + _WEIGHT_OF_KNOWN_POINTS * bool(self._points(one.text))
        )

    def _feared(
        self,
        candidates: Mapping[tuple[str, ...], _Candidate],
        shares: Mapping[tuple[str, ...], float],
        scores: Mapping[tuple[str, ...], float],
        best: _Candidate,
    ) -> _Candidate | None:
        """The best text with a sign, where the best has none and enough of the readings have."""
        if self._alarms(best.text):
            return None
        alarming = [words for words, one in candidates.items() if self._alarms(one.text)]
        if sum(shares[words] for words in alarming) < _ALARMING_SHARE:
            return None
        return candidates[max(alarming, key=scores.__getitem__)]


def repetition(text: str) -> float:
    """How well a text compresses: about 1 for sentences, more where it goes in circles."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def _is_only_expected(readings: list[NameReading]) -> bool:
    """Whether no reading that was not told to expect codes has a number.

    Told to expect 'BL23', Whisper writes it for any strange word.
    """
    untold = [reading.texts for reading in readings if not reading.is_told]
    return bool(untold) and not any(
        _NUMBER.search(_NO_NUMBER.sub(" ", texts[0][0])) for texts in untold
    )


def _shares(
    readings: list[NameReading], candidates: Mapping[tuple[str, ...], _Candidate]
) -> dict[tuple[str, ...], float]:
    """How much of all readings each wording is, by their probabilities."""
    shares: dict[tuple[str, ...], float] = defaultdict(float)
    total = 0.0
    for reading in readings:
        own = [(tuple(plain_words(text)), p) for text, p in reading.texts]
        own = [(words, p) for words, p in own if words in candidates]
        if not own:
            continue
        trust = math.exp(_TRUST_IN_SURE_READINGS * max(p for _, p in own))
        weights = [math.exp(_SHARPNESS * p * (len(words) + 1)) for words, p in own]
        total += trust
        for (words, _), weight in zip(own, weights, strict=True):
            shares[words] += trust * weight / sum(weights)
    return defaultdict(float, {words: share / total for words, share in shares.items()})


def _nearness(words: tuple[str, ...], shares: Mapping[tuple[str, ...], float]) -> float:
    return sum(share * _alike(words, other) for other, share in shares.items())


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """1 for the same words, 0 where none is the same."""
    # The distance counts letters: a letter for each word.
    letters = {word: chr(0x100 + number) for number, word in enumerate({*one, *other})}
    spelled = ["".join(letters[word] for word in words) for words in (one, other)]
    return 1 - jellyfish.levenshtein_distance(*spelled) / max(len(one), len(other), 1)
