"""Whether the assistant lives, and whether it may be sent questions."""

from __future__ import annotations

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.runtime.assistant import Assistant
from bot.runtime.storage.state_folder import has_room


async def missing_of(assistant: Assistant) -> list[str]:
    """What keeps the assistant from being sent questions, in words; nothing if it may be.

    One that is not ready answers all the same, with care: a warning sign always has its message.
    """
    missing = list(assistant.missing)
    if assistant.is_stopping:
        missing.append("nothing: it is being stopped")
    if assistant.agent is not None:
        if not await assistant.agent.tracker_store.is_up():
            missing.append("the database, which cannot be reached")
        elif assistant.agent.tracker_store.unwritten:
            missing.append("the database, which did not take everything yet")
    try:
        if not has_room(assistant.settings.state_folder):
            missing.append("space on the disk of the state folder")
    except OSError:
        missing.append("the state folder, which cannot be reached")
    return missing


def health_routes(app: Sanic, assistant: Assistant) -> None:
    """/health, as it always was; /health/live and /health/ready for who starts and stops it."""

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        status = "starting" if assistant.missing else "ok"
        body = {"status": status, "missing": assistant.missing}
        return response.json(body, status=503 if assistant.missing else 200)

    @app.get("/health/live")
    async def live(request: Request) -> HTTPResponse:
        return response.json({"status": "alive"})

    @app.get("/health/ready")
    async def ready(request: Request) -> HTTPResponse:
        missing = await missing_of(assistant)
        body = {"status": "not ready" if missing else "ready", "missing": missing}
        return response.json(body, status=503 if missing else 200)
