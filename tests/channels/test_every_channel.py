"""One conversation, every channel: place, guidance and warning survive each rendering.

One conversation of every folder. `make channels` (ACUPOINT_ALL_CHANNELS=1) holds all of them. The
web socket has its own run of the same files, test_web_conversations.py.
"""

import asyncio
import json
import os
import re
import uuid
import xml.etree.ElementTree as ElementTree

import pytest

from bot.channels.alexa.endpoint import AlexaChannel
from bot.channels.alexa.signature import AlexaVerifier
from bot.channels.alexa.types import check, check_request
from bot.channels.alexa.welcomed_users import WelcomedUsers
from bot.channels.http.request_guard import ChannelLimits, LimitSettings
from bot.channels.phone.endpoint import PhoneChannel
from bot.channels.rest.endpoint import read_request
from bot.channels.spoken.speech import speech_text, speeches
from bot.gateway.sender_ids import Senders
from bot.knowledge.catalogue import Catalogue
from bot.messages.message import Message
from bot.reminders.delivery.alexa import PERMISSION
from tests.channels.ssml import checked
from tests.channels.test_wyoming import opened
from tests.channels.voices import TOKEN, call, envelope, posted, says, spoken_to
from tests.test_conversations import GUIDANCE, sample

CATALOGUE = Catalogue.load()
EACH = 10_000 if os.environ.get("ACUPOINT_ALL_CHANNELS") else 1
# Speech of more than half a minute is not listened to; two answers in one may take a little more.
MOST_WORDS = 130


class Listening:
    """A gateway that also keeps what it said, to hold each rendering against."""

    def __init__(self, gateway):
        self._gateway = gateway
        self.said = []

    def __getattr__(self, name):
        return getattr(self._gateway, name)

    async def exchange(self, *arguments):
        self.said = await self._gateway.exchange(*arguments)
        return self.said


@pytest.fixture(scope="module")
def listening(assistant):
    return Listening(assistant.gateway)


class Rest:
    def __init__(self, gateway, _):
        self._gateway, self._sender = gateway, uuid.uuid4().hex

    async def say(self, text):
        body = json.dumps({"sender": self._sender, "message": text}).encode()
        said = await self._gateway.exchange(read_request(body))
        answer = json.loads(json.dumps([message.to_json() for message in said]))
        assert all(GUIDANCE.search(message["text"]) for message in answer)
        return speech_text(speeches(map(Message.from_json, answer)))


class HomeAssistant:
    def __init__(self, gateway, _, limits=None):
        self._gateway, self._limits = gateway, limits
        self._conversation = uuid.uuid4().hex

    async def say(self, text):
        async with opened(self._gateway, self._limits) as port:
            return (await spoken_to(port, text, self._conversation)).text


class Alexa:
    def __init__(self, gateway, folder, limits=None):
        self._alexa = AlexaChannel(
            gateway,
            Senders("s" * 40),
            WelcomedUsers(folder),
            AlexaVerifier(None, None),
            limits=limits,
        )
        self._session = uuid.uuid4().hex

    async def say(self, text):
        request = envelope(session=self._session, intent=says(text))
        # Somebody who has let the skill set reminders: else it asks for that first.
        allowed = {"scopes": {PERMISSION: {"status": "GRANTED"}}}
        request["context"]["System"]["user"]["permissions"] = allowed
        check_request(request)
        answer = await self._alexa.respond(request)
        check(answer, "ask_sdk_model.ResponseEnvelope")
        return checked(answer["response"]["outputSpeech"]["ssml"])


class Phone:
    def __init__(self, gateway, _, limits=None):
        self._gateway = gateway
        self._phone = PhoneChannel(Senders("s" * 40), TOKEN, "https://x.y", limits)
        self._call = uuid.uuid4().hex

    async def say(self, text):
        form = call("anonymous", self._call, SpeechResult=text)
        status, said = await self._phone.received(
            self._gateway, *posted(form, "?quiet=0", public="https://x.y")
        )
        assert status == 200
        return " ".join("".join(ElementTree.fromstring(said).itertext()).split())


CHANNELS = (Rest, HomeAssistant, Alexa, Phone)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
@pytest.mark.parametrize("conversation", sample(EACH))
def test_conversation(listening, tmp_path, channel, conversation):
    async def held():
        client = channel(listening, tmp_path)
        for turn in conversation["turns"]:
            if turn["user"].strip():  # silence is each channel's own, and tested there
                said = await client.say(turn["user"])
                survives(said, listening.said, turn["user"])

    asyncio.run(held())


@pytest.mark.parametrize("channel", [HomeAssistant, Phone], ids=lambda channel: channel.__name__)
def test_a_channel_that_cannot_speak_first_promises_no_reminder(listening, tmp_path, channel):
    client = channel(listening, tmp_path)
    said = asyncio.run(client.say("remind me every day at 9 am to press"))
    assert "would not reach you" in said
    assert "Shall I remind you" not in said


@pytest.mark.parametrize(
    "channel", [HomeAssistant, Alexa, Phone], ids=lambda channel: channel.__name__
)
def test_a_voice_that_never_stops_is_asked_to_wait_and_a_sign_is_heard(
    listening, tmp_path, channel
):
    client = channel(listening, tmp_path, ChannelLimits(LimitSettings(by_sender=2)))

    async def talked():
        said = [await client.say("where is LI4") for _ in range(3)]
        return [*said, await client.say("i lost control of my bladder")]

    first, _, third, sign = asyncio.run(talked())
    assert "a lot at once" not in first
    assert "a lot at once" in third
    assert "emergency number" in third
    assert "a lot at once" not in sign
    assert "emergency help now" in sign


def survives(said, messages, asked):
    """What is heard has all that was answered, and nothing for the eye."""
    said = plain_words(said)
    replies = [message.to_json()["custom"]["reply"] for message in messages]
    guided = GUIDANCE.search(said) or re.search(r"nurse|call \d", said)
    assert guided, f"no guidance after {asked!r}: {said}"
    assert not re.search(r"[*_#<>{}]|\b[A-Z]{2}\d", said), said
    assert len(said.split()) <= MOST_WORDS, said
    for one in speeches(messages):
        assert plain_words(speech_text([one])) in said or all(s in said for s in one.sentences)
    warnings = [reply for reply in replies if reply.get("kind") == "red_flag"]
    if warnings:
        assert said.startswith(plain_words(speech_text(speeches(messages)))[:40])
    for reply in replies:
        if reply.get("guidance"):
            assert plain_words(reply["guidance"]["spoken"]) in said
        kind, _, code = str(reply.get("key")).partition(":")
        point = CATALOGUE.point(code) if kind == "locate" else None
        if point:
            assert point.location.spoken in said


def plain_words(text):
    return " ".join(text.split())
