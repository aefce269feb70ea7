"""How near a sentence lies to warning signs: a small classifier over sentence vector and words.

The vector alone knows what a sentence is about, but hardly who has it, when, or whether it is
denied; the words and pairs of words beside it ('no numbness', 'my father') do. It is a multinomial
logistic regression; SciPy is needed for learning only.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.understanding.encoders.sign_reader import NONE
from bot.understanding.learning.split_regression import SplitFeatures, fit

_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_VECTOR_WEIGHT = 1.5
_STRENGTH = 10.0
_SIGN_WEIGHT = 5.0
_LOOK_ALIKE_WEIGHT = 5.0
_ARRAYS, _NAMES = "sign_model.npz", "sign_model.json"

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Exemplar:
    """A sentence to learn from. `label` is a tier, or NONE; `vector` has length 1."""

    text: str
    vector: Array
    label: str
    look_alike: bool = False


@dataclass(frozen=True)
class SignModel:
    """What was learnt.

    `terms` gives each word or pair of words its row in `term_weights` [terms, labels], which has
    the rarity of the word multiplied in, and its `rarity`; `vector_weights` is [vector, labels].
    """

    labels: tuple[str, ...]
    terms: Mapping[str, int]
    rarity: Array
    term_weights: Array
    vector_weights: Array
    offset: Array

    def nearness(self, text: str, vector: Array) -> dict[str, float]:
        """The probability of each label; they add up to 1."""
        scores = self.offset + vector @ self.vector_weights
        rows, values = _term_values(text, self.terms, self.rarity)
        if rows:
            scores = scores + values @ self.term_weights[rows]
        powers = np.exp(scores - scores.max())
        return dict(zip(self.labels, (powers / powers.sum()).tolist(), strict=True))

    @classmethod
    def learn(cls, exemplars: Sequence[Exemplar], tolerance: float = 1e-3) -> SignModel:
        """Fit to the exemplars, which must have at least three labels.

        Look-alikes and signs count five times an ordinary sentence.

        Args:
            tolerance: the largest slope at which learning ends.
        """
        from scipy.sparse import csr_matrix

        documents = Counter(term for e in exemplars for term in set(_terms_of(e.text)))
        terms = {term: n for n, term in enumerate(sorted(documents))}
        counts = np.array([documents[term] for term in terms], dtype=np.float32)
        rarity = np.log((1 + len(exemplars)) / (1 + counts)) + 1
        starts, columns, values = [0], [], []
        for exemplar in exemplars:
            rows, weights = _term_values(exemplar.text, terms, rarity)
            columns += rows
            values += weights.tolist()
            starts.append(len(columns))
        words = csr_matrix((values, columns, starts), shape=(len(exemplars), len(terms)))
        vectors = np.stack([e.vector for e in exemplars]) * _VECTOR_WEIGHT
        labels, numbers = np.unique([e.label for e in exemplars], return_inverse=True)
        fitted = fit(
            SplitFeatures(words, vectors.astype(np.float64)),
            numbers,
            np.array([_weight(e) for e in exemplars]),
            _STRENGTH,
            most_rounds=1000,
            tolerance=tolerance,
        )
        weights = fitted.weights.astype(np.float32)
        return cls(
            tuple(labels.tolist()),
            terms,
            rarity.astype(np.float32),
            weights[: len(terms)],
            weights[len(terms) :] * np.float32(_VECTOR_WEIGHT),
            fitted.offset.astype(np.float32),
        )

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        names = {"labels": self.labels, "terms": list(self.terms)}
        (folder / _NAMES).write_text(json.dumps(names), encoding="utf-8")
        np.savez_compressed(
            folder / _ARRAYS,
            rarity=self.rarity,
            term_weights=self.term_weights,
            vector_weights=self.vector_weights,
            offset=self.offset,
        )

    @classmethod
    def load(cls, folder: Path) -> SignModel:
        """Read what `save` wrote.

        Raises:
            OSError: a file is missing.
        """
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        terms = {term: n for n, term in enumerate(names["terms"])}
        with np.load(folder / _ARRAYS) as arrays:
            return cls(tuple(names["labels"]), terms, **arrays)


def _weight(exemplar: Exemplar) -> float:
    if exemplar.label != NONE:
        return _SIGN_WEIGHT
    return _LOOK_ALIKE_WEIGHT if exemplar.look_alike else 1.0


def _terms_of(text: str) -> Iterator[str]:
    words = _WORDS.findall(text.lower().replace("’", "'"))
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))


def _term_values(text: str, terms: Mapping[str, int], rarity: Array) -> tuple[list[int], Array]:
    """The rows of the known terms in `text`, and their values: rare ones weigh more; length 1."""
    counts = Counter(terms[term] for term in _terms_of(text) if term in terms)
    rows = sorted(counts)
    values = np.array([1 + np.log(counts[row]) for row in rows], dtype=np.float32) * rarity[rows]
    length = float(np.linalg.norm(values))
    return rows, values / np.float32(length or 1.0)
