"""Actions of general knowledge, tools, conditions, sessions, and moments without an answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions.base import KnowledgeAction
from actions.guided import Answered
from actions.sessions import StartSession
from actions.turn import Turn
from bot.answers.builder import join, small
from bot.answers.places import asks_for_several
from bot.answers.reply import Reply
from bot.knowledge.schema.guidance import SOMETHING_TOLD, Withhold
from bot.messages.answer_key import NO_ANSWER, Kind, Mark

START_AGAIN = (
    "Where is the point on my hand?",
    "What helps lower back pain?",
    "When should I see a doctor?",
)
_CHOICES = 3
# 'Hi, im 14' is more than a greeting.
_SMALL_TALK = frozenset({"greet", "thank", "goodbye", "affirm", "deny", "out_of_scope"})
_SLOWLY = re.compile(r"\bslow", re.IGNORECASE)
_WHAT_TO_PRESS = re.compile(
    r"\b(?:what|which|where)\b[^.?!]*\b(?:press|push|rub|massage|try|helps?)\b", re.IGNORECASE
)
_SESSION = re.compile(r"\bsession\b", re.IGNORECASE)


class AnswerTopic(KnowledgeAction):
    """The answer that data/answers.yml holds for the intent."""

    action_name = "action_answer_topic"

    def reply(self, turn: Turn) -> Reply:
        """The variant of the answer that fits the question."""
        # 'What is it good for?' just after a point was told is about that point.
        if turn.intent == "ask_benefits" and turn.point and turn.points_back:
            return self.about_points(turn).purpose(turn.point)
        if turn.intent in _SMALL_TALK and (declared := self.declared_now(turn)):
            return declared
        topic = self.general(turn).topic(turn.intent, turn.text)
        return topic or self.general(turn).say("not_understood", START_AGAIN)


class ReportPain(KnowledgeAction):
    """Somebody says where it hurts: ask how long, and offer points meanwhile."""

    action_name = "action_report_pain"

    def reply(self, turn: Turn) -> Reply:
        """The question of data/answers.yml, then points for the place or complaint."""
        if turn.tells_new and not (turn.area or turn.complaint):
            return self.general(turn).declared(turn.conditions("declared"))
        asked = self.general(turn).topic("report_pain", turn.text)
        area, complaint = self._place(turn)
        places = self.about_places(turn)
        one = not (asks_for_several(turn.text) or _WHAT_TO_PRESS.search(turn.text))
        # What was asked already is not asked again.
        if asked is None or turn.heard.says(asked.written.split("\n\n")[0]):
            return places.find(area, complaint, turn.text)
        return places.with_points(asked, area, complaint, turn.text, only_best=one)

    def remember(self, turn: Turn) -> dict[str, Any]:
        """Keep the complaint and the points offered."""
        area, complaint = self._place(turn)
        return {"complaint": complaint, **turn.offered(area, complaint)}

    def _place(self, turn: Turn) -> tuple[str | None, str | None]:
        complaint = turn.complaint
        area = None if complaint else turn.area
        return area, complaint or (None if area else turn.slot("complaint") or "back_pain")


class Tools(KnowledgeAction):
    """How to use a tool."""

    action_name = "action_tools"

    def reply(self, turn: Turn) -> Reply:
        """The tool named now, or the one talked about, or all of them."""
        earlier = turn.slot("tool") if turn.points_back else None
        tool = self.catalogue.tool(turn.tool or earlier)
        if tool and turn.tool and turn.named_points:
            return self.about_points(turn).with_tool(turn.named_points[0], tool)
        if tool and turn.tool and turn.points_back and turn.point and not turn.area:
            return self.about_points(turn).with_tool(turn.point, tool)
        area = self.catalogue.area(turn.area)
        if tool and turn.tool and area:
            return self.general(turn).tool_on(tool, area)
        return self.general(turn).tool(tool) if tool else self.general(turn).tools()

    def remember(self, turn: Turn) -> dict[str, Any]:
        """Keep the tool for 'and for how long?'; the point talked about before is over."""
        if not turn.tool:
            return {}
        return {"tool": turn.tool, "point": None, "points_offered": []}


class _AboutOneself(KnowledgeAction):
    """What a person says of themselves, or takes back."""

    def still_noted(self, turn: Turn) -> Reply | None:
        """Says that what limits the answers still counts: 'I'm not showing yet'."""
        limits = [c for c in turn.person.conditions if c.withhold is not Withhold.NOTHING]
        if not limits or turn.taken.told or turn.is_question:
            return None
        what = join([small(condition.name) for condition in limits])
        reply = self.general(turn).say("kept_in_mind")
        return replace(reply, written=reply.written.format(what=what), guidance=limits[0].guidance)

    def respond(self, turn: Turn) -> Answered:
        """The reply; 'I'm not pregnant, help me do a session' starts one."""
        if turn.took_back and _SESSION.search(turn.text):
            return StartSession(self.services).respond(turn)
        return super().respond(turn)


