"""What is counted: shares of right answers, and how well known is told from unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from tools.benchmark.pipeline import FALLBACK, Understood
from tools.benchmark.sets import OUTSIDE

_THRESHOLDS = [step / 50 for step in range(50)]


@dataclass(frozen=True)
class Operating:
    """How a bot does where messages below `threshold` are turned away.

    Attributes:
        threshold: of the classifier's confidence; None stands for the pipeline's own fallback.
        inside: share of the messages within the subject whose intent is told right.
        outside: share of the messages outside the subject that are turned away.
        correlation: Matthews correlation over all intents, "outside" being one of them; -1 to 1.
    """

    threshold: float | None
    inside: float
    outside: float
    correlation: float


def accuracy(true: Sequence[str], told: Sequence[str]) -> float:
    """Share of messages told right; 0 for none."""
    return _share(t == p for t, p in zip(true, told, strict=True))


def matthews(true: Sequence[str], told: Sequence[str]) -> float:
    """Matthews correlation for any number of intents; 0 where all messages are told alike."""
    right = sum(t == p for t, p in zip(true, told, strict=True))
    total = len(true)
    trues, tolds = Counter(true), Counter(told)
    covariance = right * total - sum(trues[name] * tolds[name] for name in trues)
    spread = sqrt(
        (total**2 - sum(n * n for n in trues.values()))
        * (total**2 - sum(n * n for n in tolds.values()))
    )
    return covariance / spread if spread else 0.0


def at_own_fallback(true: Sequence[str], understood: Sequence[Understood]) -> Operating:
    """With the pipeline's own fallback."""
    return _operating(None, true, [OUTSIDE if u.told == FALLBACK else u.told for u in understood])


def at_best_threshold(true: Sequence[str], understood: Sequence[Understood]) -> Operating:
    """At the threshold, in steps of 0.02, with the highest correlation on these very messages."""
    return max(
        (
            _operating(t, true, [u.voted if u.confidence >= t else OUTSIDE for u in understood])
            for t in _THRESHOLDS
        ),
        key=lambda operating: operating.correlation,
    )


def _operating(threshold: float | None, true: Sequence[str], told: Sequence[str]) -> Operating:
    pairs = list(zip(true, told, strict=True))
    return Operating(
        threshold,
        _share(t == p for t, p in pairs if t != OUTSIDE),
        _share(t == p for t, p in pairs if t == OUTSIDE),
        matthews(true, told),
    )


def _share(hits: Iterable[bool]) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0
