"""Whatever is asked, nobody who must not press hears how, where or for how long to press."""

import re

import pytest

from bot.answers.people import Person
from bot.answers.pressing import held_back
from bot.gate.every_reply import every_reply
from bot.gateway.answered import is_about_pressing
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import Withhold
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import Message, MessageKind, ReplyParts

CATALOGUE = Catalogue.load()
EVERYTHING = [c.id for c in CATALOGUE.conditions if c.withhold is Withhold.EVERYTHING]
# In other words than those by which the gate looks.
STEPS = re.compile(
    r"(?<!how to )press (?:\w+ )?(?:softly|gently|lightly|slowly)(?! or)"
    r"|\d+ (?:to \d+ )?seconds|find the point"
    r"|pick two|choose one|wherever you can sit|hold it for|two finger widths? (?:out|beside)",
    re.IGNORECASE,
)
# What we can do for people is no step.
OFFERS = ("topic:greet", "topic:out_of_scope:instruction_attack", "say:voice_welcome")


def said_to(condition_ids):
    """Every answer as somebody with these conditions gets it."""
    person = Person.from_ids(condition_ids, CATALOGUE)
    for address, reply in every_reply(CATALOGUE, person).items():
        if not str(reply.key).startswith(OFFERS):
            held = held_back(reply, person, CATALOGUE)
            yield address, f"{held.written}\n{held.spoken}"


@pytest.mark.parametrize("condition", ["pregnancy", "blood_thinners", "child", "something_told"])
def test_no_answer_of_any_topic_invites_whoever_must_not_press(condition):
    assert condition in EVERYTHING
    told = dict(said_to([condition]))
    assert len(told) > 1000
    assert {a: STEPS.findall(text) for a, text in told.items() if STEPS.search(text)} == {}


def test_with_thin_bones_no_answer_names_the_place_of_a_point_on_the_back():
    told = said_to(["osteoporosis"])
    places = [CATALOGUE.point(code).location for code in ("BL23", "BL52", "GB30")]
    assert [a for a, text in told if any(p.lay in text or p.place in text for p in places)] == []


def test_what_is_left_of_an_answer_is_said_with_the_reason():
    person = Person.from_ids(["blood_thinners"], CATALOGUE)
    replies = every_reply(CATALOGUE, person)
    word = held_back(replies["topic:ask_what_is_acupressure:trigger_point"], person, CATALOGUE)
    assert "knot" in word.written
    assert "blood thinners" in word.written
    watching = held_back(replies["topic:ask_routine:meanwhile"], person, CATALOGUE)
    assert watching.key.is_of(Kind.WITHHELD)


def test_with_thin_bones_general_words_on_pressing_name_what_to_leave_out():
    person = Person.from_ids(["osteoporosis"], CATALOGUE)
    replies = every_reply(CATALOGUE, person)
    often = held_back(replies["topic:ask_routine:how_often"], person, CATALOGUE)
    assert "back, ribs or hips" in often.written


def test_while_a_sign_is_open_any_answer_that_invites_has_to_wait():
    def said(key, written):
        parts = ReplyParts(kind=MessageKind.ANSWER, key=AnswerKey.parse(key), written=written)
        return Message.of(written, parts)

    inviting = said("topic:ask_alternatives:new", "It is warm. Then press softly with a thumb.")
    assert is_about_pressing(inviting)
    assert not is_about_pressing(said("topic:ask_alternatives:new", "Do not press. Keep warm."))


@pytest.mark.parametrize(
    ("condition", "topic", "says", "says_not"),
    [
        ("pregnancy", "topic:ask_alternatives:sleeping", "your back", "on your back with one"),
        ("pregnancy", "topic:ask_when_to_see_doctor", "water leaks", "two"),
        ("osteoporosis", "topic:ask_alternatives:stretching", "do not bend forward", "slow str"),
        ("breastfeeding", "topic:ask_pregnancy", "baby is born", "In pregnancy"),
        ("blood_thinners", "topic:ask_alternatives:painkillers", "ibuprofen", "any, is safe"),
    ],
)
def test_what_somebody_told_shapes_answers_that_are_not_about_pressing(
    condition, topic, says, says_not
):
    person = Person.from_ids([condition], CATALOGUE)
    reply = every_reply(CATALOGUE, person)[topic]
    assert says in reply.written.replace("*", "")
    assert says_not not in reply.written


def test_what_is_said_instead_stands_for_answers_that_there_are():
    topics = {
        str(reply.key).removeprefix("topic:")
        for reply in every_reply(CATALOGUE).values()
        if reply.key.kind is Kind.TOPIC
    }
    named = {t for c in CATALOGUE.conditions for said in c.instead for t in said.topics}
    assert named - topics == set()
