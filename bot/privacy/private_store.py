"""SQLite files for what people say: readable for the owner only, and deleted is deleted."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy.pool import QueuePool

from bot.privacy.private_files import private_file

# How long to wait for somebody else who uses the file, such as a command. Everybody waits meanwhile
# whom the event loop serves, so where that was in vain nothing is written for a moment.
_BUSY_SECONDS = 0.25
_PAUSE_SECONDS = 1.0
# How long a table of a server is waited for that somebody else uses.
_LOCK_SECONDS = 2
# A file up to this size is written anew in less than a second.
_SOON_BYTES = 50_000_000


def private_folder(folder: Path) -> Path:
    """The folder, made if it is not there, closed to everybody else."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def private_engine(url: Any, busy_seconds: float = _BUSY_SECONDS, pauses: bool = True) -> Any:
    """An engine for an SQLite file.

    Connections stay open, and write-ahead logging keeps a turn from waiting for the disk; a power
    cut may lose the last moments, never the file.

    Args:
        busy_seconds: how long to wait for somebody else who uses the file.
        pauses: whether writes fail at once for a moment, after one has waited in vain.
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

    if pauses:
        _refuse_while_locked(engine)
    return engine


def _refuse_while_locked(engine: Any) -> None:
    """Let writes fail at once for a moment, after one has waited in vain for a lock."""
    paused_until = float("-inf")

    @sqlalchemy.event.listens_for(engine, "handle_error")
    def _pause(context: Any) -> None:
        nonlocal paused_until
        if "locked" in str(context.original_exception):
            paused_until = time.monotonic() + _PAUSE_SECONDS

    @sqlalchemy.event.listens_for(engine, "before_cursor_execute")
    def _refuse(_: Any, __: Any, ___: Any, ____: Any, context: Any, _____: Any) -> None:
        writes = context is not None and (context.isinsert or context.isupdate or context.isdelete)
        if writes and time.monotonic() < paused_until:
            locked = sqlite3.OperationalError("the database is locked, as it was just before")
            raise sqlalchemy.exc.OperationalError("", {}, locked)


def empty_log(engine: Any) -> None:
    """Take what was deleted out of SQLite's write-ahead log, too.

    Raises:
        OSError: somebody else is reading the file; the log still holds it.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        busy = connection.execute(sqlalchemy.text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
    if busy:
        raise OSError("the log of the database is in use")


def wipe(engine: Any, soon: bool = False) -> None:
    """Write the file anew without what was deleted from it.

    Deleting overwrites a row where it is. Copies that stayed behind when SQLite moved rows about
    go only with the pages they are on. A server of PostgreSQL writes its tables anew.

    Args:
        soon: only a file that is written in a moment; writers wait meanwhile.

    Raises:
        OSError: somebody else is reading the file; its log still holds it.
        sqlalchemy.exc.SQLAlchemyError: somebody else is writing.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
            size = connection.exec_driver_sql("PRAGMA page_size").scalar() or 0
            if soon and pages * size > _SOON_BYTES:
                return
            connection.exec_driver_sql("VACUUM")
        empty_log(engine)
        return
    if soon:
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_SECONDS}s'")
        for table in sqlalchemy.inspect(engine).get_table_names():
            name = engine.dialect.identifier_preparer.quote(table)
            connection.exec_driver_sql(f"VACUUM (FULL) {name}")
        connection.exec_driver_sql("RESET lock_timeout")
