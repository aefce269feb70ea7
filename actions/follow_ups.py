"""Messages that only mean something after the answer before them, ahead of all other actions.

'And on the foot?', 'say it simpler', 'why that one?', 'that was my sister': which words these are
stands in data/follow_ups.yml. What they mean is read off the last answer and the slots.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from actions.guided import Answered, keeping
from actions.moments.leaning import Leaning
from actions.turn import HURTING, Turn
from bot.answers.fields import FIELDS, FieldAnswers
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.dialogue.asked import asked_in
from bot.dialogue.follow_up_cues import adds_nothing, cue_in, takes_back
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.follow_ups import Cue
from bot.knowledge.schema.guidance import Withhold
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import NO_ANSWER, AnswerKey, Kind
from bot.text.phrases import normalised

# Answers to these matter whatever was said before.
_NEVER = frozenset({
    "help_is_coming", "ask_emergency_number", "forget_me", "confirm_forget",
    "ask_about_me", "report_no_relief", "report_improvement",
})  # fmt: skip
_AFTER_A_SIGN = ("been_checked", "deny_red_flags")
_ABOUT_A_POINT = frozenset({
    "locate_point", "ask_how_to_press", "ask_how_long", "ask_point_purpose", "ask_tools",
    "ask_right_spot", "ask_safety", "ask_other_codes", "ask_source_conflict", "start_session",
    "ask_benefits",
})  # fmt: skip
# What 'and the second one?' after a question looks like to the model.
_LOOKS_LIKE = frozenset({"ask_source_conflict", "ask_other_codes"})
_TOLD = (
    *FIELDS, Kind.LOCATE, Kind.PRESS, Kind.LONG, Kind.PURPOSE, Kind.SAFETY, Kind.NAMES, Kind.WHY,
    Kind.DETAIL, Kind.EASIEST,
)  # fmt: skip
_POINTS = (
    *_TOLD, Kind.WHY_WITHHELD, Kind.RIGHT_SPOT, Kind.FIND, Kind.BOTH, Kind.WITH_TOOL,
    Kind.TOGETHER, Kind.COMPARE,
)  # fmt: skip
_TOOLS = (Kind.TOOL, Kind.TOOL_TIME, Kind.TOOL_ON)
_LIMITED = (Kind.WITHHELD, Kind.WHY_WITHHELD, Kind.DECLARED)
_AGREED = "doctor_agreed"
# What these topics ask of the answer before.
_BY_TOPIC = {
    Topic.WHY: Cue.WHY, Topic.ANYTHING_ELSE: Cue.ELSE, Topic.EASIEST: Cue.EASIEST,
    Topic.ORDER: Cue.EASIEST,
    Topic.SIMPLER: Cue.SIMPLER, Topic.MORE: Cue.DETAIL, Topic.BACK_TO_ME: Cue.FOR_ME,
}  # fmt: skip
_WHAT_THEN = "What would you like to know?"
# What a message may name; channels add entities of their own, such as a country.
_NAMED = ("point", "area", "complaint", "tool", "condition")
# For another place, these are answered by the points for it.
_FOUND_AGAIN = (Kind.LOCATE, Kind.WHY, Kind.DETAIL, Kind.EASIEST)
_THEY_AGREED = re.compile(
    r"\bthey (?:said|say|told me|think)\b.*\b(?:fine|ok|okay|safe|allowed|no objection)\b",
    re.IGNORECASE,
)
_AFTER_A_YES = ("Which points help the lower back?", "How do I press a point?")
_SHOWN = 3
_SEVERAL = 2
_MORE = 2
# After a list these ask for its rest, and 'tell me more' for its first point in full.
_THE_POINT = re.compile(r"\b(?:the|that|this) (?:point|spot)\b", re.IGNORECASE)
_MORE_OF_A_LIST = frozenset(
    {"more", "show more", "show me more", "more points", "the rest", "and more"}
)


class FollowUps:
    """The follow-up that one message may be."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self._words = catalogue.follow_ups
        told = (catalogue, turn.person, turn.heard)
        self._answers = FollowUpAnswers(*told)
        self._points = PointAnswers(*told)
        self._fields = FieldAnswers(*told)
        self._general = GeneralAnswers(*told)

    def taken(self) -> Answered | None:
        """The answer, if this message leans on the answer before it."""
        turn = self._turn
        if turn.intent in _NEVER or (turn.intent in _AFTER_A_SIGN and turn.signs):
            return None
        cue = cue_in(turn.text, self._words)
        if cue is None and turn.intent in ("simplify", "more_detail"):
            cue = Cue.SIMPLER if turn.intent == "simplify" else Cue.DETAIL
        if cue is None:
            cue = self._cue_by_topic()
        if cue is None and turn.clinician_says_yes:
            cue = Cue.DOCTOR_AGREED
        about_the_person = self._about_the_person(cue)
        if about_the_person or turn.last_key == NO_ANSWER:
            return about_the_person
        return self._corrected(cue) or self._chosen() or self._by_cue(cue) or self._leaning()

    def _cue_by_topic(self) -> Cue | None:
        """What the reader of questions takes the message to ask of the answer before it.

        Who names a place or a point asks for that, and not only for 'another one'.
        """
        turn = self._turn
        names = bool(turn.area or turn.complaint or turn.named_codes)
        sure = [topic for topic in turn.sure_topics if topic in _BY_TOPIC]
        cues = [_BY_TOPIC[topic] for topic in sure]
        return next((cue for cue in cues if not (names and cue in (Cue.ELSE, Cue.FOR_ME))), None)

    def _leaning(self) -> Answered | None:
        """The answer to what the reader of questions takes for a word on what was said before."""
        turn = self._turn
        if Topic.OTHER_ONE in turn.sure_topics and _tells_points(turn.last_key):
            listed = [*(turn.slot("points_listed") or []), *(turn.slot("points_talked") or [])]
            others = [self._catalogue.point(c) for c in listed if c != turn.slot("point")]
            return self._told(self._task() or Kind.LOCATE, [p for p in others if p][:1])
        return Leaning(turn, self._catalogue).taken()

    def _about_the_person(self, cue: Cue | None) -> Answered | None:
        turn = self._turn
        limiting = [c for c in turn.person.conditions if c.withhold is not Withhold.NOTHING]
        if cue is Cue.DOCTOR_AGREED and limiting and not turn.tells_new:
            return self._doctor_agreed()
        if turn.lifts_unknown and not limiting:
            return Answered(self._general.say("doctor_agreed_to_it"))
        if (cue is Cue.DOCTOR_AGREED or _THEY_AGREED.search(turn.text)) and not (
            limiting or turn.tells_new or turn.is_question
        ):
            return Answered(self._general.say("clinician_agreed", _AFTER_A_YES))
        names_nothing = not any(map(turn.entities, _NAMED))
        if cue is Cue.FOR_ME and turn.others_set_aside and names_nothing:
            return Answered(self._for_yourself())
        who = turn.persons.asks_for
        if who and turn.turns_to_other and names_nothing and not turn.asks_more:
            why = turn.person.everything_withheld_by
            is_own = why and why.id not in turn.person.whose
            own = self._general.withheld(None, why) if why and is_own else None
            return Answered(own or self._answers.for_other(who))
        if turn.taken.two_ages:
            return Answered(self._general.say("two_ages"))
        if turn.taken.asks_age:
            return Answered(self._general.say("how_old"))
        if turn.taken.told and not turn.asks_more:
            return Answered(self._answers.taken_back(turn.taken_conditions, turn.taken_for))
        if cue is Cue.FORGET_THAT and not turn.tells_new and not turn.taken.told:
            nothing = not turn.persons.told and not _tells_points(turn.last_key)
            return Answered(self._general.say("nothing_noted")) if nothing else None
        return None

    def _doctor_agreed(self) -> Answered:
        """A yes to what we hold back is believed, and what we still do is said."""
        turn = self._turn
        again = _says_agreed(turn.last_key) and not turn.last_key.about.endswith("again")
        wording = f"{_AGREED}_again" if again else _AGREED
        offers = ("What else can help my back?", "When should I see a doctor?")
        return Answered(self._general.say(wording, offers))

    def _for_yourself(self) -> Reply:
        """What somebody else has counts no more; the point asked about is offered again."""
        asked = self._catalogue.point(self._turn.last_key.only(Kind.WITHHELD))
        line = self._general.say("for_yourself")
        if asked is None or self._turn.person.withheld_by(asked):
            return line
        told = self._points.locate(asked)
        written = line.written.removesuffix(_WHAT_THEN).strip()
        spoken = line.spoken.removesuffix(_WHAT_THEN).strip()
        return replace(
            told, written=f"{written}\n\n{told.written}", spoken=f"{spoken} {told.spoken}"
        )

    def _corrected(self, cue: Cue | None) -> Answered | None:
        """Another place, complaint or point for the same question: 'no, I meant the knee'."""
        turn = self._turn
        named = turn.area or turn.complaint
        if not (turn.entities("point") or named) or turn.entities("condition"):
            return None
        if cue is Cue.BACK and named and not turn.entities("point"):
            return self._back_to()
        mentions = [str(e.get("mention") or "") for e in turn.all_entities]
        if not adds_nothing(turn.text, mentions, self._words) or turn.tool:
            return None
        task = self._task()
        tool, place = self._catalogue.tool(turn.slot("tool")), self._catalogue.area(turn.area)
        if tool and place and turn.last_key.is_of(*_TOOLS):
            return Answered(self._general.tool_on(tool, place))
        if turn.named_points:
            return self._told(task, turn.named_points)
        # A place named with nothing else, after something else was talked about, is a new question.
        if turn.named_codes or not (task or _tells_points(turn.last_key)):
            return None
        area, complaint = self._place()
        offered = turn.offered(area, complaint)
        slots = {"area": area, "complaint": complaint, **offered}
        points = [p for p in map(self._catalogue.point, offered["points_offered"]) if p]
        if task in (None, *_FOUND_AGAIN) or not points:
            places = PlaceAnswers(self._catalogue, turn.person, turn.heard)
            return Answered(places.find(area, complaint, turn.text), slots)
        # 'And for the neck?' asks for another point than the one just told, where there is one.
        points.sort(key=lambda p: p.code == turn.slot("point"))
        of_several = len(turn.last_key.codes) > 1 or bool(turn.last_key.others)
        several = points if task is Kind.LONG and of_several else points[:1]
        kept = Answered(self._tell(task, several), keeping(several))
        listed = {"points_listed": [p.code for p in several]} if len(several) > 1 else {}
        return Answered(kept.reply, {**slots, **kept.slots, **listed})

    def _place(self) -> tuple[str | None, str | None]:
        """Where to press and what for, with what was asked before filling the gap."""
        turn = self._turn
        area, complaint = turn.area, turn.complaint
        asked_place = turn.slot("area")
        if area and not complaint and not asked_place and area in HURTING and not turn.says_on:
            return None, HURTING[area]
        if complaint and not area and not takes_back(turn.text, self._words):
            return asked_place, complaint
        return area, complaint or (turn.slot("complaint") if area not in HURTING else None)

    def _back_to(self) -> Answered | None:
        """The point talked about earlier that lies at the place named."""
        areas = [str(e["value"]) for e in self._turn.entities("area")]
        for point in map(self._catalogue.point, self._turn.slot("points_talked") or []):
            if point and any(self._lies_at(area, point) for area in areas):
                return self._told(Kind.LOCATE, [point])
        return None

    def _lies_at(self, area: str, point: Point) -> bool:
        """Whether the catalogue lists the point for the area ('foot' has the ankle's too)."""
        return any(s.point.code == point.code for s in self._catalogue.points_for(area, None))

    def _chosen(self) -> Answered | None:
        """'The second one', said alone; with a question, the question's action answers."""
        turn = self._turn
        if turn.chosen is None:
            return None
        if turn.chosen == "":
            if turn.sure_intent in _ABOUT_A_POINT | {"find_point", "affirm", "nlu_fallback", ""}:
                return Answered(self._general.say("not_so_many", ("Which points do you know?",)))
            return None
        if turn.sure_intent in _LOOKS_LIKE and self._task() and not asked_in(turn.text):
            return self._told(self._task(), turn.named_points)
        if turn.sure_intent in _ABOUT_A_POINT:
            return None
        if cue_in(turn.text, self._words) is Cue.DETAIL:
            return self._detail(turn.named_points[:1])
        return self._told(self._task() or Kind.PRESS, turn.named_points)

    def _by_cue(self, cue: Cue | None) -> Answered | None:
        turn, last = self._turn, self._turn.last_reply
        points = turn.points
        about_points = _tells_points(turn.last_key.at_first)
        is_one = turn.last_key != NO_ANSWER and len(turn.named_points) < _SEVERAL
        if cue is Cue.SIMPLER and last and is_one:
            if turn.named_points:
                last = last.model_copy(update={"card": self._points.card(turn.named_points[0])})
            return Answered(self._answers.simpler(last))
        if cue is Cue.DETAIL:
            return self._more(about_points or bool(turn.named_codes), points)
        if cue is Cue.ELSE:
            return self._else(about_points)
        if cue is Cue.WHY and _is_limited(turn.last_key):
            return self._why_withheld()
        if not about_points:
            return None
        if cue is Cue.WHY and turn.point:
            reply = self._answers.why(turn.point, turn.slot("area"), turn.slot("complaint"))
            return Answered(reply, {})
        if cue is Cue.EASIEST:
            listed = [self._catalogue.point(code) for code in turn.slot("points_listed") or []]
            named = turn.named_points if len(turn.named_points) >= _SEVERAL else []
            known = named or [p for p in listed if p] or points
            return Answered(self._answers.easiest(known)) if known else None
        if cue is Cue.BOTH and points:
            return Answered(self._answers.both(points[:_SHOWN]))
        if cue is Cue.BEFORE:
            talked = [self._catalogue.point(code) for code in turn.slot("points_talked") or []]
            return self._told(Kind.LOCATE, [p for p in talked if p][1:2])
        return None

    def _more(self, about_points: bool, points: list[Point]) -> Answered | None:
        turn = self._turn
        if points and not about_points and _THE_POINT.search(turn.text):
            return self._detail(points[:1])
        if turn.last_key.is_of(Kind.FIND) and normalised(turn.text) in _MORE_OF_A_LIST:
            return self._else(about_points) or self._detail(points[:1])
        if about_points and points and turn.last_key.parts[-1].subject != "any":
            return self._detail(points[:1])
        base = turn.last_key.at_first
        tool = self._catalogue.tool(base.only(Kind.TOOL) or base.only(Kind.TOOL_TIME))
        if tool:
            return Answered(self._general.tool(tool, in_full=True))
        if base.is_of(*_TOLD) and base.codes == ("any",) and not base.others:
            return Answered(self._answers.detail_of_pressing())
        if base.is_of(Kind.TOPIC, Kind.SOURCES):
            more = self._answers.more_on(base.about, turn.answer_keys)
            if more and more.key != turn.last_key:
                return Answered(more)
            return Answered(self._general.say("no_more", ("What can you do?",)))
        if _is_limited(turn.last_key):
            return self._why_withheld()
        return None

    def _detail(self, points: list[Point]) -> Answered:
        return Answered(self._answers.detail(points[0]), keeping(points))

    def _why_withheld(self) -> Answered | None:
        limiting = [c for c in self._turn.person.conditions if c.withhold is not Withhold.NOTHING]
        if not limiting:
            return None
        key = self._turn.last_key
        point = None if key.others else self._catalogue.point(key.subject)
        condition = (self._turn.person.withheld_by(point) if point else None) or limiting[0]
        reply = self._answers.withheld(None, condition)
        return Answered(replace(reply, key=AnswerKey(Kind.WHY_WITHHELD, condition.id)))

    def _else(self, about_points: bool) -> Answered | None:
        """Points not named yet; when there are none left, or none allowed, other gentle ways."""
        turn = self._turn
        if _is_limited(turn.last_key) or turn.person.everything_withheld_by:
            topic = self._general.topic("ask_alternatives", "")
            return Answered(topic) if topic else None
        if not about_points:
            return None
        listed = (turn.last_reply.card or {}).get("area") if turn.last_reply else None
        area, complaint = listed or turn.slot("area"), turn.slot("complaint")
        told = {*(turn.slot("points_talked") or []), *(turn.slot("points_listed") or [])}
        complaint = complaint or HURTING.get(area or "", "back_pain")
        places = (area, None) if area else (None,)
        fitting = dict.fromkeys(
            s.point.code for p in places for s in self._catalogue.points_for(p, complaint)
        )
        points = [p for p in map(self._catalogue.point, fitting) if p and p.code not in told]
        left = [p for p in points if not turn.person.withheld_by(p)][:_MORE]
        if left:
            return Answered(self._answers.others(left), keeping(left))
        return Answered(self._general.say("no_other_points", ("What else can help my back?",)))

    def _task(self) -> Kind | None:
        """What the last question asked of a point; None where it was something else."""
        key = self._turn.last_key.at_first
        return key.kind if key.is_of(*_TOLD) else None

    def _told(self, task: Kind | None, points: list[Point]) -> Answered | None:
        return Answered(self._tell(task, points), keeping(points)) if points else None

    def _tell(self, task: Kind | None, points: list[Point]) -> Reply:
        """The answer to the same question for other points."""
        answers, point = self._points, points[0]
        if task is Kind.LONG:
            return answers.how_long(points[:_SHOWN])
        tell: dict[Kind | None, Callable[[Point], Reply]] = {
            Kind.PRESS: answers.how_to_press,
            Kind.PURPOSE: answers.purpose,
            Kind.SAFETY: answers.safety,
            Kind.NAMES: answers.names,
            Kind.DETAIL: self._answers.detail,
        }
        if task in tell:
            return tell[task](point)
        if task in FIELDS:
            return self._fields.field(task, point)
        return answers.locate(point, self._turn.mention)


def _tells_points(key: AnswerKey) -> bool:
    """Whether an answer was about points."""
    return key.is_of(*_POINTS) or key.topic == "report_pain"


def _is_limited(key: AnswerKey) -> bool:
    """Whether an answer gave less than was asked, for a condition of the person."""
    return key.is_of(*_LIMITED) or _says_agreed(key)


def _says_agreed(key: AnswerKey) -> bool:
    """Whether it was said what follows from a doctor's word."""
    return key.is_of(Kind.SAY) and key.about.startswith(_AGREED)
