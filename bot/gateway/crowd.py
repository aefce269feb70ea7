"""How many messages are answered at a time, and who counts them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

# Where so many are being answered, or wait for it, a further one would wait for more than a second.
MOST_UNDER_WAY = 40
# With more at a time each takes longer, and nobody new is heard meanwhile.
_MOST_AT_ONCE = 4


class Watch(Protocol):
    """Counts what happens; set one on the gateway to get the numbers."""

    def answered(self, tier: str, seconds: float) -> None:
        """A message was answered; `tier` is that of the sign it was warned of, or "none"."""

    def failed(self) -> None:
        """The engine did not get to the end of a message."""

    def refused(self) -> None:
        """A message was refused, as too many came at once."""


class Crowd:
    """The messages that are being answered.

    Args:
        most: how many may be answered or wait at once; others are refused, unless they tell
            a warning sign.
    """

    def __init__(self, most: int = MOST_UNDER_WAY) -> None:
        self._most = most
        self.under_way = 0
        self.engine = asyncio.Semaphore(_MOST_AT_ONCE)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can be answered soon."""
        return self.under_way >= self._most

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a message for as long as it is answered."""
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1
