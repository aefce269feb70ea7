"""Every answer the catalogue can give: guidance, wording, safety."""

import re

import pytest

from bot.answers.people import Person
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import finish
from bot.gate.every_reply import every_reply
from bot.knowledge.catalogue import Catalogue

CATALOGUE = Catalogue.load()
ASK_SOMEBODY = re.compile(r"\b(doctor|midwife|pharmacist|physiotherapist)", re.IGNORECASE)
# Claims of the sources that could hurt somebody, or are simply untrue.
NEVER_SAID = re.compile(
    r"sign (that )?(it|the point) is working|means it('s| is) working|boosts? (the|your) immun"
    r"|aligns? (the|your) spine|rid you of|get rid of (your|the) pain"
    r"|prevents? injur|proven to work|it is proven|guarantee|will cure|toxins",
    re.IGNORECASE,
)


REPLIES = list(every_reply(CATALOGUE).values())


def test_there_are_many_answers():
    assert len({reply.key for reply in REPLIES}) > 250


def kinds():
    """All answers, by what their keys begin with."""
    found = {}
    for reply in REPLIES:
        found.setdefault(reply.key.kind, []).append(reply)
    return [pytest.param(replies, id=kind) for kind, replies in found.items()]


def with_guidance(message):
    """Whether an answer leaves with a piece of guidance, written and spoken."""
    guidance = message.reply.guidance
    return (
        ASK_SOMEBODY.search(guidance.written)
        and ASK_SOMEBODY.search(guidance.spoken)
        and guidance.written in message.text
        and message.reply.spoken.endswith(guidance.spoken)
    )


@pytest.mark.parametrize("replies", kinds())
def test_every_answer_leaves_with_guidance_in_both_forms(replies):
    assert [
        (reply.key, turn)
        for reply in replies
        for turn in range(4)
        if not with_guidance(finish(reply, CATALOGUE, turn))
    ] == []


@pytest.mark.parametrize("replies", kinds())
def test_no_answer_says_what_must_never_be_said(replies):
    assert [
        (reply.key, said[0])
        for reply in replies
        if not str(reply.key).startswith(("conflict:", "topic:ask_source"))
        for said in map(NEVER_SAID.search, (reply.written, reply.spoken))
        if said
    ] == []


@pytest.mark.parametrize("replies", kinds())
def test_what_is_spoken_can_be_heard(replies):
    unheard = re.compile(r"[*_#|<>]|\b(LI|BL|GB|TE|ST|SP|LR|GV)\d|\bcun\b(?! is)")
    assert [
        (reply.key, reply.spoken)
        for reply in replies
        if unheard.search(reply.spoken) or not 3 <= len(reply.spoken.split()) <= 110
    ] == []


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_in_pregnancy_no_point_is_given(point):
    person = Person.from_ids(["pregnancy"], CATALOGUE)
    about = PointAnswers(CATALOGUE, person)
    for reply in (about.locate(point), about.how_to_press(point), about.how_long([point]),
                  PlaceAnswers(CATALOGUE, person).find(point.areas[0], None)):  # fmt: skip
        assert "midwife" in reply.written
        assert point.find not in reply.written
        assert point.press.how not in reply.written
        assert not re.search(r"\d+ seconds", reply.written)


def test_a_withheld_point_is_named_with_the_reason_and_a_safer_one():
    person = Person.from_ids(["osteoporosis"], CATALOGUE)
    point = CATALOGUE.point("BL23")
    reply = PointAnswers(CATALOGUE, person).locate(point)
    assert "BL23" in reply.written
    assert "bone" in reply.written.lower()
    other = CATALOGUE.point(
        re.findall(r"\b[A-Z]{2}\d+\b", reply.written.split("same caution")[1])[0]
    )
    assert person.withheld_by(other) is None


@pytest.mark.parametrize("code", ["LI4", "SP6", "BL60", "GB21", "BL23", "ST25"])
def test_the_pregnancy_warning_stands_with_the_point(code):
    reply = PointAnswers(CATALOGUE).locate(CATALOGUE.point(code))
    assert "pregnan" in reply.written
    assert "pregnan" in reply.spoken or CATALOGUE.point(code).code in ("BL23", "ST25", "GB21")


def test_a_complaint_gets_the_points_of_the_sources_best_first():
    codes = [s.point.code for s in CATALOGUE.points_for(None, "sciatica")]
    assert set(codes) == {"BL40", "GB30", "BL23", "BL52", "BL60"}
    assert [s.point.code for s in CATALOGUE.points_for("foot", None)][:2] == ["LR3", "BL60"]
    assert [s.point.code for s in CATALOGUE.points_for("hand", "back_pain")] == ["LI4"]


@pytest.mark.parametrize(
    ("area", "said", "code"),
    [
        ("knee", "the point just above the kneecap on the inside", "SP10"),
        ("knee", "which one is BEHIND the knee", "BL40"),
        ("knee", "a point for the knee", "GB34"),
        ("lower_leg", "the one on the inner side of my lower leg", "SP6"),
        ("lower_leg", "outside of the shin", "ST36"),
        ("hand", "above the hand", "LI4"),
        ("leg", "inside of the leg, above the knee", "SP6"),
    ],
)
def test_the_side_that_is_asked_for_comes_first(area, said, code):
    assert CATALOGUE.points_for(area, None, said)[0].point.code == code
