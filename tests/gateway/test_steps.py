"""Each step of the gateway by itself: screen, ask, alarm, guidance, decoration."""

import asyncio

import pytest

from bot.answers.safety_messages import open_message, red_flag_message, standing_message
from bot.dialogue.memory import ConversationMemory
from bot.dialogue.resources import Resources
from bot.gateway import decoration
from bot.gateway.alarm import with_alarm
from bot.gateway.decoration import Decoration
from bot.gateway.engine import Engine
from bot.gateway.guidance import Guidance
from bot.gateway.messages import Incoming, NotReadyError
from bot.gateway.screener import MAX_MESSAGE_CHARACTERS, ScreenedMessage, Screener
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.red_flags import Tier
from bot.messages.answer_key import AnswerKey
from bot.messages.message import About, Message, MessageKind, ReplyParts
from bot.safety.handover import METADATA_KEY, ScreeningSummary

CATALOGUE = Catalogue.load()
GUIDANCE = Guidance(CATALOGUE)
SIGN = "i lost control of my bladder and my back hurts"
URGENT = ScreeningSummary("fever", Tier.URGENT, "pattern", "A fever needs checking.")
EMERGENCY = ScreeningSummary("bladder", Tier.EMERGENCY, "pattern", "This needs checking now.")
ANSWER = Message.of(
    "On the hand.", ReplyParts(kind=MessageKind.ANSWER, key=AnswerKey.parse("locate:LI4"))
)


def heard(text, memory=None, **metadata):
    incoming = Incoming(text, "someone", "test", metadata)
    screener = Screener(Resources.load())
    return asyncio.run(screener.screen(incoming, memory or ConversationMemory()))


def test_a_sign_is_found_with_the_place_where_it_begins():
    told = heard(f"hello there. {SIGN}")
    assert told.found.is_emergency
    assert told.found.start > 0
    assert not told.settles


def test_a_milder_sign_does_not_take_the_place_of_the_alarm_that_stands():
    memory = ConversationMemory(alarm="emergency")
    assert heard("i've got a fever and my back hurts", memory).found is None
    assert heard(SIGN, memory).found.is_emergency


def test_words_that_settle_what_stands_are_heard():
    assert heard("that's not what i meant", ConversationMemory(alarm="emergency")).settles
    assert not heard("that's not what i meant").settles
    assert not heard("thank you", ConversationMemory(alarm="emergency")).settles


def test_the_country_that_somebody_names_goes_before_that_of_their_device():
    memory = ConversationMemory()
    heard("hello", memory, country="us")
    assert memory.country == "US"
    heard("i'm in england", memory, country="us")
    assert memory.country == "GB"


def asked(handler, told=None):
    """What the engine says, and what it was told."""
    seen = []

    async def handle(message):
        seen.append(message)
        await handler(message)

    engine, incoming = Engine(handle, GUIDANCE, 0.2), Incoming("hello", "someone", "test")
    said = asyncio.run(engine.answer(told or ScreenedMessage("hello"), incoming, {"alarm": None}))
    return said, seen[0]


async def silent(_):
    pass


async def raising(_):
    raise RuntimeError


async def starting(_):
    raise NotReadyError


@pytest.mark.parametrize("handler", [silent, raising, starting])
def test_an_engine_without_an_answer_leaves_a_sentence_with_guidance(handler):
    answered, _ = asked(handler)
    (said,) = answered.said
    assert said.reply.kind is MessageKind.FAILURE
    assert said.reply.guidance.written in said.text


def test_the_engine_is_told_the_finding_as_json_and_the_part_of_a_long_text_around_it():
    start = 5 * MAX_MESSAGE_CHARACTERS
    found = ScreeningSummary("bladder", Tier.EMERGENCY, "pattern", start=start)
    _, message = asked(silent, ScreenedMessage("x" * start + SIGN, found))
    assert message.metadata[METADATA_KEY]["tier"] == "emergency"
    assert SIGN in message.text
    assert len(message.text) <= MAX_MESSAGE_CHARACTERS
    _, message = asked(silent)
    assert message.metadata[METADATA_KEY] == {}


@pytest.mark.parametrize("found", [URGENT, EMERGENCY])
def test_a_sign_without_its_message_gets_it_and_nothing_else_is_said(found):
    (said,) = with_alarm([ANSWER], found, None)
    assert said.reply.tier is found.tier
    assert found.why in said.text
    milder = red_flag_message(Tier.DOCTOR_SOON)
    assert with_alarm([milder], found, None) == [said]
    assert with_alarm([said], found, None) == [said]


def test_pain_that_a_doctor_knows_of_gets_its_short_form_before_the_answer():
    known = ScreeningSummary("pain", Tier.PERSISTENT, "pattern", known=True)
    first, second = with_alarm([ANSWER], known, None)
    assert first.reply.about is About.KNOWN
    assert second == ANSWER


def test_an_alarm_that_stands_is_said_in_place_of_answers():
    for said in ([ANSWER], [open_message()], [red_flag_message(Tier.URGENT)]):
        assert with_alarm(said, None, "self_harm") == [standing_message("self_harm")]
    coming = ANSWER.with_reply(key=AnswerKey.parse("topic:help_is_coming"))
    for said in ([coming], [red_flag_message(Tier.EMERGENCY)]):
        assert with_alarm(said, None, "emergency") == said


def test_what_has_no_guidance_gets_it_written_and_spoken():
    (said,) = GUIDANCE.ensured([Message(text="**Press** here.")])
    assert said.reply.guidance.written in said.text
    assert said.reply.spoken == f"Press here. {said.reply.guidance.spoken}"
    assert GUIDANCE.ensured([said]) == [said]
    warning = red_flag_message(Tier.URGENT)
    assert GUIDANCE.ensured([warning]) == [warning]


def test_a_card_that_cannot_be_made_leaves_the_words_and_the_numbers(monkeypatch):
    monkeypatch.setattr(decoration, "with_card", lambda *_: 1 / 0)
    monkeypatch.setattr(decoration, "with_red_flag_card", lambda *_: 1 / 0)
    said = Decoration(Resources.load()).of(red_flag_message(Tier.EMERGENCY), "GB")
    assert "Call 999" in said.text
    assert said.reply.call.number == "999"
