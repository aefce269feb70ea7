"""Which pipelines learn from which sets, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.benchmark.pipeline import general_part
from bot.benchmark.runs import AccuracyScore, BotScore, Progress, run_all, run_bot, run_few
from bot.benchmark.sets import IntentSet

_DIET_SET = "banking77"


@dataclass(frozen=True)
class Plan:
    """What is to be measured.

    Attributes:
        config: the configuration of our pipeline.
        diet_config: the configuration of Rasa's default pipeline; None leaves it out.
        sets: by name; 'hint3' holds a set for each bot.
        seeds: how often a few examples are drawn.
        full: whether to learn from all examples, too.
    """

    config: Path
    diet_config: Path | None
    sets: dict[str, list[IntentSet]]
    seeds: int
    full: bool

    @property
    def steps(self) -> int:
        """How often `run` says that something is done."""
        bots = len(self.sets.get("hint3", []))
        plain = len(self.sets.keys() - {"hint3"})
        diet = self.seeds if self.diet_config and _DIET_SET in self.sets else 0
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
                if self.diet_config and name == _DIET_SET:
                    theirs = general_part(self.diet_config)
                    accuracies.append(run_few(theirs, "diet", part, range(self.seeds), done))
        return accuracies, bots
