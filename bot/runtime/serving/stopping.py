"""Stopping without losing an answer: what is under way is finished first."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from sanic import Sanic

from bot.runtime.assistant import Assistant

# How long answers under way are waited for. One takes 8 seconds at most.
_SECONDS = 15.0
_LOOK_EVERY = 0.02


def finish_before_stopping(app: Sanic, assistant: Assistant) -> None:
    """Let a stopping server answer first what it was asked, and store what is not stored yet.

    Register it after everything else: what is registered last is asked first when it stops.
    """

    @app.before_server_stop
    async def finish(app: Sanic, _: Any) -> None:
        assistant.is_stopping = True
        until = time.monotonic() + _SECONDS
        crowd = assistant.gateway.crowd
        while crowd.under_way and time.monotonic() < until:
            await asyncio.sleep(_LOOK_EVERY)
        await assistant.catch_up()
