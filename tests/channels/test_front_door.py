"""The front door alone, with a conversation engine that misbehaves."""

import asyncio
import logging

import pytest

from bot.channels.front_door import FrontDoor, Incoming, NotReadyError
from bot.knowledge.catalogue import Catalogue
from bot.safety.default import default_detector

SECRET = "my secret is that my knee hurts"


def exchange(handler, text, detector=None, seconds=0.2):
    return exchanges(handler, [text], detector, seconds)[0]


def exchanges(handler, texts, detector=None, seconds=0.2):
    """What is said to each of several messages of one person."""
    door = FrontDoor(handler, detector or default_detector(), Catalogue.load(), seconds)
    return [asyncio.run(door.exchange(Incoming(text, "someone", "test"))) for text in texts]


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


@pytest.mark.parametrize("text", ["/goodbye i lost control of my bladder",
                                  "//restart i lost control of my bladder"])  # fmt: skip
def test_a_slash_is_no_way_past_the_red_flags(text):
    said = exchange(engine("says nothing"), text)
    assert "Please get emergency help now" in said[0]["text"]


def test_a_sign_told_in_two_messages_is_put_together():
    _, said = exchanges(engine("says nothing"), ["i had breast cancer", "my back hurts"])
    assert "today" in said[0]["text"]


def test_nobody_waits_for_an_engine_that_hangs():
    async def slow(message):
        await asyncio.sleep(1.5)
        await message.output_channel.send_response("someone", {"text": "Too late."})

    said = exchange(slow, SECRET)
    assert "Too late." not in said[0]["text"]
