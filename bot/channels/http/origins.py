"""Which web sites may use the assistant: its own page always, others if they are on the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")


class Origins:
    """The list of sites, each as a browser names it: scheme, host and port, without a path."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(allowed)

    def allows(self, origin: str | None, host: str | None) -> bool:
        """Whether a request from `origin` to `host` is let in.

        A request without an origin does not come from a page of another site.
        """
        if origin is None or origin in self._allowed:
            return True
        try:
            return bool(host) and urlsplit(origin).netloc.lower() == str(host).lower()
        except ValueError:
            return False

    def headers(self, origin: str | None, host: str | None) -> dict[str, str]:
        """The headers that let a page of an allowed site read the answer."""
        varying = {"Vary": "Origin"}
        if origin is None or not self.allows(origin, host):
            return varying
        return {
            **varying,
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": "600",
        }


def origins_from(given: Iterable[str]) -> tuple[str, ...]:
    """Origins as people write them, several in one text with commas or spaces between.

    Raises:
        ValueError: one of them is none; the message says what to write.
    """
    origins = [part.lower() for text in given for part in re.split(r"[\s,]+", text) if part]
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(
                f"'{origin}' is not a site. Write scheme and host, and the port if there is one, "
                "without a path: https://clinic.example"
            )
    return tuple(dict.fromkeys(origins))
