"""Actions about points: find, locate, press, hold, purpose, names, safety, other pages' claims."""

from __future__ import annotations

from collections.abc import Callable

from actions.base import KnowledgeAction
from actions.moments.elsewhere import elsewhere
from actions.turn import Turn
from actions.turn.untaught_codes import names_a_code
from bot.answers.reply import Reply, spoken_together
from bot.knowledge.schema.points import Point
from bot.messages.answer_key import AnswerKey, Kind
from bot.text.json_types import Slots

# 'My back' may mean any part of it.
_BACK = frozenset({"back_pain", "lower_back_pain", "upper_back_pain"})
ASK_FOR_ONE = ("Where is the point on my hand?", "Which points help the lower back?")


class PointAction(KnowledgeAction):
    """An action about one point, which may have been named now or earlier."""

    def about_one(self, turn: Turn, answer: Callable[[Point], Reply]) -> Reply:
        """Answer about the point in question, or say which one is meant and known."""
        if turn.named_codes and not turn.named_points:
            old = self.catalogue.old_number(turn.mention)
            if old:
                return self.about_points(turn).old_number(old)
            reference = self.catalogue.reference_point(turn.named_codes[0])
            if reference:
                return self.about_points(turn).reference(reference)
            return self.general(turn).say("point_unknown", ASK_FOR_ONE)
        if turn.names_a_place and not turn.named_codes:
            points = self.catalogue.points_for(turn.area, turn.complaint, turn.text)
            if turn.area and points:
                return answer(points[0].point)
            return self.about_places(turn).find(turn.area, turn.complaint, turn.text)
        if turn.point:
            return answer(turn.point)
        return self.general(turn).say("no_point_named", ASK_FOR_ONE)

    def whole_reply(self, turn: Turn) -> Reply:
        """The answer, or that the point is not taught."""
        return self._not_taught(turn) or self.reply(turn)

    def _both(self, replies: list[Reply]) -> Reply:
        return Reply(
            key=AnswerKey.joined(reply.key for reply in replies),
            written="\n\n".join(reply.written for reply in replies),
            spoken=spoken_together(replies, self.catalogue.wording("ask_for_the_rest").spoken),
            guidance=replies[0].guidance,
            suggestions=replies[0].suggestions,
            card={"type": "points", "points": [reply.card for reply in replies if reply.card]},
        )

    def _not_taught(self, turn: Turn) -> Reply | None:
        """A code that no point has, or 'it' just after a point that is not taught."""
        if turn.named_codes:
            return None
        if names_a_code(turn.text):
            return self.general(turn).say("point_unknown", ASK_FOR_ONE)
        code = turn.last_key.only(Kind.REFERENCE)
        reference = self.catalogue.reference_point(code) if code else None
        if reference and turn.points_back:
            return self.about_points(turn).reference(reference)
        return None

    def remember(self, turn: Turn) -> Slots:
        """Keep the points in question for the next 'how long?'."""
        named = self.named(turn)
        return {**named, "tool": None} if named else {}


class FindPoint(PointAction):
    """Which points for a body area, a complaint, or both."""

    action_name = "action_find_point"

    def reply(self, turn: Turn) -> Reply:
        """Points best first; a point named outright is located instead."""
        area, complaint = self._wanted(turn)
        if other := elsewhere(turn, self.catalogue):
            return other
        if turn.named_codes and not turn.entities("area") and not turn.entities("complaint"):
            return self.about_one(turn, lambda p: self.about_points(turn).locate(p, turn.mention))
        return self.about_places(turn).find(area, complaint, turn.text)

    def remember(self, turn: Turn) -> Slots:
        """Keep what was asked, so that 'and on the foot?' makes sense."""
        area, complaint = self._wanted(turn)
        only_named = not turn.entities("area") and not turn.entities("complaint")
        points = self.named(turn) if only_named else {}
        points = points or turn.offered(area, complaint)
        return {"area": area, "complaint": complaint, **points}

    def _wanted(self, turn: Turn) -> tuple[str | None, str | None]:
        area, complaint = turn.area, turn.complaint
        if area and not complaint and len(turn.text.split()) <= 6:
            complaint = turn.slot("complaint")
        if not area and not complaint:
            complaint = turn.slot("complaint") or "back_pain"
        return area, complaint


class RightSpot(PointAction):
    """How somebody knows that they have found a point, and what it feels like."""

    action_name = "action_right_spot"

    def reply(self, turn: Turn) -> Reply:
        """For the point in question, or for any."""
        variant = self.general(turn).topic("ask_right_spot", turn.text)
        why = turn.person.everything_withheld_by
        if variant and variant.key != AnswerKey(Kind.TOPIC, "ask_right_spot"):
            stop = self.general(turn).topic("ask_side_effects", turn.text) if why else None
            return stop or variant
        if turn.named_codes or turn.point or turn.area:
            return self.about_one(turn, self.about_points(turn).right_spot)
        if why:
            return self.general(turn).withheld(None, why)
        return variant or self.general(turn).say("not_understood")


