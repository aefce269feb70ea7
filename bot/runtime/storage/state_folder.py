"""The state folder before a start: is it ours alone, can it be used, is every file whole?"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.privacy.private_store import private_folder

IN_USE = "in_use.lock"
# Less room than this is too little to go on with.
LEAST_ROOM = 20_000_000
# A larger database is opened, not gone through: that takes a second for each 100 MB.
_GONE_THROUGH = 50_000_000


class StateUnusable(Exception):
    """Raised where the state folder cannot be used; the message says what to do."""


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Have the folder alone for as long as this lasts, and every file in it whole.

    Raises:
        StateUnusable: it cannot be used, or another assistant has it.
    """
    try:
        private_folder(folder)
        lock = FileLock(folder / IN_USE, mode=0o600)
        lock.acquire(timeout=0)
    except Timeout:
        raise StateUnusable(
            f"Another assistant already runs with the folder {folder}. Stop that one, or give this "
            "one a folder of its own, for example: ACUPOINT_STATE_FOLDER=var2 make run"
        ) from None
    except OSError as error:
        raise StateUnusable(_unusable(folder, error)) from None
    try:
        for file in sorted(folder.glob("*.db")):
            _check(file)
        yield
    finally:
        lock.release()


def has_room(folder: Path) -> bool:
    """Whether there is space left on the disk of the folder."""
    return shutil.disk_usage(folder).free >= LEAST_ROOM


def unusable(folder: Path, error: Exception) -> StateUnusable:
    """What to raise where a file of the folder could not be used at a start."""
    return StateUnusable(_unusable(folder, error))


def _unusable(folder: Path, error: Exception) -> str:
    try:
        is_full = not has_room(folder)
    except OSError:
        is_full = False
    if is_full:
        return (
            f"There is no space left on the disk of the folder {folder}. Make room, at least "
            f"{LEAST_ROOM // 1_000_000} MB, and start again."
        )
    if "locked" in str(error):
        return (
            f"A file in {folder} is locked by another program, such as one that copies it. Wait "
            "until that is done, and start again."
        )
    return (
        f"The folder {folder} cannot be used ({type(error).__name__}). Make it and its files "
        f"writable for the user who starts this, for example: chown -R $USER {folder}; or name "
        "another folder with ACUPOINT_STATE_FOLDER."
    )


def _check(file: Path) -> None:
    if not os.access(file, os.R_OK | os.W_OK):
        raise StateUnusable(
            f"{file} may not be written. Make it writable for the user who starts this, for "
            f"example: chown $USER {file}; chmod 600 {file}"
        )
    question = "PRAGMA quick_check(1)"
    if file.stat().st_size > _GONE_THROUGH:
        question = "SELECT count(*) FROM sqlite_master"
    try:
        with closing(sqlite3.connect(file, timeout=1)) as database:
            (said,) = database.execute(question).fetchone()
            is_whole = isinstance(said, int) or said == "ok"
    except sqlite3.OperationalError as error:
        raise StateUnusable(_unusable(file.parent, error)) from None
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        raise StateUnusable(
            f"{file} is damaged. Put a copy of it back; or move it away, for example: mv {file} "
            f"{file}.damaged, and start again: what was kept in it is forgotten then."
        )
