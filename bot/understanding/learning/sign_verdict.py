"""Whether a message tells of a warning sign: one probability out of what is known of it.

The reader knows whose a sign is and when; the patterns know its words, wherever they stand. In a
long message one sentence may tell what all the others hide. How much each is worth beside the
others is learnt from whole messages that taught none of them anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

# Nobody is surer than this, or less sure.
_SUREST = 0.001
_FILE = "sign_verdict.json"
# In fewer words than these hardly anything is left to tell whose a sign is, so that its words alone
# count for more, the more so the fewer they are.
_FEW = 12
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """All that is known of one message.

    Attributes:
        whole: how likely the reader holds it for a sign, 0 to 1.
        parts: the same of each of its sentences.
        near: how near it lies to the examples of signs, 0 to 1.
        seen: the patterns found a sign that asks for a doctor today, or for more.
        held_back: they found one, and hold it for denied, over, or somebody else's.
        despair: they found thoughts of self-harm.
        words: how many words the message has.
    """

    whole: float
    parts: tuple[float, ...]
    near: float
    seen: bool
    held_back: bool
    despair: bool
    words: int

    def numbers(self) -> Numbers:
        """The evidence as the numbers that a verdict weighs."""
        return np.array([
            _odds(self.whole),
            _odds(max(self.whole, *self.parts)),
            _odds(self.near),
            self.seen,
            self.held_back,
            self.despair,
            self.seen * max(0.0, 1 - self.words / _FEW),
        ], dtype=np.float64)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What was learnt: a weight for each number of the evidence, and an offset."""

    weights: tuple[float, ...]
    offset: float

    def probability(self, evidence: Evidence) -> float:
        """How likely the message tells of a sign, 0 to 1."""
        score = self.offset + float(np.dot(self.weights, evidence.numbers()))
        return float(1 / (1 + np.exp(-score)))

    @classmethod
    def learn(cls, told: Sequence[Evidence], harmless: Sequence[Evidence]) -> Verdict:
        """Fit to messages in which a sign is told, and to others."""
        from sklearn.linear_model import LogisticRegression

        numbers = np.array([one.numbers() for one in (*told, *harmless)])
        labels = np.array([True] * len(told) + [False] * len(harmless))
        fitted = LogisticRegression(max_iter=1000).fit(numbers, labels)
        return cls(tuple(fitted.coef_[0].tolist()), float(fitted.intercept_[0]))

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        (folder / _FILE).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Verdict:
        """Read what `save` wrote.

        Raises:
            OSError: the file is missing.
        """
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(tuple(kept["weights"]), kept["offset"])


def _odds(probability: float) -> float:
    held = min(max(probability, _SUREST), 1 - _SUREST)
    return float(np.log(held / (1 - held)))
