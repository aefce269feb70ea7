"""The report as a page one can look at: figures, calibration, what is taken for what."""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
import matplotlib as mpl

from tools.evaluation.judged import Figures
from tools.evaluation.rows import RowResult

mpl.use("Agg")
from matplotlib import pyplot as plt

_TEMPLATE = Path(__file__).with_name("report.html")
_MIXED_UP = 24


def write_report(path: Path, figures: Figures, rows: Sequence[RowResult]) -> None:
    """Write the page to `path`; pictures are inside, so that it is one file."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        template.render(
            figures=figures,
            calibration=_picture(_calibration(figures)),
            matrix=_picture(_matrix(figures)),
            rows=rows,
            styles=by_style(rows),
        ),
        encoding="utf-8",
    )


def by_style(rows: Sequence[RowResult]) -> list[tuple[str, int, int]]:
    """(style, rows, rows answered rightly), the worst style first."""
    count, right = Counter[str](), Counter[str]()
    for row in rows:
        count[row.style] += 1
        right[row.style] += not row.failed
    return sorted(((s, count[s], right[s]) for s in count), key=lambda entry: entry[2] / entry[1])


def _picture(figure: Any) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, bbox_inches="tight")
    plt.close(figure)
    return base64.b64encode(buffer.getvalue()).decode()


def _calibration(figures: Figures) -> Any:
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    hits = [j.confidence for j in figures.judged if j.true == j.voted]
    misses = [j.confidence for j in figures.judged if j.true != j.voted]
    left.hist([hits, misses], bins=20, range=(0, 1), stacked=True, label=["right", "wrong"],
              color=["#3a7d44", "#c8553d"])  # fmt: skip
    left.set(xlabel="confidence", ylabel="messages", title="How sure, and how often right")
    left.legend()
    bins = figures.bins()
    right.plot([0, 1], [0, 1], color="#999999", linestyle="--", label="perfect")
    right.plot([b.confidence for b in bins], [b.right for b in bins], marker="o", label="ours")
    right.set(xlabel="confidence", ylabel="share right", title="Calibration")
    right.legend()
    return figure


def _matrix(figures: Figures) -> Any:
    mixed = Counter[str]()
    for (true, told), times in figures.confusions():
        mixed[true] += times
        mixed[told] += times
    names = [name for name, _ in mixed.most_common(_MIXED_UP)]
    counts = Counter((j.true, j.told) for j in figures.judged)
    totals = Counter(j.true for j in figures.judged)
    shares = [[counts[true, told] / max(totals[true], 1) for told in names] for true in names]
    figure, axes = plt.subplots(figsize=(11, 10))
    image = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="acted on as", ylabel="meant", title="The intents that are mixed up most")
    for y, line in enumerate(shares):
        for x, share in enumerate(line):
            if share >= 0.02:
                colour = "white" if share > 0.5 else "black"
                axes.text(x, y, f"{share:.0%}", ha="center", va="center", fontsize=6, color=colour)
    figure.colorbar(image, shrink=0.6)
    return figure
