"""Telemetry: Rasa tells its makers nothing, and makes no id to tell it under.

The environment variable that turns it off still has the id written into the home folder, with
telemetry on for whoever runs Rasa without the variable.
"""

from __future__ import annotations

from types import ModuleType

MODULE = "rasa.telemetry"


def _off() -> bool:
    return False


def change(module: ModuleType) -> None:
    """Let every question whether it is on be answered with no."""
    module.is_telemetry_enabled = _off  # type: ignore[attr-defined]
    module.initialize_telemetry = _off  # type: ignore[attr-defined]
