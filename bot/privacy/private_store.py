"""SQLite files for what people say: readable for the owner only, and deleted is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy.pool import QueuePool

from bot.privacy.private_files import private_file

# How long to wait for somebody else who uses the file, such as a command.
_BUSY_SECONDS = 1.0


def private_folder(folder: Path) -> Path:
    """The folder, made if it is not there, closed to everybody else."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def private_engine(url: Any, busy_seconds: float = _BUSY_SECONDS) -> Any:
    """An engine for an SQLite file.

    Connections stay open, and write-ahead logging keeps a turn from waiting for the disk; a power
    cut may lose the last moments, never the file.

    Args:
        busy_seconds: how long to wait for somebody else who uses the file.
    """
    name = sqlalchemy.engine.make_url(url).database
    if name and name != ":memory:":
        private_file(Path(name))
    engine = sqlalchemy.create_engine(
        url,
        poolclass=QueuePool,
        # An error tells the statement, and never who said what.
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": busy_seconds},
    )

    @sqlalchemy.event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        # What is deleted is overwritten, not only taken off the list.
        connection.execute("PRAGMA secure_delete=ON")

    return engine


def empty_log(engine: Any) -> None:
    """Take what was deleted out of the write-ahead log, too.

    Raises:
        OSError: somebody else is reading the file; the log still holds it.
    """
    with engine.connect() as connection:
        busy = connection.execute(sqlalchemy.text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
    if busy:
        raise OSError("the log of the database is in use")
