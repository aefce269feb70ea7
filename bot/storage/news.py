"""What one worker tells the others of a database: that something new is stored.

They are told where it is, never what it is, and read it themselves. What was told while nobody
could listen is missed, and whoever listens is told so.
"""

from __future__ import annotations

import json
import logging
import select
import threading
import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy

from bot.privacy.quiet_log import log_failure
from bot.storage.server import Server
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

_CHANNEL = "acupoint"
_TELL = sqlalchemy.text("SELECT pg_notify(:channel, :told)")
_LOOK_SECONDS = 5.0
_AGAIN_SECONDS = 0.5


class News:
    """Tells other workers, and listens to them.

    Args:
        server: the database that they share.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._me = uuid.uuid4().hex
        self._ends = threading.Event()

    def tell(self, connection: Any, told: JsonObject) -> None:
        """Tell the others, once the transaction of a connection is over."""
        content = json.dumps({**told, "by": self._me})
        connection.execute(_TELL, {"channel": _CHANNEL, "told": content})

    def tell_now(self, told: JsonObject) -> None:
        """Tell the others at once.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database cannot be reached.
        """
        with self._server.engine.begin() as connection:
            self.tell(connection, told)

    def listen(self, heard: Callable[[JsonObject | None], None]) -> None:
        """Have `heard` called with what others tell, in a thread, until `close`.

        None means that something may have been missed.
        """
        threading.Thread(target=self._run, args=(heard,), name="news", daemon=True).start()

    def close(self) -> None:
        """Listen no longer."""
        self._ends.set()

    def _run(self, heard: Callable[[JsonObject | None], None]) -> None:
        while not self._ends.is_set():
            try:
                self._until_it_ends(heard)
            except Exception as error:  # it is listened to again
                log_failure(logger, "other workers cannot be heard", error)
            self._ends.wait(_AGAIN_SECONDS)

    def _until_it_ends(self, heard: Callable[[JsonObject | None], None]) -> None:
        with self._server.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(sqlalchemy.text(f"LISTEN {_CHANNEL}"))
            heard(None)
            driver = connection.connection.dbapi_connection
            try:
                while not self._ends.is_set():
                    if not select.select([driver], [], [], _LOOK_SECONDS)[0]:
                        connection.execute(sqlalchemy.text("SELECT 1"))
                    driver.poll()
                    while driver.notifies:
                        told = json.loads(driver.notifies.pop(0).payload)
                        if told.pop("by") != self._me:
                            heard(told)
            finally:
                # It would go on being told of everything in the pool.
                connection.invalidate()
