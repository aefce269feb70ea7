"""Nobody reaches somebody else's conversation, or wears the assistant out, over plain HTTP."""

import json
import stat
import urllib.error
import urllib.parse
import urllib.request
import zlib
from functools import partial

import pytest

from actions.server import MOST_BYTES
from bot.channels.http.request_guard import ChannelLimits, LimitSettings, is_ours
from bot.channels.rest.public_address import PublicAddress
from bot.channels.web.tokens import Tokens
from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.message_metadata import known_metadata
from bot.gateway.sender_ids import Senders
from tests.channels.browser import Browser
from tests.channels.test_page import fetch, sender_of
from tests.conftest import Server, actions_server
from tests.patience import PATIENCE

REST = "/webhooks/rest/webhook"
SECRET = "a secret for the tests that is long enough to be one"
SIGN = "i lost control of my bladder and my back hurts"
JSON = {"Content-Type": "application/json"}
ELSEWHERE = {"Origin": "https://elsewhere.example"}


def post(server, path, data, headers):
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def asked(sender="guarded", text="where is LI4", **more):
    return json.dumps({"sender": sender, "message": text, **more}).encode()


@pytest.mark.parametrize("path", ["/", REST])
@pytest.mark.parametrize(
    "headers", [ELSEWHERE, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_page_of_another_site_is_refused(server, path, headers):
    data = asked() if path == REST else urllib.parse.urlencode({"message": "hello"}).encode()
    assert post(server, path, data, {**JSON, **headers})[0] == 403


def test_our_own_page_is_let_in_though_its_origin_is_hidden(server):
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    data = urllib.parse.urlencode({"message": "where is LI4"}).encode()
    status, _, said = post(server, "/", data, own)
    assert status == 200
    assert "thumb" in said


def test_a_browser_must_send_json_as_json(server):
    own = {"Sec-Fetch-Site": "same-origin"}
    status, _, said = post(server, REST, asked(), {**own, "Content-Type": "text/plain"})
    assert status == 415
    assert "application/json" in json.loads(said)["error"]
    assert post(server, REST, asked(), {**own, **JSON})[0] == 200
    assert post(server, REST, asked(), {"Content-Type": "text/plain"})[0] == 200


def test_the_form_opens_no_conversation_that_somebody_chose(server):
    chosen = "page-" + "a" * 43
    _, page = fetch(server, {"sender": chosen, "message": "where is LI4"})
    assert sender_of(page) != chosen


@pytest.mark.parametrize("channel", ["alexa", "wyoming", "twilio_voice"])
def test_no_sender_of_a_channel_can_be_named_over_rest(server, channel):
    made = [Senders(SECRET).of(channel, "somebody"), Senders.fresh(channel)]
    assert all(map(is_ours, made))
    assert post(server, REST, asked(made[0]), JSON)[0] == 403


@pytest.mark.parametrize("channel", ["web", "page"])
def test_no_session_can_be_named_over_rest(server, channel):
    tokens = Tokens(SECRET, channel=channel)
    assert post(server, REST, asked(tokens.session(tokens.issue()).sender), JSON)[0] == 403


def test_senders_of_ones_own_go_on():
    assert not any(map(is_ours, ["web-visitor-7", "page-2", "alexa-", "ovos-12", "someone"]))


def test_only_known_metadata_is_kept():
    given = {"country": "GB", "heard": True, "more": "x" * 900_000, "lang": "x" * 900_000}
    assert known_metadata(given) == {"country": "GB", "heard": True}
    assert known_metadata(["country"]) == {}


def test_chatter_uses_up_nothing_that_a_sign_needs():
    limits = ChannelLimits(LimitSettings(by_sender=2, by_address=100, alarms=2))
    for _ in range(50):
        limits.seconds_to_wait("one", "here", lambda: False)
    assert limits.seconds_to_wait("one", "here", lambda: False) > 0
    assert limits.seconds_to_wait("one", "here", lambda: True) == 0
    assert limits.seconds_to_wait("another", "here", lambda: False) == 0
    assert limits.seconds_to_wait("one", "here", lambda: True) == 0
    assert limits.seconds_to_wait("one", "here", lambda: True) > 0


def test_too_many_get_a_kind_word_and_a_sign_its_message(model):
    server = Server(
        "run",
        ACUPOINT_SENDER_MESSAGES_PER_MINUTE="1",
        ACUPOINT_SECRET=SECRET,
    ).wait()
    try:
        answers = [post(server, REST, asked(), JSON) for _ in range(4)]
        status, headers, said = answers[-1]
        assert status == 429
        assert int(headers["Retry-After"]) > 0
        assert "doctor" in json.loads(said)[0]["text"]
        status, _, said = post(server, REST, asked(text=SIGN), JSON)
        assert status == 200
        assert "emergency" in said
        modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in server.state_folder.iterdir()}
        assert "conversations.db" in modes
        assert {mode for name, mode in modes.items() if ".db" in name} == {0o600}
    finally:
        server.stop()


def test_what_is_too_large_gets_a_kind_word(server):
    status, _, said = post(server, REST, asked(text="x" * 1_100_000), JSON)
    assert status == 413
    assert "emergency number" in json.loads(said)["error"]["text"]


def test_the_form_goes_on_under_another_id_after_a_deletion(server):
    _, page = fetch(server, {"message": "delete my data"})
    before = sender_of(page)
    _, page = fetch(server, {"sender": before, "message": "yes"})
    assert "is deleted" in page
    after = sender_of(page)
    assert after != before
    _, page = fetch(server, {"sender": before, "message": "where is LI4"})
    assert sender_of(page) not in (before, after)


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("127.0.0.1:5005", "http://127.0.0.1:5005"),
        ("localhost", "http://localhost"),
        ("evil.example", ""),
        ("localhost@evil.example", ""),
        ("127.0.0.1/evil", ""),
        (None, ""),
    ],
)
def test_no_address_is_made_of_a_strangers_word(host, base):
    assert PublicAddress().base("http", host) == base
    assert PublicAddress("https://mine.example/").base("http", host) == "https://mine.example"


def test_a_picture_is_never_at_a_strangers_host(server):
    _, _, said = post(server, REST, asked(), {**JSON, "Host": "evil.example"})
    assert "evil.example" not in said


def test_a_packed_body_without_end_is_refused():
    packed = zlib.compress(b" " * (MOST_BYTES * 2), 9)
    actions = actions_server()
    try:
        assert post(actions, "/webhook", packed, {"Content-Encoding": "deflate"})[0] == 413
    finally:
        actions.stop()


def test_events_of_the_library_are_answered_as_unknown(server):
    before = len(server.log)
    with Browser(server) as browser:
        for name in ("connect", "disconnect", "nonsense"):
            assert browser.call(name, {})["error"]["code"] == "bad_request"
        assert "thumb" in browser.say("where is LI4")
    assert "Traceback" not in server.log[before:]


async def test_a_sign_is_answered_beyond_the_limits():
    async def silent(message):
        """An engine that says nothing."""

    gateway = Gateway(silent, Resources.load())
    limits = ChannelLimits(LimitSettings(by_sender=1))
    waits = [
        limits.seconds_to_wait("one", "here", partial(gateway.alarms, "ok")) for _ in range(40)
    ]
    assert waits[-1] > 0
    assert limits.seconds_to_wait("one", "here", partial(gateway.alarms, SIGN)) == 0
