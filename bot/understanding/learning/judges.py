"""The judges of warning signs: what they learnt, and what they say of a message.

Three judges are asked, of the message and of each of its sentences: the patterns, nearness, and
the confirmer (sign_lessons.py says what the two learn from). What they say becomes one probability
(sign_verdict.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.assertions import Says
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.sign_cases import sign_cases
from bot.safety.detector import RedFlagDetector
from bot.safety.screening import Screening
from bot.text.sentences import sentences
from bot.understanding.encoders.many import side_by_side
from bot.understanding.learning.sign_lessons import (
    ALARMING,
    Encode,
    confirmer_lesson,
    nearness_lesson,
)
from bot.understanding.learning.sign_verdict import Evidence, Judged, Verdict
from bot.understanding.learning.two_models import Sentence, TwoModels, Vectors, learn

_NEARNESS, _CONFIRMER = "nearness", "confirmer"


@dataclass(frozen=True)
class Judgement:
    """What the judges say of a message.

    Attributes:
        near: the probability that it is of each kind of sign, or harmless; they add up to 1.
        kind: the likeliest alarming kind.
        nearest: how near the message, or the nearest of its sentences, lies to the alarming kinds.
        probability: how likely a sign is told; None in a language in which nobody can judge that.
    """

    near: dict[str, float]
    kind: str
    nearest: float
    probability: float | None

    @property
    def alarming(self) -> float:
        """How near the message as a whole lies to the alarming kinds."""
        return _alarming(self.near)


@dataclass(frozen=True)
class Read:
    """A message as the pipeline reads it.

    Attributes:
        own_words: what the person said.
        text: the same as the catalogue spells it.
        seen: what the patterns see in the message by itself.
        is_foreign: it is in another language than English.
    """

    own_words: str
    text: str
    seen: Screening
    is_foreign: bool = False


@dataclass(frozen=True)
class Judges:
    """What was learnt, and how a message is judged with it."""

    nearness: TwoModels
    confirmer: TwoModels
    verdict: Verdict

    @classmethod
    def taught(
        cls,
        examples: Iterable[Sentence],
        folder: Path,
        encode: Encode,
        detector: RedFlagDetector,
    ) -> Judges:
        """Learn from the examples of intents and the files of a data folder.

        Args:
            examples: each with its `label_of`.
            encode: gives the vectors of a text.
            detector: holds the patterns.

        Raises:
            DataError: a data file is wrong.
        """
        nearness, confirmer = learn([
            nearness_lesson(examples, folder, encode),
            confirmer_lesson(folder, encode),
        ])  # fmt: skip

        def evidence(messages: Iterable[str]) -> list[Evidence]:
            read = [Read(words, words, detector.screen(words)) for words in messages]
            texts = {text for m in read for text in (m.text, *sentences(m.own_words))}
            known = dict(zip(texts, side_by_side(encode, texts), strict=True))
            witnesses = _Witnesses(nearness, confirmer, known.__getitem__)
            return [
                witnesses.heard(m, known[m.text], nearness.judge(m.text, known[m.text]))[0]
                for m in read
            ]

        cases = sign_cases(folder)
        return cls(
            nearness, confirmer, Verdict.learn(evidence(cases.told), evidence(cases.harmless))
        )

    def judge(self, message: Read, vectors: Vectors, encode: Encode) -> Judgement:
        """Judge a message.

        Args:
            vectors: of the message's text.
            encode: gives the vectors of its sentences.
        """
        near = self.nearness.judge(message.text, vectors, message.is_foreign)
        if message.is_foreign:
            return Judgement(near, _likeliest(near), _alarming(near), None)
        witnesses = _Witnesses(self.nearness, self.confirmer, encode)
        evidence, kind = witnesses.heard(message, vectors, near)
        return Judgement(near, kind, evidence.nearest, self.verdict.probability(evidence))

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        self.nearness.save(folder / _NEARNESS)
        self.confirmer.save(folder / _CONFIRMER)
        self.verdict.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Judges:
        """Read what `save` wrote.

        Raises:
            OSError: a file is missing.
        """
        return cls(
            TwoModels.load(folder / _NEARNESS),
            TwoModels.load(folder / _CONFIRMER),
            Verdict.load(folder),
        )


@dataclass(frozen=True)
class _Witnesses:
    """Nearness and the confirmer, asked of a message and of its sentences."""

    nearness: TwoModels
    confirmer: TwoModels
    encode: Encode

    def heard(
        self, message: Read, vectors: Vectors, near: dict[str, float]
    ) -> tuple[Evidence, str]:
        """All that is known of a message, and the likeliest kind of its most telling part."""
        whole = self._judged(message.text, vectors, near)
        parts = [(whole, near)]
        cut = sentences(message.own_words)
        if len(cut) > 1:
            parts = [self._part(text) for text in cut]
        telling, its_near = max(parts, key=lambda part: part[0].both)
        seen = message.seen
        evidence = Evidence(
            whole=whole,
            parts=tuple(judged for judged, _ in parts),
            seen=seen.tier in (Tier.EMERGENCY, Tier.URGENT),
            held_back=bool(seen.held_back),
            despair=seen.is_self_harm,
            words=len(message.own_words.split()),
        )
        return evidence, _likeliest(its_near if telling.both > whole.both else near)

    def _part(self, text: str) -> tuple[Judged, dict[str, float]]:
        vectors = self.encode(text)
        near = self.nearness.judge(text, vectors)
        return self._judged(text, vectors, near), near

    def _judged(self, text: str, vectors: Vectors, near: dict[str, float]) -> Judged:
        told = self.confirmer.judge(text, vectors)[Says.SIGN.value]
        return Judged(_alarming(near), told)


def _alarming(near: dict[str, float]) -> float:
    return sum(near[kind] for kind in ALARMING)


def _likeliest(near: dict[str, float]) -> str:
    return max(ALARMING, key=lambda kind: near[kind])
