"""The words that settle a sign must do what their examples say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.schema.data_files import DataFile, Problem
from bot.knowledge.settling import SettlingFile, load_settling
from bot.safety.settling import SettlingReader


def wrong_settling(folder: Path) -> Iterator[Problem]:
    """Examples that are not found, and messages that must settle nothing but do.

    Args:
        folder: the data folder.

    Raises:
        DataError: the file has the wrong shape.
    """
    facts, file = load_settling(folder)
    reader = SettlingReader(facts)
    yield from _wrong_help(facts, file, reader)
    yield from _wrong_heard(facts, file, reader)
    for index, group in enumerate(facts.groups):
        for n, example in enumerate(group.examples):
            if group.id not in reader.groups_in(example) or reader.read(example) is None:
                yield file.problem(
                    ("groups", index, "examples", n),
                    f"'{example}' is not found by the patterns of '{group.id}'.",
                    "Add a pattern that finds it, or take the example out.",
                )
        for n, example in enumerate(group.not_):
            if group.id in reader.groups_in(example) and reader.read(example) is not None:
                yield file.problem(
                    ("groups", index, "not", n),
                    f"'{example}' would settle a sign by the patterns of '{group.id}'.",
                    "Narrow the patterns, or add words to 'unless_before' or 'unless_beside'.",
                )


def _wrong_help(facts: SettlingFile, file: DataFile, reader: SettlingReader) -> Iterator[Problem]:
    """Words of help that are not heard, and words of none that are."""
    for n, example in enumerate(facts.help.examples):
        if not reader.tells_of_help(example):
            yield file.problem(
                ("help", "examples", n),
                f"'{example}' is not heard as help that was called or is coming.",
                "Add a pattern that finds it, or take the example out.",
            )
    for n, example in enumerate(facts.help.not_):
        if reader.tells_of_help(example):
            yield file.problem(
                ("help", "not", n),
                f"'{example}' would be heard as help that was called or is coming.",
                "Narrow the patterns, or add words to 'unless_before' or 'unless_beside'.",
            )


def _wrong_heard(facts: SettlingFile, file: DataFile, reader: SettlingReader) -> Iterator[Problem]:
    """Words said to an alarm that are not heard, and others that are."""
    for index, words in enumerate(facts.heard):
        for n, example in enumerate(words.examples):
            if words.id not in reader.heard_in(example):
                yield file.problem(
                    ("heard", index, "examples", n),
                    f"'{example}' is not heard by the patterns of '{words.id.value}'.",
                    "Add a pattern that finds it, or take the example out.",
                )
        for n, example in enumerate(words.not_):
            if words.id in reader.heard_in(example):
                yield file.problem(
                    ("heard", index, "not", n),
                    f"'{example}' would be heard by the patterns of '{words.id.value}'.",
                    "Narrow the patterns, or add words to 'unless_before' or 'unless_beside'.",
                )
