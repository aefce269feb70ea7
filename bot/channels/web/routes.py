"""The web channel over plain HTTP: a session's token, and whether the assistant is ready."""

from __future__ import annotations

from collections.abc import Callable

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http.origins import Origins
from bot.channels.http.rate_limit import RateLimit
from bot.channels.http.requests import Refused
from bot.channels.web.settings import WebSettings
from bot.channels.web.tokens import SessionExpired, SessionInvalid, Tokens
from bot.knowledge.catalogue import Catalogue

_STATUS = {"session_expired": 401, "session_invalid": 401, "origin_not_allowed": 403,
           "rate_limited": 429}  # fmt: skip
_HOUR = 3_600
# A token is renewed once an hour by every open tab; this keeps only a flood out.
_RENEWALS = 10
_BEARER = "Bearer "


def widget_routes(
    tokens: Tokens,
    origins: Origins,
    settings: WebSettings,
    catalogue: Catalogue,
    missing: Callable[[], list[str]],
    voice: dict[str, bool] | None = None,
    notice: str = "",
) -> Blueprint:
    """The routes under /widget.

    Args:
        missing: what the assistant still waits for; empty when it is ready.
        voice: whether it can `hear` and `speak`; None where voice is off.
        notice: what is kept of what is said here.
    """
    blueprint = Blueprint("widget", "widget")
    new = RateLimit(settings.sessions_per_hour, _HOUR)
    renewals = RateLimit(settings.sessions_per_hour * _RENEWALS, _HOUR)

    def headers(request: Request) -> dict[str, str]:
        allowed = origins.headers(request.headers.get("origin"), request.headers.get("host"))
        return {**allowed, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

    def token(request: Request) -> str:
        if not origins.allows(request.headers.get("origin"), request.headers.get("host")):
            raise Refused("origin_not_allowed")
        given = request.headers.get("authorization")
        limit = renewals if given else new
        # The address behind a proxy, if SANIC_PROXIES_COUNT says how many there are.
        wait = limit.seconds_to_wait(str(request.remote_addr or request.ip))
        if wait:
            raise Refused("rate_limited", wait)
        if not given:
            return tokens.issue()
        try:
            return tokens.issue(tokens.session(given.removeprefix(_BEARER), late=True))
        except (SessionExpired, SessionInvalid):
            raise Refused("session_invalid") from None

    @blueprint.post("/session")
    async def session(request: Request) -> HTTPResponse:
        try:
            body = {
                "token": token(request),
                "expires_in": tokens.seconds,
                "renew_within": tokens.renew_seconds,
            }
        except Refused as refused:
            again = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
            return response.json(
                {"error": refused.told(catalogue)},
                status=_STATUS[refused.code],
                headers={**headers(request), **again},
            )
        return response.json(body, status=201, headers=headers(request))

    @blueprint.options("/session", name="session_preflight")
    @blueprint.options("/status", name="status_preflight")
    async def preflight(request: Request) -> HTTPResponse:
        return response.empty(headers=headers(request))

    @blueprint.get("/status")
    async def status(request: Request) -> HTTPResponse:
        waiting = missing()
        body = {
            "ready": not waiting, "missing": waiting, **({"voice": voice} if voice else {}),
            **({"notice": notice} if notice else {}),
        }  # fmt: skip
        return response.json(body, headers=headers(request))

    return blueprint
