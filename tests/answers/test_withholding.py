"""A condition takes away what could hurt this person, in every kind of answer."""

import pytest

from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.people import Person
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import finish
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import Withhold
from bot.messages.answer_key import Kind
from bot.sessions.planner import NoPlan, Wishes, choose

CATALOGUE = Catalogue.load()
LIMITING = [c for c in CATALOGUE.conditions if c.withhold is not Withhold.NOTHING]


def limits(condition, cautions, also):
    """Whether `condition` takes away what carries these cautions."""
    if condition.withhold is Withhold.EVERYTHING:
        return True
    return condition.withhold in also and bool(set(condition.cautions) & set(cautions))


def told_about(point, person):
    """Every answer that could tell this person how or where to press `point`."""
    points, places = PointAnswers(CATALOGUE, person), PlaceAnswers(CATALOGUE, person)
    yield points.locate(point)
    yield points.how_to_press(point)
    yield points.how_long([point])
    yield points.safety(point)
    yield points.together(point)
    yield points.purpose(point)
    follow_ups = FollowUpAnswers(CATALOGUE, person)
    yield follow_ups.detail(point)
    yield follow_ups.why(point, None, None)
    yield follow_ups.both([point])
    yield follow_ups.easiest([point])
    told = finish(PointAnswers(CATALOGUE).locate(point), CATALOGUE)
    yield follow_ups.simpler(told.reply)
    for area in point.areas:
        yield places.find(area, None)
    for purpose in point.purposes:
        yield places.find(None, purpose.complaint)


@pytest.mark.parametrize("condition", LIMITING, ids=lambda condition: condition.id)
def test_no_pressing_step_is_given(condition):
    person = Person.from_ids([condition.id], CATALOGUE)
    touched = [
        point
        for point in CATALOGUE.points
        if limits(condition, point.cautions, [Withhold.CAUTIONED_POINTS])
    ]
    assert touched or condition.withhold is Withhold.TOOLS
    for point in touched:
        plan = choose(Wishes(points=(point,)), person, CATALOGUE)
        assert isinstance(plan, NoPlan) or point.code not in plan.points
        for reply in told_about(point, person):
            said = f"{reply.written}\n{reply.spoken}"
            for step in (point.press.how, point.find, point.location.lay, point.press.spoken):
                assert step not in said, (point.code, reply.key)
    for tool in CATALOGUE.tools:
        if limits(condition, tool.cautions, [Withhold.CAUTIONED_POINTS, Withhold.TOOLS]):
            reply = GeneralAnswers(CATALOGUE, person).tool(tool)
            assert reply.key.is_of(Kind.WITHHELD), tool.id


@pytest.mark.parametrize("condition", LIMITING, ids=lambda condition: condition.id)
def test_the_reason_is_said(condition):
    person = Person.from_ids([condition.id], CATALOGUE)
    replies = [
        PointAnswers(CATALOGUE, person).how_to_press(point)
        for point in CATALOGUE.points
        if limits(condition, point.cautions, [Withhold.CAUTIONED_POINTS])
    ]
    assert all(condition.reason in reply.written for reply in replies)


@pytest.mark.parametrize("condition", LIMITING, ids=lambda condition: condition.id)
def test_where_a_tool_is_refused_no_withheld_point_is_given_instead(condition):
    person = Person.from_ids([condition.id], CATALOGUE)
    withheld = [point for point in CATALOGUE.points if person.withheld_by(point)]
    for tool in CATALOGUE.tools:
        for area in CATALOGUE.areas:
            said = GeneralAnswers(CATALOGUE, person).tool_on(tool, area).written
            assert not any(p.press.how in said for p in withheld), (tool.id, area.id)
