"""Calls to PostgreSQL with an end: a server that hangs would be waited for without one.

The driver waits in C otherwise, where nothing reaches it. A call that is late closes its
connection, so that whatever it held there is given back.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# How long a call may take where nobody says otherwise.
CALL_SECONDS = 1.0

_of_this_thread = threading.local()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let calls of this thread take so long."""
    before = _seconds()
    _of_this_thread.seconds = seconds
    try:
        yield
    finally:
        _of_this_thread.seconds = before


def set_deadlines() -> None:
    """Let every call of the driver in this process end in time."""
    from psycopg2.extensions import set_wait_callback

    set_wait_callback(_wait)


def _seconds() -> float:
    return float(getattr(_of_this_thread, "seconds", CALL_SECONDS))


def _wait(connection: Any) -> None:
    """Wait until a connection has what was asked of it.

    Raises:
        psycopg2.OperationalError: it has not in time.
    """
    from psycopg2 import OperationalError
    from psycopg2.extensions import POLL_OK, POLL_READ

    until = time.monotonic() + _seconds()
    while (state := connection.poll()) != POLL_OK:
        ready = select.poll()
        ready.register(connection, select.POLLIN if state == POLL_READ else select.POLLOUT)
        left = until - time.monotonic()
        if left <= 0 or not ready.poll(left * 1000):
            raise OperationalError("the database does not answer in time")
