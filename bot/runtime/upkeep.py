"""What the assistant does by itself while it runs: it stores what could not be stored before."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from sanic import Sanic

from bot.channels.alexa.endpoint import SESSION_SECONDS
from bot.gateway.sender_ids import ALEXA
from bot.privacy.quiet_log import log_failure
from bot.runtime.assistant import Assistant

logger = logging.getLogger(__name__)

_EVERY = 1.0
# Sessions with Alexa that a kill left open are over when nothing was said for so long.
_ALEXA_EVERY = 300.0


class Upkeep:
    """Looks after what is not stored yet, and after conversations that nobody ended.

    Args:
        late: told how much later than planned it came to its work.
    """

    def __init__(
        self, assistant: Assistant, late: Callable[[float], None] = lambda _: None
    ) -> None:
        self._assistant = assistant
        self._late = late
        self._swept = float("-inf")

    def attach(self, app: Sanic) -> None:
        """Run as long as the server does."""

        @app.after_server_start
        async def begin(app: Sanic, _: Any) -> None:
            app.ctx.upkeep = asyncio.ensure_future(self._run())

        @app.before_server_stop
        async def end(app: Sanic, _: Any) -> None:
            app.ctx.upkeep.cancel()

    async def once(self) -> None:
        """Do what can be done now."""
        try:
            if self._assistant.agent is not None:
                await self._assistant.agent.tracker_store.locks.beat()
            await self._assistant.catch_up()
            await self._sweep()
        except Exception as error:  # the next time may be better
            log_failure(logger, "upkeep failed", error)

    async def _sweep(self) -> None:
        if self._assistant.agent is None or time.monotonic() - self._swept < _ALEXA_EVERY:
            return
        await self._assistant.agent.tracker_store.erase_silent(ALEXA, SESSION_SECONDS)
        self._swept = time.monotonic()

    async def _run(self) -> None:
        while True:
            planned = time.monotonic() + _EVERY
            await asyncio.sleep(_EVERY)
            self._late(max(0.0, time.monotonic() - planned))
            await self.once()
