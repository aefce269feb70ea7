"""Reminders set by Alexa: handed to Alexa, which keeps them and sounds on the person's device.

Our own copy goes as soon as Alexa has it, as everything of a session goes when it ends. What Alexa
keeps is a time and general words, nothing of the person's health.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Callable

from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import Kind
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.reminders.delivery.alexa import AlexaReminders, Post, over_http, requests_for
from bot.reminders.language.zones import is_zone
from bot.reminders.storage.records import Reminder
from bot.reminders.storage.store import ReminderStore
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

_SET = frozenset({"set", "set_place"})
# What is said on the way to a reminder; anything else is about reminders that only Alexa has.
_ON_THE_WAY = frozenset({
    "confirm", "confirm_place", "say_yes_or_no", "ask_when", "ask_time", "ask_half", "past",
    "past_next", "not_a_time", "too_soon", "too_often", "too_far", "too_many_a_day",
    "medicine", "not_set", "not_now",
})  # fmt: skip
_ZONE_SECONDS = 1.0
# Alexa waits eight seconds for a whole answer.
_HAND_OVER_SECONDS = 2.0


class AlexaReminding:
    """What a session has to do with reminders.

    Args:
        store: where a reminder stands that was set just now.
        post: sends HTTP requests to Alexa.
    """

    def __init__(
        self, store: Callable[[], ReminderStore], catalogue: Catalogue, post: Post = over_http
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._post = post

    async def zone(self, envelope: JsonObject) -> str | None:
        """The time zone that the person's device is set to; None where Alexa does not tell."""
        system = _system(envelope)
        device = (system.get("device") or {}).get("deviceId")
        address = f"{system.get('apiEndpoint')}/v2/devices/{device}/settings/System.timeZone"
        headers = {"Authorization": f"Bearer {system.get('apiAccessToken')}"}
        try:
            asked = asyncio.to_thread(self._post, "GET", address, headers, None)
            answered = await asyncio.wait_for(asked, _ZONE_SECONDS)
            zone = json.loads(answered.body) if answered.status == 200 else None
        except Exception as error:  # then the person is asked where they are
            log_failure(logger, "Alexa did not tell the time zone", error)
            return None
        return zone if isinstance(zone, str) and is_zone(zone) else None

    async def handed_over(
        self, sender: str, envelope: JsonObject, said: list[Message]
    ) -> list[Message] | str:
        """What is said about reminders, or the name of the sentence to say in its place."""
        keys = (m.reply.key.subject for m in said if m.reply.key and is_about_reminders(m))
        key = next(keys, None)
        if key in _ON_THE_WAY:
            return said
        if key not in _SET:
            return "alexa_keeps_reminders"
        try:
            work = asyncio.to_thread(self._hand_over, sender, envelope)
            return said if await asyncio.wait_for(work, _HAND_OVER_SECONDS) else "alexa_no_reminder"
        except Exception as error:
            log_failure(logger, "Alexa did not take a reminder", error)
            return "alexa_no_reminder"

    def _hand_over(self, sender: str, envelope: JsonObject) -> bool:
        store, system = self._store(), _system(envelope)
        newest = max(store.of(sender), key=lambda reminder: reminder.created, default=None)
        if newest is None:
            return False
        store.cancel([newest.id])
        if newest.schedule is None:
            return False
        now = dt.datetime.fromtimestamp(store.now(), dt.UTC)
        locale = str((envelope.get("request") or {}).get("locale") or "en-US")
        alexa = AlexaReminders(
            str(system.get("apiEndpoint")), str(system.get("apiAccessToken")), self._post
        )
        requests = requests_for(newest.schedule, self._words(newest), now, locale)
        for request in requests:
            alexa.set(request)
        return bool(requests)

    def _words(self, reminder: Reminder) -> str:
        """What Alexa will say; fixed when it is set, so that it must be right for everybody."""
        kind = self._catalogue.reminders.kind(reminder.kind)
        parts = [kind.opening[0].spoken, *(p.spoken for p in kind.precautions[:1])]
        return " ".join([*parts, self._catalogue.guidance("general").spoken[0]])


def is_about_reminders(message: Message) -> bool:
    """Whether a message answers something about reminders, for the first time."""
    key = message.reply.key
    return key is not None and key.is_of(Kind.REMINDER)


def _system(envelope: JsonObject) -> JsonObject:
    return (envelope.get("context") or {}).get("System") or {}
