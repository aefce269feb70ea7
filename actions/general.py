"""Actions of general knowledge, tools, conditions, sessions, and moments without an answer."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.base import KnowledgeAction
from actions.guided import Answered
from actions.moments.pain import PainTold
from actions.moments.settled import after_no_sign
from actions.moments.unclear import START_AGAIN, Unclear
from actions.sessions import StartSession
from actions.turn import Turn
from bot.answers.builder import called, join
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.reply import Reply
from bot.knowledge.schema.guidance import SOMETHING_TOLD, Withhold
from bot.messages.answer_key import NO_ANSWER, Mark
from bot.text.json_types import Slots

# 'Hi, im 14' is more than a greeting.
_SMALL_TALK = frozenset({"greet", "thank", "goodbye", "affirm", "deny", "out_of_scope"})
_SLOWLY = re.compile(r"\bslow", re.IGNORECASE)
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
        if turn.intent == "deny_red_flags":
            return after_no_sign(turn, self.catalogue)
        topic = self.general(turn).topic(turn.intent, turn.text)
        if topic and turn.intent == "been_checked" and self._was_allowed(turn):
            line = self.catalogue.wording("clinician_agreed")
            return replace(topic, written=line.written, spoken=line.spoken)
        return topic or self.general(turn).say("not_understood", START_AGAIN)

    def _was_allowed(self, turn: Turn) -> bool:
        """Whether who looked agreed to pressing, and nothing else that was told forbids it."""
        agreed = turn.clinician_says_yes
        return agreed and not turn.person.everything_withheld_by


class ReportPain(KnowledgeAction):
    """Somebody says where it hurts: ask how long, and offer a point meanwhile."""

    action_name = "action_report_pain"

    def reply(self, turn: Turn) -> Reply:
        """A question, then points for the place or complaint."""
        return PainTold(turn, self.catalogue).reply()

    def remember(self, turn: Turn) -> Slots:
        """Keep the complaint and the points offered."""
        return PainTold(turn, self.catalogue).remember()


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

    def remember(self, turn: Turn) -> Slots:
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
        what = join([called(condition) for condition in limits])
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
        if turn.taken.told:  # it is over: what is said of a pregnancy no longer fits
            return FollowUpAnswers(self.catalogue).taken_back(turn.taken_conditions, turn.taken_for)
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

    def reply(self, turn: Turn) -> Reply:
        """What was named is told; else what may be meant is offered; else ever more help."""
        return Unclear(turn, self.catalogue).reply()

    def remember(self, turn: Turn) -> Slots:
        """A point that was named is the one talked about."""
        return self.named(turn)
