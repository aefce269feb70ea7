"""Files that installed packages carry, checked against their hashes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


class SentenceModelMissing(Exception):
    """Raised when no usable sentence model is found; the message says what to do."""


def package_file(package: str, name: str) -> Path:
    """Where the file `name` of a package lies, or would lie, without running the package."""
    spec = find_spec(package)
    locations = list(spec.submodule_search_locations or []) if spec else []
    return Path(locations[0] if locations else package) / name


def check_hash(file: Path, sha256: str) -> None:
    """Make sure that `file` is the one that this project was made with.

    Raises:
        SentenceModelMissing: it is missing or another.
    """
    if not file.is_file():
        raise SentenceModelMissing(
            f"The sentence model's file '{file.name}' is missing. Run 'make setup' again."
        )
    if _sha256(file) != sha256:
        raise SentenceModelMissing(
            "The sentence model's file is damaged (its hash differs). Run 'make clean setup'."
        )


@lru_cache(maxsize=4)
def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
