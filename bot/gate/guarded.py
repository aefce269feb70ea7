"""A change in what keeps people safe needs a dated reason in the file it is made in."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bot.knowledge.schema.changes import CHANGES, GUARDED, Change, fingerprint
from bot.knowledge.schema.data_files import DataError, DataFile, Problem, read_data_file

_FEWEST_WORDS = 3
_SECTION = re.compile(rf"(?m)^{CHANGES}:[^\S\n]*(?:#.*)?\n")
_WHY = "why it changed, and on whose word"


def unexplained(folder: Path) -> Iterator[Problem]:
    """Guarded parts that changed since the newest entry, and entries that explain nothing."""
    for name in GUARDED:
        file = read_data_file(folder / name)
        changes = [Change.model_validate(entry) for entry in file.content[CHANGES]]
        now = fingerprint(name, file.content)
        if changes[0].content != now:
            yield file.problem(
                (CHANGES,),
                "What keeps people safe has changed here, and the newest entry does not say why.",
                "Let 'acupoint check --record \"REASON\"' write it, or add as the first entry:\n"
                + entry_lines(datetime.date.today(), now, _WHY),
            )
        for index, change in enumerate(changes):
            if len(change.reason.split()) < _FEWEST_WORDS or change.reason == _WHY:
                yield file.problem(
                    (CHANGES, index, "reason"),
                    "This says too little about why it changed.",
                    "Write what changed, why, and on whose word or which source.",
                )
        for index, (newer, older) in enumerate(pairwise(changes)):
            if older.date > newer.date:
                yield file.problem(
                    (CHANGES, index + 1, "date"),
                    "This entry is newer than the one above it.",
                    "Put the newest entry first.",
                )


def record(folder: Path, reason: str, today: datetime.date) -> list[str]:
    """Write `reason` as the newest entry of every guarded file that changed.

    Returns:
        The names of the files that got an entry.

    Raises:
        DataError: a file cannot be read, or has no list of changes to write to.
    """
    written = []
    for name in GUARDED:
        file = read_data_file(folder / name)
        now = fingerprint(name, _whole(file))
        entries = file.content.get(CHANGES) or [{}]
        if entries[0].get("content") == now:
            continue
        text = file.path.read_text(encoding="utf-8")
        section = _SECTION.search(text)
        if section is None:
            raise DataError([file.problem((), f"'{CHANGES}:' is missing.", "Put it back.")])
        lines = entry_lines(today, now, reason) + "\n"
        file.path.write_text(text[: section.end()] + lines + text[section.end() :], "utf-8")
        written.append(file.name)
    return written


def entry_lines(date: datetime.date, content: str, reason: str) -> str:
    """The lines of one entry, as they stand in the file."""
    return (
        f'  - date: "{date.isoformat()}"\n'
        f'    content: "{content}"\n'
        f"    reason: {json.dumps(' '.join(reason.split()), ensure_ascii=False)}"
    )


def _whole(file: DataFile) -> object:
    """The content of a file, if it is whole enough to have a guarded part."""
    try:
        GUARDED[file.path.name](file.content)
    except (AttributeError, KeyError, TypeError):
        raise DataError(
            [file.problem((), "A part of this file is missing.", "Run 'acupoint check' first.")]
        ) from None
    return file.content
