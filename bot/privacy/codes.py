"""A short code for each person, which can be read out and tells nothing by itself."""

from __future__ import annotations

import hashlib
import hmac

# Without letters and digits that are taken for each other.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _HALF = 8, 4
_READ_AS = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", "U": "V"})


class PersonCodes:
    """Makes codes of the ids of conversations; the same code for the same id.

    Args:
        secret: without it nobody can make the code of an id.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, sender: str) -> str:
        """The code of a person, such as "K7QM-3XWD"."""
        digest = hmac.new(self._secret, f"code\0{sender}".encode(), hashlib.sha256).digest()
        number = int.from_bytes(digest[:16])
        signs = ""
        for _ in range(_LENGTH):
            number, rest = divmod(number, len(_SIGNS))
            signs += _SIGNS[rest]
        return f"{signs[:_HALF]}-{signs[_HALF:]}"

    def is_of(self, sender: str, said: str) -> bool:
        """Whether a code, as somebody read it out, is that of a person."""
        return _plain(said) == _plain(self.of(sender))


def _plain(code: str) -> str:
    kept = "".join(sign for sign in code.upper() if sign.isalnum())
    return kept.translate(_READ_AS)
