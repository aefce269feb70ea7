"""Sends reminders: fires what is due, and takes what waits to its people, on every way there is.

Any number of senders may work on one database. Each claims deliveries for a short while; what it
has not delivered by then, because it was killed, falls to the next. A way may therefore be given
the same occurrence twice, and tells by its id that it has been shown.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.privacy.quiet_log import log_failure
from bot.reminders.storage.records import Delivery
from bot.reminders.storage.store import ReminderStore

logger = logging.getLogger(__name__)

LEASE_SECONDS = 5.0
_BATCH = 50
_LOOK_SECONDS = 1.0
_PURGE_SECONDS = 86_400.0


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery: done, or to be tried again in some seconds, or never (None)."""

    delivery: Delivery
    is_done: bool = True
    again_in: float | None = None


class DeliveryChannel(Protocol):
    """A way to people, such as the open chat."""

    name: str
    lease_seconds: float

    def present(self) -> Sequence[str] | None:
        """Who can be reached on it now; None means everybody."""

    async def deliver(self, claimed: Sequence[Delivery]) -> list[Outcome]:
        """Take these to their people. Who is missing from the result keeps waiting."""


class Sender:
    """Works through what is due, again and again.

    Args:
        store: the reminders.
        ways: how people are reached.
        has_webhook: whether what fires is to go to a webhook, too.
        is_ready: whether anything may be delivered yet; what is due is fired all the same.
    """

    def __init__(
        self,
        store: ReminderStore,
        channels: Sequence[DeliveryChannel],
        has_webhook: bool = False,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self.store = store
        self.name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._channels = list(channels)
        self._has_webhook = has_webhook
        self._is_ready = is_ready
        self._purge_at = 0.0
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look at once: somebody has come."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled. What fails is tried again."""
        while True:
            try:
                await self.tick()
            except Exception as error:
                log_failure(logger, "reminders could not be sent", error)
            try:
                await asyncio.wait_for(self._wake.wait(), _LOOK_SECONDS)
            except TimeoutError:
                continue
            self._wake.clear()

    async def tick(self) -> None:
        """Fire what is due, and deliver what waits."""
        while await asyncio.to_thread(self.store.fire, self._has_webhook):
            continue
        if self._is_ready():
            for channel in self._channels:
                while await self._deliver(channel) == _BATCH:
                    continue
        if time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + _PURGE_SECONDS
            await asyncio.to_thread(self.store.purge)

    async def _deliver(self, channel: DeliveryChannel) -> int:
        """Deliver some of what waits; gives how many were claimed."""
        present = channel.present()
        if present is not None and not present:
            return 0
        claimed = await asyncio.to_thread(
            self.store.claim, channel.name, self.name, channel.lease_seconds, present, _BATCH
        )
        if not claimed:
            return 0
        outcomes = await channel.deliver(claimed)
        done = [outcome.delivery for outcome in outcomes if outcome.is_done]
        await asyncio.to_thread(self.store.delivered, done, self.name)
        for outcome in outcomes:
            if not outcome.is_done:
                await asyncio.to_thread(self.store.failed, outcome.delivery, outcome.again_in)
        return len(claimed)
