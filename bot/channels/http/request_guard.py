"""What every channel asks before it listens: whose page, under whose id, and how often."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http.origins import Origins
from bot.channels.http.rate_limit import RateLimit
from bot.channels.http.requests import Refused
from bot.knowledge.catalogue import Catalogue

_MINUTE = 60
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
# Ids that our own channels make; whoever sends an id of their own cannot name such a conversation.
_OURS = re.compile(
    r"page-[\w-]{40,43}|web-[0-9a-f]{40}|(alexa|wyoming|twilio_voice)-[0-9a-f]{43,48}"
)


@dataclass(frozen=True)
class LimitSettings:
    """How often the channels without a session may be used, by minute.

    Attributes:
        by_sender: messages of one conversation.
        by_address: messages from one network address; many people can share one.
        alarms: messages with a warning sign that are let in beyond that, of one conversation.
        screened: refused messages from one address that are searched for a warning sign.
    """

    by_sender: int = 60
    by_address: int = 600
    alarms: int = 30
    screened: int = 600


class ChannelLimits:
    """Counts messages. What holds a warning sign has an allowance that chatter cannot use up."""

    def __init__(self, settings: LimitSettings | None = None) -> None:
        settings = settings or LimitSettings()
        self._by_sender = RateLimit(settings.by_sender, _MINUTE)
        self._by_address = RateLimit(settings.by_address, _MINUTE)
        self._alarms = RateLimit(settings.alarms, _MINUTE)
        self._screened = RateLimit(settings.screened, _MINUTE)

    def seconds_to_wait(self, sender: str, address: str, alarms: Callable[[], bool]) -> int:
        """0 if a message may be answered now; else in how many seconds.

        Args:
            alarms: tells whether the message holds a warning sign; asked only where it matters.
        """
        wait = self._by_address.seconds_to_wait(address) or self._by_sender.seconds_to_wait(sender)
        if not wait:
            return 0
        if self._screened.seconds_to_wait(address) or not alarms():
            return wait
        return self._alarms.seconds_to_wait(sender)


def is_ours(sender: str) -> bool:
    """Whether an id is one that a channel of ours makes for the people who come through it."""
    return _OURS.fullmatch(sender) is not None


def is_browser(headers: Mapping[str, str]) -> bool:
    """Whether a page in a browser sends this: browsers say so by themselves."""
    return "origin" in headers or "sec-fetch-site" in headers


def address_of(request: Request) -> str:
    """The network address; behind a proxy, if SANIC_PROXIES_COUNT says how many there are."""
    return str(request.remote_addr or request.ip)


def refuse_other_sites(app: Sanic, origins: Origins, catalogue: Catalogue) -> None:
    """Refuse what pages of other sites would do, at every route."""

    @app.on_request  # type: ignore[untyped-decorator]
    async def refuse(request: Request) -> HTTPResponse | None:
        if request.method in _HARMLESS or comes_from_us(request.headers, origins):
            return None
        told = Refused("origin_not_allowed").told(catalogue)
        return response.json({"error": told}, status=403, headers={"Vary": "Origin"})


def comes_from_us(headers: Mapping[str, str], origins: Origins) -> bool:
    """Whether a request comes from our page, an allowed site, or no browser at all."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site == "same-origin":
        return True
    if origin is None:
        return site in (None, "none")
    return origins.allows(origin, headers.get("host"))
