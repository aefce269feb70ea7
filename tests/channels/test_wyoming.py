"""The channel for Home Assistant, with the client library that Home Assistant uses."""

import asyncio
import contextlib
import json
import logging
import socket

import pytest
from wyoming.client import AsyncTcpClient
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

from bot.channels.spoken import deadline as voice
from bot.channels.spoken.settings import wyoming_address
from bot.channels.wyoming.server import WyomingChannel
from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.sender_ids import Senders
from tests.channels.voices import spoken_to
from tests.gateway.test_gateway import EMERGENCY, answer, engine
from tests.patience import PATIENCE

SENDERS = Senders("s" * 40)


def gateway_of(handler, seconds=0.3, **options):
    return Gateway(handler, Resources.load(), seconds, **options)


@contextlib.asynccontextmanager
async def opened(gateway, limits=None):
    """The port of a Wyoming channel."""
    wyoming, listener = WyomingChannel(gateway, SENDERS, limits), socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(50)
    await wyoming.start(listener)
    try:
        yield listener.getsockname()[1]
    finally:
        await wyoming.stop()


class Hearing:
    """An engine that notes who says what."""

    def __init__(self):
        self.heard = []

    async def __call__(self, message):
        self.heard.append((message.sender_id, message.text))
        await message.output_channel.send_response("x", {"text": f"You said {message.text}."})


async def test_it_says_what_it_is():
    async with opened(gateway_of(Hearing())) as port, AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Describe().event())
        (program,) = Info.from_event(await client.read_event()).handle
        assert program.installed
        assert program.models[0].languages == ["en"]
        await client.write_event(Ping(text="hello").event())
        assert Pong.from_event(await client.read_event()).text == "hello"


async def test_a_conversation_is_home_assistants_and_never_the_device():
    engine = Hearing()
    async with opened(gateway_of(engine)) as port:
        for text, conversation in (("one", "A"), ("two", "A"), ("three", "B")):
            handled = await spoken_to(port, text, conversation)
            assert handled.context["conversation_id"] == conversation
            assert text in handled.text
    first, again, other = (sender for sender, _ in engine.heard)
    assert first == again != other
    assert "kitchen" not in first
    assert "A" not in first.removeprefix("wyoming-")


@pytest.mark.parametrize("context", [None, {}, {"conversation_id": ""}, {"conversation_id": 5}])
async def test_without_an_id_no_two_sentences_are_merged(context):
    engine = Hearing()
    async with opened(gateway_of(engine)) as port:
        for text in ("from the kitchen", "from the bedroom"):
            await spoken_to(port, text, context=context)
    (first, _), (second, _) = engine.heard
    assert first != second


async def test_an_alarm_survives_a_missing_id_and_is_lifted_by_words():
    gateway = gateway_of(answer("locate:LI4"))
    async with opened(gateway) as port:
        assert "get emergency help now" in (await spoken_to(port, EMERGENCY)).text
        assert "emergency help first" in (await spoken_to(port, "where is LI4")).text
        gateway._engine._handler = answer("topic:deny_red_flags")
        await spoken_to(port, "that's not what i meant")
        gateway._engine._handler = answer("locate:LI4")
        assert "locate:LI4" in (await spoken_to(port, "where is LI4")).text


@pytest.mark.parametrize("kind", ["raises", "hangs", "says nothing", "not ready"])
async def test_whatever_the_engine_does_there_is_guidance_and_the_warning(kind):
    async with opened(gateway_of(engine(kind))) as port:
        said = await asyncio.wait_for(spoken_to(port, "where is LI4", "one"), PATIENCE)
        assert "doctor" in said.text
        said = await asyncio.wait_for(spoken_to(port, EMERGENCY, "two"), PATIENCE)
        assert said.text.startswith("Please get emergency help now")


@pytest.mark.parametrize("fails", ["raises", "hangs"])
async def test_even_a_failing_gateway_is_no_silence(fails, monkeypatch):
    async def failing(*_, **__):
        if fails == "raises":
            raise RuntimeError(EMERGENCY)
        await asyncio.Event().wait()

    monkeypatch.setattr(voice, "WHOLE_SECONDS", 0.1)
    monkeypatch.setattr(voice, "_LAST_SECONDS", 0.1)
    monkeypatch.setattr(Gateway, "exchange", failing)
    async with opened(gateway_of(Hearing())) as port:
        assert "doctor" in (await spoken_to(port, "where is LI4", "one")).text
        assert "emergency help now" in (await spoken_to(port, EMERGENCY, "two")).text


async def test_many_clients_are_answered_at_once(monkeypatch):
    monkeypatch.setattr(voice, "WHOLE_SECONDS", PATIENCE)
    # As many as the engine answers side by side.
    some_are_here = asyncio.Barrier(4)

    async def slow(message):
        await some_are_here.wait()
        await message.output_channel.send_response("x", {"text": f"You said {message.text}."})

    async with opened(gateway_of(slow, 30)) as port:
        said = await asyncio.gather(*(spoken_to(port, f"w{n}", f"c{n}") for n in range(20)))
    assert all(f"w{n}" in one.text for n, one in enumerate(said))


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"{}\n",
        b"[1]\n",
        b'{"type": "transcript", "data_length": 999999999}\n',
        b'{"type": "transcript", "data_length": "x"}\n',
        b'{"type": "transcript", "data_length": 3}\nnot',
        b'{"type": "transcript"}\n',
        b"x" * 200_000,
        b"\xff\xfe\n",
        json.dumps({"type": "transcript", "data": {"text": 5}}).encode() + b"\n",
    ],
)
async def test_what_is_malformed_ends_only_its_own_connection(sent, caplog):
    async with opened(gateway_of(Hearing())) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        with caplog.at_level(logging.DEBUG), contextlib.suppress(ConnectionError):
            await asyncio.wait_for(reader.read(), PATIENCE) if b"5}" not in sent else None
        writer.close()
        assert "hello" in (await spoken_to(port, "hello", "one")).text


async def test_no_words_are_answered_too():
    async with opened(gateway_of(Hearing())) as port:
        assert "You could ask" in (await spoken_to(port, "  ", "one")).text


def test_addresses():
    assert str(wyoming_address("10600")) == "tcp://127.0.0.1:10600"
    assert not wyoming_address("tcp://[::1]:10600").is_open_to_others
    assert not wyoming_address("tcp://localhost:10600").is_open_to_others
    assert wyoming_address("tcp://0.0.0.0:10600").is_open_to_others
    assert wyoming_address("") is None
    for wrong in ("http://x:1", "tcp://x", "tcp://x:99999999", "localhost", "tcp://x:1/y"):
        with pytest.raises(ValueError, match=r"tcp://127\.0\.0\.1:10600"):
            wyoming_address(wrong)
