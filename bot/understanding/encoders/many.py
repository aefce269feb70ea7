"""Many texts encoded at once, which is only done to learn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TypeVar

VectorT = TypeVar("VectorT")


def side_by_side(encode: Callable[[str], VectorT], texts: Iterable[str]) -> list[VectorT]:
    """The vectors of all texts, in their order; computed on every core."""
    with ThreadPoolExecutor(cpu_count()) as cores:
        return list(cores.map(encode, texts))
