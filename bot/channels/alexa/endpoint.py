"""The Alexa channel: POST /webhooks/alexa/webhook, as Alexa calls a custom skill.

It refuses everything until a skill id is configured, and then everything that Alexa did not sign
for that skill. Nothing about a person's health is kept after the session: a conversation is as
long as Alexa's session, and is deleted when that ends.
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Protocol

import aiohttp
import certifi
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.alexa.interaction_model import FALLBACK, alexa_words
from bot.channels.alexa.reminders import AlexaReminding, is_about_reminders
from bot.channels.alexa.responses import ResponseEnding, answered, nothing, with_consent
from bot.channels.alexa.signature import AlexaVerifier, BadSignature
from bot.channels.alexa.types import WrongShape, check_request
from bot.channels.http.request_guard import ChannelLimits
from bot.channels.spoken.deadline import answer, warns
from bot.gateway.answered import is_forgotten
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.gateway.sender_ids import ALEXA, Senders
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.reminders.delivery.alexa import PERMISSION
from bot.text.json_types import JsonObject
from bot.text.storable_text import storable

logger = logging.getLogger(__name__)

CHANNEL = ALEXA
# Alexa ends a silent session within a minute; one that did not say so is over, too.
SESSION_SECONDS = 1_800.0
_FETCH_SECONDS = 2.0
_LARGEST_CHAIN = 64 * 1024


class WelcomedBefore(Protocol):
    """Remembers who has heard the disclaimer."""

    def has(self, person: str) -> bool:
        """Whether this person has."""

    def remember(self, person: str) -> None:
        """This person has."""

    def forget(self, person: str) -> None:
        """This person is to be forgotten."""


class AlexaChannel:
    """Answers signed requests.

    Args:
        senders: sessions and people are known by keyed hashes, never by Alexa's ids.
        seen: who has heard the disclaimer.
        verifier: lets pass what is Alexa's and for our skill.
        now: seconds that only go on.
        reminding: hands reminders to Alexa.
        limits: how often somebody may speak.
    """

    def __init__(
        self,
        gateway: Gateway,
        senders: Senders,
        seen: WelcomedBefore,
        verifier: AlexaVerifier,
        now: Callable[[], float] = time.monotonic,
        reminding: AlexaReminding | None = None,
        limits: ChannelLimits | None = None,
    ) -> None:
        self._gateway = gateway
        self._more = gateway.catalogue.wording("voice_more").spoken
        self._senders = senders
        self._seen = seen
        self._verifier = verifier
        self._reminding = reminding
        self._now = now
        self._limits = limits or ChannelLimits()
        self._sessions: dict[str, float] = {}
        self._zones: dict[str, str] = {}

    def blueprint(self) -> Blueprint:
        """The routes of this channel."""
        blueprint = Blueprint("alexa_channel", "alexa")

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            status, answer = await self.received(request.headers, request.body)
            return response.json(answer, status=status)

        return blueprint

    async def received(self, headers: Mapping[str, str], body: bytes) -> tuple[int, JsonObject]:
        """The HTTP status and the content that answer a request."""
        try:
            envelope = json.loads(body)
            await self._verifier.check(headers, body, envelope)
            check_request(envelope)
        except BadSignature as refusal:
            logger.warning("an Alexa request was refused: %s", refusal)
            return 400, {"error": str(refusal)}
        except (ValueError, RecursionError):
            return 400, {"error": "this is no JSON"}
        except WrongShape as error:
            return 400, {"error": f"not as Alexa sends it: {error}"}
        return 200, await self.respond(envelope)

    async def respond(self, envelope: JsonObject) -> JsonObject:
        """The answer to a request that was let pass."""
        request, session = envelope["request"], envelope.get("session") or {}
        await self._forget_the_silent()
        sender = self._senders.of(CHANNEL, str(session.get("sessionId") or ""))
        self._sessions[sender] = self._now()
        kind = request.get("type")
        if kind == "LaunchRequest":
            return answered([self._welcome(session)], ResponseEnding.ASK, self._more)
        if kind == "IntentRequest":
            return await self._to_intent(envelope, request, sender)
        if kind == "SessionEndedRequest":
            await self._forget(sender)
        return nothing()

    async def _to_intent(
        self, envelope: JsonObject, request: JsonObject, sender: str
    ) -> JsonObject:
        intent, words = request.get("intent") or {}, alexa_words()
        name, slots = str(intent.get("name") or ""), intent.get("slots") or {}
        ends = name in words.ending
        text = "goodbye" if ends else words.said(name, slots)
        country = str(request.get("locale") or "")[-2:]
        metadata = {"country": country}
        may_remind = _may_remind(envelope)
        if self._reminding and may_remind and sender not in self._zones:
            zone = await self._reminding.zone(envelope)
            self._zones |= {sender: zone} if zone else {}
        if may_remind and sender in self._zones:
            metadata["timezone"] = self._zones[sender]
        incoming = Incoming(storable(text or ""), sender, CHANNEL, metadata)
        said = await answer(self._gateway, incoming, self._limits)
        if name == FALLBACK and not warns(said):
            said = [self._gateway.sentence("voice_not_caught")]
        person = self._person(envelope.get("session") or {})
        if is_forgotten(said):
            self._try(lambda: self._seen.forget(person))
        about_reminders = any(map(is_about_reminders, said))
        warned = [message for message in said if warns([message])]
        if about_reminders and not may_remind:
            asked = self._gateway.sentence("voice_reminder_permission")
            return with_consent([*warned, asked], PERMISSION, self._more)
        if about_reminders and self._reminding:
            told = await self._reminding.handed_over(sender, envelope, said)
            said = [*warned, self._gateway.sentence(told)] if isinstance(told, str) else told
        ends = ends or any(message.topic == "goodbye" for message in said)
        if ends:
            await self._forget(sender)
        return answered(said, ResponseEnding.END if ends else ResponseEnding.ASK, self._more)

    def _welcome(self, session: JsonObject) -> Message:
        """The disclaimer for somebody who has not heard it, else a short welcome."""
        person, known = self._person(session), False
        try:
            known = self._seen.has(person)
            self._seen.remember(person)
        except Exception as error:  # then the disclaimer is said once more
            log_failure(logger, "it is not known who was welcomed", error)
        if known:
            return self._gateway.sentence("voice_welcome_back")
        return self._gateway.welcome("voice_welcome", CHANNEL)

    def _person(self, session: JsonObject) -> str:
        return self._senders.of(CHANNEL, f"person:{(session.get('user') or {}).get('userId')}")

    async def _forget(self, sender: str) -> None:
        try:
            await self._gateway.forget(sender)
            self._sessions.pop(sender, None)
            self._zones.pop(sender, None)
        except Exception as error:  # tried again when it has been silent for long
            log_failure(logger, "a session of Alexa could not be forgotten", error)

    async def _forget_the_silent(self) -> None:
        over = self._now() - SESSION_SECONDS
        for sender in [sender for sender, at in self._sessions.items() if at < over]:
            await self._forget(sender)

    @staticmethod
    def _try(action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:
            log_failure(logger, "it is still known who was welcomed", error)


async def fetched(url: str) -> bytes:
    """What is at an address of Amazon's.

    Raises:
        Exception: it could not be had, or is too large.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    timeout = aiohttp.ClientTimeout(total=_FETCH_SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout) as client,
        client.get(url, allow_redirects=False, ssl=context) as answer,
    ):
        if answer.status != 200:
            raise OSError(f"status {answer.status}")
        content = await answer.content.read(_LARGEST_CHAIN + 1)
    if len(content) > _LARGEST_CHAIN:
        raise OSError("too large")
    return content


def _may_remind(envelope: JsonObject) -> bool:
    """Whether the person has let the skill set reminders."""
    user = ((envelope.get("context") or {}).get("System") or {}).get("user") or {}
    scope = ((user.get("permissions") or {}).get("scopes") or {}).get(PERMISSION) or {}
    return scope.get("status") == "GRANTED"
