"""A warning that Rasa silences, under the name it had before numpy 2."""

from __future__ import annotations

from types import ModuleType

MODULE = "numpy"


def change(module: ModuleType) -> None:
    """Give numpy the old name; numpy.exceptions has the warning."""
    if not hasattr(module, "VisibleDeprecationWarning"):
        warning = module.exceptions.VisibleDeprecationWarning
        module.VisibleDeprecationWarning = warning  # type: ignore[attr-defined]
