"""Rasa's own channels behind the gateway, with a stand-in for the clouds they speak to."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import os
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiohttp
import pytest
from aiogram import Bot
from aiogram.bot.api import TelegramAPIServer
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.channels.slack import SlackBot
from rasa.core.channels.telegram import TelegramOutput
from sanic import Blueprint, Sanic, response
from sanic.touchup.service import TouchUp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.messengers.plain_text import plain_parts, plain_text
from bot.channels.messengers.rasa_channels import ChannelRefused, RasaChannel, rasa_channel
from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.gateway.sender_ids import Senders
from bot.messages.message import Message
from bot.runtime import paths
from tests.conftest import free_port
from tests.test_conversations import GUIDANCE

EMERGENCY = "i lost control of my bladder and my back hurts"
SENDERS = Senders("s" * 40)
SIGNING = "signing-secret"
START = """
import sys
from pathlib import Path
from bot.runtime import paths
paths.CREDENTIALS = Path(sys.argv.pop(1))
from bot.cli.app import main
from bot.dialogue.resources import Resources
main()
"""
COMMANDS = ["/restart", '/locate_point{"point": "LI4"}', "/session_start"]


class Cloud:
    """Keeps what a channel sends; can refuse it."""

    def __init__(self):
        self.sent, self.fails, cloud = [], [], self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                form = {k: v[0] for k, v in urllib.parse.parse_qs(raw).items()}
                content = json.loads(raw) if raw.startswith("{") else form
                method = self.path.rpartition("/")[2]
                refused = bool(cloud.fails) and cloud.fails[0](content)
                if refused:
                    cloud.fails.pop(0)
                elif method in ("sendMessage", "chat.postMessage", "callback"):
                    cloud.sent.append(content)
                user = {"id": 1, "is_bot": True, "first_name": "A", "username": "acupoint_bot"}
                chat = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
                result = {"getMe": user, "sendMessage": chat}.get(method, True)
                answer = {"ok": not refused, "result": result, "description": "x", "error": "x"}
                body = json.dumps(answer).encode()
                self.send_response(400 if refused else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def cloud(monkeypatch):
    cloud = Cloud()

    def telegram(self, token):
        Bot.__init__(self, token, server=TelegramAPIServer.from_base(cloud.url))

    def slack(self, token, slack_channel=None, thread_id=None, proxy=None):
        self.slack_channel, self.thread_id, self.proxy = slack_channel, thread_id, proxy
        self.client = AsyncWebClient(token, base_url=f"{cloud.url}/api/")

    monkeypatch.setattr(TelegramOutput, "__init__", telegram)
    monkeypatch.setattr(SlackBot, "__init__", slack)
    # Sanic rewrites its own methods at the start, which works once in a process.
    rewrite = TouchUp.run

    def rewrite_once(app):
        with contextlib.suppress(KeyError):
            rewrite(app)

    monkeypatch.setattr(TouchUp, "run", rewrite_once)
    yield cloud
    cloud.close()


class Telegram:
    key = "telegram"

    def settings(self, cloud):
        return {"access_token": "1:a", "verify": "acupoint_bot", "webhook_url": "https://a.example"}

    def request(self, text, person, number):
        chat = {"id": person, "type": "private"}
        sent = {"message_id": number, "date": 1, "chat": chat, "text": text}
        return json.dumps({"update_id": number, "message": sent}), {}


class Slack:
    key = "slack"

    def settings(self, cloud):
        return {"slack_token": "xoxb-1", "slack_signing_secret": SIGNING}

    def request(self, text, person, number):
        event = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.1"}
        event |= {"user": str(person), "text": text}
        body = json.dumps({"type": "event_callback", "event_id": f"Ev{number}", "event": event})
        now = str(int(time.time()))
        signed = hmac.new(SIGNING.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256)
        return body, {
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }


class Callback:
    key = "rasa.core.channels.callback.CallbackInput"

    def settings(self, cloud):
        return {"url": f"{cloud.url}/callback"}

    def request(self, text, person, number):
        return json.dumps({"sender": str(person), "message": text}), {}


EVERY = [Telegram(), Slack(), Callback()]
WITH_IDS = EVERY[:2]


class Talk:
    """Posts what a cloud posts, and waits for what is sent back."""

    def __init__(self, channel, cloud, gateway):
        self.channel, self.cloud = channel, cloud
        self._loop = asyncio.new_event_loop()
        settings = channel.settings(cloud)
        self.served, name = rasa_channel(channel.key, settings, gateway, SENDERS, None)
        self._busy, receive = 0, self.served.receive

        async def counted(message):
            self._busy += 1
            try:
                await receive(message)
            finally:
                self._busy -= 1

        self.served.receive = counted
        app = Sanic(f"t{uuid.uuid4().hex}", configure_logging=False)
        app.blueprint(self.served.blueprint(), url_prefix=f"/webhooks/{name}")
        port = free_port()
        self._url, self._number = f"http://127.0.0.1:{port}/webhooks/{name}/webhook", 0
        self._server = self._run(self._start(app, port))

    def _run(self, doing):
        asyncio.set_event_loop(self._loop)
        return self._loop.run_until_complete(doing)

    @staticmethod
    async def _start(app, port):
        server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
        await server.startup()
        await server.start_serving()
        return server

    def close(self):
        self._server.close()
        self._run(self._server.wait_closed())
        self._loop.close()

    def say(self, text, person=7, again=False, headers=None):
        """What is sent to the person; `again` delivers the last request once more."""
        self._number += not again
        before = len(self.cloud.sent)
        body, own = self.channel.request(text, person, self._number)
        self.status = self._run(self._post(body, {**own, **(headers or {})}))
        return [m.get("text", "") for m in self.cloud.sent[before:]]

    async def _post(self, body, headers):
        headers = {"Content-Type": "application/json", **headers}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._url, data=body, headers=headers) as answer,
        ):
            status = answer.status
        await asyncio.sleep(0)
        while self._busy:
            await asyncio.sleep(0.01)
        return status


@pytest.fixture
def open_talk(cloud):
    opened = []

    def talk(channel, gateway):
        opened.append(Talk(channel, cloud, gateway))
        return opened[-1]

    yield talk
    for one in opened:
        one.close()


@pytest.fixture
def answering():
    """A gateway whose engine answers with what it was told."""

    async def handle(message):
        heard.append((message.text, message.sender_id))
        await message.output_channel.send_response("x", {"text": f"Heard **{message.text}**"})

    heard = []
    gateway = Gateway(handle, Resources.load(), 20)
    gateway.heard = heard
    return gateway


@pytest.fixture
def failing():
    async def handle(message):
        raise RuntimeError("broken")

    return Gateway(handle, Resources.load(), 20)


def each(channels=EVERY):
    return pytest.mark.parametrize("channel", channels, ids=lambda c: type(c).__name__)


@each()
def test_a_conversation_goes_through_the_gateway(open_talk, assistant, channel):
    talk, person = open_talk(channel, assistant.gateway), int(uuid.uuid4().int % 10**9)
    said = talk.say("where is LI4", person)
    assert len(said) == 1
    assert "LI4" in said[0]
    assert GUIDANCE.search(said[0])
    assert not any(sign in said[0] for sign in ("**", "{", "_", "\n\n"))
    alarmed = talk.say(EMERGENCY, person)
    assert "emergency" in " ".join(alarmed)
    for text in ("where is LI4", *COMMANDS):
        stands = " ".join(talk.say(text, person))
        assert "emergency" in stands
        assert "thumb" not in stands


@each()
def test_deletion_holds(open_talk, assistant, channel):
    talk, person = open_talk(channel, assistant.gateway), int(uuid.uuid4().int % 10**9)
    talk.say("i am pregnant", person)
    assert "pregnan" in " ".join(talk.say("where is LI4", person)).lower()
    assert "Shall I delete" in talk.say("delete my data", person)[0]
    assert "deleted" in talk.say("yes delete everything", person)[0].lower()
    assert "thumb" in " ".join(talk.say("where is LI4", person))


@each()
@pytest.mark.parametrize("text", COMMANDS)
def test_a_command_is_ordinary_text(open_talk, answering, channel, text):
    assert len(open_talk(channel, answering).say(text)) == 1
    assert [heard for heard, _ in answering.heard] == [text.lstrip("/")]


@each()
def test_a_red_flag_gets_its_message_when_the_engine_fails(open_talk, failing, channel):
    talk = open_talk(channel, failing)
    assert "emergency" in " ".join(talk.say(EMERGENCY))


@each(WITH_IDS)
@pytest.mark.parametrize("reason", ["http_timeout", "http_error"])
def test_a_request_that_comes_again_is_not_answered_twice(open_talk, answering, channel, reason):
    talk, headers = open_talk(channel, answering), {"x-slack-retry-num": "1"}
    assert talk.say("hello")
    headers["x-slack-retry-reason"] = reason
    assert talk.say("hello", again=True, headers=headers) == []
    assert talk.say("hello")


def test_what_could_not_be_sent_is_sent_when_the_request_comes_again(open_talk, answering, cloud):
    talk = open_talk(Telegram(), answering)
    cloud.fails += [lambda content: "text" in content] * 2  # with its button, and without
    assert talk.say(EMERGENCY) == []
    assert talk.status == 500
    assert "emergency" in " ".join(talk.say(EMERGENCY, again=True))


def test_buttons_that_are_refused_leave_the_words(open_talk, cloud):
    async def handle(message):
        buttons = [{"title": "Yes", "payload": "/affirm"}]
        await message.output_channel.send_response("x", {"text": "Sure?", "buttons": buttons})

    gateway = Gateway(handle, Resources.load(), 20)
    talk = open_talk(Telegram(), gateway)
    talk.say("hello")
    assert "Yes" in cloud.sent[-1]["reply_markup"]
    cloud.fails.append(lambda content: "reply_markup" in content)
    assert "You can say: Yes." in talk.say("hello")[0]


@each()
def test_nobody_at_another_channel_can_name_a_conversation(open_talk, answering, channel):
    talk = open_talk(channel, answering)
    talk.say(EMERGENCY, person=7)
    name = channel.key.rpartition(".")[2].removesuffix("Input").lower()
    for sender in ("7", f"{name}-7"):
        said = asyncio.run(answering.exchange(Incoming("where is LI4", sender, "rest")))
        assert "Heard" in said[0].text
    assert "Heard" in " ".join(talk.say("where is LI4", person=8))
    assert "Heard" not in " ".join(talk.say("where is LI4", person=7))
    assert sum(sender.startswith(f"{name}-") for _, sender in answering.heard) == 4


def test_people_without_an_id_share_no_conversation(open_talk, answering):
    class Nameless(Callback):
        def request(self, text, person, number):
            return json.dumps({"message": text}), {}

    talk = open_talk(Nameless(), answering)
    talk.say(EMERGENCY)
    assert "Heard" in talk.say("where is LI4")[0]


@pytest.mark.parametrize(
    ("text", "heard"), [("/start", "hello"), ("/start@acupoint_bot", "hello"), ("/stop", "stop")]
)
def test_telegrams_first_tap_is_a_greeting(open_talk, answering, text, heard):
    open_talk(Telegram(), answering).say(text)
    assert answering.heard[0][0] == heard


@pytest.mark.parametrize(
    "place", ['{"lng":1.5, "lat":-2}', "/locationData{'Latitude': 1.5,'Longitude': -2}"]
)
def test_a_place_on_the_map_is_answered_kindly(open_talk, answering, place):
    said = open_talk(Callback(), answering).say(place)
    assert "came without words" in said[0]
    assert answering.heard == []


class OwnOutput(OutputChannel):
    def __init__(self):
        self.sent = []

    async def send_text_message(self, recipient_id, text, **_):
        self.sent.append((recipient_id, text))


class OwnInput(InputChannel):
    """A channel somebody wrote as Rasa documents."""

    @classmethod
    def name(cls):
        return "own"

    def blueprint(self, on_new_message):
        blueprint = Blueprint("own", "own")

        @blueprint.post("/webhook")
        async def receive(request):
            out = OwnOutput()
            await on_new_message(UserMessage(request.json["text"], out, "me"))
            return response.json(out.sent)

        return blueprint


class NamedAsOurs(OwnInput):
    @classmethod
    def name(cls):
        return "web"


class Broken(OwnInput):
    @classmethod
    def from_credentials(cls, credentials):
        raise KeyError(f"no door for {credentials['password']}")


def opened(key, settings, gateway):
    return rasa_channel(key, settings, gateway, SENDERS, None)


async def test_a_channel_of_ones_own_is_served(answering):
    channel, prefix = opened(f"{__name__}.OwnInput", None, answering)
    assert prefix == "own"
    out = OwnOutput()
    await channel.receive(UserMessage(EMERGENCY, out, "me"))
    await channel.receive(UserMessage("/restart", out, "me"))
    assert [who for who, _ in out.sent] == ["me", "me"]
    assert all("emergency" in text for _, text in out.sent)


WORKING = {
    "telegram": Telegram().settings(None),
    "slack": Slack().settings(None),
    "facebook": {"verify": "a", "secret": "b", "page-access-token": "c"},
    "twilio": {"account_sid": "a", "auth_token": "b", "twilio_number": "c"},
    "mattermost": {"url": "https://m.example", "token": "a", "webhook_url": "https://a.example"},
    "rocketchat": {"user": "a", "password": "b", "server_url": "https://r.example"},
    "webexteams": {"access_token": "a"},
    "botframework": {"app_id": "a", "app_password": "b"},
    "callback": {"url": "http://127.0.0.1:1/callback"},
    "hangouts": None,
}
REFUSED = {"rasa", "cmdline", "twilio_voice", "socketio"}


@pytest.mark.parametrize("name", sorted(BUILTIN_CHANNELS))
def test_every_channel_of_rasa_is_served_or_refused(name, cloud, answering, monkeypatch):
    monkeypatch.setattr(
        "rasa.core.channels.botframework.BotFrameworkInput._update_cached_jwk_keys",
        lambda self: None,
    )
    kind = BUILTIN_CHANNELS[name]
    for key in (name, f"{kind.__module__}.{kind.__name__}"):
        if name in REFUSED:
            assert one_sentence(key, {"url": "x"}, answering)
            continue
        channel, prefix = opened(key, WORKING.get(name), answering)
        assert prefix == name
        if name != "rest":
            assert isinstance(channel, RasaChannel)
            assert isinstance(channel.blueprint(), Blueprint)


def one_sentence(key, settings, gateway):
    with pytest.raises(ChannelRefused) as refused:
        opened(key, settings, gateway)
    sentence = str(refused.value)
    assert sentence.startswith(f"bot/credentials.yml, '{key}': ")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", sorted(set(WORKING) - {"hangouts"}))
@pytest.mark.parametrize("settings", [None, {}, "text", {"verify": "a"}])
def test_missing_settings_are_named(name, settings, answering):
    assert " below it." in one_sentence(name, settings, answering)


@pytest.mark.parametrize(
    "name", ["telegram", "slack", "facebook", "rocketchat", "webexteams", "hangouts"]
)
def test_what_is_not_installed_is_told(name, answering, monkeypatch):
    monkeypatch.setattr("bot.rasa_compat.left_out._is_missing", lambda package: True)
    assert "setup.py --messengers" in one_sentence(name, WORKING[name], answering)


@pytest.mark.parametrize("key", ["nothing", "no.such.Door", "os.path.join", "json.JSONDecoder", ""])
def test_what_is_no_channel_is_refused(key, answering):
    assert "no such channel" in one_sentence(key, None, answering)


def test_a_channel_that_fails_is_refused_without_its_secrets(answering):
    said = one_sentence(f"{__name__}.Broken", {"password": "hunter2"}, answering)
    assert "hunter2" not in said
    assert "another name" in one_sentence(f"{__name__}.NamedAsOurs", None, answering)


def test_the_start_ends_with_the_sentence(model, tmp_path):
    """As somebody starts it who forgot a setting."""
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("telegram:\n  verify: a\n")
    started = subprocess.run(
        [sys.executable, "-c", START, str(credentials), "run", "--port", str(free_port())],
        cwd=paths.ROOT,
        env={**os.environ, "ACUPOINT_STATE_FOLDER": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert started.returncode != 0
    assert "write access_token and webhook_url below it" in " ".join(started.stdout.split())
    assert "Traceback" not in started.stdout


def test_signs_of_markdown_are_gone_and_the_words_stay():
    written = (
        "## Now\n\n**Press** _gently_ on `LI4`:\n* [more](https://a.example/x_y)\n\n_See a_b._"
    )
    assert plain_text(written) == (
        "Now\nPress gently on LI4:\n- more (https://a.example/x_y)\nSee a_b."
    )


def test_what_cannot_be_tapped_is_named():
    buttons = [{"title": f"t{i}", "payload": f"p{i}"} for i in range(5)]
    text, shown = plain_parts(Message.from_json({"text": "a", "buttons": buttons}), True)
    assert (text, len(shown)) == ("a\nYou can also say: t3; t4.", 3)
    long = [{"title": "long", "payload": "p" * 65}]
    message = Message.from_json({"text": "a", "buttons": long})
    assert plain_parts(message, True) == ("a\nYou can say: long.", [])
