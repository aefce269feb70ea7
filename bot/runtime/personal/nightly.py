"""What the assistant deletes by itself: at its start, and every night."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sanic import Sanic

from bot.privacy.audit import Act, AuditLog
from bot.privacy.codes import PersonCodes
from bot.privacy.personal_data import PersonalData
from bot.privacy.quiet_log import log_failure
from bot.privacy.retention import Purging, next_night
from bot.runtime.assistant import Assistant
from bot.runtime.conversation_store import ConversationStore
from bot.runtime.personal.persons import PERSON, Persons
from bot.runtime.personal.places import places_in
from bot.runtime.personal.told import as_text
from bot.runtime.storage.lane import Unavailable

logger = logging.getLogger(__name__)

_EVERY = 1.0
# What was just deleted is taken out of the files after so long at most; where nothing outlasts its
# session, what is over is looked for as often.
_SOON = 300.0
# After a failure it is tried again.
_AGAIN = 3_600.0


class Nightly:
    """Deletes what nobody was in contact about for long.

    Args:
        assistant: what keeps something.
        now: the time, in seconds since 1970.
    """

    def __init__(self, assistant: Assistant, now: Callable[[], float] = time.time) -> None:
        self._assistant = assistant
        self._now = now
        settings = assistant.settings
        self.places = places_of(assistant)
        self._retention = settings.privacy.retention
        self._purging = Purging(self.places, self._retention, now, assistant.gateway.unremember)
        self._audit = AuditLog(settings.state_folder, now)
        self._persons = Persons(self.places, PersonCodes(assistant.keys.identity), self._audit, now)
        self._erased = self._audit.newest()
        self._next = float("-inf")
        self._next_wipe = float("-inf")

    def attach(self, app: Sanic) -> None:
        """Run as long as the server does."""

        @app.after_server_start
        async def begin(app: Sanic, _: Any) -> None:
            app.ctx.nightly = asyncio.ensure_future(self._run())

        @app.before_server_stop
        async def end(app: Sanic, _: Any) -> None:
            app.ctx.nightly.cancel()

    async def once(self) -> None:
        """Do what is due now."""
        if self._assistant.agent is None:
            return
        now = self._now()
        await self._follow_commands()
        if now >= self._next:
            self._next = next_night(now) if self._retention.days else now + _SOON
            try:
                count = await self._purging.once()
                if count:
                    self._audit.note(Act.TOO_OLD, str(count), "assistant")
                self._audit.forget_old()
            except Exception as error:
                log_failure(logger, "what is too old is still there", error)
                self._next = min(self._next, now + _AGAIN)
        elif self._assistant.has_erased and now >= self._next_wipe:
            self._assistant.has_erased = False
            self._next_wipe = now + _SOON
            await self._purging.wipe_soon()

    async def _follow_commands(self) -> None:
        """Let go of what is at hand of somebody whom a command has deleted meanwhile."""
        store = _store_of(self._assistant)
        for number, code in await asyncio.to_thread(self._audit.erased_since, self._erased):
            self._erased = number
            at_hand = {*self._assistant.gateway.remembered, *store.unwritten}
            at_hand |= {*self._assistant.signs.senders, *self._assistant.words.of_before}
            gone = await self._persons.erased_elsewhere(code, at_hand)
            self._assistant.gateway.unremember(gone)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            try:
                await self.once()
            except Exception as error:  # the next time may be better
                log_failure(logger, "what is to be deleted could not be seen", error)


async def copy_of(assistant: Assistant, sender: str) -> str | None:
    """Everything that is kept of a person who asked for it, as text; None where that is nothing.

    Raises:
        Exception: a place cannot be read.
    """
    folder = assistant.settings.state_folder
    codes, audit = PersonCodes(assistant.keys.identity), AuditLog(folder)
    copy = await Persons(places_of(assistant), codes, audit).copy(sender, PERSON)
    return as_text(copy) if copy["kept"] else None


def places_of(assistant: Assistant) -> list[PersonalData]:
    """Everything that keeps something for an assistant."""
    store = partial(_store_of, assistant)
    settings = assistant.settings
    return places_in(
        settings.state_folder, store, assistant.signs, assistant.words, settings.database_url
    )


def _store_of(assistant: Assistant) -> ConversationStore:
    if assistant.agent is None:
        raise Unavailable("conversations")
    store: ConversationStore = assistant.agent.tracker_store
    return store
