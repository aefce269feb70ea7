"""Sessions of the web channel: signed tokens that the server issues, and nobody can invent."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import jwt

from bot.text.json_types import JsonObject

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
        old: secrets of before, which sign nothing any more; what they signed is good to its end.
        identity: what the ids of conversations are made with, so that another secret changes none.
    """

    def __init__(
        self,
        secret: str,
        seconds: int = 3_600,
        renew_seconds: int = 30 * 86_400,
        now: Callable[[], float] = time.time,
        channel: str = "web",
        erasures: Callable[[str], int] = lambda sender: 0,
        old: Sequence[str] = (),
        identity: str | None = None,
    ) -> None:
        self._secret = secret
        self._known = (secret, *old)
        self._identity = identity or secret
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
        claims = self._claims(token)
        try:
            over, era = self._now() - int(claims["exp"]), int(claims.get("era", 0))
        except (ValueError, TypeError, OverflowError):
            raise SessionInvalid from None
        if over >= self.renew_seconds:
            raise SessionInvalid
        if over >= 0 and not late:
            raise SessionExpired
        session = Session(claims["sub"], self._sender(claims["sub"]))
        if era < self._erasures(session.sender):
            raise SessionInvalid
        return session

    def _claims(self, token: str) -> JsonObject:
        """What a token says that one of our secrets signed."""
        for secret in self._known:
            try:
                return jwt.decode(
                    token,
                    secret,
                    algorithms=[_ALGORITHM],
                    audience=self._audience,
                    # The times are checked by the clock that was given.
                    options={
                        "require": ["sub", "aud", "iat", "exp"],
                        "verify_exp": False,
                        "verify_iat": False,
                    },
                )
            except jwt.InvalidSignatureError:
                continue
            except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError):
                break
        raise SessionInvalid

    def _sender(self, session_id: str) -> str:
        """The conversation's id. Keyed, so that who knows a session's id cannot work it out."""
        digest = hmac.new(self._identity.encode(), f"sender:{session_id}".encode(), hashlib.sha256)
        return f"{self._channel}-{digest.hexdigest()[:40]}"
