"""Which of the project's files a module stands on: itself, what it imports, what that imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from bot.runtime import paths

_OURS = ("bot", "actions")


def files_behind(modules: Iterable[str]) -> list[Path]:
    """The files of `modules` and of all of ours that they import, anywhere in their text, sorted.

    Args:
        modules: names such as "bot.understanding.components.red_flags". A name that is no module
            of ours, such as that of a class, or of a library, adds nothing.
    """
    found: dict[str, Path] = {}
    ahead = list(modules)
    while ahead:
        name = ahead.pop()
        file = None if name in found else _file_of(name)
        if file is not None:
            found[name] = file
            ahead += _names_in(file)
        # A package is read before what lies in it.
        if "." in name:
            ahead.append(name.rpartition(".")[0])
    return sorted(set(found.values()))


@cache
def _file_of(name: str) -> Path | None:
    if name.partition(".")[0] not in _OURS:
        return None
    place = paths.ROOT.joinpath(*name.split("."))
    return next((f for f in (place.with_suffix(".py"), place / "__init__.py") if f.is_file()), None)


@cache
def _names_in(file: Path) -> tuple[str, ...]:
    """What a file imports; `from a import b` may mean a module a.b, so that is named, too."""
    return tuple(_imported(ast.parse(file.read_bytes(), file.name)))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
