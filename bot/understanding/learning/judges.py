"""The judges of warning signs: what they learnt, and what they say of a message.

The reader is asked (bot/understanding/encoders/sign_reader.py) of the message and of each of its
sentences; what it says becomes one probability (sign_verdict.py) with nearness to the examples
(nearness.py), which follows them at the next training, and with what the patterns see. In other
languages than English nearness judges alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.sign_messages import sign_cases
from bot.safety.detector import RedFlagDetector
from bot.safety.screening import Screening
from bot.text.sentences import sentences
from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.sign_reader import SignReader
from bot.understanding.learning.nearness import Encode, learn_nearness
from bot.understanding.learning.sign_model import Array, Exemplar, SignModel
from bot.understanding.learning.sign_verdict import Evidence, Verdict

# The kinds that ask for a doctor today, or for more.
ALARMING = ("emergency", "self_harm", "urgent")
_CODE = re.compile(r"\b[A-Z]{2,3}\d{1,2}\b")


@dataclass(frozen=True)
class Judgement:
    """What the judges say of a message.

    Attributes:
        near: how near it lies to the examples of each kind of sign, or to none; adds up to 1.
        kind: the likeliest alarming kind.
        probability: how likely a sign is told; None in a language in which nobody can judge that.
    """

    near: Mapping[str, float]
    kind: str
    probability: float | None

    @property
    def alarming(self) -> float:
        """How near the message lies to the alarming kinds."""
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

    @property
    def said(self) -> str:
        """The person's words; with codes where points are named, whose names may be dark.

        'The Residence of the Will' is a point, and no last will.
        """
        named = {*_CODE.findall(self.text)} - {*_CODE.findall(self.own_words.upper())}
        return self.text if named else self.own_words


@dataclass(frozen=True)
class Judges:
    """What was learnt, and how a message is judged with it."""

    reader: SignReader
    nearness: SignModel
    verdict: Verdict

    @classmethod
    def taught(
        cls,
        examples: Iterable[Exemplar],
        folder: Path,
        encode: Encode,
        reader: SignReader,
        detector: RedFlagDetector,
    ) -> Judges:
        """Learn from the examples of intents and the files of a data folder.

        Args:
            examples: each with its `label_of` and the second encoder's vector.
            encode: gives the second encoder's vector of a text.
            detector: holds the patterns.

        Raises:
            DataError: a data file is wrong.
        """
        cases = sign_cases(folder)
        nearness = learn_nearness(examples, folder, encode)

        def evidence(message: str) -> Evidence:
            near = nearness.nearness(message, encode(message))
            return _heard(reader, message, detector.screen(message), near)[0]

        verdict = Verdict.learn(
            side_by_side(evidence, cases.alarming), side_by_side(evidence, cases.harmless)
        )
        return cls(reader, nearness, verdict)

    def judge(self, message: Read, vector: Array) -> Judgement:
        """Judge a message.

        Args:
            vector: of the message's text, by the second encoder.
        """
        near = self.nearness.nearness(message.text, vector)
        if message.is_foreign:
            return Judgement(near, _likeliest(near), None)
        evidence, telling = _heard(self.reader, message.said, message.seen, near)
        return Judgement(near, _likeliest(telling), self.verdict.probability(evidence))

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        self.nearness.save(folder)
        self.verdict.save(folder)

    @classmethod
    def load(cls, folder: Path, reader: SignReader) -> Judges:
        """Read what `save` wrote.

        Raises:
            OSError: a file is missing.
        """
        return cls(reader, SignModel.load(folder), Verdict.load(folder))


def _heard(
    reader: SignReader, message: str, seen: Screening, near: Mapping[str, float]
) -> tuple[Evidence, Mapping[str, float]]:
    """What is known of a message, and what the reader says of its most telling part."""
    whole = reader.read(message)
    cut = sentences(message)
    parts = [reader.read(text) for text in cut] if len(cut) > 1 else [whole]
    evidence = Evidence(
        whole=_alarming(whole),
        parts=tuple(_alarming(part) for part in parts),
        near=_alarming(near),
        seen=seen.tier in (Tier.EMERGENCY, Tier.URGENT),
        held_back=bool(seen.held_back),
        despair=seen.is_self_harm,
        words=len(message.split()),
    )
    return evidence, max((whole, *parts), key=_alarming)


def _alarming(near: Mapping[str, float]) -> float:
    return sum(near[kind] for kind in ALARMING)


def _likeliest(near: Mapping[str, float]) -> str:
    return max(ALARMING, key=lambda kind: near[kind])
