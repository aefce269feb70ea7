"""Voice over HTTP: sessions, limits, warning signs, and whose answers are spoken."""

import json
from types import SimpleNamespace

import pytest

from bot.channels.http.origins import Origins
from bot.channels.http.requests import Refused
from bot.channels.web.tokens import Tokens
from bot.channels.web.transcript import Transcript
from bot.knowledge.catalogue import Catalogue
from bot.messages.message import Message, ReplyParts
from bot.safety.default import default_detector
from bot.voice.hearing import Clarity, Transcription
from bot.voice.recogniser import CannotHear
from bot.voice.routes import MOST_RECORDING_BYTES, VoiceInPage
from bot.voice.settings import HearingSettings
from bot.voice.synthesis import Voice

SIGN = "since this morning I cannot feel it when I wipe"


class Ear:
    async def hear(self, recording):
        if recording == b"fails":
            raise CannotHear
        if recording == b"-":
            return Transcription("", Clarity.NOTHING)
        doubtful = recording.startswith(b"mumble")
        return Transcription(recording.decode(), Clarity.DOUBTFUL if doubtful else Clarity.CLEAR)


class VoiceChannel:
    def __init__(self):
        self.taken, self.failure = [], None

    def alarms(self, text):
        return bool(default_detector().screen(text).findings)

    async def take(self, session, data):
        if self.failure:
            raise self.failure
        self.taken.append((session.sender, data))
        return {"seq": 1}


@pytest.fixture
def setup(tmp_path):
    tokens, transcript, channel = Tokens("s" * 40, 3600, 7200), Transcript(tmp_path), VoiceChannel()
    voice = Voice("v", ("sh", "-c", "printf RIFF; cat"))
    page = VoiceInPage(
        Catalogue.load(),
        Ear(),
        voice,
        channel,
        transcript,
        tokens,
        Origins(),
        HearingSettings(True, None, 3),
    )
    return SimpleNamespace(page=page, tokens=tokens, transcript=transcript, channel=channel)


def request(body=b"", token="", origin=None, **query):
    headers = {"authorization": f"Bearer {token}", "host": "h.example"}
    if origin:
        headers["origin"] = origin
    given = body if isinstance(body, bytes) else json.dumps(body).encode()
    return SimpleNamespace(
        headers=headers, body=given, args=query, json=body if isinstance(body, dict) else None
    )


async def hear(setup, body, token=None, **more):
    token = setup.tokens.issue() if token is None else token
    done = await setup.page._guarded(setup.page._hear)(request(body, token, **more))
    return done.status, json.loads(done.body)


async def say(setup, token, seq):
    return await setup.page._guarded(setup.page._say)(request({"seq": seq}, token))


async def test_what_was_heard_comes_back_and_is_not_sent(setup):
    status, told = await hear(setup, b"where is LI4")
    assert (status, told["text"], told["is_clear"]) == (200, "where is LI4", True)
    assert not told["is_urgent"]
    assert setup.channel.taken == []


async def test_doubt_and_silence_are_told(setup):
    assert not (await hear(setup, b"mumble my back"))[1]["is_clear"]
    assert (await hear(setup, b"-"))[1]["text"] == ""


async def test_a_sign_is_taken_as_said_at_once(setup):
    token = setup.tokens.issue()
    _, told = await hear(setup, SIGN.encode(), token, id="id-of-browser", country="GB")
    assert told["is_urgent"]
    assert told["is_sent"]
    ((sender, data),) = setup.channel.taken
    assert sender == setup.tokens.session(token).sender
    assert data == {"id": "id-of-browser", "text": SIGN, "metadata": {"country": "GB"}}


async def test_a_doubtful_sign_counts_too(setup):
    _, told = await hear(setup, b"mumble I cannot feel my legs and wet myself", id="id-of-browser")
    assert told["is_sent"]


@pytest.mark.parametrize("failure", [Refused("server_error"), RuntimeError("the disk is full")])
async def test_a_sign_that_cannot_be_taken_is_left_to_the_page(setup, failure):
    setup.channel.failure = failure
    status, told = await hear(setup, SIGN.encode(), id="id-of-browser")
    assert (status, told["is_urgent"], told["is_sent"]) == (200, True, False)
    assert told["text"] == SIGN


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        (b"", "voice_no_sound", 400),
        (b"x" * (MOST_RECORDING_BYTES + 1), "voice_too_long", 413),
        (b"fails", "voice_down", 503),
    ],
    ids=["empty", "long", "fails"],
)
async def test_what_cannot_be_heard_is_told_kindly(setup, body, code, status):
    got, told = await hear(setup, body)
    assert (got, told["error"]["code"]) == (status, code)
    assert "call your local emergency number" in told["error"]["text"]


async def test_only_sessions_of_allowed_sites_are_heard(setup):
    assert (await hear(setup, b"hi", token="forged"))[1]["error"]["code"] == "session_invalid"
    other = await hear(setup, b"hi", origin="https://other.example")
    assert (other[0], other[1]["error"]["code"]) == (403, "origin_not_allowed")


async def test_a_session_is_limited_and_others_are_not(setup):
    token = setup.tokens.issue()
    for _ in range(3):
        assert (await hear(setup, b"hello", token))[0] == 200
    status, told = await hear(setup, b"hello", token)
    assert (status, told["error"]["code"]) == (429, "rate_limited")
    assert told["error"]["retry_after"] > 0
    assert (await hear(setup, b"hello"))[0] == 200


async def test_only_the_own_answers_are_spoken(setup):
    token, other = setup.tokens.issue(), setup.tokens.issue()
    sender = setup.tokens.session(token).sender
    asked = setup.transcript.ask(sender, "id-of-message", "where is LI4", {})
    answer = Message.of("On the hand.", ReplyParts(spoken="It is on the hand."))
    (entry,) = setup.transcript.answer(sender, asked.seq, [answer])
    done = await say(setup, token, entry["seq"])
    assert (done.status, done.content_type) == (200, "audio/wav")
    assert done.body == b"RIFFIt is on the hand."
    assert done.headers["Cache-Control"] == "no-store"
    for who, seq in ((other, entry["seq"]), (token, asked.seq), (token, 99), (token, "1")):
        assert (await say(setup, who, seq)).status == 400
