"""The REST door: POST /webhooks/rest/webhook {"sender", "message"} -> a list of messages."""

from __future__ import annotations

import json
from typing import Any, TypeGuard

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.front_door import Handler, Incoming, front_door_for
from bot.knowledge.answer_cards import picture_of

_MAX_SENDER = 255


class BadRequest(Exception):
    """A request that cannot be answered; the message says what to send instead."""


class RestInput(InputChannel):  # type: ignore[misc]
    """Rasa's REST channel, made safe: no shared sender, no silence, no commands."""

    @classmethod
    def name(cls) -> str:
        """Reached at /webhooks/rest."""
        return "rest"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes of this channel."""
        blueprint = Blueprint("rest_door", "rest")
        front_door = front_door_for(on_new_message)

        @blueprint.get("/")
        async def status(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                incoming = read_request(request.body)
            except BadRequest as error:
                return response.json({"error": str(error)}, status=400)
            said = await front_door.exchange(incoming)
            return response.json([_with_image(message, request) for message in said])

        return blueprint


def _with_image(message: dict[str, Any], request: Request) -> dict[str, Any]:
    """The message with the whole address of its picture, as Rasa's channels name it."""
    picture = picture_of(message)
    if picture is None:
        return message
    address = f"{request.scheme}://{request.host}{picture['address']}"
    return {**message, "image": address, "image_alt": picture["alt"]}


def read_request(body: bytes) -> Incoming:
    """The message in a request body.

    Raises:
        BadRequest: it is not JSON, or sender or message are missing or of the wrong kind.
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
    metadata = content.get("metadata")
    return Incoming(whole(text), sender, "rest", metadata if isinstance(metadata, dict) else None)


def _is_sender(sender: Any) -> TypeGuard[str]:
    """Whether it can tell one conversation from another."""
    if not isinstance(sender, str) or not sender.strip() or len(sender) > _MAX_SENDER:
        return False
    return whole(sender) == sender


def whole(text: str) -> str:
    """The text without halves of letters, which JSON can carry and nothing else can store."""
    return text.encode("utf-8", "replace").decode("utf-8")
