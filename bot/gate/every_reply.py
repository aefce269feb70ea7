"""Every answer the catalogue can give to somebody without conditions, under an address.

The addresses are what data/coverage.yml refers to: 'topic:ask_evidence:numbers', 'press:LI4',
'find:hand', 'for:sciatica', 'tool:soft_ball', 'area:area_sole', 'step:BL23:find'.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.answers.fields import FIELDS, FieldAnswers
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.people import Person
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.sessions.planner import NoPlan, Plan, Wishes, choose, choose_tool
from bot.sessions.replies import SessionAnswers
from bot.sessions.state import Session
from bot.sessions.steps import steps_of
from bot.sessions.transitions import Move


def every_reply(catalogue: Catalogue, person: Person | None = None) -> dict[str, Reply]:
    """All replies by address, as `person` would get them."""
    points = PointAnswers(catalogue, person)
    places = PlaceAnswers(catalogue, person)
    general = GeneralAnswers(catalogue, person)
    follow_ups = FollowUpAnswers(catalogue, person)
    fields = FieldAnswers(catalogue, person)
    replies = {
        "press:any": points.how_to_press_any(),
        "long:any": points.how_long([]),
        "list:all": places.list_all(),
        "tools:all": general.tools(),
        "detail:any": follow_ups.detail_of_pressing(),
        "count:points": places.count(),
    }
    for point in catalogue.points:
        code = point.code
        replies |= {
            f"locate:{code}": points.locate(point),
            f"right_spot:{code}": points.right_spot(point),
            f"press:{code}": points.how_to_press(point),
            f"long:{code}": points.how_long([point]),
            f"purpose:{code}": points.purpose(point),
            f"safety:{code}": points.safety(point),
            f"names:{code}": points.names(point),
            f"conflict:{code}": points.conflicts(point, in_full=True),
            f"detail:{code}": follow_ups.detail(point),
            f"easiest:{code}": follow_ups.easiest([point]),
            f"both:{code}": follow_ups.both([point]),
            f"together:{code}": points.together(point),
            f"spelt:{code}": points.spelt(point),
        }
        for kind in FIELDS:
            replies[f"{kind}:{code}"] = fields.field(kind, point)
        for tool in catalogue.tools:
            replies[f"with_tool:{code}:{tool.id}"] = points.with_tool(point, tool)
    for kind in FIELDS:
        replies[f"{kind}:any"] = fields.field(kind, None)
    for one, other in pairwise(catalogue.points):
        replies[f"compare:{one.code}+{other.code}"] = points.compare([one, other])
    for number in catalogue.old_numbers.values():
        named = catalogue.point(number.code)
        replies[f"old:{number.old}"] = (
            points.locate(named, number.old) if named else points.old_number(number)
        )
    for reference in catalogue.reference_points:
        replies[f"reference:{reference.code}"] = points.reference(reference)
    for spot in catalogue.article_areas:
        replies[f"area:{spot.id}"] = places.article_area(spot)
    for area in catalogue.areas:
        for tool in catalogue.tools:
            replies[f"tool_on:{tool.id}:{area.id}"] = general.tool_on(tool, area)
        replies[f"find:{area.id}"] = places.find(area.id, None)
        for complaint in catalogue.complaints:
            replies[f"find:{area.id}:{complaint.id}"] = places.find(area.id, complaint.id)
    for complaint in catalogue.complaints:
        replies[f"for:{complaint.id}"] = places.find(None, complaint.id)
        for ranked in complaint.points:
            if named := catalogue.point(ranked.code):
                why = follow_ups.why(named, None, complaint.id)
                replies[f"why:{complaint.id}:{ranked.code}"] = why
    for tool in catalogue.tools:
        replies[f"tool:{tool.id}"] = general.tool(tool, in_full=True)
        replies[f"tool_time:{tool.id}"] = general.tool_time(tool)
    for condition in catalogue.conditions:
        replies[f"condition:{condition.id}"] = general.declared([condition])
    for answer in catalogue.answers:
        replies[f"topic:{answer.intent}"] = general.told(answer, in_full=True)
        replies[f"brief:{answer.intent}"] = general.told(answer)
        for variant in answer.variants:
            replies[f"brief:{answer.intent}:{variant.id}"] = general.told(answer, variant)
            replies[f"topic:{answer.intent}:{variant.id}"] = general.told(
                answer, variant, in_full=True
            )
    replies |= _session_replies(catalogue, person or Person())
    for wording in catalogue.wordings:
        replies[f"say:{wording.id}"] = general.say(wording.id)
    return replies


def _session_replies(catalogue: Catalogue, person: Person) -> dict[str, Reply]:
    """Every step of every guided session that this person could have."""
    answers = SessionAnswers(catalogue, person)
    plans: list[Plan | NoPlan] = [
        choose(Wishes(points=(point,)), person, catalogue) for point in catalogue.points
    ]
    plans += [choose_tool(tool, person) for tool in catalogue.tools]
    replies: dict[str, Reply] = {}
    for plan in plans:
        if isinstance(plan, NoPlan):
            continue
        asked = replace(plan, ask_consent=True)
        for step in steps_of(asked, catalogue):
            # Steps that all sessions share are told once.
            if f"step:{step.id}" not in replies:
                session = Session(asked, step.id)
                replies[f"step:{step.id}"] = answers.told(Move(session, tell=True))
    return replies
