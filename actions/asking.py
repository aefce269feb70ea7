"""What a message asks for is answered by that alone, ahead of what else it names.

'My back hurts, how hard do I press?' asks for the strength, and 'where is it and how long?' for two
things, in that order. What the model takes the message for counts where one thing is asked that its
own action answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from actions.guided import Answered, keeping
from actions.moments.interview import Interview
from actions.turn import Turn
from bot.answers.fields import FieldAnswers
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply, spoken_together
from bot.dialogue.asked import Asked, asked_in, illness_in
from bot.dialogue.subjects import subjects_in, variant_of
from bot.dialogue.topics import TOLD, with_wider
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import AnswerKey, Kind

# So many things are answered in one message.
_MOST = 3
# Of so few words the reader can tell too little to overrule them.
_FEW_WORDS = 4
# Messages that say something of the person, or do something, whatever they ask besides.
_DOES = frozenset({
    "declare_condition", "ask_pregnancy", "been_checked", "deny_red_flags", "help_is_coming",
    "ask_emergency_number", "forget_me", "confirm_forget", "start_session", "continue_session",
    "pause_session", "stop_session", "resume_session", "report_no_relief", "report_improvement",
    "set_reminder", "cancel_reminder", "list_reminders", "pause_reminder", "repeat_last",
    "spell_it", "send_card",
})  # fmt: skip
# Messages that ask for something of their own: only what is asked of us goes before it.
_TELLS = frozenset({
    "ask_when_to_see_doctor", "ask_medicine", "ask_source_conflict", "ask_right_spot",
    "ask_causes",
})  # fmt: skip
# Messages whose own answer says more than any subject that they name.
_KEEPS = frozenset({"ask_medicine", "ask_source_conflict"})
_ABOUT_US = frozenset({
    Asked.PRIVACY, Asked.REVIEWED, Asked.SOURCES, Asked.GUIDELINES, Asked.NUMBERS, Asked.PLACEBO,
})  # fmt: skip
_HANDS = frozenset({Asked.SIDE, Asked.FINGER, Asked.OBJECT, Asked.HELPER})
# The fields of a point, as their answers are called.
_FIELDS = {
    Asked.HARD: Kind.HARD, Asked.OFTEN: Kind.OFTEN, Asked.ROUNDS: Kind.ROUNDS,
    Asked.SIDE: Kind.SIDE, Asked.FINGER: Kind.FINGER, Asked.POSITION: Kind.POSITION,
    Asked.EXACT: Kind.EXACT,
    Asked.OBJECT: Kind.OBJECT, Asked.HELPER: Kind.HELPER,
}  # fmt: skip
# Subjects of data/answers.yml: the intent and, where one is meant, its variant.
_TOPICS = {
    Asked.MEAL: ("ask_routine", "meal"),
    Asked.BATH: ("ask_routine", "bath"),
    Asked.SPORT: ("ask_routine", "sport"),
    Asked.DAYTIME: ("ask_routine", "daytime"),
    Asked.BREATH: ("ask_preparation", "breathing"),
    Asked.SOON: ("ask_relief_time", ""),
    Asked.RISKS: ("ask_side_effects", ""),
    Asked.EVIDENCE: ("ask_evidence", ""),
    Asked.GUIDELINES: ("ask_evidence", "guidelines"),
    Asked.REVIEWED: ("ask_bot_identity", "reviewed"),
    Asked.SOURCES: ("ask_bot_identity", "sources"),
    Asked.NUMBERS: ("ask_evidence", "numbers"),
    Asked.PLACEBO: ("ask_evidence", "placebo"),
    Asked.MEANWHILE: ("ask_routine", "meanwhile"),
    Asked.SAME_POINTS: ("ask_routine", "same_points"),
    Asked.WARNINGS: ("out_of_scope", "instruction_attack"),
    Asked.WHY_DAYS: ("ask_capabilities", "why_days"),
    Asked.PRIVACY: ("ask_bot_identity", "privacy"),
}
# Which topics of the reader of questions can mean it; the first says it by itself.
_READ: dict[Asked, tuple[Topic, ...]] = {
    Asked.WHERE: (Topic.LOCATE_POINT, Topic.FIND_POINT, Topic.RIGHT_SPOT),
    Asked.HOW: (Topic.HOW_TO_PRESS, Topic.WHICH_FINGER, Topic.HELPER, Topic.POSITION),
    Asked.HARD: (Topic.HOW_HARD,),
    Asked.LONG: (Topic.HOLD_TIME, Topic.ROUNDS),
    Asked.OFTEN: (Topic.HOW_OFTEN, Topic.ROUNDS, Topic.HOLD_TIME),
    Asked.ROUNDS: (Topic.ROUNDS, Topic.HOLD_TIME),
    Asked.SIDE: (Topic.WHICH_SIDE,),
    Asked.FINGER: (Topic.WHICH_FINGER, Topic.HOW_TO_PRESS),
    Asked.OBJECT: (Topic.TOOL,),
    Asked.HELPER: (Topic.HELPER,),
    Asked.POSITION: (Topic.POSITION,),
    Asked.PURPOSE: (Topic.PURPOSE,),
    Asked.NAME: (Topic.NAME,),
    Asked.WHY_THIS: (Topic.WHY_POINT,),
    Asked.ONE_POINT: (Topic.ONE_THING,),
    Asked.COUNT: (Topic.LIST_POINTS, Topic.COMBINE),
    Asked.SOON: (Topic.HOW_SOON, Topic.PROGNOSIS),
    Asked.SAFE: (Topic.SAFE_FOR, Topic.SIDE_EFFECTS, Topic.PREGNANCY),
    Asked.RISKS: (Topic.SIDE_EFFECTS, Topic.SAFE_FOR, Topic.PREGNANCY),
    Asked.ILLNESS: (Topic.SAFE_FOR, Topic.TELL_CONDITION, Topic.PREGNANCY),
    Asked.EVIDENCE: (Topic.EVIDENCE, Topic.STUDIES, Topic.CURE),
    Asked.NUMBERS: (Topic.STUDIES, Topic.EVIDENCE),
    Asked.PLACEBO: (Topic.EVIDENCE, Topic.STUDIES),
    Asked.GUIDELINES: (Topic.STUDIES, Topic.EVIDENCE, Topic.SOURCES),
    Asked.SOURCES: (Topic.SOURCES, Topic.STUDIES),
    Asked.REVIEWED: (Topic.SOURCES, Topic.WHO_ARE_YOU),
    Asked.PRIVACY: (Topic.PRIVACY, Topic.ABOUT_ME, Topic.FORGET_ME),
    Asked.EXACT: (Topic.LOCATE_POINT, Topic.WHAT_IS_IT, Topic.RIGHT_SPOT),
    Asked.SAME_POINTS: (Topic.COMBINE,),
    Asked.MEAL: (Topic.CIRCUMSTANCE, Topic.HOW_OFTEN),
    Asked.BATH: (Topic.CIRCUMSTANCE, Topic.HEAT),
    Asked.SPORT: (Topic.CIRCUMSTANCE, Topic.SPORT),
    Asked.DAYTIME: (Topic.CIRCUMSTANCE, Topic.HOW_OFTEN),
    Asked.MEANWHILE: (Topic.CIRCUMSTANCE, Topic.COMBINE),
    Asked.BREATH: (Topic.PREPARE,),
    Asked.MY_SCORE: (
        Topic.ABOUT_ME, Topic.WHAT_SAID, Topic.SESSION_RESULT, Topic.TELL_SCORE, Topic.REPEAT,
        Topic.EMERGENCY_NUMBER,
    ),
    Asked.OTHER_WAYS: (
        Topic.OTHER_WAYS, Topic.HEAT, Topic.COLD, Topic.SLEEP, Topic.MOVEMENT, Topic.SPORT,
        Topic.DESK, Topic.TRAVEL, Topic.LIFTING, Topic.WORK, Topic.INTIMACY, Topic.PAINKILLER,
        Topic.CREAM, Topic.DEVICE, Topic.OTHER_TREATMENT, Topic.FOOD,
    ),
}  # fmt: skip
# Those that the reader alone may add: their answers need no words of the message.
_ADDED = (
    Asked.WHERE, Asked.HOW, Asked.HARD, Asked.LONG, Asked.OFTEN, Asked.ROUNDS, Asked.SIDE,
    Asked.FINGER, Asked.OBJECT, Asked.HELPER, Asked.POSITION, Asked.PURPOSE, Asked.NAME,
    Asked.WHY_THIS, Asked.ONE_POINT, Asked.SOON, Asked.RISKS,
)  # fmt: skip
# Said beside something else.
_ASIDE = frozenset({Topic.COMPLAINT, Topic.SORRY, Topic.CHITCHAT, Topic.WHO_ARE_YOU})
_PAIN_TOLD = {Topic.TELL_PAIN, Topic.TELL_BETTER, Topic.TELL_WORSE, Topic.TELL_SCORE}
_TALK = _ASIDE | {Topic.LANGUAGE, Topic.DO_FOR_ME, Topic.OUT_OF_SCOPE}
# What these topics ask is answered as such, and no subject of data/answers.yml.
_ASKED_TOPICS = frozenset(_READ[one][0] for one in _ADDED)
# Where one of these alone is asked, and the model agrees, the intent's own action answers.
_OWN = {
    Asked.WHERE: {"locate_point", "find_point", "list_points", "report_pain", "ask_right_spot"},
    Asked.HOW: {"ask_how_to_press", "ask_tools"},
    Asked.LONG: {"ask_how_long", "ask_tools", "ask_alternatives"},
    Asked.PURPOSE: {"ask_point_purpose", "ask_benefits"},
    Asked.NAME: {"ask_other_codes"},
    Asked.SAFE: {"ask_safety", "ask_tools", "ask_side_effects"},
    Asked.EVIDENCE: {"ask_evidence", "ask_how_it_works", "ask_benefits", "ask_point_purpose"},
    Asked.RISKS: {"ask_side_effects", "ask_safety"},
    Asked.SOON: {"ask_relief_time"},
    Asked.BREATH: {"ask_preparation"},
    Asked.OTHER_WAYS: {"ask_alternatives"},
    Asked.ONE_POINT: {"find_point", "list_points", "locate_point"},
    Asked.MEANWHILE: {"find_point", "locate_point", "list_points", "start_session"},
    Asked.EXACT: {"ask_what_is_acupressure"},
}


class Asking:
    """The questions of one message."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        told = (catalogue, turn.person, turn.heard)
        self._points = PointAnswers(*told)
        self._places = PlaceAnswers(*told)
        self._general = GeneralAnswers(*told)
        self._fields = FieldAnswers(*told)
        self._follow_ups = FollowUpAnswers(*told)

    def taken(self) -> Answered | None:
        """The answer to what is asked; None where the message is left to its own action."""
        turn = self._turn
        if (turn.taken.told or turn.taken.asks_age or turn.taken.two_ages) and not turn.asks_more:
            return None
        does = turn.intent in _DOES and not (self._asks_of_us or turn.tells_only_known)
        if self._tells_of_health:
            return self._after_what_was_told()
        if does or turn.tells_something_unknown:
            return None
        if (turn.named_codes and not turn.named_points) or turn.tool not in (None, "hands"):
            return None
        asked = self._asked()
        subjects = self._subjects()
        if subjects:
            likely = with_wider(turn.topics) if self._sure else set()
            asked = [
                one for one in asked
                if one in _ABOUT_US or one in self._added or likely & {*_READ.get(one, ())}
            ]  # fmt: skip
        if turn.intent in _TELLS:
            kept = _ABOUT_US | ({Asked.OTHER_WAYS} if turn.intent == "ask_causes" else set())
            asked = [one for one in asked if one in kept]
        if not subjects and not asked:
            return None
        if not subjects and (len(asked) == 1 and turn.intent in _OWN.get(asked[0], ())):
            return None
        points = self._in_question(asked)
        replies = {reply.key: reply for reply in subjects}
        for one in asked[:_MOST]:
            for reply in self._replies(one, points):
                replies.setdefault(reply.key, reply)
        if not replies:
            return None
        return Answered(self._all(list(replies.values()), asked[_MOST:]), keeping(points))

    def besides(self, reply: Reply) -> Reply:
        """The answer to one part of a message, with those to what else it asks.

        Args:
            reply: what was found to answer it first.
        """
        turn = self._turn
        asks = {*self._sure} - TOLD - _PAIN_TOLD - _TALK
        if not asks or len(turn.text.split()) <= _FEW_WORDS or turn.named_codes:
            return reply
        answered = {*reply.key.parts}
        more = [each for each in self._subjects() if not answered & {*each.key.parts}]
        return self._all([reply, *more], []) if more else reply

    @cached_property
    def _sure(self) -> list[Topic]:
        """The topics that the reader of questions is sure of, likeliest first."""
        turn = self._turn
        if turn.leans_back:
            return []
        sure = turn.sure_topics
        if turn.named_codes:  # 'be el forty' is neither small talk nor another language
            return [topic for topic in sure if topic not in _TALK | {Topic.POINT_NAMES}]
        sure = [topic for topic in sure if topic not in _ASIDE] or sure
        # What is told beside a question, or in a word or two, needs no words of its own.
        asks = [topic for topic in sure if topic not in TOLD | _PAIN_TOLD]
        return asks or (sure if len(turn.text.split()) >= _FEW_WORDS else [])

    @cached_property
    def _by_words(self) -> list[Asked]:
        """What the words ask for."""
        return asked_in(self._turn.text)

    def _asked(self) -> list[Asked]:
        """What the words ask for, as far as the reader thinks it likely, and what it is sure of.

        Where the reader is sure of nothing, the words alone count.
        """
        likely = with_wider(self._turn.topics)
        asked = self._by_words
        if not self._sure:
            return asked
        # Of several questions the reader may miss one, and of few words the topic.
        if len(asked) == 1 and len(self._turn.text.split()) > _FEW_WORDS:
            asked = [one for one in asked if one not in _READ or likely & {*_READ[one]}]
        return [*asked, *(one for one in self._added if one not in asked)]

    @cached_property
    def _added(self) -> list[Asked]:
        """What the reader is sure of, and no word asks for; how to press only by itself."""
        said = {topic for one in self._by_words for topic in _READ.get(one, ())}
        sure = [one for one in _ADDED if _READ[one][0] in self._sure]
        added = [one for one in sure if _READ[one][0] not in said]
        return [one for one in added if one is not Asked.HOW or len(sure) == 1]

    @property
    def _asks_of_us(self) -> bool:
        """Whether who asks of us, or of studies, is taken for somebody who tells how it goes."""
        turn = self._turn
        tells = turn.intent == "been_checked" and turn.is_question
        tells = tells or turn.intent in ("report_improvement", "report_no_relief")
        return tells and bool({*self._by_words} & _ABOUT_US)

    @property
    def _tells_of_health(self) -> bool:
        """Whether a condition is asked about, denied or newly told: that has its own answer."""
        turn = self._turn
        return bool(turn.tells_new or turn.conditions("asked") or turn.conditions("negated"))

    def _after_what_was_told(self) -> Answered | None:
        """What follows from a condition told now, and the answer to what is asked besides."""
        turn = self._turn
        declared = turn.conditions("declared")
        subjects = [] if turn.conditions("negated") or turn.named_codes else self._subjects()
        if not (declared and turn.tells_new and subjects and self._sure):
            return None
        return Answered(self._all([self._general.declared(declared), *subjects], []))

    def _subjects(self) -> list[Reply]:
        """What is said of the subjects that the message names."""
        turn = self._turn
        hurts_here = turn.intent == "report_pain" and turn.entities("area")
        if turn.intent in _KEEPS and not self._sure:
            return []
        found = [] if hurts_here else subjects_in(turn.text, self._catalogue.answers)
        if self._sure:
            # A word may stand beside what is meant; the reader must think its topic likely.
            likely = with_wider(turn.topics)
            found = [(a, v) for a, v in found if not v.topics or {*v.topics} & likely]
        replies = [self._general.told(answer, variant) for answer, variant in found]
        read = [
            variant_of(topic, turn.text, self._catalogue.answers)
            for topic in self._sure
            if topic not in _ASKED_TOPICS
            and not any(topic in v.topics for _, v in found)
            and not (topic is Topic.REMEMBER_ME and turn.intent == "ask_about_me")
        ]
        for answer, chosen in read:
            # Words found one of its subjects, and the reader read one: they are the same.
            alike = sum(each is answer for each, _ in found) >= sum(
                each is answer for each, _ in read
            )
            if answer and not alike:
                replies.append(self._general.told(answer, chosen))
        return replies

    def _in_question(self, asked: list[Asked]) -> list[Point]:
        """The points named; else the best one for the place named; else the one talked about."""
        turn = self._turn
        if turn.named_points:
            return turn.named_points[:2]
        if turn.point and Asked.WHY_THIS in asked:
            return [turn.point]  # 'why that one, it is nowhere near the back'
        if turn.point and not {Asked.WHERE, Asked.ONE_POINT} & {*asked} and _HANDS & {*asked}:
            return [turn.point]  # 'with both hands' names no place to press
        if turn.names_a_place and (turn.area or Asked.WHERE in asked):
            offered = self._catalogue.points_for(turn.area, turn.complaint, turn.text)
            allowed = [s.point for s in offered if not turn.person.withheld_by(s.point)]
            return (allowed or [s.point for s in offered])[:1]
        return [turn.point] if turn.point else []

    def _replies(self, asked: Asked, points: list[Point]) -> list[Reply]:
        turn = self._turn
        if asked in _FIELDS:
            about: list[Point | None] = [*points] or [None]
            return [self._fields.field(_FIELDS[asked], point) for point in about]
        if asked in _TOPICS:
            return self._topic(*_TOPICS[asked])
        if asked is Asked.OTHER_WAYS:
            other = self._general.topic("ask_alternatives", turn.text)
            return [other] if other else []
        if asked is Asked.ASK_ME:
            question = Interview(turn, self._catalogue).next()
            return [question] if question else []
        if asked is Asked.MY_SCORE:
            return [self._general.score((turn.slot("pain") or {}).get("score"))]
        if asked is Asked.ILLNESS:
            what = illness_in(turn.text)
            is_told = not turn.is_known(what) and {*_READ[asked]} & {*turn.topics}
            return [self._general.unknown_illness(what)] if what and is_told else []
        if asked is Asked.COUNT:
            return [self._places.count()]
        if asked is Asked.ONE_POINT:
            wanted = (turn.area or turn.slot("area"), turn.complaint or turn.slot("complaint"))
            area, complaint = wanted if any(wanted) else (None, "back_pain")
            return [self._places.find(area, complaint, turn.text)]
        if asked is Asked.LONG:
            return [self._points.how_long(points)]
        if asked is Asked.WHERE and not turn.named_points and turn.names_a_place:
            return [self._places.find(turn.area, turn.complaint, turn.text)]
        if asked is Asked.WHY_THIS:
            place = (turn.slot("area"), turn.slot("complaint"))
            return [self._follow_ups.why(point, *place) for point in points[:1]]
        if not points:
            return [self._points.how_to_press_any()] if asked is Asked.HOW else []
        return [_OF_POINT[asked](self._points, point) for point in points]

    def _topic(self, intent: str, variant: str) -> list[Reply]:
        answer = self._catalogue.answer(intent)
        if answer is None:
            return []
        chosen = next((v for v in answer.variants if v.id == variant), None)
        return [self._general.told(answer, chosen)]

    def _all(self, replies: list[Reply], left: list[Asked]) -> Reply:
        """Several answers in one, no paragraph twice, and what is left for later."""
        paragraphs = [part for reply in replies for part in reply.written.split("\n\n")]
        if left:
            wording = self._catalogue.wording("left_out")
            paragraphs.append(wording.written.format(what=", ".join(one.value for one in left)))
        if len(replies) == 1:
            return replace(replies[0], written="\n\n".join(paragraphs))
        cards = [reply.card for reply in replies if reply.card.get("code")]
        cards = list({card["code"]: card for card in cards}.values())
        several = {"type": "points", "points": cards} if cards else {}
        return Reply(
            key=AnswerKey.joined(reply.key for reply in replies),
            written="\n\n".join(dict.fromkeys(paragraphs)),
            spoken=spoken_together(replies, self._catalogue.wording("ask_for_the_rest").spoken),
            guidance=replies[0].guidance,
            suggestions=replies[0].suggestions,
            card=cards[0] if len(cards) == 1 else several,
        )


_OF_POINT: dict[Asked, Callable[[PointAnswers, Point], Reply]] = {
    Asked.WHERE: lambda answers, point: answers.locate(point),
    Asked.HOW: lambda answers, point: answers.how_to_press(point),
    Asked.PURPOSE: lambda answers, point: answers.purpose(point),
    Asked.NAME: lambda answers, point: answers.names(point),
    Asked.SAFE: lambda answers, point: answers.safety(point),
}
