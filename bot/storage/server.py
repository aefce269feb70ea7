"""One PostgreSQL for several workers: connections with deadlines, and nobody waits for it twice.

Once it was found to be away, calls fail at once until somebody in the background has reached it
again. So whoever waits for an answer waits once, and the event loop is not held up.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import lru_cache
from typing import Any

import sqlalchemy
from sqlalchemy.exc import DBAPIError, DisconnectionError

from bot.storage.deadlines import patience, set_deadlines

logger = logging.getLogger(__name__)

# The newest migration of what is in migrations/. A test compares it with the folder.
HEAD = "c0001"
_VERSION_TABLE = "acupoint_version"
# Any number, the same for everybody who starts at the same time.
_MIGRATION_LOCK = 7_213_406
_MIGRATION_SECONDS = 120.0
_LOOK_SECONDS = 0.25
# A connection that was idle for longer is tried first: whoever stands between may have cut it.
_IDLE_SECONDS = 5.0
_POOL, _BEYOND, _POOL_SECONDS = 8, 8, 1.0
# What the server does by itself: it ends what nobody waits for, and notices who is cut off.
_OPTIONS = (
    "-c statement_timeout=30s -c idle_in_transaction_session_timeout=20s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)


class Server:
    """Connections to one PostgreSQL, and its tables brought up to date.

    Args:
        url: such as postgresql://user:password@host/name.
    """

    def __init__(self, url: str) -> None:
        set_deadlines()
        self.engine = _engine(
            url, pool_size=_POOL, max_overflow=_BEYOND, pool_timeout=_POOL_SECONDS
        )
        self._probe = _engine(url, poolclass=sqlalchemy.pool.NullPool)
        self._away = threading.Event()
        self._looking = threading.Lock()
        self._migrating = threading.Lock()
        self._is_current = False
        sqlalchemy.event.listen(self.engine, "checkout", self._tried)
        sqlalchemy.event.listen(self.engine, "handle_error", self._failed)
        sqlalchemy.event.listen(self.engine, "do_connect", self._refuse)

    @property
    def is_away(self) -> bool:
        """Whether it could not be reached, and has not been since."""
        return self._away.is_set()

    def migrate(self) -> bool:
        """Bring the tables up to date, if they are not; whether there was anything to do.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it cannot be reached.
        """
        with self._migrating:
            if self._is_current:
                return False
            with self.engine.connect() as connection:
                is_old = self._is_old(connection)
            if is_old:
                self._upgrade()
            self._is_current = True
            return is_old

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _upgrade(self) -> None:
        # Loading alembic takes most of a second: only where there is something to do.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "bot.storage:migrations")
        with patience(_MIGRATION_SECONDS), self.engine.begin() as connection:
            lock = sqlalchemy.text("SELECT pg_advisory_xact_lock(:number)")
            connection.execute(lock, {"number": _MIGRATION_LOCK})
            # Somebody else may have done it while this one waited.
            if self._is_old(connection):
                config.attributes["connection"] = connection
                config.attributes["version_table"] = _VERSION_TABLE
                command.upgrade(config, "head")

    def _is_old(self, connection: Any) -> bool:
        """Whether tables are missing. Newer ones are left as they are, while workers change."""
        if not sqlalchemy.inspect(connection).has_table(_VERSION_TABLE):
            return True
        wanted = sqlalchemy.text(f"SELECT version_num FROM {_VERSION_TABLE}")
        return str(connection.execute(wanted).scalar() or "") < HEAD

    def _tried(self, connection: Any, record: Any, _: Any) -> None:
        """Hand out a connection that works, or none."""
        self._refuse()
        now = time.monotonic()
        is_idle = now - record.info.get("used", now) > _IDLE_SECONDS
        record.info["used"] = now
        if is_idle:
            try:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                connection.autocommit = False
            except connection.Error as error:
                raise DisconnectionError from error

    def _refuse(self, *_: Any) -> None:
        """Do not even try while it is away."""
        if self._away.is_set():
            from psycopg2 import OperationalError

            raise OperationalError("the database is away, as it was just before")

    def _failed(self, context: Any) -> None:
        """Take note where it was the database that failed, and look for it from now on."""
        from psycopg2 import InterfaceError, OperationalError

        failed = context.original_exception
        is_gone = context.is_disconnect or context.connection is None
        late = isinstance(failed, OperationalError) and failed.pgcode is None
        if not (is_gone or late) or not isinstance(failed, OperationalError | InterfaceError):
            return
        self._away.set()
        if self._looking.acquire(blocking=False):
            logger.error("the database is away: %s", str(failed).partition("\n")[0])
            threading.Thread(target=self._until_back, name="database-away", daemon=True).start()

    def _until_back(self) -> None:
        try:
            while True:
                time.sleep(_LOOK_SECONDS)
                try:
                    with self._probe.connect() as connection:
                        connection.execute(sqlalchemy.text("SELECT 1"))
                except DBAPIError:
                    continue
                # What was open before leads to where nobody is any more.
                self.engine.dispose()
                logger.info("the database is back")
                return
        finally:
            self._looking.release()
            self._away.clear()


@lru_cache(maxsize=8)
def server_at(url: str) -> Server:
    """The connections of this process to the PostgreSQL of a URL."""
    return Server(url)


def _engine(url: str, **given: Any) -> Any:
    return sqlalchemy.create_engine(
        url,
        # An error tells the statement, and never who said what.
        hide_parameters=True,
        connect_args={
            "options": _OPTIONS,
            "application_name": "acupoint",
            # Whatever the database was made with, what people say is more than ASCII.
            "client_encoding": "utf8",
        },
        **given,
    )
