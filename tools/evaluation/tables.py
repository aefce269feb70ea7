"""The report in the terminal."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from rich.table import Table

from tools.evaluation.judged import Figures
from tools.evaluation.report_page import by_style
from tools.evaluation.rows import RowResult

_GOOD, _FAIR = 0.9, 0.75


def figures_tables(figures: Figures, lines: int) -> Iterator[Table]:
    """What cross-validation found, `lines` lines a table."""
    missed, alarms = figures.missed_flags(), figures.false_alarms()
    whole = Table("Figure", "Value", title=f"Cross-validation, {len(figures.judged)} examples")
    whole.add_row("Intents told right", f"{figures.accuracy:.1%}")
    whole.add_row("Red flags acted on as something else", _coloured(len(missed)))
    whole.add_row("Ordinary messages that raise a red flag", _coloured(len(alarms)))
    whole.add_row("Calibration error", f"{figures.calibration_error:.3f}")
    whole.add_row("Outside the subject, and told so", f"{figures.out_of_scope_recall:.0%}")
    whole.add_row("Inside the subject, and turned away", f"{figures.turned_away:.1%}")
    yield whole
    for title, messages in (("Missed red flags", missed), ("False alarms", alarms)):
        if messages:
            table = Table("Message", "Meant", "Acted on as", title=title)
            for j in messages[:lines]:
                table.add_row(j.text, j.true, j.told)
            yield table
    weakest = Table("Intent", "Right", title="Weakest intents")
    for intent, recall in list(figures.recall().items())[:lines]:
        weakest.add_row(intent, _share(recall))
    yield weakest
    mixed = Table("Meant", "Acted on as", "Times", title="Most frequent confusions")
    for (true, told), times in figures.confusions()[:lines]:
        mixed.add_row(true, told, str(times))
    yield mixed


def rows_tables(rows: Sequence[RowResult], lines: int) -> Iterator[Table]:
    """What became of the rows from outside; nothing where there were none."""
    if not rows:
        return
    right = sum(not row.failed for row in rows)
    hits = [hit for row in rows for hit in row.entities.values()]
    harmless = [row for row in rows if "none" in row.accepted]
    alarms = [row for row in harmless if row.tier not in row.accepted]
    table = Table("Figure", "Value", title=f"{len(rows)} questions from outside")
    table.add_row("Answered rightly", f"{right / len(rows):.1%}")
    table.add_row("Points, places and tools found", f"{sum(hits)} of {len(hits)}")
    table.add_row("False alarms", f"{len(alarms)} of {len(harmless)}")
    table.add_row("Median", f"{statistics.median(row.milliseconds for row in rows):.0f} ms")
    yield table
    styles = Table("Voice", "Questions", "Answered rightly", title="By voice, worst first")
    for style, count, good in by_style(rows):
        styles.add_row(style, str(count), _share(good / count))
    yield styles
    failed = [row for row in rows if row.failed]
    if failed:
        wrong = Table("Voice", "Question", "What was wrong", title="Wrong answers")
        for row in failed[:lines]:
            wrong.add_row(row.style, row.text, "; ".join(row.failed))
        yield wrong


def _coloured(count: int) -> str:
    return f"[{'red' if count else 'green'}]{count}[/]"


def _share(share: float) -> str:
    colour = "green" if share >= _GOOD else "yellow" if share >= _FAIR else "red"
    return f"[{colour}]{share:.0%}[/]"
