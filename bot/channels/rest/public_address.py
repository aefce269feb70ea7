"""Under which address people reach this server, as far as it may be told to them."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


class PublicAddress:
    """Whole addresses are made of what was configured, or of this machine's own names.

    What a request says of its host is a stranger's word: an address made of it could lead
    anywhere. Without a host to be trusted, addresses stay relative.

    Args:
        public_url: how people reach this server, as it was configured.
    """

    def __init__(self, public_url: str | None = None) -> None:
        self._public_url = (public_url or "").rstrip("/")

    def base(self, scheme: str, host: str | None) -> str:
        """What stands before a path, "" where only the path can be told.

        Args:
            host: what the request says.
        """
        if self._public_url:
            return self._public_url
        return f"{scheme}://{host}" if host and _is_this_machine(host) else ""


def _is_this_machine(host: str) -> bool:
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.netloc != host or parts.username is not None:
        return False
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
