"""Versions that are none: since packaging 22 they are an error, and have no class any more.

Rasa asks of what class the version of a file is, to tell people how to write it.
"""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

from packaging import version

MODULE = "rasa.shared.utils.validation"


class LegacyVersion:
    """A version that is none."""


def parse(text: Any) -> version.Version | LegacyVersion:
    """The version that `text` is, as packaging 21 told it."""
    try:
        return version.parse(text)
    except version.InvalidVersion:
        return LegacyVersion()


def before() -> None:
    """Rasa's module takes the class from packaging."""
    version.LegacyVersion = LegacyVersion  # type: ignore[attr-defined]


def change(module: ModuleType) -> None:
    """Let it read versions as before."""
    module.version = SimpleNamespace(parse=parse)  # type: ignore[attr-defined]
