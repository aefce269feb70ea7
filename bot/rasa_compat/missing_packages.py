"""Rasa's own check of what a configuration needs: what is left out is missing.

Rasa tries to import it, and would take an empty module for the package. With this, training with a
neural component ends with Rasa's sentence that names the component and the package.
"""

from __future__ import annotations

from types import ModuleType

from bot.rasa_compat.left_out import is_left_out

MODULE = "rasa.utils.common"


def change(module: ModuleType) -> None:
    """Let Rasa know."""
    given = module.find_unavailable_packages  # type: ignore[attr-defined]

    def find_unavailable_packages(package_names: list[str]) -> set[str]:
        return set(given(package_names)) | {name for name in package_names if is_left_out(name)}

    module.find_unavailable_packages = find_unavailable_packages  # type: ignore[attr-defined]
