"""Multinomial logistic regression over features of two kinds, without laying them into one matrix.

Sentence vectors are dense and counts of words are sparse. scikit-learn wants one matrix; a sparse
one makes the dense part ten times slower than it need be. Objective, start and method (L-BFGS) are
those of scikit-learn's LogisticRegression, and so is what is learnt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """What was learnt: `weights` [features, classes], the sparse features first; `offset`."""

    weights: Array
    offset: Array


@dataclass(frozen=True)
class SplitFeatures:
    """One row per example. `sparse` is a SciPy CSR matrix, `dense` an array; one may be empty."""

    sparse: Any
    dense: Array

    @property
    def size(self) -> int:
        """How many features there are."""
        return int(self.sparse.shape[1] + self.dense.shape[1])

    def scores(self, weights: Array) -> Array:
        """The features times `weights` [features, classes]."""
        first = self.sparse.shape[1]
        return np.asarray(self.sparse @ weights[:first] + self.dense @ weights[first:])

    def gathered(self, errors: Array) -> Array:
        """The features, turned, times `errors` [examples, classes]."""
        return np.vstack([self.turned @ errors, self.dense.T @ errors])

    @cached_property
    def turned(self) -> Any:
        """The sparse features with a row for each feature."""
        return self.sparse.T.tocsr()


def fit(
    features: SplitFeatures,
    labels: npt.NDArray[np.int64],
    example_weights: Array,
    strength: float = 1.0,
    most_rounds: int = 100,
    tolerance: float = 1e-4,
) -> Fitted:
    """Learn to tell the classes 0 to max(labels), of which there must be three or more.

    Args:
        labels: the class of each example.
        example_weights: how much each example counts.
        strength: the inverse of the penalty on large weights (scikit-learn's C).
        tolerance: the largest slope at which learning ends.
    """
    from scipy.optimize import minimize

    classes = int(labels.max()) + 1
    shape = (features.size + 1, classes)
    rows = np.arange(len(labels))

    def loss(flat: Array) -> tuple[float, Array]:
        parameters = flat.reshape(shape)
        weights = parameters[:-1]
        scores = features.scores(weights) + parameters[-1]
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        sums = powers.sum(axis=1, keepdims=True)
        surprise = np.log(sums[:, 0]) - scores[rows, labels]
        errors = powers / sums
        errors[rows, labels] -= 1.0
        errors *= example_weights[:, None]
        slope = np.empty(shape)
        slope[:-1] = features.gathered(errors) + weights / strength
        slope[-1] = errors.sum(axis=0)
        penalty = 0.5 / strength * float(np.vdot(weights, weights))
        return float(example_weights @ surprise) + penalty, slope.ravel()

    found = minimize(
        loss,
        np.zeros(shape[0] * classes),
        method="L-BFGS-B",
        jac=True,
        options={"maxiter": most_rounds, "gtol": tolerance},
    )
    parameters = found.x.reshape(shape)
    return Fitted(parameters[:-1], parameters[-1])
