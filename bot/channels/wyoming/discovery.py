"""Lets Home Assistant find the Wyoming channel by itself, by mDNS. Needs the package zeroconf."""

from __future__ import annotations

import ipaddress
import socket
import uuid
from collections.abc import Awaitable, Callable

_KIND = "_wyoming._tcp.local."
# Nothing is sent to it: a route to it tells which address of ours the network sees.
_MDNS = ("224.0.0.251", 5353)


async def announced(port: int, host: str) -> Callable[[], Awaitable[None]]:
    """Announce the channel under the name 'acupoint'; a second one is 'acupoint-2'.

    Returns:
        What takes it back; else Home Assistant goes on showing a channel that is closed.

    Raises:
        ImportError: the package is not installed.
        OSError: there is no network.
    """
    from zeroconf import ServiceInfo
    from zeroconf.asyncio import AsyncZeroconf

    service = ServiceInfo(
        _KIND,
        f"acupoint.{_KIND}",
        addresses=[ipaddress.ip_address(_address(host)).packed],
        port=port,
        server=f"acupoint-{uuid.uuid4().hex[:8]}.local.",
    )
    network = AsyncZeroconf()
    try:
        await (await network.async_register_service(service, allow_name_change=True))
    except BaseException:
        await network.async_close()
        raise
    close: Callable[[], Awaitable[None]] = network.async_close
    return close


def _address(host: str) -> str:
    """The address that others reach a host of ours by."""
    if host not in ("0.0.0.0", "::"):
        return socket.gethostbyname(host) if ":" not in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_MDNS)
        return str(probe.getsockname()[0])
