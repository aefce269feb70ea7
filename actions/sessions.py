"""Starting a guided session, its controls where none is running, and how the sessions went."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.base import KnowledgeAction
from actions.guided import Answered, Guided
from actions.turn import HURTING, Turn
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.reply import Reply
from bot.knowledge.schema.answers import Tool
from bot.knowledge.schema.points import Point
from bot.messages.answer_key import AnswerKey, Kind
from bot.sessions.history import on_the_same_day, records_in, trouble_within
from bot.sessions.planner import (
    NoPlan,
    Plan,
    Wishes,
    choose,
    choose_tool,
    minutes_in,
    place_in,
)
from bot.sessions.progress import ProgressAnswers
from bot.sessions.replies import SessionAnswers
from bot.sessions.state import Session
from bot.sessions.steps import steps_of
from bot.text.phrases import found, normalised

_DAY = 24 * 3600
_MOST_A_DAY = 2
# After these 'next' asks for another point.
_OF_POINTS = (Kind.FIND, Kind.LOCATE, Kind.PRESS, Kind.LONG, Kind.SIDE, Kind.HARD, Kind.EASIEST)
_THEM = re.compile(r"\b(?:them|these|those)\b", re.IGNORECASE)


class StartSession(KnowledgeAction):
    """Plans a guided session and asks its first question."""

    action_name = "action_start_session"

    def reply(self, turn: Turn) -> Reply:
        """What `respond` says."""
        return self.respond(turn).reply

    def respond(self, turn: Turn) -> Answered:
        """A session for the points, place, complaint, time or tool named; or why there is none."""
        refused = self._not_now(turn)
        if refused:
            return Answered(refused)
        tool = self._tool(turn)
        area = self.catalogue.area(turn.area)
        if tool and area and area.id not in tool.areas:
            return Answered(self.general(turn).tool_on(tool, area))
        plan = choose_tool(tool, turn.person) if tool else self._points(turn)
        if isinstance(plan, NoPlan):
            return Answered(self._why_none(turn, plan))
        plan = replace(plan, ask_consent=not turn.slot("session_consent"))
        first = steps_of(plan, self.catalogue)[0]
        begun = Guided(turn, self.services).started(Session(plan, first.id))
        slots = {**begun.slots, "tool": tool.id if tool else None}
        if plan.complaint:
            slots["complaint"] = plan.complaint
        done = on_the_same_day(records_in(turn.slot("sessions_done")), turn.said_at)
        if done < _MOST_A_DAY:
            return replace(begun, slots=slots)
        written, spoken = SessionAnswers(self.catalogue, turn.person).say(
            "often_enough", count=done
        )
        more = replace(
            begun.reply,
            written=f"{written}\n\n{begun.reply.written}",
            spoken=f"{spoken} {begun.reply.spoken}",
        )
        return Answered(more, slots)

    def _not_now(self, turn: Turn) -> Reply | None:
        """Why no session starts at this moment, if so."""
        sessions = self.catalogue.sessions
        answers = SessionAnswers(self.catalogue, turn.person)
        serious = [s for s in turn.signs if s.is_serious and not s.taken_back]
        if any(turn.said_at - sign.said_at < _DAY for sign in serious):
            return answers.only("not_after_sign", "red_flag")
        for moment in sessions.not_now:
            if found(normalised(turn.text), moment.words):
                return Reply(
                    AnswerKey(Kind.SESSION, f"not_now:{moment.id}"),
                    moment.written,
                    moment.spoken,
                    "session",
                )
        records = records_in(turn.slot("sessions_done"))
        if trouble_within(records, sessions.limits.wait_after_trouble_hours, turn.said_at):
            return answers.only("wait_after_trouble")
        if turn.named_codes and not turn.named_points:
            return self.general(turn).say("point_unknown")
        return None

    def _tool(self, turn: Turn) -> Tool | None:
        """The tool whose guide is wanted: named now, or talked about and meant by 'it'."""
        if turn.tool == "hands":
            wants = turn.area or turn.complaint or turn.named_codes
            only = found(normalised(turn.text), self.catalogue.sessions.only_hands)
            return None if wants or only else self.catalogue.tool("hands")
        earlier = turn.slot("tool") if turn.points_back and not turn.named_codes else None
        return self.catalogue.tool(turn.tool or earlier)

    def _points(self, turn: Turn) -> Plan | NoPlan:
        sessions = self.catalogue.sessions
        area, complaint = turn.area, turn.complaint
        # 'A session for my neck' means what bothers the neck.
        if area and area in HURTING and not complaint:
            complaint = HURTING[area]
            area = None
        named = self._named(turn) if not area and not complaint else turn.named_points
        if not area and not complaint:
            complaint = turn.slot("complaint") or "back_pain"
        text = normalised(turn.text)
        wishes = Wishes(
            points=tuple(named),
            area=area,
            complaint=complaint,
            minutes=minutes_in(text, sessions),
            place=place_in(text, sessions),
            has_helper=bool(found(text, sessions.helpers)),
        )
        return choose(wishes, turn.person, self.catalogue)

    def _named(self, turn: Turn) -> list[Point]:
        """Points named now, or meant by 'it' and 'them'."""
        if turn.named_points:
            return turn.named_points
        if _THEM.search(turn.text):
            return turn.points
        return [turn.point] if turn.points_back and turn.point else []

    def _why_none(self, turn: Turn, none: NoPlan) -> Reply:
        answers = SessionAnswers(self.catalogue, turn.person)
        if none.condition:
            return self.about_points(turn).withheld(none.point, none.condition)
        if none.point:
            return self.about_points(turn).how_to_press(none.point)
        place = self.catalogue.sessions.place(none.place)
        if place:
            return replace(
                answers.only("none_here", place=place.name),
                suggestions=("Start a session sitting",),
            )
        return answers.only("none_alone")


class SessionControl(KnowledgeAction):
    """'Next', 'pause', 'stop' outside a guided session."""

    action_name = "action_session_control"

    def reply(self, turn: Turn) -> Reply:
        """Stopping is always fine; the rest needs a session."""
        asks_on = turn.intent == "continue_session" and turn.last_key.is_of(*_OF_POINTS)
        shown = turn.points if asks_on else []
        if shown and not turn.person.everything_withheld_by:
            told = {*(turn.slot("points_talked") or []), *(turn.slot("points_listed") or [])}
            complaint = turn.slot("complaint") or "back_pain"
            fitting = [s.point for s in self.catalogue.points_for(None, complaint)]
            left = [p for p in fitting if p.code not in told and not turn.person.withheld_by(p)]
            if left:
                return self._next_ones(turn).others(left[:1])
        wording = "session_stopped" if turn.intent == "stop_session" else "session_not_running"
        return self.general(turn).say(wording, ("Help me do a session",))

    def _next_ones(self, turn: Turn) -> FollowUpAnswers:
        return FollowUpAnswers(self.catalogue, turn.person, turn.heard)


class Progress(KnowledgeAction):
    """Tells how the sessions and the pain scores went."""

    action_name = "action_progress"

    def reply(self, turn: Turn) -> Reply:
        """The sessions done, their pain scores, and a doctor's advice if the scores rise."""
        records = records_in(turn.slot("sessions_done"))
        return ProgressAnswers(self.catalogue, turn.person).progress(records)
