"""Which version of the project this is; pyproject.toml alone says it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
# All that decides what is said: code, facts, what is learnt from, and how it is learnt.
_ACTS = ("bot/*.yml", "bot/domain/*.yml", "data/*.yml", "bot/**/*.py", "actions/**/*.py")


def version() -> str:
    """The version that is installed, such as "1.0.0"; "unknown" where the project is not."""
    try:
        return installed_version("acupoint")
    except PackageNotFoundError:
        return "unknown"


@lru_cache(maxsize=1)
def release() -> str:
    """The version, and a hash of all that decides what is said, such as "1.0.0+5f0c1d2e3a4b".

    An installation in which anybody changed a fact or a line of code has another one.
    """
    digest = hashlib.sha256()
    files = {path for pattern in _ACTS for path in _ROOT.glob(pattern)}
    for path in sorted(files):
        digest.update(f"{path.relative_to(_ROOT)} ".encode())
        digest.update(path.read_bytes())
    return f"{version()}+{digest.hexdigest()[:12]}"
