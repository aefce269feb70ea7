"""Two classifiers that learn from the same sentences, each from another encoder's vectors.

The encoders err at different sentences, so what English is near to is the mean of both. What is
not English the second judges alone: there a sentence lies near its translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from joblib import Parallel, delayed

from bot.understanding.learning.sign_model import Array, Exemplar, SignModel


class Vectors(NamedTuple):
    """The sentence vectors of one text, of length 1, by the first and the second encoder."""

    first: Array
    second: Array


@dataclass(frozen=True)
class Sentence:
    """A sentence to learn from; `look_alike` counts as much as a sign."""

    text: str
    label: str
    vectors: Vectors
    look_alike: bool = False


class Lesson(NamedTuple):
    """Sentences to learn from, and how finely (see `SignModel.learn`)."""

    sentences: Sequence[Sentence]
    least: int
    tolerance: float


class TwoModels(NamedTuple):
    """What was learnt from the vectors of the first encoder, and from those of the second."""

    first: SignModel
    second: SignModel

    def judge(self, text: str, vectors: Vectors, is_foreign: bool = False) -> dict[str, float]:
        """The probability of each label; they add up to 1."""
        found = self.second.nearness(text, vectors.second)
        if is_foreign:
            return found
        first = self.first.nearness(text, vectors.first)
        return {label: (found[label] + first[label]) / 2 for label in found}

    def save(self, folder: Path) -> None:
        """Write both into a folder, which is made."""
        for name, model in self._asdict().items():
            (folder / name).mkdir(parents=True)
            model.save(folder / name)

    @classmethod
    def load(cls, folder: Path) -> TwoModels:
        """Read what `save` wrote.

        Raises:
            OSError: a file is missing.
        """
        return cls(*(SignModel.load(folder / name) for name in cls._fields))


def learn(lessons: Sequence[Lesson]) -> list[TwoModels]:
    """Learn each lesson; the classifiers are fitted side by side, one on each core."""
    tasks = [
        delayed(SignModel.learn)(
            [Exemplar(s.text, s.vectors[n], s.label, s.look_alike) for s in lesson.sentences],
            lesson.least,
            lesson.tolerance,
        )
        for lesson in lessons
        for n in range(len(Vectors._fields))
    ]
    fitted: list[SignModel] = Parallel(n_jobs=-1)(tasks)
    return [TwoModels(first, second) for first, second in zip(*[iter(fitted)] * 2, strict=True)]
