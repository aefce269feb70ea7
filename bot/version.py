"""Which version of the project this is; pyproject.toml alone says it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version


def version() -> str:
    """The version that is installed, such as "1.0.0"; "unknown" where the project is not."""
    try:
        return installed_version("acupoint")
    except PackageNotFoundError:
        return "unknown"
