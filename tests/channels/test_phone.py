"""The phone, called as Twilio calls it."""

import logging
import xml.etree.ElementTree as ElementTree

import pytest

from bot.answers.reply import Reply, finish
from bot.channels.phone.endpoint import PhoneChannel, speech_hints
from bot.dialogue.resources import Resources
from bot.gate.every_reply import every_reply
from bot.gateway.gateway import Gateway
from bot.gateway.sender_ids import Senders
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey
from tests.channels.voices import PHONE_PATH, PUBLIC_URL, TOKEN, call, posted
from tests.gateway.test_gateway import EMERGENCY, answer, engine

SENDERS = Senders("s" * 40)
CATALOGUE = Catalogue.load()
NUMBER = "+441632960001"


def phone(token=TOKEN):
    return PhoneChannel(SENDERS, token, PUBLIC_URL)


def gateway_of(handler):
    return Gateway(handler, Resources.load(), 0.3)


async def turn(gateway, quiet="0", **fields):
    """The TwiML of one turn, parsed."""
    return ElementTree.fromstring(str(await phone()._turn(gateway, call(**fields), quiet)))


def text_of(call_xml):
    return " ".join("".join(call_xml.itertext()).split())


def giving(reply):
    async def handle(message):
        await message.output_channel.send_response("x", finish(reply, CATALOGUE).to_json())

    return gateway_of(handle)


async def test_only_what_twilio_signed_is_answered(caplog):
    gateway, form = (
        giving(Reply(AnswerKey.parse("x"), "Welcome.", "Welcome.")),
        call(SpeechResult="where is LI4"),
    )
    with caplog.at_level(logging.DEBUG):
        status, body = await phone().received(gateway, *posted(form, "?quiet=0"))
        assert status == 200
        assert "Welcome." in body
        behind_a_proxy = f"http://127.0.0.1:5005{PHONE_PATH}"
        _, sent, headers = posted(form)
        assert (await phone().received(gateway, behind_a_proxy, sent, headers))[0] == 200
        changed = sent.replace(b"0001", b"0002")
        for url, content, signature in (
            posted(form, token=None),
            posted(form, token="another-token"),
            posted(form, public="https://evil.example"),
            (f"{PUBLIC_URL}{PHONE_PATH}?quiet=1", sent, headers),
            (f"{PUBLIC_URL}{PHONE_PATH}", changed, headers),
            (f"{PUBLIC_URL}{PHONE_PATH}", sent + b"&More=1", headers),
        ):
            assert (await phone().received(gateway, url, content, signature))[0] == 403
        assert (await phone(None).received(gateway, *posted(form)))[0] == 403
    assert "1632960001" not in caplog.text
    assert "LI4" not in caplog.text


async def test_a_call_begins_with_the_disclaimer_and_listens():
    said = await turn(gateway_of(answer("x")), None, CallStatus="ringing")
    (gather,) = said.findall("Gather")
    assert "no substitute for a doctor" in text_of(said)
    assert gather.get("actionOnEmptyResult") == "true"
    assert gather.get("action") == f"{PUBLIC_URL}{PHONE_PATH}?quiet=0"
    assert gather.get("profanityFilter") == "false"
    assert "Hegu" in gather.get("hints")


async def test_every_answer_can_be_said():
    for reply in every_reply(CATALOGUE).values():
        if str(reply.key).startswith(("locate:", "press:", "session:", "topic:ask_s")):
            said = text_of(await turn(giving(reply), SpeechResult="hello"))
            assert "doctor" in said.lower() or "physio" in said or "pharmacist" in said, reply.key
            assert "{" not in said


@pytest.mark.parametrize("custom", [{"any": "thing"}, [], "text", {"reply": []}])
async def test_structured_parts_never_break_a_call(custom):
    async def handle(message):
        await message.output_channel.send_response("x", {"text": "Press here.", "custom": custom})

    said = text_of(await turn(gateway_of(handle), SpeechResult="hello"))
    assert "Press here." in said
    assert "doctor" in said


async def test_a_warning_is_said_twice_and_slowly():
    said = await turn(gateway_of(engine("raises")), SpeechResult=EMERGENCY)
    assert text_of(said).count("Please get emergency help now") == 2
    assert "999" in text_of(said).replace(" ", "")
    assert len(said.findall("Gather/Say/prosody")) == 2


@pytest.mark.parametrize("kind", ["raises", "hangs", "says nothing", "not ready"])
async def test_whatever_the_engine_does_there_is_guidance_and_the_warning(kind):
    gateway = gateway_of(engine(kind))
    assert "doctor" in text_of(await turn(gateway, SpeechResult="where is LI4"))
    warned = text_of(await turn(gateway, SpeechResult=EMERGENCY))
    assert warned.startswith("Please get emergency help now")


async def test_silence_is_answered_and_in_the_end_the_call_ends():
    gateway = gateway_of(answer("x"))
    first = await turn(gateway, "0")
    assert first.find("Gather").get("action").endswith("quiet=1")
    assert "You could ask" in text_of(first)
    last = await turn(gateway, "1")
    assert last.find("Hangup") is not None
    assert "hang up now" in text_of(last)


async def test_an_alarm_stands_through_silence_and_a_new_call():
    gateway = gateway_of(answer("locate:LI4"))
    await turn(gateway, SpeechResult=EMERGENCY)
    for quiet in ("0", "1", None):
        said = text_of(await turn(gateway, quiet, call_id="CA2"))
        assert "emergency" in said.split("If you feel very ill")[0]
    assert (
        "emergency" not in text_of(await turn(gateway, None, number="+441632960002")).split("If")[0]
    )


async def test_goodbye_hangs_up():
    said = await turn(gateway_of(answer("topic:goodbye")), SpeechResult="bye")
    assert said.find("Hangup") is not None
    assert text_of(said)


async def test_a_call_that_is_over_gets_nothing():
    assert len(await turn(gateway_of(answer("x")), CallStatus="completed")) == 0


async def test_a_caller_is_known_by_a_keyed_hash_and_withheld_numbers_are_not_merged():
    heard = []

    async def listen(message):
        heard.append(message.sender_id)

    for number, call_id in ((NUMBER, "CA1"), (NUMBER, "CA2"), ("+266696687", "CA3"),
                            ("+266696687", "CA4"), ("anonymous", "CA5"), ("anonymous", "CA6"),
                            ("", "CA7"), ("", "CA8")):  # fmt: skip
        await turn(gateway_of(listen), SpeechResult="hello", number=number, call_id=call_id)
    assert heard[0] == heard[1]
    assert len(set(heard)) == 7
    assert not any("1632960001" in sender for sender in heard)
    assert Senders("another secret").of("twilio_voice", NUMBER) != heard[0]


def test_hints_are_within_twilios_limits():
    hints = speech_hints(CATALOGUE).split(", ")
    assert 40 < len(hints) <= 500
    assert all(0 < len(hint) <= 100 for hint in hints)
    assert {"Hegu", "Large Intestine 4", "L I 4", "sciatica"} <= set(hints)
