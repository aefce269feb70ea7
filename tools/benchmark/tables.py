"""The scores as tables for the terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from tools.benchmark.published import Published
from tools.benchmark.runs import SHOTS, AccuracyScore, BotScore

OURS = "ours"
_NAMES = {OURS: "Our pipeline", "diet": "Rasa's default (DIET)"}


def score_tables(
    accuracies: Sequence[AccuracyScore], bots: Sequence[BotScore], others: Published
) -> Iterator[Table]:
    """A table for the sets where all have an intent, and one for the bots; none without scores."""
    if accuracies:
        yield _accuracy_table(accuracies, others)
    if bots:
        yield _bot_table(bots, others)


def as_data(accuracies: Sequence[AccuracyScore], bots: Sequence[BotScore]) -> dict[str, Any]:
    """The scores as lists and dictionaries."""
    return {
        "accuracy": [{**asdict(s), "mean": s.mean, "spread": s.spread} for s in accuracies],
        "bots": [asdict(score) for score in bots],
    }


def _accuracy_table(scores: Sequence[AccuracyScore], others: Published) -> Table:
    few, every = f"{SHOTS} examples an intent", "All examples"
    table = Table("Set", "System", few, every, "ms a message", title="Intents told right, in %")
    for name in dict.fromkeys(score.set_name for score in scores):
        of_set = [score for score in scores if score.set_name == name]
        for pipeline in dict.fromkeys(score.pipeline for score in of_set):
            cells = {s.shots: s for s in of_set if s.pipeline == pipeline}
            slowest = max(score.milliseconds for score in cells.values())
            table.add_row(
                name,
                f"[bold]{_NAMES.get(pipeline, pipeline)}[/]",
                f"[bold]{_mean(cells.get(SHOTS))}[/]",
                f"[bold]{_mean(cells.get(None))}[/]",
                f"{slowest:.1f}",
            )
        for other in others.accuracy.get(name, []):
            mark = "?" if other.told == "recalled" else ""
            table.add_row("", f"{other.system}{mark}", _number(other.few), _number(other.all), "")
        table.add_section()
    return table


def _bot_table(scores: Sequence[BotScore], others: Published) -> Table:
    table = Table(
        "Bot", "System", "Inside, none\nturned away", "Threshold", "Inside,\ntold right",
        "Outside,\nturned away", "Matthews\ncorrelation", "ms a message",
        title="Real messages to three bots (HINT3), in %",
    )  # fmt: skip
    for score in scores:
        for at, name in ((score.own, "own fallback"), (score.best, "best threshold")):
            table.add_row(
                score.bot,
                f"[bold]{_NAMES[OURS]}[/], {name}",
                _percent(score.inside),
                "" if at.threshold is None else f"{at.threshold:.2f}",
                _percent(at.inside),
                _percent(at.outside),
                f"[bold]{at.correlation:.2f}[/]",
                f"{score.milliseconds:.1f}",
            )
        for other in others.bots.get(score.bot, []):
            table.add_row(
                "", f"{other.system}, best threshold", _number(other.inside),
                f"{other.threshold:.2f}", _number(other.best_inside), _number(other.outside),
                f"{other.correlation:.2f}", "",
            )  # fmt: skip
        table.add_section()
    return table


def _mean(score: AccuracyScore | None) -> str:
    if score is None:
        return "-"
    spread = f" ± {100 * score.spread:.1f}" if len(score.accuracies) > 1 else ""
    return f"{_percent(score.mean)}{spread}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
