"""A webhook for those who run the assistant: every reminder that fires is posted there, signed.

The body is signed as `t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of "SECONDS.BODY" under the
shared secret. What is not taken with a status of 2xx is posted again, ever more seldom, for a day.
The same id may come twice; a receiver keeps those it has seen.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Sequence

from bot.messages.message import Message
from bot.reminders.delivery.sender import Outcome
from bot.reminders.storage.records import WEBHOOK, Delivery

SIGNATURE = "X-Acupoint-Signature"
_FIRST_WAIT = 10.0
_LONGEST_WAIT = 3_600.0
_GIVE_UP_AFTER = 86_400.0
_TIMEOUT = 10.0

Compose = Callable[[Delivery], Awaitable[Message]]


class Webhook:
    """Posts reminders to an address.

    Args:
        address: where to.
        secret: shared with the receiver.
        compose: makes the message, with guidance, from what is known now.
    """

    name = WEBHOOK
    lease_seconds = 60.0

    def __init__(self, address: str, secret: str, compose: Compose) -> None:
        self._address = address
        self._secret = secret
        self._compose = compose

    def present(self) -> None:
        """Everybody's reminders go there."""
        return

    async def deliver(self, claimed: Sequence[Delivery]) -> list[Outcome]:
        """Post each of them."""
        return list(await asyncio.gather(*(self._post(delivery) for delivery in claimed)))

    async def _post(self, delivery: Delivery) -> Outcome:
        message = await self._compose(delivery)
        body = json.dumps(
            {
                "id": delivery.occurrence.id,
                "sender": delivery.occurrence.sender,
                "due": delivery.occurrence.due,
                "message": message.to_json(),
            },
            ensure_ascii=False,
        ).encode()
        try:
            await asyncio.to_thread(self._send, body)
        except (OSError, ValueError):
            return Outcome(delivery, is_done=False, again_in=wait_after(delivery))
        return Outcome(delivery)

    def _send(self, body: bytes) -> None:
        request = urllib.request.Request(
            self._address,
            body,
            {
                "Content-Type": "application/json",
                SIGNATURE: signature(self._secret, body, int(time.time())),
            },
            method="POST",
        )
        # Any status but 2xx raises.
        with urllib.request.urlopen(request, timeout=_TIMEOUT):
            return


def wait_after(delivery: Delivery) -> float | None:
    """How long to wait after one more attempt has failed; None once it has been tried for a day."""
    waited = sum(_wait(n) for n in range(delivery.attempts))
    return None if waited >= _GIVE_UP_AFTER else _wait(delivery.attempts)


def _wait(attempts: int) -> float:
    return float(min(_FIRST_WAIT * 2**attempts, _LONGEST_WAIT))


def signature(secret: str, body: bytes, at: int) -> str:
    """The header that proves where a body comes from and when it was sent."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def is_signed(secret: str, body: bytes, header: str, now: int, tolerance: int = 300) -> bool:
    """Whether a receiver may trust a body: signed with the secret, not long ago."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    if not parts.get("t", "").isdigit() or abs(now - int(parts["t"])) > tolerance:
        return False
    return hmac.compare_digest(signature(secret, body, int(parts["t"])), header)
