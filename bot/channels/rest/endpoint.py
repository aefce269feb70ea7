"""The REST channel: POST /webhooks/rest/webhook {"sender", "message"} -> a list of messages."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, TypeGuard

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.card_builder import picture_of
from bot.channels.http.request_guard import ChannelLimits, address_of, is_browser, is_ours
from bot.channels.rest.public_address import PublicAddress
from bot.gateway.gateway import Gateway
from bot.gateway.message_metadata import known_metadata
from bot.gateway.messages import Incoming
from bot.messages.message import Message
from bot.text.json_types import JsonObject
from bot.text.storable_text import storable

_MAX_SENDER = 255
_SEND_JSON = "Send this with the header Content-Type: application/json."


class BadRequest(Exception):
    """A request that cannot be answered; the message says what to send instead."""


class NotYours(Exception):
    """A request for a conversation of another channel."""


class RestInput(InputChannel):  # type: ignore[misc]
    """Rasa's REST channel, made safe: no shared sender, no silence, no commands."""

    @classmethod
    def name(cls) -> str:
        """Reached at /webhooks/rest."""
        return "rest"

    def blueprint(
        self, gateway: Gateway, limits: ChannelLimits, public: PublicAddress
    ) -> Blueprint:
        """The routes of this channel."""
        blueprint = Blueprint("rest_channel", "rest")

        @blueprint.get("/")
        async def status(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if is_browser(request.headers) and not _is_json(request):
                return response.json({"error": _SEND_JSON}, status=415)
            try:
                incoming = read_request(request.body)
            except BadRequest as error:
                return response.json({"error": str(error)}, status=400)
            except NotYours as error:
                return response.json({"error": str(error)}, status=403)
            wait = limits.seconds_to_wait(
                incoming.sender, address_of(request), partial(gateway.alarms, incoming.text)
            )
            if wait:
                busy = _sent(gateway.sentence("web_rate_limited"), incoming.sender, "")
                return response.json([busy], status=429, headers={"Retry-After": str(wait)})
            said = await gateway.exchange(incoming)
            base = public.base(request.scheme, request.headers.get("host"))
            return response.json([_sent(message, incoming.sender, base) for message in said])

        return blueprint


def _sent(message: Message, sender: str, base: str) -> JsonObject:
    """The message as JSON, with the whole address of its picture, as Rasa's channels name it."""
    content = {"recipient_id": sender, **message.to_json()}
    picture = picture_of(message)
    if picture is None:
        return content
    return {**content, "image": f"{base}{picture['address']}", "image_alt": picture["alt"]}


def read_request(body: bytes) -> Incoming:
    """The message in a request body.

    Of the metadata only what the assistant reads is kept.

    Raises:
        BadRequest: it is not JSON, or sender or message are missing or of the wrong kind.
        NotYours: the sender is one that another channel makes.
    """
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(
            'The body is not JSON. Send {"sender": "...", "message": "..."}.'
        ) from None
    if not isinstance(content, dict):
        raise BadRequest('Send an object: {"sender": "...", "message": "..."}.')
    sender, text = content.get("sender"), content.get("message")
    if not _is_sender(sender):
        raise BadRequest(
            "'sender' is missing, too long or no text. Send an id of your own for this "
            "conversation, so that nobody else can see or change it."
        )
    if not isinstance(text, str):
        raise BadRequest("'message' is missing. Send the person's words as text.")
    if is_ours(sender):
        raise NotYours(
            "This 'sender' has the form of an id that the assistant makes for its own page, the "
            "chat or a voice. Send an id of your own."
        )
    return Incoming(storable(text), sender, "rest", known_metadata(content.get("metadata")))


def _is_json(request: Request) -> bool:
    return str(request.content_type or "").partition(";")[0].strip().lower() == "application/json"


def _is_sender(sender: Any) -> TypeGuard[str]:
    """Whether it can tell one conversation from another."""
    if not isinstance(sender, str) or not sender.strip() or len(sender) > _MAX_SENDER:
        return False
    return storable(sender) == sender
