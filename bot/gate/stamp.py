"""Remembers what has passed the gate, so that an unchanged assistant starts without it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.privacy.private_files import private_file

_CODE = Path(__file__).resolve().parents[1]
# What judges, what is judged beside the data, and what those stand on.
_JUDGING = ("gate", "knowledge", "safety", "answers", "sessions", "text")


def state_of(data: Path) -> str:
    """A hash over the data files of `data` and the code that judges them."""
    files = sorted(data.glob("*.yml"))
    files += [path for folder in _JUDGING for path in sorted((_CODE / folder).rglob("*.py"))]
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def has_passed(stamp: Path, state: str) -> bool:
    """Whether this state has passed the gate before."""
    try:
        return stamp.read_text(encoding="ascii").strip() == state
    except (OSError, UnicodeDecodeError):
        return False


def remember_passed(stamp: Path, state: str) -> None:
    """Write down that this state has passed. Where nothing can be written, it is checked again."""
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        private_file(stamp).write_text(state, encoding="ascii")
    except OSError:
        return
