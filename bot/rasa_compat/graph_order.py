"""dask: Rasa has it run its graph in order, one part after the other, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

MODULE = "rasa.engine.runner.dask"


def get(graph: Mapping[str, Any], targets: Sequence[str]) -> list[Any]:
    """What the `targets` of a graph in dask's form give.

    Args:
        graph: by name, a function and the names of what it is called with; else a value.
        targets: the names that are asked for.
    """
    done: dict[str, Any] = {}

    def result(name: str) -> Any:
        if name not in done:
            part = graph[name]
            done[name] = part[0](*map(result, part[1:])) if callable(part[0]) else part
        return done[name]

    return [result(name) for name in targets]


def change(module: ModuleType) -> None:
    """Let Rasa's runner use it."""
    module.dask = SimpleNamespace(get=get)  # type: ignore[attr-defined]
