"""Notifications of browsers (Web Push), for those who asked for them.

What is sent is encrypted for the browser, and still says no more than that a reminder is there: it
shows on locked screens. The keys are made at the first use and stay in the state folder.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.knowledge.schema.reminders import RemindersFile
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import Message
from bot.reminders.delivery.sender import Outcome
from bot.reminders.delivery.webhook import wait_after
from bot.reminders.storage.records import PUSH, Delivery
from bot.reminders.storage.store import ReminderStore
from bot.text.json_types import JsonObject

KEY_FILE = "push_key.pem"
# Where browsers let themselves be reached. The server calls no other address that a page names.
HOSTS = (
    "fcm.googleapis.com", "updates.push.services.mozilla.com", ".notify.windows.com",
    ".push.apple.com",
)  # fmt: skip
_LIVES_SECONDS = 3_600
_TIMEOUT = 10.0
_GONE = (404, 410)
_LONGEST = 2_000

Compose = Callable[[Delivery], Awaitable[Message]]


class NoSubscription(ValueError):
    """What a browser sent is no subscription, or leads to an address that is not called."""


class PushKeys:
    """The key pair by which push services know this server.

    Args:
        folder: where the private key is kept, readable for the owner only.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / KEY_FILE

    @property
    def public(self) -> str:
        """The public key, as browsers want it."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        point = self._key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    @property
    def path(self) -> Path:
        """Where the private key is; made if it is not there."""
        self._key()
        return self._path

    def _key(self) -> Any:
        from py_vapid import Vapid

        if not self._path.is_file():
            key = Vapid()
            key.generate_keys()
            unfinished = self._path.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(key.private_pem())
            try:
                # Whole or not at all, and the first of two processes wins.
                os.link(unfinished, self._path)
            except FileExistsError:
                pass
            finally:
                unfinished.unlink()
        return Vapid.from_file(str(self._path))


def checked(content: Any, hosts: Sequence[str]) -> tuple[str, JsonObject]:
    """The id of a subscription, and what is needed of it.

    Raises:
        NoSubscription: it is none.
    """
    try:
        endpoint, keys = content["endpoint"], content["keys"]
        address = urlsplit(endpoint)
        kept = {"endpoint": endpoint, "keys": {"p256dh": keys["p256dh"], "auth": keys["auth"]}}
        host = address.hostname or ""
        # Test services listen on this machine, with a port, and without a certificate.
        is_known = any(
            address.netloc == known or host == known or (known[0] == "." and host.endswith(known))
            for known in hosts
        )
        is_whole = len(json.dumps(kept)) <= _LONGEST and all(
            isinstance(value, str) and value for value in (endpoint, *kept["keys"].values())
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        raise NoSubscription("no subscription") from None
    is_own = ":" in address.netloc and address.netloc in hosts
    is_safe = address.scheme == "https" or is_own
    if not is_known or not is_whole or not is_safe:
        raise NoSubscription("no known push service")
    return hashlib.sha256(endpoint.encode()).hexdigest(), kept


class Push:
    """Sends notifications to browsers.

    Args:
        contact: an address of whoever runs this server, which push services ask for.
    """

    name = PUSH
    lease_seconds = 60.0

    def __init__(
        self,
        store: ReminderStore,
        keys: PushKeys,
        words: RemindersFile,
        compose: Compose,
        contact: str = "mailto:nobody@localhost",
    ) -> None:
        self._store = store
        self._keys = keys
        self._words = words
        self._compose = compose
        self._contact = contact

    def present(self) -> None:
        """Everybody who asked for them."""
        return

    async def deliver(self, claimed: Sequence[Delivery]) -> list[Outcome]:
        """Send each of them."""
        return list(await asyncio.gather(*(self._push(delivery) for delivery in claimed)))

    async def _push(self, delivery: Delivery) -> Outcome:
        content = await asyncio.to_thread(self._store.subscription, delivery.target or "")
        if content is None:
            return Outcome(delivery, is_done=False)
        payload = notification(await self._compose(delivery), delivery.occurrence.id, self._words)
        status = await asyncio.to_thread(self._send, content, payload)
        if status in _GONE:
            await asyncio.to_thread(self._store.unsubscribe, delivery.target or "")
            return Outcome(delivery, is_done=False)
        if 200 <= status < 300:
            return Outcome(delivery)
        return Outcome(delivery, is_done=False, again_in=wait_after(delivery))

    def _send(self, content: JsonObject, payload: dict[str, str]) -> int:
        """Send one, and give the status; 0 where nobody answered."""
        from pywebpush import WebPushException, webpush

        try:
            answer = webpush(
                content,
                json.dumps(payload, ensure_ascii=False),
                vapid_private_key=str(self._keys.path),
                vapid_claims={"sub": self._contact},
                ttl=_LIVES_SECONDS,
                timeout=_TIMEOUT,
                headers={"Urgency": "normal"},
            )
        except WebPushException as error:
            return error.response.status_code if error.response is not None else 0
        except OSError:
            return 0
        return int(answer.status_code)


def notification(message: Message, occurrence: str, words: RemindersFile) -> dict[str, str]:
    """What a notification says; with a warning sign, to read first."""
    is_sign = message.is_red_flag or _tells_of_sign(message.reply.key)
    body = words.saying("push_sign" if is_sign else "push_body").written
    return {"id": occurrence, "title": words.saying("push_title").written, "body": body}


def _tells_of_sign(key: AnswerKey | None) -> bool:
    return key is not None and key.is_of(Kind.REMINDER) and key.about.startswith("sign")
