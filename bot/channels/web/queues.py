"""Jobs in lines: one after the other within a line, lines side by side."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

Job = Callable[[], Awaitable[None]]


class SessionQueues:
    """Runs jobs. A job belongs to nobody's connection: it runs whoever has gone meanwhile."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()
        self._waiting: Counter[str] = Counter()

    def put(self, line: str, job: Job) -> asyncio.Task[None]:
        """Run a job once those before it in its line are over, however they ended."""
        self._waiting[line] += 1
        task = asyncio.ensure_future(self._run(line, self._last.get(line), job))
        self._last[line] = task
        self._all.add(task)
        task.add_done_callback(self._all.discard)
        return task

    def length(self, line: str) -> int:
        """How many jobs of a line are not over."""
        return self._waiting[line]

    def stop(self) -> None:
        """End all jobs."""
        for task in list(self._all):
            task.cancel()

    async def _run(self, line: str, before: asyncio.Task[None] | None, job: Job) -> None:
        try:
            if before:
                await asyncio.wait([before])
            await job()
        finally:
            self._waiting[line] -= 1
            if not self._waiting[line]:
                del self._waiting[line]
                del self._last[line]
