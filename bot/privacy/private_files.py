"""Files that only their owner may read."""

from __future__ import annotations

from pathlib import Path

_BESIDE = ("-wal", "-shm", "-journal")


def private_file(path: Path) -> Path:
    """The file, made empty if it is not there, closed to everybody else.

    SQLite gives the files that it keeps beside a database the mode of the database.
    """
    path.touch(mode=0o600)
    for each in (path, *(path.with_name(path.name + end) for end in _BESIDE)):
        if each.exists():
            each.chmod(0o600)
    return path
