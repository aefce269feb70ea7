"""Training and asking, set by set."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.benchmark.pipeline import TrainedPipeline, Understood
from tools.benchmark.scores import Operating, accuracy, at_best_threshold, at_own_fallback
from tools.benchmark.sets import OUTSIDE, Example, IntentSet, few_of_each

SHOTS = 10
Progress = Callable[[str], None]


@dataclass(frozen=True)
class AccuracyScore:
    """How a pipeline does on a set whose messages all have an intent.

    Attributes:
        set_name: the set.
        pipeline: 'ours', or another pipeline's name.
        shots: how many examples of each intent it learned from; None stands for all.
        accuracies: share told right, one for each seed.
        milliseconds: median for one message.
    """

    set_name: str
    pipeline: str
    shots: int | None
    accuracies: tuple[float, ...]
    milliseconds: float

    @property
    def mean(self) -> float:
        """Mean over the seeds."""
        return statistics.fmean(self.accuracies)

    @property
    def spread(self) -> float:
        """Standard deviation over the seeds; 0 for one."""
        return statistics.stdev(self.accuracies) if len(self.accuracies) > 1 else 0.0


@dataclass(frozen=True)
class BotScore:
    """How the pipeline does on real messages to a bot, many of them outside its subject.

    Attributes:
        bot: the bot.
        inside: share of messages within the subject told right if none is turned away.
        own: with the pipeline's own fallback.
        best: at the best threshold.
        milliseconds: median for one message.
    """

    bot: str
    inside: float
    own: Operating
    best: Operating
    milliseconds: float


def run_few(
    config: dict[str, Any], pipeline: str, known: IntentSet, seeds: Sequence[int], done: Progress
) -> AccuracyScore:
    """Learn from SHOTS examples of each intent, once for each seed, and ask the test messages."""
    drawn = {seed: few_of_each(known.train, SHOTS, seed) for seed in seeds}
    return _run(config, pipeline, known, SHOTS, drawn, done)


def run_all(
    config: dict[str, Any], pipeline: str, known: IntentSet, done: Progress
) -> AccuracyScore:
    """Learn from all examples and ask the test messages."""
    return _run(config, pipeline, known, None, {0: list(known.train)}, done)


def run_bot(config: dict[str, Any], known: IntentSet, done: Progress) -> BotScore:
    """Learn from all examples and ask what people really asked, outside the subject too."""
    understood = _ask(config, known.train, known.test)
    true = [example.intent for example in known.test]
    inside = [(t, u.voted) for t, u in zip(true, understood, strict=True) if t != OUTSIDE]
    done(known.name)
    return BotScore(
        known.name,
        accuracy([t for t, _ in inside], [voted for _, voted in inside]),
        at_own_fallback(true, understood),
        at_best_threshold(true, understood),
        statistics.median(u.milliseconds for u in understood),
    )


def _run(
    config: dict[str, Any],
    pipeline: str,
    known: IntentSet,
    shots: int | None,
    drawn: dict[int, list[Example]],
    done: Progress,
) -> AccuracyScore:
    accuracies: list[float] = []
    times: list[float] = []
    true = [example.intent for example in known.test]
    for examples in drawn.values():
        understood = _ask(config, examples, known.test)
        accuracies.append(accuracy(true, [u.voted for u in understood]))
        times.extend(u.milliseconds for u in understood)
        done(known.name)
    return AccuracyScore(known.name, pipeline, shots, tuple(accuracies), statistics.median(times))


def _ask(
    config: dict[str, Any], train: Sequence[Example], test: Sequence[Example]
) -> list[Understood]:
    with tempfile.TemporaryDirectory() as folder:
        trained = TrainedPipeline(config, train, Path(folder))
        return [trained.understand(example.text) for example in test]
