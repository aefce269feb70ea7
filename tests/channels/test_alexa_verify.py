"""Forged requests are refused, one kind after the other; a good one passes."""

import datetime
import json
import logging

import pytest

from bot.channels.alexa.signature import AlexaVerifier, BadSignature, check_chain_url
from tests.channels.voices import CHAIN_URL, SKILL, Authority, encoded, envelope, pem, says, signed

ROOT = Authority()
LEAF, KEY = ROOT.issues()


class Amazon:
    """Where certificates are fetched from."""

    def __init__(self, *chain):
        self.content = pem(*chain)
        self.asked = []

    async def __call__(self, url):
        self.asked.append(url)
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


def verifier(*chain, skill=SKILL, fetch=None, **options):
    fetch = fetch or Amazon(*(chain or (LEAF,)))
    return AlexaVerifier(skill, fetch, roots=[ROOT.certificate], **options)


async def check(verifier, content=None, headers=None, body=None):
    content = content or envelope(intent=says("my back hurts"))
    body = body or encoded(content)
    await verifier.check(headers or signed(body, KEY), body, content)


async def refused(verifier, because, **request):
    with pytest.raises(BadSignature, match=because):
        await check(verifier, **request)


async def test_a_good_request_passes_and_its_certificates_are_fetched_once():
    amazon = Amazon(LEAF)
    checks = verifier(fetch=amazon)
    await check(checks)
    await check(checks)
    assert amazon.asked == [CHAIN_URL]


async def test_a_request_without_session_passes():
    content = envelope("System.ExceptionEncountered")
    del content["session"]
    await check(verifier(), content)


@pytest.mark.parametrize("missing", ["Signature-256", "SignatureCertChainUrl"])
async def test_an_unsigned_request_is_refused(missing):
    content = envelope()
    headers = signed(encoded(content), KEY)
    del headers[missing]
    await refused(verifier(), "signature|certificates", content=content, headers=headers)


async def test_a_signature_that_is_none_is_refused():
    headers = {**signed(b"x", KEY), "Signature-256": "not base64 !"}
    await refused(verifier(), "unreadable", headers=headers)


@pytest.mark.parametrize("seconds", [-200, 200])
async def test_a_stale_request_is_refused(seconds):
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
    await refused(verifier(), "too old", content=envelope(at=at))


@pytest.mark.parametrize("told", [None, "", "yesterday", 5, "2026-01-01T00:00:00"])
async def test_a_request_without_its_time_is_refused(told):
    content = envelope()
    content["request"]["timestamp"] = told
    await refused(verifier(), "when it was made", content=content)


async def test_a_tampered_request_is_refused():
    content = envelope(intent=says("my back hurts"))
    headers = signed(encoded(content), KEY)
    content["request"]["intent"] = says("where is LI4")
    await refused(verifier(), "does not fit", content=content, headers=headers)


async def test_the_body_counts_byte_by_byte():
    content = envelope()
    headers = signed(encoded(content), KEY)
    body = json.dumps(content, indent=1).encode()
    await refused(verifier(), "does not fit", content=content, headers=headers, body=body)


async def test_a_signature_of_another_key_is_refused():
    content = envelope()
    headers = signed(encoded(content), ROOT.issues()[1])
    await refused(verifier(), "does not fit", content=content, headers=headers)


async def test_a_foreign_root_is_refused():
    foreign = Authority("Test Root")
    leaf, key = foreign.issues()
    content = envelope()
    headers = signed(encoded(content), key)
    await refused(verifier(leaf, foreign.certificate), "not Alexa's", content=content,
                  headers=headers)  # fmt: skip


@pytest.mark.parametrize(
    "issued",
    [{"host": "evil.example"}, {"days": 2, "begun": -10}, {"begun": 5}],
    ids=["wrong name", "expired", "not yet"],
)
async def test_a_certificate_that_does_not_hold_is_refused(issued):
    leaf, key = ROOT.issues(**issued)
    content = envelope()
    headers = signed(encoded(content), key)
    await refused(verifier(leaf), "not Alexa's", content=content, headers=headers)


async def test_a_certificate_that_expires_while_it_is_kept_is_refused():
    leaf, key = ROOT.issues(days=2)
    now = datetime.datetime.now(datetime.UTC)
    times = iter([now] * 3 + [now + datetime.timedelta(days=3)] * 9)
    checks = verifier(leaf, now=lambda: next(times))
    content = envelope()
    await check(checks, content, signed(encoded(content), key))
    content = envelope(at=now + datetime.timedelta(days=3))
    await refused(checks, "out of date", content=content, headers=signed(encoded(content), key))


@pytest.mark.parametrize("where", ["context", "session", "both", "nowhere"])
async def test_a_foreign_application_is_refused(where):
    content, foreign = envelope(), {"applicationId": "amzn1.ask.skill.another"}
    if where in ("context", "both"):
        content["context"]["System"]["application"] = foreign
    if where in ("session", "both"):
        content["session"]["application"] = foreign
    if where == "nowhere":
        content["context"], content["session"] = {}, {}
    await refused(verifier(), "another skill", content=content)


async def test_without_a_skill_id_everything_is_refused():
    for skill in (None, ""):
        await refused(verifier(skill=skill), "no skill id")


@pytest.mark.parametrize(
    "content",
    [b"", b"no certificate", b"x" * 100, pem(*[LEAF] * 9)],
    ids=["empty", "words", "letters", "nine certificates"],
)
async def test_what_is_no_chain_is_refused(content):
    amazon = Amazon()
    amazon.content = content
    await refused(verifier(fetch=amazon), "certificates")


async def test_certificates_that_cannot_be_had_are_a_refusal_without_a_trace(caplog):
    amazon = Amazon()
    amazon.content = OSError("my back hurts")
    with caplog.at_level(logging.DEBUG):
        await refused(verifier(fetch=amazon), "could not be had")
    assert "my back hurts" not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem",
        "HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert.pem",
    ],
)
def test_where_certificates_may_be(url):
    check_chain_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://notamazon.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
        "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:x/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com@evil.example/echo.api/cert.pem",
        "https://evil@s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com.evil.example/echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api/../evil/cert.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/evil/cert.pem",
        "https://[::1/echo.api/cert.pem",
    ],
)
def test_where_certificates_may_not_be(url):
    with pytest.raises(BadSignature):
        check_chain_url(url)
