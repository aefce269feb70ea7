"""Clients of the channels for voices: Home Assistant, Alexa and Twilio, as they really call."""

import base64
import datetime
import json
import uuid
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from twilio.request_validator import RequestValidator
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.handle import Handled

SKILL = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
CHAIN_URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
TOKEN = "a-token-that-nobody-else-has"
PUBLIC_URL = "https://voice.example"
PHONE_PATH = "/webhooks/twilio_voice/webhook"


# ---------------------------------------------------------------- Home Assistant
async def spoken_to(port, text, conversation=None, context=None):
    """What Home Assistant gets for a sentence: the Handled event, on a connection of its own."""
    if conversation:
        context = {"conversation_id": conversation, "device_id": "kitchen"}
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Transcript(text, context=context, language="en").event())
        event = await client.read_event()
        assert Handled.is_type(event.type), event
        return Handled.from_event(event)


# ---------------------------------------------------------------- Alexa
class Authority:
    """A certificate authority of our own, and what it signs."""

    def __init__(self, name="Test Root"):
        self.certificate, self._key = _certificate(name)

    def issues(self, host="echo-api.amazon.com", days=30, begun=-1):
        """(leaf certificate, its key) for a host."""
        return _certificate(host, self.certificate.subject, self._key, host, days, begun)


def _certificate(name, issuer=None, issuer_key=None, host=None, days=30, begun=-1):
    key = rsa.generate_private_key(65537, 2048)
    start = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=begun)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    is_ca = host is None
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=days))
        .add_extension(x509.BasicConstraints(is_ca, None), True)
        .add_extension(x509.KeyUsage(True, key_cert_sign=is_ca, crl_sign=is_ca, **usage), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer_key or key).public_key()),
            False,
        )
    )
    if host:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
    return built.sign(issuer_key or key, hashes.SHA256()), key


def pem(*certificates):
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def signed(body, key):
    """The headers of a request that Alexa signed."""
    signature = key.sign(body, padding.PKCS1v15(), hashes.SHA256())
    return {
        "SignatureCertChainUrl": CHAIN_URL,
        "Signature-256": base64.b64encode(signature).decode(),
    }


def envelope(kind="IntentRequest", session=None, user="someone", skill=SKILL, at=None, **request):
    """A request as Alexa sends it."""
    at = at or datetime.datetime.now(datetime.UTC)
    application = {"applicationId": skill}
    person = {"userId": f"amzn1.ask.account.{user}"}
    return {
        "version": "1.0",
        "session": {
            "new": session is None,
            "sessionId": session or f"amzn1.echo-api.session.{uuid.uuid4()}",
            "application": application,
            "attributes": {},
            "user": person,
        },
        "context": {
            "System": {
                "application": application,
                "user": person,
                "device": {"deviceId": "amzn1.ask.device.X", "supportedInterfaces": {}},
                "apiEndpoint": "https://api.amazonalexa.com",
                "apiAccessToken": "x",
            }
        },
        "request": {
            "type": kind,
            "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
            "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "locale": "en-GB",
            **request,
        },
    }


def intent(name, **slots):
    """The intent of a request; a slot is given by the words heard."""
    return {
        "name": name,
        "confirmationStatus": "NONE",
        "slots": {
            slot: {"name": slot, "value": value, "confirmationStatus": "NONE"}
            for slot, value in slots.items()
        },
    }


def says(text):
    """The intent that carries a whole sentence."""
    return intent("SayIntent", phrase=text)


def encoded(content):
    return json.dumps(content).encode()


# ---------------------------------------------------------------- the phone
def call(number="+441632960001", call_id=None, **fields):
    """The form that Twilio posts for a turn of a call."""
    return {
        "AccountSid": "AC00000000000000000000000000000000",
        "ApiVersion": "2010-04-01",
        "CallSid": call_id or "CA00000000000000000000000000000000",
        "CallStatus": "in-progress",
        "Called": "+441632960999",
        "CalledCountry": "GB",
        "CallerName": "",
        "Caller": number,
        "Direction": "inbound",
        "From": number,
        "FromCity": "",
        "FromCountry": "GB",
        "To": "+441632960999",
        **fields,
    }


def posted(form, query="", token=TOKEN, public=PUBLIC_URL):
    """(url, body, headers) of a webhook as Twilio calls it; without a token it is not signed."""
    url, headers = f"{public}{PHONE_PATH}{query}", {}
    if token:
        headers["X-Twilio-Signature"] = RequestValidator(token).compute_signature(url, form)
    return url, urlencode(form).encode(), headers
