"""Sessions of the web channel: signed tokens that the server issues, and nobody can invent."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jwt

from bot.privacy.private_store import private_folder

SECRET_FILE = "web_secret"
LEAST_SECRET = 32
_ALGORITHM = "HS256"
_LONGEST_TOKEN = 1_000


class SessionExpired(Exception):
    """The token was good once. A new one can be had for it."""


class SessionInvalid(Exception):
    """The token is not one of ours, or too old."""


@dataclass(frozen=True)
class Session:
    """A session that its token proves. `sender` is the conversation's id, which no client sees."""

    id: str
    sender: str


class Tokens:
    """Issues and checks tokens.

    Args:
        secret: signs them; whoever has it can enter any session.
        seconds: how long a token is good.
        renew_seconds: how long after that it can be exchanged.
        now: the time, in seconds since 1970.
        channel: whose sessions; a token of one channel opens nothing at another.
        erasures: how often everything of a conversation was deleted. A token from before the last
            time opens it no more, whoever kept a copy.
    """

    def __init__(
        self,
        secret: str,
        seconds: int = 3_600,
        renew_seconds: int = 30 * 86_400,
        now: Callable[[], float] = time.time,
        channel: str = "web",
        erasures: Callable[[str], int] = lambda sender: 0,
    ) -> None:
        self._secret = secret
        self.seconds = seconds
        self.renew_seconds = renew_seconds
        self._now = now
        self._channel = channel
        self._audience = f"acupoint-{channel}"
        self._erasures = erasures

    def issue(self, session: Session | None = None) -> str:
        """A token for a session, or for a new one."""
        now = int(self._now())
        claims = {
            "sub": session.id if session else secrets.token_urlsafe(32),
            "aud": self._audience,
            "iat": now,
            "exp": now + self.seconds,
            "era": self._erasures(session.sender) if session else 0,
        }
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM)

    def session(self, token: object, late: bool = False) -> Session:
        """The session of a token.

        Args:
            late: whether a token that expired not long ago will do.

        Raises:
            SessionExpired: it has expired, and can still be exchanged.
            SessionInvalid: it is forged, broken, too old, or everything was deleted since.
        """
        if not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
            raise SessionInvalid
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=self._audience,
                # The times are checked below, by the clock that was given.
                options={
                    "require": ["sub", "aud", "iat", "exp"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            over, era = self._now() - int(claims["exp"]), int(claims.get("era", 0))
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError):
            raise SessionInvalid from None
        if over >= self.renew_seconds:
            raise SessionInvalid
        if over >= 0 and not late:
            raise SessionExpired
        session = Session(claims["sub"], self._sender(claims["sub"]))
        if era < self._erasures(session.sender):
            raise SessionInvalid
        return session

    def _sender(self, session_id: str) -> str:
        """The conversation's id. Keyed, so that who knows a session's id cannot work it out."""
        digest = hmac.new(self._secret.encode(), f"sender:{session_id}".encode(), hashlib.sha256)
        return f"{self._channel}-{digest.hexdigest()[:40]}"


def kept_secret(folder: Path) -> str:
    """The secret kept in `folder`, made at the first start and readable for the owner only.

    Raises:
        OSError: it can be neither read nor written.
    """
    path = private_folder(folder) / SECRET_FILE
    if not path.is_file():
        unfinished = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            # Whole or not at all, and the first of two processes wins.
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text(encoding="utf-8")
