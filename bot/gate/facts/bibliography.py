"""The bibliography is complete and holds nothing that no fact rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.gate.facts.coverage import COVERAGE_FILES
from bot.gate.facts.never_said import NEVER_SAID_FILE
from bot.knowledge.knowledge_files import KnowledgeFiles, Place, values_of
from bot.knowledge.schema.data_files import Problem, read_data_file

_OTHER_FILES = ("red_flags.yml", NEVER_SAID_FILE, *COVERAGE_FILES)


def bibliography_problems(folder: Path, files: KnowledgeFiles) -> Iterator[Problem]:
    """Sources that are named and not there, and sources that are there and not named.

    The files of the catalogue check their own names when they are loaded.
    """
    known = {source.id for source in files.sources.facts.sources}
    used = {value for loaded in files.all for place, value in loaded.values() if _names(place)}
    for name in _OTHER_FILES:
        file = read_data_file(folder / name)
        for place, value in values_of(file.content):
            if not _names(place):
                continue
            used.add(value)
            if value not in known:
                yield file.problem(
                    place,
                    f"The source '{value}' is not known.",
                    "Write an id of sources.yml, or add the source there.",
                )
    for index, source in enumerate(files.sources.facts.sources):
        if source.id not in used:
            yield files.sources.problem(
                ("sources", index, "id"),
                f"No fact rests on the source '{source.id}'.",
                "Remove it, or name it at the facts that come from it.",
            )


def _names(place: Place) -> bool:
    """Whether a value stands under 'sources' or 'source', not in the bibliography itself."""
    return place[-1] == "source" or (len(place) > 1 and place[-2] == "sources")
