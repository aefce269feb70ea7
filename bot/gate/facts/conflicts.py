"""Every conflict that data/points.yml marks as a danger has something that keeps it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.gate.facts.coverage import COVERAGE_FILES, CoverageFile
from bot.gate.facts.never_said import NEVER_SAID_FILE, NeverSaidFile
from bot.knowledge.knowledge_files import Loaded
from bot.knowledge.schema.data_files import Facts, Problem, load_facts
from bot.knowledge.schema.points import PointsFile, Severity


def unguarded(folder: Path, points: Loaded[PointsFile]) -> Iterator[Problem]:
    """Dangers that no entry stands for, and entries that stand for no conflict.

    A danger is kept away by an entry of never_said.yml, or, where a page leaves a warning out, by
    an entry of the coverage files that holds the answer to the warning.
    """
    known = {
        conflict.id: (conflict.severity, (section, index, "conflicts", n, "id"))
        for section in ("points", "article_areas")
        for index, holder in enumerate(getattr(points.facts, section))
        for n, conflict in enumerate(holder.conflicts)
    }
    guarded: set[str] = set()
    files: list[tuple[str, str, type[Facts]]] = [
        (NEVER_SAID_FILE, "never_said", NeverSaidFile),
        *((name, "facts", CoverageFile) for name in COVERAGE_FILES),
    ]
    for name, section, shape in files:
        facts, file = load_facts(folder / name, shape)
        for index, entry in enumerate(getattr(facts, section)):
            for n, conflict_id in enumerate(entry.conflicts):
                guarded.add(conflict_id)
                if conflict_id not in known:
                    yield file.problem(
                        (section, index, "conflicts", n),
                        f"data/points.yml has no conflict '{conflict_id}'.",
                        "Correct the id, or remove it.",
                    )
    for conflict_id, (severity, place) in known.items():
        if severity is Severity.DANGER and conflict_id not in guarded:
            yield points.problem(
                place,
                f"Nothing keeps the danger '{conflict_id}' away.",
                f"Add an entry with 'conflicts: [{conflict_id}]' to never_said.yml, or to a "
                "coverage file with the warning that every answer must hold.",
            )
