"""Reading the public intent sets from the folder where somebody has put them.

Each set is a file with tabs: a header line, then split, text and intent. Nothing of them is ever
copied into the project.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OUTSIDE = "NO_NODES_DETECTED"
HINT3_BOTS = ("sofmattress", "curekart", "powerplay11")
ACCURACY_SETS = {
    "banking77": Path("banking77", "banking77.tsv"),
    "hwu64": Path("hwu64", "hwu64_fold1.tsv"),
    "clinc150": Path("clinc150", "clinc150_full.tsv"),
}
_HINT3_FILES = {bot: Path("hint3", f"hint3_{bot}.tsv") for bot in HINT3_BOTS}
SETS = (*ACCURACY_SETS, "hint3")


class SetMissing(Exception):
    """Raised when the folder lacks a set, or its file is not one; the message says which."""


@dataclass(frozen=True)
class Example:
    """A message and the intent it belongs to."""

    text: str
    intent: str


@dataclass(frozen=True)
class IntentSet:
    """A public set: what may be learned from, and what is asked."""

    name: str
    train: tuple[Example, ...]
    test: tuple[Example, ...]


def read_sets(folder: Path, names: Sequence[str]) -> dict[str, list[IntentSet]]:
    """The sets called `names`; 'hint3' is three, one for each bot.

    Raises:
        SetMissing: `folder` lacks a file, or a file has no such rows. All that is missing is named.
    """
    wanted = {
        name: _HINT3_FILES if name == "hint3" else {name: ACCURACY_SETS[name]} for name in names
    }
    lacking = [
        str(file)
        for files in wanted.values()
        for file in files.values()
        if not (folder / file).is_file()
    ]
    if lacking:
        raise SetMissing(
            f"'{folder}' lacks {', '.join(lacking)}. Put the sets there, or name those that are "
            "there with --sets."
        )
    return {
        name: [_read(one, folder / file) for one, file in files.items()]
        for name, files in wanted.items()
    }


def few_of_each(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """`count` examples of every intent (all, where there are fewer), drawn with `seed`."""
    by_intent: dict[str, list[Example]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(example)
    draw = random.Random(seed)
    return [
        example
        for group in by_intent.values()
        for example in draw.sample(group, min(count, len(group)))
    ]


def _read(name: str, path: Path) -> IntentSet:
    """Rows of other splits than 'train' and 'test' are left out."""
    splits: dict[str, list[Example]] = {"train": [], "test": []}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        columns = line.split("\t")
        if len(columns) >= 3 and columns[0] in splits and columns[1].strip():
            splits[columns[0]].append(Example(columns[1].strip(), columns[2].strip()))
    for split, examples in splits.items():
        if not examples:
            raise SetMissing(
                f"'{path}' has no row of the split '{split}'. A row is: split, text and intent, "
                "with tabs between them."
            )
    return IntentSet(name, tuple(splits["train"]), tuple(splits["test"]))
