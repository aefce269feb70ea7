"""Whether a request is Alexa's and meant for our skill.

The rules are Amazon's for skills that are hosted as a web service. The certificates are checked by
`cryptography`; Amazon's own Python package for it cannot be imported next to OpenSSL 3.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import logging
import posixpath
import warnings
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import certifi
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)

CHAIN_URL_HEADER = "SignatureCertChainUrl"
SIGNATURE_HEADER = "Signature-256"
SIGNED_FOR = "echo-api.amazon.com"
OLDEST_SECONDS = 150
_HOST, _FOLDER, _PORT = "s3.amazonaws.com", "/echo.api/", 443
_MOST_CHAINS = 8
_LONGEST_CHAIN = 6

Fetch = Callable[[str], Awaitable[bytes]]
Chain = list[x509.Certificate]


class BadSignature(Exception):
    """A request that is not answered; the message says why, without anything of its content."""


class AlexaVerifier:
    """Checks requests.

    Args:
        skill_id: the only application that may ask; None refuses all.
        fetch: gets the certificates that a request names.
        roots: who may have signed them in the end; the roots of certifi where none are given.
        now: the time, with its zone.
    """

    def __init__(
        self,
        skill_id: str | None,
        fetch: Fetch,
        roots: list[x509.Certificate] | None = None,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._skill_id = skill_id
        self._fetch = fetch
        self._roots = roots
        self._now = now
        self._chains: OrderedDict[str, Chain] = OrderedDict()

    async def check(self, headers: Mapping[str, str], body: bytes, envelope: Any) -> None:
        """Let the request pass.

        Args:
            body: exactly what was sent, which is what is signed.
            envelope: the same, parsed.

        Raises:
            BadSignature: it is not Alexa's, not fresh, not whole, or not for our skill.
        """
        if not self._skill_id:
            raise BadSignature("no skill id is configured")
        self._check_application(envelope)
        self._check_time(envelope)
        try:
            signature = base64.b64decode(headers.get(SIGNATURE_HEADER) or "", validate=True)
        except (binascii.Error, ValueError):
            raise BadSignature("the signature is unreadable") from None
        if not signature:
            raise BadSignature("there is no signature")
        chain = await self._chain(headers.get(CHAIN_URL_HEADER) or "")
        self._check_chain(chain)
        _check_signature(chain[0], signature, body)

    def _check_application(self, envelope: Any) -> None:
        told = [
            _dig(envelope, "context", "System", "application", "applicationId"),
            _dig(envelope, "session", "application", "applicationId"),
        ]
        named = {str(one) for one in told if one is not None}
        if named != {self._skill_id}:
            raise BadSignature("the request is for another skill")

    def _check_time(self, envelope: Any) -> None:
        told = str(_dig(envelope, "request", "timestamp") or "")
        try:
            at = datetime.datetime.fromisoformat(told.replace("Z", "+00:00"))
            age = abs((self._now() - at).total_seconds())
        except (ValueError, TypeError, OverflowError):
            raise BadSignature("the request does not say when it was made") from None
        if age > OLDEST_SECONDS:
            raise BadSignature("the request is too old")

    async def _chain(self, url: str) -> Chain:
        """The certificates at an address, leaf first; those seen before are not fetched again."""
        check_chain_url(url)
        if url in self._chains:
            self._chains.move_to_end(url)
            return self._chains[url]
        try:
            chain = x509.load_pem_x509_certificates(await self._fetch(url))
        except Exception as error:
            log_failure(logger, "Alexa's certificates could not be had", error)
            raise BadSignature("the certificates could not be had") from None
        if not 0 < len(chain) <= _LONGEST_CHAIN:
            raise BadSignature("that is no chain of certificates")
        self._check_chain(chain)
        self._chains[url] = chain
        while len(self._chains) > _MOST_CHAINS:
            self._chains.popitem(last=False)
        return chain

    def _check_chain(self, chain: Chain) -> None:
        store = Store(self._roots) if self._roots else _certifi_store()
        verifier = (
            PolicyBuilder()
            .store(store)
            .time(self._now())
            .build_server_verifier(x509.DNSName(SIGNED_FOR))
        )
        try:
            verifier.verify(chain[0], chain[1:])
        except VerificationError:
            raise BadSignature("the certificates are not Alexa's, or out of date") from None


def check_chain_url(url: str) -> None:
    """Let pass an address where Amazon keeps Alexa's certificates.

    Raises:
        BadSignature: it is another one.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadSignature("the address of the certificates is unreadable") from None
    path = posixpath.normpath(unquote(parts.path))
    right = (
        parts.scheme.lower() == "https"
        and (parts.hostname or "").lower() == _HOST
        and port in (None, _PORT)
        and parts.username is None
        and path.startswith(_FOLDER)
    )
    if not right:
        raise BadSignature("the certificates are not where Alexa's are")


def _check_signature(leaf: x509.Certificate, signature: bytes, body: bytes) -> None:
    key = leaf.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise BadSignature("the certificate has a key of another kind")
    try:
        key.verify(signature, body, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise BadSignature("the signature does not fit the request") from None


@lru_cache(maxsize=1)
def _certifi_store() -> Store:
    with warnings.catch_warnings():
        # One of the old roots has an odd serial number.
        warnings.simplefilter("ignore")
        with open(certifi.where(), "rb") as file:
            return Store(x509.load_pem_x509_certificates(file.read()))


def _dig(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
