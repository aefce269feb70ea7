"""Reminders at the channels: who is there to be told, and how what they are told is sent.

Everything goes out through the gateway (`Gateway.prepare_announcement`): with guidance, and with
the alarm in its place while one stands.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sanic import Sanic

from bot.answers.reply import Reply, finish
from bot.channels.http.requests import Refused
from bot.channels.reminders.settings import ReminderSettings
from bot.channels.web.server import WebChannel
from bot.channels.web.tokens import Session
from bot.gateway.gateway import Gateway
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.reminders.delivery.push import NoSubscription, Push, PushKeys, checked
from bot.reminders.delivery.sender import LEASE_SECONDS, DeliveryChannel, Outcome, Sender
from bot.reminders.delivery.webhook import Webhook
from bot.reminders.situation import UNKNOWN, Situation
from bot.reminders.storage.records import CHAT, Delivery, Occurrence
from bot.reminders.storage.store import ReminderStore
from bot.reminders.words import ReminderWords
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

_READ_SECONDS = 2.0


class SituationSource(Protocol):
    """What reminders need of the assistant."""

    missing: list[str]

    @property
    def reminders(self) -> ReminderStore:
        """Everybody's reminders."""

    async def situation(self, sender: str) -> Situation:
        """What a person has told that matters to a reminder."""


class Composer:
    """Makes the messages of reminders, from what is known when they leave."""

    def __init__(self, assistant: SituationSource, gateway: Gateway) -> None:
        self._assistant = assistant
        self._gateway = gateway
        self._catalogue = gateway.catalogue
        self.words = ReminderWords(gateway.catalogue)

    async def one(self, occurrence: Occurrence) -> Message:
        """A reminder that is due now, or was missed."""
        now = self._assistant.reminders.now()
        if self.words.is_missed(occurrence, now):
            return await self.late([occurrence])
        situation = await self.situation(occurrence.sender)
        return await self._leaving(occurrence, self.words.told(occurrence, situation, now))

    async def late(self, missed: Sequence[Occurrence]) -> Message:
        """Reminders of one person that nobody was there for."""
        situation = await self.situation(missed[0].sender)
        now = self._assistant.reminders.now()
        newest = max(missed, key=lambda occurrence: occurrence.due)
        return await self._leaving(newest, self.words.told_late(missed, situation, now))

    async def of_delivery(self, delivery: Delivery) -> Message:
        """What a delivery tells."""
        return await self.one(delivery.occurrence)

    async def situation(self, sender: str) -> Situation:
        """What the person has told; unknown where it cannot be read."""
        try:
            return await asyncio.wait_for(self._assistant.situation(sender), _READ_SECONDS)
        except Exception as error:  # said with more caution
            log_failure(logger, "the conversation of a reminder could not be read", error)
            return UNKNOWN

    async def _leaving(self, occurrence: Occurrence, reply: Reply) -> Message:
        message = finish(reply, self._catalogue, occurrence.turn)
        # Channels that may get it twice tell by this that it is the same.
        known = message.with_reply(id=occurrence.id)
        return await self._gateway.prepare_announcement(occurrence.sender, known)


@dataclass(eq=False)
class OpenChat:
    """The way into chats that are open."""

    web: WebChannel
    composer: Composer
    store: ReminderStore
    name: str = CHAT
    lease_seconds: float = LEASE_SECONDS

    def present(self) -> Sequence[str]:
        """Whose chat is open."""
        return self.web.present()

    async def deliver(self, claimed: Sequence[Delivery]) -> list[Outcome]:
        """Show them, those that were missed in one message."""
        outcomes: list[Outcome] = []
        for sender in dict.fromkeys(delivery.occurrence.sender for delivery in claimed):
            mine = [d for d in claimed if d.occurrence.sender == sender]
            try:
                await self._show(sender, [d.occurrence for d in mine])
                outcomes += [Outcome(delivery) for delivery in mine]
            except Exception as error:  # left to the next look
                log_failure(logger, "a reminder could not be shown", error)
        return outcomes

    async def _show(self, sender: str, due: Sequence[Occurrence]) -> None:
        new = set(self.web.untold(sender, [occurrence.id for occurrence in due]))
        due = [occurrence for occurrence in due if occurrence.id in new]
        for together in grouped(due, self.composer.words, self.store.now()):
            message = await message_of(self.composer, together)
            await self.web.tell(sender, [o.id for o in together], message)


