"""How the channels for voices are set up. Each is closed, or refuses, until it is."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class VoiceSettings:
    """Settings of Wyoming, Alexa and the phone.

    Attributes:
        wyoming: where Home Assistant finds us; None leaves that channel closed.
        zeroconf: whether Home Assistant may find us by itself.
        alexa_skill_id: the skill whose requests are answered; None refuses all.
        twilio_token: proves that a request is Twilio's; None refuses all.
        public_url: how Twilio reaches us, such as https://voice.clinic.example.
    """

    wyoming: WyomingAddress | None = None
    zeroconf: bool = False
    alexa_skill_id: str | None = None
    twilio_token: str | None = None
    public_url: str | None = None


@dataclass(frozen=True)
class WyomingAddress:
    """Where the Wyoming channel listens."""

    host: str
    port: int

    @property
    def is_open_to_others(self) -> bool:
        """Whether other machines can reach it: the protocol knows no password."""
        try:
            return not ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp://{host}:{self.port}"


def wyoming_address(given: str | None) -> WyomingAddress | None:
    """The address in 'tcp://127.0.0.1:10600', or a port alone.

    Raises:
        ValueError: it is no such address; the message says what to write.
    """
    if not given:
        return None
    if given.isdigit():
        given = f"tcp://127.0.0.1:{given}"
    parts = urlsplit(given)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme != "tcp" or not parts.hostname or not port or parts.path not in ("", "/"):
        raise ValueError(
            f"'{given}' is no address for Wyoming. Write it like this: tcp://127.0.0.1:10600"
        )
    return WyomingAddress(parts.hostname, port)
