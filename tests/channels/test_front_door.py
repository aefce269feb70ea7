"""The front door alone, with a conversation engine that misbehaves."""

import asyncio
import logging

import pytest

from bot.channels.front_door import FrontDoor, Incoming, NotReadyError
from bot.knowledge.catalogue import Catalogue
from bot.safety.default import default_detector

SECRET = "my secret is that my knee hurts"


def exchange(handler, text, detector=None, seconds=0.2):
    door = FrontDoor(handler, detector or default_detector(), Catalogue.load(), seconds)
    return asyncio.run(door.exchange(Incoming(text, "someone", "test")))


def engine(kind):
    async def handle(message):
        if kind == "raises":
            raise RuntimeError(message.text)
        if kind == "hangs":
            await asyncio.sleep(30)
        if kind == "not ready":
            raise NotReadyError
        if kind == "forgets the guidance":
            await message.output_channel.send_response("someone", {"text": "Press here."})
        if kind == "answers past the red flag":
            reply = {"kind": "answer", "guidance": {"written": "Ask a doctor."}}
            await message.output_channel.send_response(
                "someone", {"text": "LI4 is on the hand.", "custom": {"reply": reply}}
            )

    return handle


@pytest.mark.parametrize("kind", ["raises", "hangs", "says nothing", "not ready"])
def test_silence_becomes_a_useful_sentence_with_guidance(kind):
    said = exchange(engine(kind), SECRET)
    assert len(said) == 1
    assert len(said[0]["text"]) > 60
    assert "doctor" in said[0]["text"]


def test_an_answer_without_guidance_gets_it():
    said = exchange(engine("forgets the guidance"), SECRET)
    assert said[0]["text"].startswith("Press here.")
    assert "doctor" in said[0]["text"]


@pytest.mark.parametrize(
    "kind", ["raises", "hangs", "says nothing", "not ready", "answers past the red flag"]
)
def test_a_red_flag_gets_its_message_whatever_the_engine_does(kind):
    said = exchange(engine(kind), "where is LI4, i lost control of my bladder")
    text = "\n".join(message["text"] for message in said)
    assert "Please get emergency help now" in text
    assert "LI4" not in text


def test_a_failing_detector_does_not_keep_the_answer_away():
    class Broken:
        def screen(self, *_, **__):
            raise RuntimeError(SECRET)

    said = exchange(engine("forgets the guidance"), SECRET, Broken())
    assert "Press here." in said[0]["text"]


def test_no_log_holds_what_a_person_said(caplog):
    with caplog.at_level(logging.DEBUG):
        exchange(engine("raises"), SECRET)
    assert "failed" in caplog.text
    assert SECRET not in caplog.text


def test_a_command_to_the_engine_arrives_as_words():
    heard = []

    async def listen(message):
        heard.append(message.text)

    for text in ("/restart", "//goodbye now", "/deny_red_flags"):
        exchange(listen, text)
    assert heard == ["restart", "goodbye now", "/deny_red_flags"]
