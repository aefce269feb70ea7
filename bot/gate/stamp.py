"""Remembers what has passed the gate, so that an unchanged assistant starts without it."""

from __future__ import annotations

import hashlib
from pathlib import Path

_ROOM = Path(__file__).resolve().parents[1]
_JUDGING = ("gate", "knowledge", "safety")


def state_of(folder: Path) -> str:
    """A hash over the data files of `folder` and the code that judges them."""
    files = sorted(folder.glob("*.yml"))
    files += [path for room in _JUDGING for path in sorted((_ROOM / room).glob("*.py"))]
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
        stamp.write_text(state, encoding="ascii")
    except OSError:
        return