class Pregnancy(_AboutOneself):
    """Pregnancy, as a question or as a statement about oneself."""

    action_name = "action_pregnancy"

    def reply(self, turn: Turn) -> Reply:
        """No pressing steps; why; whom to ask."""
        if turn.took_back:
            return self.taken_back(turn)
        pregnancy = self.catalogue.condition("pregnancy")
        if turn.named_points and pregnancy and not turn.is_for_oneself:
            return self.about_points(turn).withheld(turn.named_points[0], pregnancy)
        declared = turn.conditions("declared")
        if declared:
            return self.general(turn).declared(declared)
        if not turn.conditions("asked") and (noted := self.still_noted(turn)):
            return noted
        topic = self.general(turn).topic("ask_pregnancy", turn.text)
        return topic or self.general(turn).say("not_understood")


class DeclareCondition(_AboutOneself):
    """The person says something about themselves that changes the answers."""

    action_name = "action_declare_condition"

    def reply(self, turn: Turn) -> Reply:
        """What is kept in mind, and what it means."""
        if turn.took_back:
            return self.taken_back(turn)
        conditions = turn.conditions("declared")
        if not conditions and turn.named_points:
            return self.about_points(turn).safety(turn.named_points[0])
        if conditions:
            return self.general(turn).declared(conditions)
        if turn.is_for_oneself:
            return self.general(turn).say("for_yourself")
        if turn.tells_something_unknown:
            unknown = [c for c in turn.person.conditions if c.id == SOMETHING_TOLD]
            return self.general(turn).declared(unknown)
        return self.still_noted(turn) or self.general(turn).say("condition_taken_back")


class Repeat(KnowledgeAction):
    """Says the last answer again."""

    action_name = "action_repeat"

    def reply(self, turn: Turn) -> Reply:
        """The last answer, word for word, or a way to start."""
        last = turn.last_reply
        if last is None:
            return self.general(turn).say("no_earlier_answer", START_AGAIN)
        card = last.card or {}
        for told in card.get("points") or [card]:
            # Something the person said since may take it away.
            point = self.catalogue.point(told.get("code")) if isinstance(told, dict) else None
            withheld = turn.person.withheld_by(point) if point else None
            if withheld:
                return self.general(turn).withheld(point, withheld)
        spoken = last.advice_spoken
        card = self.general(turn).card_again(card)
        key = (last.key or NO_ANSWER).marked(Mark.REPEAT)
        slowly = bool(_SLOWLY.search(turn.text))
        return Reply(key, last.written or "", spoken, card=card, slowly=slowly)


class NotUnderstood(KnowledgeAction):
    """Asks again, each time with more help."""

    action_name = "action_not_understood"

    _WORDINGS = ("not_understood", "not_understood_again", "not_understood_third")

    def reply(self, turn: Turn) -> Reply:
        """What was named is told; else what may be meant is offered; else ever more help."""
        answers = self.about_points(turn)
        if turn.named_points:
            return answers.locate(turn.named_points[0], turn.mention)
        tool = self.catalogue.tool(turn.tool)
        if tool:
            return self.general(turn).tool(tool)
        if turn.area or turn.complaint:
            return self.about_places(turn).find(turn.area, turn.complaint, turn.text)
        if declared := self.declared_now(turn):
            return declared
        misses = 0
        for key in reversed(turn.answer_keys):
            if not key.is_of(Kind.SAY) or not key.about.startswith(self._WORDINGS[0]):
                break
            misses += 1
        choices = filter(None, map(self.catalogue.choice, turn.likely_intents))
        offered = list(dict.fromkeys(choices))[:_CHOICES]
        if not misses and offered:
            return self.general(turn).did_you_mean(offered)
        wording = self._WORDINGS[min(misses, len(self._WORDINGS) - 1)]
        return self.general(turn).say(wording, START_AGAIN)

    def remember(self, turn: Turn) -> dict[str, Any]:
        """A point that was named is the one talked about."""
        return self.named(turn)
