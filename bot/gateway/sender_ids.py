"""Ids of conversations for channels whose own ids tell who somebody is, such as a phone number."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# The channel that keeps no conversation after its session.
ALEXA = "alexa"
_CHARACTERS = 43


class Senders:
    """Makes sender ids that cannot be turned back into the original.

    Args:
        secret: without it nobody can find a number by trying them all.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, channel: str, known_as: str) -> str:
        """The sender for a person whom a channel knows by its own id; always the same."""
        digest = hmac.new(self._secret, f"{channel}\0{known_as}".encode(), hashlib.sha256)
        return f"{channel}-{digest.hexdigest()[:_CHARACTERS]}"

    @staticmethod
    def fresh(channel: str) -> str:
        """The sender for a conversation that nobody can return to."""
        return f"{channel}-{secrets.token_hex(24)}"
