"""How often somebody may do something."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_REMEMBERED_KEYS = 20_000


class RateLimit:
    """At most `count` times in `seconds`, for each key by itself."""

    def __init__(
        self, count: int, seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._count = count
        self._seconds = seconds
        self._now = now
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def seconds_to_wait(self, key: str) -> int:
        """0 if it may be done now, which then counts; else in how many seconds."""
        now = self._now()
        times = self._times.setdefault(key, deque(maxlen=self._count))
        self._times.move_to_end(key)
        while len(self._times) > _REMEMBERED_KEYS:
            self._times.popitem(last=False)
        while times and now - times[0] >= self._seconds:
            times.popleft()
        if len(times) >= self._count:
            return math.ceil(self._seconds - (now - times[0])) or 1
        times.append(now)
        return 0
