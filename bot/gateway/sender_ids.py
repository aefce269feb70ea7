"""Ids of conversations for channels whose own ids tell who somebody is, such as a phone number."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# The channel that keeps no conversation after its session.
ALEXA = "alexa"
_CHARACTERS = 43


class Senders:
    """Makes senders that cannot be turned back into what they were made from.

    Args:
        secret: who does not have it cannot try out numbers either.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, channel: str, known_as: str) -> str:
        """The sender of somebody whom a channel knows by an id of its own; always the same."""
        digest = hmac.new(self._secret, f"{channel}\0{known_as}".encode(), hashlib.sha256)
        return f"{channel}-{digest.hexdigest()[:_CHARACTERS]}"

    @staticmethod
    def fresh(channel: str) -> str:
        """The sender of a conversation that nobody can return to."""
        return f"{channel}-{secrets.token_hex(24)}"