class LocatePoint(PointAction):
    """Where a named point is."""

    action_name = "action_locate_point"

    def reply(self, turn: Turn) -> Reply:
        """The locations of all points named, or of the one talked about."""
        if not turn.named_codes and (turn.area or turn.complaint):
            return self.about_places(turn).find(turn.area, turn.complaint, turn.text)
        answers = self.about_points(turn)
        if len(turn.named_points) < 2:
            return self.about_one(turn, lambda point: answers.locate(point, turn.mention))
        return self._both([answers.locate(point) for point in turn.named_points[:3]])

    def remember(self, turn: Turn) -> Slots:
        """Keep the points for the next question."""
        if turn.named_points or not (turn.area or turn.complaint):
            return super().remember(turn)
        offered = [
            s.point.code for s in self.catalogue.points_for(turn.area, turn.complaint, turn.text)
        ][:3]
        return {"points_offered": offered, "point": offered[0] if offered else None}


class HowToPress(PointAction):
    """How to press a point."""

    action_name = "action_how_to_press"

    def reply(self, turn: Turn) -> Reply:
        """A point's own technique, a tool's, or the general one."""
        answers = self.about_points(turn)
        if len(turn.named_points) > 1:
            return self._both([answers.how_to_press(point) for point in turn.named_points[:2]])
        if turn.named_codes or (not turn.tool and (turn.point or turn.names_a_place)):
            return self.about_one(turn, answers.how_to_press)
        tool = self.catalogue.tool(turn.tool or turn.slot("tool"))
        if tool and tool.id != "hands":
            return self.general(turn).tool(tool)
        if declared := self.declared_now(turn):
            return declared
        return answers.how_to_press_any()


class HowLong(PointAction):
    """How long and how often."""

    action_name = "action_how_long"

    def reply(self, turn: Turn) -> Reply:
        """Times of the points in question, of the tool, or the general rule."""
        tool = self.catalogue.tool(turn.tool or (None if turn.points else turn.slot("tool")))
        if tool and not turn.named_codes and tool.id != "hands":
            return self.general(turn).tool_time(tool)
        unknown = turn.named_codes and not turn.named_points
        if unknown or (turn.names_a_place and not turn.named_codes):
            return self.about_one(turn, lambda point: self.about_points(turn).how_long([point]))
        return self.about_points(turn).how_long(turn.points)


class PointPurpose(PointAction):
    """What a point is for."""

    action_name = "action_point_purpose"

    def reply(self, turn: Turn) -> Reply:
        """The purposes of the points named, or of the one talked about."""
        if len(turn.named_points) > 1:
            return self.about_points(turn).compare(turn.named_points)
        point = None if turn.named_codes else self._for_what_hurts(turn)
        if point:
            return self.about_points(turn).purpose(point)
        return self.about_one(turn, self.about_points(turn).purpose)

    def _for_what_hurts(self, turn: Turn) -> Point | None:
        """The point of a place that is for the complaint named: 'does the foot help my back'."""
        if not (turn.names_a_place and turn.area and turn.complaint):
            return None
        meant = _BACK if turn.complaint in _BACK else {turn.complaint}
        there = self.catalogue.points_for(turn.area, turn.complaint, turn.text)
        return next(
            (s.point for s in there if meant & {p.complaint for p in s.point.purposes}), None
        )


class PointNames(PointAction):
    """Codes and names of a point."""

    action_name = "action_point_names"

    def reply(self, turn: Turn) -> Reply:
        """The names of the point in question."""
        answers = self.about_points(turn)
        return self.about_one(turn, lambda point: answers.names(point, turn.mention))


class SourceConflict(PointAction):
    """Another page says otherwise."""

    action_name = "action_source_conflict"

    def reply(self, turn: Turn) -> Reply:
        """What the standard says, and what we found elsewhere."""
        spots = [s for s in self.catalogue.article_areas if s.body_area == turn.area]
        if spots and not turn.named_codes:
            return self.about_places(turn).article_area(spots[0])
        if not turn.named_codes and not (turn.point and turn.points_back):
            topic = self.general(turn).topic(turn.intent, turn.text)
            return topic or self.general(turn).say("no_point_named", ASK_FOR_ONE)
        answers = self.about_points(turn)
        return self.about_one(turn, lambda point: answers.conflicts(point, turn.mention))


class ListPoints(PointAction):
    """Every point, or those of a body area or complaint."""

    action_name = "action_list_points"

    def reply(self, turn: Turn) -> Reply:
        """The list, narrowed when the message narrows it; a point's partners, if one is named."""
        if len(turn.named_points) > 1:
            return self.about_points(turn).compare(turn.named_points)
        if turn.named_points:
            return self.about_points(turn).together(turn.named_points[0])
        if turn.area or turn.complaint:
            return self.about_places(turn).find(turn.area, turn.complaint, turn.text)
        if turn.person.everything_withheld_by:
            return self.about_places(turn).find(None, "back_pain")
        return self.about_places(turn).list_all()


class Safety(PointAction):
    """Is it safe, for this point and this person."""

    action_name = "action_safety"

    def reply(self, turn: Turn) -> Reply:
        """Conditions first, then the point's cautions, then the general ones."""
        if declared := self.declared_now(turn):
            return declared
        asked = turn.conditions("asked")
        if asked:
            point = turn.named_points[0] if turn.named_points else None
            return self.about_points(turn).withheld(point, asked[0])
        if turn.named_codes or turn.point:
            return self.about_one(turn, self.about_points(turn).safety)
        topic = self.general(turn).topic("ask_safety", turn.text)
        return topic or self.general(turn).say("not_understood")
