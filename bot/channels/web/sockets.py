"""A Socket.IO server that can be stopped without leaving anything behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

import engineio
import socketio

from bot.channels.http.rate_limit import RateLimit
from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)

_GOODBYE_SECONDS = 0.5
_LINES_PER_MINUTE = 6
# No channel listens to an event of this name, so that it is answered as unknown.
_UNKNOWN = "unknown"


class _Transport(engineio.AsyncServer):  # type: ignore[misc]
    """Keeps hold of the tasks that the library starts and forgets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks: set[asyncio.Future[Any]] = set()

    def start_background_task(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        """Start a task, as the library does."""
        task = super().start_background_task(target, *args, **kwargs)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


class Sockets(socketio.AsyncServer):  # type: ignore[misc]
    """The sockets of all browsers. What cannot be read is told in one line, and not without end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told = RateLimit(_LINES_PER_MINUTE, 60)

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        try:
            await super()._handle_eio_message(eio_sid, data)
        except Exception as error:  # the library would write a traceback for each
            self._tell("a packet of a socket could not be read", error)
            await self.eio.disconnect(eio_sid)

    async def _handle_event(self, eio_sid: str, namespace: str, id: Any, data: Any) -> None:
        # "connect" and "disconnect" are the library's own: a browser that sends one as an event
        # would call what belongs to the connection.
        is_known = isinstance(data, list) and data and isinstance(data[0], str)
        if not is_known or data[0] in self.reserved_events:
            data = [_UNKNOWN]
        await super()._handle_event(eio_sid, namespace, id, data)

    async def _handle_event_internal(self, *args: Any) -> None:
        try:
            await super()._handle_event_internal(*args)
        except Exception as error:
            self._tell("an event of a socket could not be handled", error)

    def _tell(self, what: str, error: Exception) -> None:
        if not self._told.seconds_to_wait(""):
            log_failure(logger, what, error)

    async def close_all(self) -> None:
        """Close every socket, and end what still runs for them."""
        if self.eio.sockets:
            # A browser that is gone never fetches the goodbye.
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.eio.disconnect(), _GOODBYE_SECONDS)
        for task in list(self.eio.tasks):
            task.cancel()

    def _engineio_server_class(self) -> type:
        return _Transport
