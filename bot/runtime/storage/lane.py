"""Calls that may hang, such as those of a database: outside the event loop, each with a deadline.

While one is late, and for a moment after one has failed, the others fail at once: whoever waits for
an answer then waits once, not once for every call and everybody before them.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

_T = TypeVar("_T")
# How long after a failure the next calls are not even tried.
_PAUSE = 0.5


class Unavailable(Exception):
    """Raised where a call failed, took too long, or was not tried because others just did."""


class Lane:
    """Threads of its own for calls of one kind.

    They do not keep the process from ending, as a pool's threads would while one of them hangs.

    Args:
        seconds: how long a call may take.
        failures: what a call raises when what it calls is away; anything else is a mistake of ours.
        threads: how many calls may run at a time.
    """

    def __init__(
        self,
        name: str,
        seconds: float,
        failures: tuple[type[Exception], ...] = (OSError,),
        threads: int = 1,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._seconds = seconds
        self._failures = failures
        self._count = threads
        self._now = now
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._late: set[Future[Any]] = set()
        self._paused_until = float("-inf")

    @property
    def is_up(self) -> bool:
        """Whether calls are tried now."""
        return not self._late and self._now() >= self._paused_until

    async def call(self, work: Callable[..., _T], *given: Any, seconds: float | None = None) -> _T:
        """What `work(*given)` returns.

        Args:
            seconds: how long it may take, if not as long as others.

        Raises:
            Unavailable: it failed, is late, or was not tried. A late one may still be done.
        """
        if not self.is_up:
            raise Unavailable(self._name)
        self._start()
        done: Future[_T] = Future()
        self._work.put((done, lambda: work(*given)))
        try:
            waiting = asyncio.wrap_future(done)
            waiting.add_done_callback(_was_seen)
            return await asyncio.wait_for(asyncio.shield(waiting), seconds or self._seconds)
        except TimeoutError as error:
            if not done.cancel():
                self._late.add(done)
                done.add_done_callback(self._late.discard)
            self._paused_until = self._now() + _PAUSE
            raise Unavailable(self._name) from error
        except self._failures as error:
            self._paused_until = self._now() + _PAUSE
            raise Unavailable(self._name) from error

    def _start(self) -> None:
        while len(self._threads) < self._count:
            thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self) -> None:
        while True:
            done, work = self._work.get()
            if not done.set_running_or_notify_cancel():
                continue
            try:
                result = work()
            except BaseException as error:  # it belongs to whoever waits
                done.set_exception(error)
            else:
                done.set_result(result)
            del done, work


def _was_seen(done: asyncio.Future[Any]) -> None:
    """Take note of how a late call ended, which asyncio would write into the log otherwise."""
    if not done.cancelled():
        done.exception()
