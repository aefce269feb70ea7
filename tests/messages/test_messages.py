"""A message and its key come back from JSON as they were, and odd JSON breaks nothing."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.reply import finish
from bot.answers.safety_messages import red_flag_message
from bot.dialogue.memory import ConversationMemory
from bot.dialogue.recollection import PastTurn, Recollection
from bot.gate.every_reply import every_reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.red_flags import Tier
from bot.messages.answer_key import AnswerKey, Kind, Mark
from bot.messages.message import Message

CATALOGUE = Catalogue.load()
REPLIES = every_reply(CATALOGUE)
# As conversations hold a warning and an answer.
STORED = [
    {
        "elements": None, "quick_replies": None, "attachment": None, "image": None,
        "buttons": [{"title": "That's not what I meant", "payload": "/deny_red_flags"}],
        "custom": {"reply": {"version": 1, "kind": "red_flag", "tier": "urgent", "about": "open",
                             "told_on": "2026-03-02", "spoken": "Please wait with pressing."}},
        "text": "**Please wait with pressing.**",
    },
    {
        "elements": None, "buttons": None, "custom": {"reply": {
            "version": 1, "kind": "answer", "key": "again:locate:LI4", "written": "On the hand.",
            "spoken": "On the hand. Ask a doctor.", "doubted": "emergency", "pace": "slow",
            "guidance": {"written": "Ask a doctor.", "spoken": "Ask a doctor."},
            "card": {"type": "point", "code": "LI4", "withheld": None}}},
        "text": "On the hand.\n\n_Ask a doctor._",
    },
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
PARTS = ["kind", "key", "tier", "about", "card", "guidance", "call", "spoken", "told_on", "pace"]


def again(message):
    return Message.from_json(json.loads(json.dumps(message.to_json())))


@pytest.mark.parametrize("address", REPLIES)
def test_every_answer_comes_back_from_json_as_it_was(address):
    message = finish(REPLIES[address], CATALOGUE)
    assert again(message) == message
    assert message.reply.key.kind is not Kind.OTHER, "a kind of answer that has no name"
    assert message.reply.key == REPLIES[address].key


@pytest.mark.parametrize("stored", STORED)
def test_what_conversations_hold_is_read_and_loses_nothing(stored):
    message = Message.from_json(stored)
    assert message.to_json()["custom"] == stored["custom"]
    assert message.to_json()["text"] == stored["text"]
    assert [button.model_dump() for button in message.buttons] == (stored["buttons"] or [])
    assert again(message) == message


def test_a_stored_sign_is_open_from_the_day_it_was_told():
    day = datetime.date(2026, 3, 3)
    turn = PastTurn("hello", (Message.from_json(STORED[0]),), day)
    memory = ConversationMemory().after(Recollection((turn,)))
    assert memory.told_urgent == datetime.date(2026, 3, 2)


@given(JSON, JSON, st.dictionaries(st.sampled_from(PARTS), JSON))
def test_odd_json_breaks_nothing_and_keeps_the_text(custom, buttons, parts):
    for odd in (custom, {"reply": custom}, {"reply": parts}):
        message = Message.from_json({"text": "Press here.", "custom": odd, "buttons": buttons})
        assert message.text == "Press here."
        assert again(message) == message


def test_a_warning_that_comes_without_a_text_says_what_its_card_says():
    card = {"type": "red_flag", "action": "Call now.", "why": "It may be serious.",
            "steps": ["Do not drive.", "Stay."], "note": "I am an assistant."}  # fmt: skip
    content = {"text": None, "custom": {"reply": {"kind": "red_flag", "card": card}}}
    assert Message.from_json(content).text == (
        "**Call now.** It may be serious.\n\n- Do not drive.\n- Stay.\n\n_I am an assistant._"
    )
    del card["why"], card["note"]
    assert Message.from_json(content).text == "**Call now.**\n\n- Do not drive.\n- Stay."


def test_one_odd_part_leaves_the_others():
    content = red_flag_message(Tier.EMERGENCY).to_json()
    content["custom"]["reply"]["guidance"] = "none"
    assert Message.from_json(content).is_emergency
    assert Message.from_json(content).is_red_flag


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("locate:LI4", AnswerKey(Kind.LOCATE, "LI4")),
        ("again:topic:ask_routine:morning",
         AnswerKey(Kind.TOPIC, "ask_routine:morning", (Mark.AGAIN,))),
        ("press:LI4+long:LI4",
         AnswerKey(Kind.PRESS, "LI4", others=(AnswerKey(Kind.LONG, "LI4"),))),
        ("compare:LI4+BL23", AnswerKey(Kind.COMPARE, "LI4+BL23")),
        ("card:about_me", AnswerKey(Kind.ABOUT_ME, None, (Mark.CARD,))),
        ("something new", AnswerKey(Kind.OTHER, "something new")),
        ("", AnswerKey(Kind.OTHER, "")),
    ],
)  # fmt: skip
def test_keys_are_read(text, key):
    assert AnswerKey.parse(text) == key
    assert str(key) == text


@given(st.text(alphabet="again:+topicLI4\n ", max_size=40) | st.text())
def test_every_text_is_a_key_and_comes_back(text):
    assert str(AnswerKey.parse(text)) == text


def test_what_is_said_again_is_no_new_answer_on_its_topic():
    assert AnswerKey.parse("topic:been_checked:talked").topic == "been_checked"
    assert AnswerKey.parse("repeat:topic:been_checked").topic == ""
    assert AnswerKey.parse("say:been_checked").topic == ""


def test_a_key_tells_what_was_said_and_how():
    simpler = AnswerKey.parse("again:simple:simple:withheld:LI4")
    assert str(simpler.at_first) == "withheld:LI4"
    assert str(simpler.without(Mark.AGAIN)) == "simple:simple:withheld:LI4"
    assert simpler.without(Mark.AGAIN).is_simpler
    assert not simpler.is_of(Kind.WITHHELD)
    assert simpler.at_first.is_of(Kind.LOCATE, Kind.WITHHELD)
    assert simpler.at_first.only(Kind.WITHHELD) == "LI4"
    assert AnswerKey.parse("withheld:LI4+long:LI4").only(Kind.WITHHELD) == ""
    assert AnswerKey.parse("again:locate:LI4+say:forget_asked").ends_saying("forget_asked")
    assert not AnswerKey.parse("topic:forget_asked").ends_saying("forget_asked")
