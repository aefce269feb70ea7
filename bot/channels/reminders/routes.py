"""Reminders over plain HTTP: a person's calendar, and the worker that shows notifications."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.knowledge.catalogue import Catalogue
from bot.privacy.quiet_log import log_failure
from bot.reminders.delivery.calendar import calendar_of
from bot.reminders.situation import Situation
from bot.reminders.storage.store import ReminderStore

logger = logging.getLogger(__name__)

WORKER = "reminder-worker.js"
_SECRET = re.compile(r"[\w-]{40,64}")
_NOTHING = "There is no such calendar. Ask the assistant for a new link."
_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def reminder_routes(
    store: ReminderStore, catalogue: Catalogue, situation: Callable[[str], Awaitable[Situation]]
) -> Blueprint:
    """The routes: GET /reminders/SECRET.ics and GET /reminder-worker.js.

    Args:
        situation: what a person has told that matters to a reminder.
    """
    blueprint = Blueprint("reminders")
    worker = (Path(__file__).parent / "worker.js").read_text(encoding="utf-8")

    @blueprint.get("/reminders/<name:str>")
    async def calendar(request: Request, name: str) -> HTTPResponse:
        secret = name.removesuffix(".ics")
        try:
            is_whole = _SECRET.fullmatch(secret) is not None and name != secret
            sender = await asyncio.to_thread(store.owner_of_feed, secret) if is_whole else None
            if sender is None:
                return response.text(_NOTHING, status=404, headers=_PRIVATE)
            mine = await asyncio.to_thread(store.of, sender)
            body = calendar_of(mine, await situation(sender), catalogue)
        except Exception as error:
            log_failure(logger, "a calendar could not be made", error)
            return response.text("Please try again in a minute.", status=503, headers=_PRIVATE)
        headers = {**_PRIVATE, "Content-Disposition": 'inline; filename="reminders.ics"'}
        return response.raw(body, headers=headers, content_type="text/calendar; charset=utf-8")

    @blueprint.get(f"/{WORKER}")
    async def notifications(request: Request) -> HTTPResponse:
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return response.text(worker, headers=headers, content_type="text/javascript; charset=utf-8")

    return blueprint
