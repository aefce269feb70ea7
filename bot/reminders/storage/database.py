"""The database of reminders: SQLite in the state folder, or PostgreSQL by its URL."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from bot.privacy.private_files import private_file
from bot.storage.deadlines import patience
from bot.storage.home import url_of_environment
from bot.storage.server import server_at

FILE = "reminders.db"
URL_VARIABLE = "ACUPOINT_REMINDERS_URL"
# The newest migration. A test compares it with the folder.
HEAD = "r0002"
_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, the same for everybody who starts at the same time.
_MIGRATION_LOCK = 7_213_405
_BUSY_SECONDS = 10.0
_MIGRATION_SECONDS = 120.0


class Database:
    """Connections to the tables, which are brought up to date first.

    Args:
        url: of SQLAlchemy, such as postgresql://user:password@host/name.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the file cannot be used. A database that is away is looked
            for with each use.
    """

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite(url) if self.is_sqlite else server_at(url).engine
        self._is_current = False
        self._migrating = threading.Lock()
        if self.is_sqlite:
            self._migrate()

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A connection in a transaction that may write; nobody else writes meanwhile (SQLite)."""
        self._migrate()
        with self.engine.begin() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection to read from; it holds up nobody."""
        self._migrate()
        with self.engine.connect() as connection:
            yield connection

    def emptied(self) -> None:
        """Take what was deleted out of SQLite's write-ahead log, too.

        Raises:
            OSError: somebody else is reading the file; the log still holds it.
        """
        if not self.is_sqlite:
            return
        with self.engine.connect() as connection:
            busy = connection.execute(sql.text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
        if busy:
            raise OSError("the log of the database is in use")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _migrate(self) -> None:
        with self._migrating:
            if not self._is_current and self._version() != HEAD:
                self._upgrade()
            self._is_current = True

    def _upgrade(self) -> None:
        # Loading alembic takes most of a second: only where there is something to do.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with patience(_MIGRATION_SECONDS), self.engine.begin() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                lock = sql.text("SELECT pg_advisory_xact_lock(:number)")
                connection.execute(lock, {"number": _MIGRATION_LOCK})
            # Somebody else may have done it while this one waited.
            if self._version(connection) != HEAD:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")

    def _version(self, connection: Any = None) -> str | None:
        if connection is None:
            with self.engine.connect() as connection:
                return self._version(connection)
        if not sql.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sql.text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def url_for(folder: Path) -> str:
    """The URL that the environment names, else that of a file in `folder`."""
    return os.environ.get(URL_VARIABLE) or url_of_environment() or f"sqlite:///{folder / FILE}"


def _sqlite(url: str) -> Any:
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    private_file(path)
    engine = sql.create_engine(
        url,
        poolclass=sql.pool.QueuePool,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS},
    )

    @sql.event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _: Any) -> None:
        # Transactions begin where this module says so, not where the driver thinks best.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        # A reminder must outlast a power cut.
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")

    return engine
