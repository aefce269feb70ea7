"""How the web channel is set up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WebSettings:
    """Settings of the web channel.

    Attributes:
        secret: signs session tokens; made and kept in the state folder where none is given.
        origins: other sites whose pages may use the assistant, such as https://clinic.example.
        messages_per_minute: of one session.
        sessions_per_hour: new ones, for one network address.
        token_seconds: how long a token is good; renew_seconds: how long after that it can be
            exchanged for a new one of the same session.
    """

    secret: str | None = None
    origins: tuple[str, ...] = ()
    messages_per_minute: int = 30
    sessions_per_hour: int = 240
    token_seconds: int = 3_600
    renew_seconds: int = 30 * 86_400
