"""Which pipelines learn from which sets, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.benchmark.pipeline import general_part
from tools.benchmark.runs import AccuracyScore, BotScore, Progress, run_all, run_bot, run_few
from tools.benchmark.sets import IntentSet

DIET_SET = "banking77"


@dataclass(frozen=True)
class Plan:
    """What is to be measured.

    Attributes:
        config: the configuration of our pipeline.
        diet: runs Rasa's default pipeline on DIET_SET, for so many seeds; None leaves it out.
        sets: by name; 'hint3' holds a set for each bot.
        seeds: how often a few examples are drawn.
        full: whether to learn from all examples, too.
    """

    config: Path
    diet: Callable[[int, Progress], AccuracyScore] | None
    sets: dict[str, list[IntentSet]]
    seeds: int
    full: bool

    @property
    def steps(self) -> int:
        """How often `run` says that something is done."""
        bots = len(self.sets.get("hint3", []))
        plain = len(self.sets.keys() - {"hint3"})
        diet = self.seeds if self.diet and DIET_SET in self.sets else 0
        return bots + plain * (self.seeds + self.full) + diet

    def run(self, done: Progress) -> tuple[list[AccuracyScore], list[BotScore]]:
        """Train and ask; `done` gets the name of the set after every training."""
        ours = general_part(self.config)
        accuracies: list[AccuracyScore] = []
        bots: list[BotScore] = []
        for name, parts in self.sets.items():
            for part in parts:
                if name == "hint3":
                    bots.append(run_bot(ours, part, done))
                    continue
                accuracies.append(run_few(ours, "ours", part, range(self.seeds), done))
                if self.full:
                    accuracies.append(run_all(ours, "ours", part, done))
                if self.diet and name == DIET_SET:
                    accuracies.append(self.diet(self.seeds, done))
        return accuracies, bots
