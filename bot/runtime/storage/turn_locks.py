"""One turn at a time in a conversation: in this process, and over all workers of a database.

The workers' locks are PostgreSQL's own (advisory locks), all of a worker on one connection: they
are given back by themselves when it ends, however that comes. A worker that stands still is cut off
after a while, as it no longer beats.
"""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.history import BusyError, HeldTurn
from bot.privacy.quiet_log import log_failure
from bot.runtime.storage import turn_table
from bot.runtime.storage.lane import Lane, Unavailable
from bot.runtime.storage.turn_table import Version
from bot.storage.server import Server

logger = logging.getLogger(__name__)

_CALL_SECONDS = 1.0
# How long somebody else's turn is waited for between two looks.
_SOON, _LATEST = 0.005, 0.08
# A worker that does not beat for so long is cut off from its locks by the database.
_SILENT = "15s"
_TRIED_AFTER = 0.9
_TRY = sqlalchemy.text("SELECT pg_try_advisory_lock(hashtextextended(:sender, 7))")
_FREE = sqlalchemy.text("SELECT pg_advisory_unlock(hashtextextended(:sender, 7))")


@dataclass
class _Try:
    """An attempt to take a lock, which may come through when nobody waits for it any more."""

    sender: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_given_up: bool = False
    taken: int | None = None


@dataclass
class _Line:
    """Who wants a conversation in this process, one after the other."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class TurnLocks:
    """Takes conversations, and gives them back.

    Args:
        server: the database of several workers; None where this process is the only one.
        waited: told how long a conversation was waited for.
    """

    def __init__(
        self, server: Server | None, waited: Callable[[float], None] = lambda _: None
    ) -> None:
        self._server = server
        self.waited = waited
        self._lane = Lane("turn-locks", _CALL_SECONDS, (SQLAlchemyError, OSError))
        self._lines: dict[str, _Line] = {}
        self._connection: Any = None
        self._number = 0
        self._used = 0.0
        # Locks that came through when nobody waited for them any more.
        self._left: list[HeldTurn] = []

    async def take(self, sender: str, seconds: float) -> HeldTurn:
        """A conversation for a turn, with its version where several workers share it.

        Args:
            seconds: how long the turn of somebody else is waited for.

        Raises:
            BusyError: it was somebody else's for so long.
        """
        begun = time.monotonic()
        line = self._lines.setdefault(sender, _Line())
        line.length += 1
        is_first = False
        held = HeldTurn(sender, is_taken=True)
        try:
            is_first = await asyncio.wait_for(line.lock.acquire(), seconds)
            await self._taken_everywhere(held, begun + seconds)
        except BaseException as error:
            self._leave(sender, is_first)
            if isinstance(error, TimeoutError):
                raise BusyError from None
            raise
        self.waited(time.monotonic() - begun)
        return held

    async def give_back(self, held: HeldTurn) -> bool:
        """Let others have a conversation; whether it was ours until now, as far as is known."""
        try:
            if held.connection is None:
                return self._server is None
            return await self._lane.call(self._free, held)
        except Unavailable as error:
            log_failure(logger, "a turn could not be ended", error.__cause__ or error)
            return False
        finally:
            self._leave(held.sender, True)

    async def beat(self) -> None:
        """Tell the database that this worker lives, so that its locks stand."""
        if self._connection is None:
            return
        try:
            await self._lane.call(self._beat)
        except Unavailable as error:
            log_failure(logger, "the locks of turns are lost", error.__cause__ or error)

    def _leave(self, sender: str, is_first: bool) -> None:
        line = self._lines[sender]
        line.length -= 1
        if is_first:
            line.lock.release()
        if not line.length:
            del self._lines[sender]

    async def _taken_everywhere(self, held: HeldTurn, until: float) -> None:
        if self._server is None:
            return
        pause = _SOON
        while True:
            attempt = _Try(held.sender)
            try:
                found = await self._lane.call(self._try, attempt)
            except Unavailable as error:
                self._give_up(attempt)
                log_failure(logger, "a turn could not be begun", error.__cause__ or error)
                return
            except BaseException:
                self._give_up(attempt)
                raise
            if found is not None:
                held.connection, held.version = found
                return
            if time.monotonic() >= until:
                raise BusyError
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, _LATEST)

    def _give_up(self, attempt: _Try) -> None:
        with attempt.lock:
            attempt.is_given_up = True
            if attempt.taken is not None:
                self._left.append(HeldTurn(attempt.sender, connection=attempt.taken))

    # What follows runs in the thread of the lane.

    def _try(self, attempt: _Try) -> tuple[int, Version] | None:
        try:
            connection = self._connected()
            given = {"sender": attempt.sender}
            if not connection.execute(_TRY, given).scalar():
                return None
            version = turn_table.version(connection, attempt.sender)
            with attempt.lock:
                if not attempt.is_given_up:
                    attempt.taken = self._number
                    return self._number, version
            connection.execute(_FREE, given)
        except BaseException:
            self._drop()
            raise
        return None

    def _free(self, held: HeldTurn) -> bool:
        if self._connection is None or held.connection != self._number:
            return False
        try:
            return bool(self._connection.execute(_FREE, {"sender": held.sender}).scalar())
        except BaseException:
            self._drop()
            raise

    def _beat(self) -> None:
        if self._connection is not None:
            self._connected()

    def _connected(self) -> Any:
        """The connection that holds the locks; a new one where that has ended."""
        while self._left:
            self._free(self._left.pop())
        if self._connection is not None and time.monotonic() - self._used > _TRIED_AFTER:
            try:
                with self._connection.connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except Exception as error:  # what the driver raises where it was cut off
                log_failure(logger, "the connection that holds locks has ended", error)
                self._drop()
        if self._connection is None:
            assert self._server is not None
            self._server.migrate()
            connection = self._server.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            )
            connection.execute(sqlalchemy.text(f"SET idle_session_timeout = '{_SILENT}'"))
            self._connection = connection
            self._number += 1
        self._used = time.monotonic()
        return self._connection

    def _drop(self) -> None:
        """Give up the connection, and with it every lock on it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()
