"""Versions that are none: Rasa asks packaging for a class that is gone since packaging 22.

There every text that is no version is an error, so nothing is ever of that class.
"""

from __future__ import annotations

from types import ModuleType

MODULE = "packaging.version"


def change(module: ModuleType) -> None:
    """Give packaging.version the class."""
    if not hasattr(module, "LegacyVersion"):
        module.LegacyVersion = type("LegacyVersion", (), {})  # type: ignore[attr-defined]
