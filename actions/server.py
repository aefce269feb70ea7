"""The action server, for running the actions apart from the assistant.

Unlike rasa_sdk's own server it listens on the loopback address unless told otherwise, and an error
never sends the conversation back to the caller.
"""

from __future__ import annotations

import json
import logging
import zlib

from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.serving.calls import answer
from actions.serving.services import Services, executor_with
from bot.knowledge.catalogue import Catalogue
from bot.privacy.quiet_log import log_failure
from bot.reminders.home import reminders
from bot.safety.default import default_detector

logger = logging.getLogger(__name__)

# What a call may hold, also after it was unpacked: a conversation of years is far smaller.
MOST_BYTES = 20_000_000


class _TooLarge(Exception):
    """A body that holds more than any call."""


def create_app() -> Sanic:
    """The server with /health, /actions and /webhook."""
    app = Sanic("acupoint_actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MOST_BYTES
    executor = executor_with(Services(Catalogue.load(), default_detector(), reminders))

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.get("/actions")
    async def list_actions(request: Request) -> HTTPResponse:
        return response.json([{"name": name} for name in sorted(executor.actions)])

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        try:
            compressed = request.headers.get("Content-Encoding") == "deflate"
            call = json.loads(_unpacked(request.body) if compressed else request.body)
        except _TooLarge:
            return response.json({"error": "The body is too large."}, status=413)
        except (ValueError, zlib.error):
            return response.json({"error": "The body is not JSON."}, status=400)
        if not isinstance(call, dict) or not isinstance(call.get("tracker"), dict):
            return response.json({"error": "The body is not an action call."}, status=400)
        try:
            return response.json(await answer(executor, call))
        except ActionExecutionRejection as error:
            body = {"error": error.message, "action_name": error.action_name}
            return response.json(body, status=400)
        except ActionNotFoundException as error:
            body = {"error": error.message, "action_name": error.action_name}
            return response.json(body, status=404)
        except Exception as error:
            log_failure(logger, "an action failed", error)
            return response.json({"error": "The action failed."}, status=500)

    return app


def _unpacked(body: bytes) -> bytes:
    """What a packed body holds. A few bytes can stand for very many, so it stops at the limit."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(body, MOST_BYTES)
    if unpacking.unconsumed_tail:
        raise _TooLarge
    if not unpacking.eof:
        raise zlib.error("the body ends too early")
    return content


def run(host: str, port: int) -> None:
    """Serve until stopped."""
    create_app().run(host, port, access_log=False, motd=False, single_process=True)
