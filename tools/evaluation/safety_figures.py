"""Signs found and false alarms, with counts and intervals, from the rows of a scorer.

A file holds one JSON object a line: `suite`, `id`, `expected` (a tier or 'none'), and `bad`, the
scorer's findings, among them 'tier X not raised (...)' and 'false alarm (X)'.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TIERS = ("emergency", "urgent", "persistent_or_worsening")
SUITES = {
    "utt": "written messages",
    "dlg": "dialogues, turn by turn",
    "real": "sentences of real people",
    "vig": "clinical vignettes",
}
BEGIN = "<!-- figures: written by python -m tools safety-figures -->"
END = "<!-- end of figures -->"
_Z = 1.959964  # 95 % of a normal distribution lie within
_FALSE_ALARM = re.compile(r"false alarm \((\w+)\)")


class ScoresUnreadable(Exception):
    """A file is missing or holds something else; the message says which and where."""


@dataclass(frozen=True)
class Share:
    """A count out of a whole. `what` is what was counted, in words."""

    suite: str
    what: str
    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        return wilson(self.count, self.of)


def wilson(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval for `count` of `of`; (0, 1) when nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, spread = count / of, _Z * _Z / of
    middle = share + spread / 2
    reach = _Z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return (0.0 if count == 0 else low), (1.0 if count == of else high)


def read_scores(files: Sequence[Path]) -> list[dict[str, Any]]:
    """The rows of all files; of a row that is there twice, the last.

    Raises:
        ScoresUnreadable: a file is missing, or a line is no row.
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise ScoresUnreadable(f"{file} cannot be read.") from None
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                rows[row["suite"], str(row["id"] or f"{file} {number}")] = row
                _ = row["expected"], list(row["bad"])
            except (ValueError, KeyError, TypeError):
                raise ScoresUnreadable(f"{file}, line {number}, is no row of scores.") from None
    return list(rows.values())


def shares(rows: Sequence[dict[str, Any]]) -> Iterator[Share]:
    """For each suite: signs of each tier that were raised, then false alarms by tier."""
    for suite in dict.fromkeys([*SUITES, *(str(row["suite"]) for row in rows)]):
        own = [row for row in rows if row["suite"] == suite]
        for tier in TIERS:
            signs = [row for row in own if row["expected"] == tier]
            raised = [row for row in signs if not any("not raised" in bad for bad in row["bad"])]
            if signs:
                yield Share(suite, f"{_words(tier)} signs raised", len(raised), len(signs))
        harmless = [row for row in own if row["expected"] == "none"]
        alarms = [m[1] for row in harmless for bad in row["bad"] if (m := _FALSE_ALARM.search(bad))]
        for tier in TIERS:
            if harmless:
                what = f"false alarms, {_words(tier)}"
                yield Share(suite, what, alarms.count(tier), len(harmless))


def figures_block(found: Sequence[Share], date: datetime.date) -> str:
    """The figures as they stand in docs/safety_case.md."""
    lines = [BEGIN, "", f"Measured on {date.isoformat()}.", ""]
    lines += [
        "| messages | what | count | share | 95 % interval |",
        "| --- | --- | --- | --- | --- |",
    ]
    for share in found:
        low, high = share.interval
        cells = (
            SUITES.get(share.suite, share.suite),
            share.what,
            f"{share.count} of {share.of}",
            f"{share.count / share.of:.1%}",
            f"{low:.1%} to {high:.1%}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", END])


def with_figures(page: str, block: str) -> str:
    """`page` with its figures replaced by `block`.

    Raises:
        ScoresUnreadable: the page has no place for figures.
    """
    if BEGIN not in page or END not in page:
        raise ScoresUnreadable(f"The page has no lines '{BEGIN}' and '{END}'.")
    return page.partition(BEGIN)[0] + block + page.partition(END)[2]


def _words(tier: str) -> str:
    return tier.replace("_", " ")