class NextContact:
    """Tells people of channels that cannot speak first, with the answer to what they say next."""

    def __init__(self, composer: Composer, store: ReminderStore) -> None:
        self._composer = composer
        self._store = store
        self._name = f"contact-{os.getpid()}"

    async def waiting(self, sender: str) -> list[Message]:
        """What waited for this contact."""
        if not await asyncio.to_thread(self._store.waits_for, sender):
            return []
        claimed = await asyncio.to_thread(
            self._store.claim, CHAT, self._name, LEASE_SECONDS, [sender]
        )
        due = [delivery.occurrence for delivery in claimed]
        messages = [
            await message_of(self._composer, together)
            for together in grouped(due, self._composer.words, self._store.now())
        ]
        await asyncio.to_thread(self._store.delivered, claimed, self._name)
        return messages


async def message_of(composer: Composer, together: Sequence[Occurrence]) -> Message:
    """One message for occurrences that are told together."""
    return await (composer.one(together[0]) if len(together) == 1 else composer.late(together))


def grouped(due: Sequence[Occurrence], words: ReminderWords, now: float) -> list[list[Occurrence]]:
    """What was missed together, what is due now one by one."""
    missed = [occurrence for occurrence in due if words.is_missed(occurrence, now)]
    present = [[occurrence] for occurrence in due if occurrence not in missed]
    return [*([missed] if missed else []), *present]


class Reminding:
    """Opens reminders in an application: who sends them, what browsers ask, other channels."""

    def __init__(
        self,
        assistant: SituationSource,
        gateway: Gateway,
        web: WebChannel,
        keys: PushKeys,
        settings: ReminderSettings,
    ) -> None:
        catalogue = gateway.catalogue
        self._store = assistant.reminders
        self._keys = keys
        self._hosts = settings.push_hosts
        self.composer = Composer(assistant, gateway)
        delivery_channels: list[DeliveryChannel] = [
            OpenChat(web, self.composer, self._store),
            Push(
                self._store, keys, catalogue.reminders, self.composer.of_delivery, settings.contact
            ),
        ]
        if settings.webhook:
            compose = self.composer.of_delivery
            delivery_channels.append(Webhook(settings.webhook, settings.webhook_secret, compose))
        self._sender = Sender(
            self._store, delivery_channels, bool(settings.webhook), lambda: not assistant.missing
        )
        gateway.tell_with_answers(NextContact(self.composer, self._store).waiting)
        web.when_somebody_comes(self._sender.wake)
        web.listen("push_key", self._key)
        web.listen("push_on", self._on)
        web.listen("push_off", self._off)
        self._task: asyncio.Task[None] | None = None

    def attach(self, app: Sanic) -> None:
        """Send for as long as the application runs."""
        app.after_server_start(self._start)
        app.before_server_stop(self._stop)

    async def _start(self, *_: Any) -> None:
        self._task = asyncio.ensure_future(self._sender.run())

    async def _stop(self, *_: Any) -> None:
        if self._task:
            self._task.cancel()

    async def _key(self, sid: str, session: Session, data: Any) -> JsonObject:
        return {"key": await asyncio.to_thread(lambda: self._keys.public)}

    async def _on(self, sid: str, session: Session, data: Any) -> JsonObject:
        browser, content = self._checked(data)
        await asyncio.to_thread(self._store.subscribe, session.sender, browser, content)
        return {}

    async def _off(self, sid: str, session: Session, data: Any) -> JsonObject:
        browser, _ = self._checked(data)
        await asyncio.to_thread(self._store.unsubscribe, browser, session.sender)
        return {}

    def _checked(self, data: Any) -> tuple[str, JsonObject]:
        try:
            content = data.get("subscription") if isinstance(data, dict) else None
            return checked(content, self._hosts)
        except NoSubscription:
            raise Refused("bad_request") from None
