"""Shows in the tabs of this worker what other workers stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.channels.web.entries import Entry
from bot.channels.web.transcript import Transcript
from bot.privacy.quiet_log import log_failure
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

# So many entries of each open chat are sent again where something may have been missed; a tab knows
# by their numbers what it has.
_AGAIN = 20


class OtherWorkers:
    """Listens to the other workers of a database; alone on files, there are none.

    Args:
        present: whose chat is open here.
        show: sends entries to every tab of a session.
        send_away: has every tab of a session come back with a new token.
    """

    def __init__(
        self,
        transcript: Transcript,
        present: Callable[[], list[str]],
        show: Callable[[str, Iterable[Entry]], Awaitable[None]],
        send_away: Callable[[str], Awaitable[None]],
    ) -> None:
        self._transcript = transcript
        self._present = present
        self._show = show
        self._send_away = send_away
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Listen from now on."""
        if self._transcript.news is None:
            return
        loop = asyncio.get_running_loop()

        def heard(told: JsonObject | None) -> None:
            loop.call_soon_threadsafe(self._begin, told)

        self._transcript.news.listen(heard)

    def stop(self) -> None:
        """Listen no longer."""
        if self._transcript.news is not None:
            self._transcript.news.close()
        for task in self._tasks:
            task.cancel()

    async def renewed(self, sender: str) -> None:
        """Tell the others that a session has a new token, and its old ones are good no more."""
        if self._transcript.news is not None:
            await asyncio.to_thread(self._transcript.news.tell_now, {"leaves": sender})

    def _begin(self, told: JsonObject | None) -> None:
        task = asyncio.ensure_future(self._heard(told))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _heard(self, told: JsonObject | None) -> None:
        try:
            if told is None:
                for sender in self._present():
                    await self._shown(sender, self._transcript.newest, _AGAIN)
            elif told.get("leaves") in self._present():
                await self._send_away(told["leaves"])
            elif told.get("sender") in self._present():
                await self._shown(told["sender"], self._transcript.entries, told["seqs"])
        except Exception as error:  # it is there at the next look of the tab
            log_failure(logger, "what another worker stored could not be shown", error)

    async def _shown(self, sender: str, read: Callable[..., list[Entry]], which: Any) -> None:
        await self._show(sender, await asyncio.to_thread(read, sender, which))
