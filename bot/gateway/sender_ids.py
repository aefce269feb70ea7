"""Ids of conversations for doors whose own ids tell who somebody is, such as a phone number."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# The door that keeps no conversation after its session.
ALEXA = "alexa"
_CHARACTERS = 43


class Senders:
    """Makes senders that cannot be turned back into what they were made from.

    Args:
        secret: who does not have it cannot try out numbers either.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, door: str, known_as: str) -> str:
        """The sender of somebody whom a door knows by an id of its own; always the same."""
        digest = hmac.new(self._secret, f"{door}\0{known_as}".encode(), hashlib.sha256)
        return f"{door}-{digest.hexdigest()[:_CHARACTERS]}"

    @staticmethod
    def fresh(door: str) -> str:
        """The sender of a conversation that nobody can return to."""
        return f"{door}-{secrets.token_hex(24)}"
