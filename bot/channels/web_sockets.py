"""A Socket.IO server that can be stopped without leaving anything behind."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import engineio
import socketio

_GOODBYE_SECONDS = 0.5


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
    """The sockets of all browsers."""

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
