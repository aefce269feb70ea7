"""Which points a guided session goes through: those that fit the person, the place and the time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.people import Person
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.answers import Tool
from bot.knowledge.schema.guidance import Condition
from bot.knowledge.schema.points import Point, Reach, Sides
from bot.knowledge.schema.sessions import SessionsFile
from bot.text.json_types import JsonObject
from bot.text.number_words import number_words
from bot.text.phrases import found, normalised

_MINUTES = re.compile(
    r"(?<![\w.])(\d{1,3}|" + "|".join(sorted(number_words(), key=len, reverse=True)) + r")"
    r"(?:\s*(?:-|to|or)\s*\w+)?[\s-]*(?:mins?|minutes?|minuets?)\b"
)
_LONGEST_MINUTES = 120
# Places without limits of their own, for somebody who named none.
_ANYWHERE = ("chair", "bed")


@dataclass(frozen=True)
class Wishes:
    """What somebody asks of a session.

    Attributes:
        points: points named outright.
        area: where they want to press.
        complaint: what they want eased.
        minutes: how much time they have.
        place: id of a place in data/sessions.yml.
        has_helper: whether somebody else can press.
    """

    points: tuple[Point, ...] = ()
    area: str | None = None
    complaint: str | None = None
    minutes: int | None = None
    place: str | None = None
    has_helper: bool = False


@dataclass(frozen=True)
class Plan:
    """What a session goes through: the codes of points, or a tool's guide.

    Attributes:
        ask_consent: whether the person still has to agree to the limits.
        left_out: codes of points withheld from this person.
    """

    points: tuple[str, ...] = ()
    tool: str | None = None
    place: str | None = None
    complaint: str | None = None
    ask_consent: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoPlan:
    """Why there is no session.

    Attributes:
        condition: the person's condition that takes the points away.
        point: the point that was named and is withheld or left out.
        place: where nothing can be reached.
        needs_helper: whether there would be points for two people.
    """

    condition: Condition | None = None
    point: Point | None = None
    place: str | None = None
    needs_helper: bool = False


def minutes_in(text: str, sessions: SessionsFile) -> int | None:
    """How many minutes the person says they have."""
    said = normalised(text)
    number = _MINUTES.search(said)
    if number:
        minutes = int(number[1]) if number[1].isdigit() else number_words()[number[1]]
        return minutes if 1 <= minutes <= _LONGEST_MINUTES else None
    words = {word: entry.minutes for entry in sessions.time_words for word in entry.words}
    hits = found(said, words)
    return int(words[hits[0][0]]) if hits else None


def place_in(text: str, sessions: SessionsFile) -> str | None:
    """The id of the place where the person says they are."""
    places = {word: place.id for place in sessions.places for word in place.words}
    hits = found(normalised(text), places)
    return places[hits[0][0]] if hits else None


def choose(wishes: Wishes, person: Person, catalogue: Catalogue) -> Plan | NoPlan:
    """The points of a session, best first, or why there are none.

    The times and limits are those of data/sessions.yml. A point that the person named is gone
    through whatever the place and time, but never one that is withheld.
    """
    everything = person.everything_withheld_by
    if everything:
        return NoPlan(everything, wishes.points[0] if wishes.points else None)
    sessions = catalogue.sessions
    never = {entry.code for entry in sessions.left_out}
    if wishes.points and all(point.code in never for point in wishes.points):
        return NoPlan(point=wishes.points[0])
    wanted = [
        point for point in wishes.points or _fitting(wishes, catalogue) if point.code not in never
    ]
    withheld = {p.code: c for p in wanted if (c := person.withheld_by(p))}
    allowed = [point for point in wanted if point.code not in withheld]
    if wishes.points:
        place, chosen = wishes.place, allowed[: sessions.limits.most_points]
    else:
        place, chosen = _best_place(allowed, wishes, person, catalogue)
    if not chosen:
        return _why_none(wishes, allowed, withheld, person, catalogue)
    return Plan(
        points=tuple(point.code for point in chosen),
        place=place,
        complaint=wishes.complaint,
        left_out=tuple(withheld),
    )


def choose_tool(tool: Tool, person: Person) -> Plan | NoPlan:
    """The guide of a tool, or the condition for which it is withheld."""
    condition = person.tools_withheld_by(tool.cautions)
    return NoPlan(condition) if condition else Plan(tool=tool.id)


def still_allowed(plan: Plan, person: Person, catalogue: Catalogue) -> Plan | NoPlan:
    """The same plan without what this person must not do; the person may have said more since."""
    if plan.tool:
        tool = catalogue.tool(plan.tool)
        condition = person.tools_withheld_by(tool.cautions) if tool else None
        return NoPlan(condition) if condition or tool is None else plan
    points = [point for point in map(catalogue.point, plan.points) if point]
    withheld = {p.code: c for p in points if (c := person.withheld_by(p))}
    kept = tuple(point.code for point in points if point.code not in withheld)
    if not kept:
        return NoPlan(person.everything_withheld_by or next(iter(withheld.values()), None))
    if kept == plan.points:
        return plan
    return Plan(
        kept, place=plan.place, complaint=plan.complaint, ask_consent=plan.ask_consent,
        left_out=(*plan.left_out, *withheld),
    )  # fmt: skip


def as_data(plan: Plan) -> JsonObject:
    """The plan as JSON."""
    return {
        "points": list(plan.points), "tool": plan.tool, "place": plan.place,
        "complaint": plan.complaint, "ask_consent": plan.ask_consent,
        "left_out": list(plan.left_out),
    }  # fmt: skip


def seconds_for(point: Point, sessions: SessionsFile) -> int:
    """How long a session takes over one point."""
    times, hold = sessions.times, point.press.hold_seconds[0]
    both = point.sides is Sides.BOTH and not point.press.sides_together
    return times.find + hold * (2 if both else 1) + times.rest


def _fitting(wishes: Wishes, catalogue: Catalogue) -> list[Point]:
    complaint = wishes.complaint
    if not complaint and not wishes.area:
        complaint = "back_pain"
    return [suggested.point for suggested in catalogue.points_for(wishes.area, complaint)]


def _best_place(
    allowed: Sequence[Point], wishes: Wishes, person: Person, catalogue: Catalogue
) -> tuple[str | None, list[Point]]:
    """The points for the place wished for; else for sitting, or for lying if that gives more.

    Nobody should have to lie down and sit up again between two points.
    """
    best: tuple[str | None, list[Point]] = (wishes.place, [])
    for place in (wishes.place,) if wishes.place else _ANYWHERE:
        there = replace(wishes, place=place)
        reached = _in_reach(allowed, there, person, catalogue.sessions)
        chosen = _in_time(reached, wishes.minutes, catalogue)
        if len(chosen) > len(best[1]):
            best = (place, chosen)
    return best


def _in_reach(
    points: Sequence[Point], wishes: Wishes, person: Person, sessions: SessionsFile
) -> list[Point]:
    reach, place = sessions.cannot_reach, sessions.place(wishes.place)
    far = {c.id for c in person.conditions} & {reach.condition} and not wishes.has_helper
    return [
        point
        for point in points
        if point.press.postures
        and (point.reach is Reach.SELF or wishes.has_helper)
        and not (far and set(reach.areas) & set(point.areas))
        and (place is None or place.posture in point.press.postures)
        and (place is None or not place.areas or set(place.areas) & set(point.areas))
    ]


def _in_time(points: Sequence[Point], minutes: int | None, catalogue: Catalogue) -> list[Point]:
    """As many of the first points as fit; a later one that takes less time may take a place."""
    sessions = catalogue.sessions
    limits, times = sessions.limits, sessions.times
    if minutes is None:
        return list(points[: limits.usual_points])
    breaths = catalogue.techniques.preparation.breaths
    left = minutes * 60 + limits.overtime - 2 * times.ask - times.prepare - breaths * times.breath
    fewest = 2 if minutes >= limits.two_points_from_minutes else 1
    chosen: list[Point] = []
    for point in points:
        left_after = left - seconds_for(point, sessions)
        if len(chosen) < limits.most_points and (left_after >= 0 or len(chosen) < fewest):
            chosen.append(point)
            left = left_after
    return chosen


def _why_none(
    wishes: Wishes,
    allowed: Sequence[Point],
    withheld: dict[str, Condition],
    person: Person,
    catalogue: Catalogue,
) -> NoPlan:
    if not allowed:
        first = wishes.points[0] if wishes.points else None
        return NoPlan(next(iter(withheld.values()), None), first)
    alone = Wishes(area=wishes.area, complaint=wishes.complaint)
    if wishes.place and _in_reach(allowed, alone, person, catalogue.sessions):
        return NoPlan(place=wishes.place)
    return NoPlan(needs_helper=True)
