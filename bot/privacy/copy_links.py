"""Links under which a person gets a copy of everything, for some minutes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

MINUTES = 15
PATH = "/person/copy"
_LONGEST = 1_000


class CopyLinks:
    """Makes and reads the links. Nobody can make one, or see whose it is, without the secret.

    Args:
        secret: seals them.
        old: secrets of before, whose links are good to their end.
    """

    def __init__(self, secret: str, old: Sequence[str] = ()) -> None:
        self._seals = MultiFernet([Fernet(_key(each)) for each in (secret, *old)])

    def path_of(self, sender: str) -> str:
        """The path of a link for a person."""
        return f"{PATH}/{self._seals.encrypt(sender.encode()).decode()}"

    def sender_of(self, sealed: str) -> str | None:
        """Whose copy a link leads to; None where it is not ours, or too old."""
        if len(sealed) > _LONGEST:
            return None
        try:
            return self._seals.decrypt(sealed.encode(), ttl=MINUTES * 60).decode()
        except (InvalidToken, UnicodeError):
            return None


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"copy\0{secret}".encode()).digest())
