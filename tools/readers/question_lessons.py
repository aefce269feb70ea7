"""What the reader of questions learns from: messages with topics, and the intents' examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.dialogue.topics import PART_OF
from bot.knowledge.question_messages import question_messages
from bot.knowledge.schema.topics import Moment, Topic
from bot.understanding.encoders.question_reader import in_moment
from tools.readers.examples import examples

# An intent's example says less than a message whose topics somebody named.
_WHOLE, _EXAMPLE = 1.0, 0.5
# What an intent's examples may ask. Those with one topic ask it; those with several, any of them.
# Intents that are not here teach nothing: signs have a reader of their own, and a session's words
# are read by the session.
_OF_INTENTS: dict[str, tuple[Topic, ...]] = {
    "find_point": (Topic.FIND_POINT, Topic.ONE_THING),
    "locate_point": (Topic.LOCATE_POINT,),
    "list_points": (Topic.LIST_POINTS,),
    "start_session": (Topic.SESSION,),
    "ask_point_purpose": (Topic.PURPOSE,),
    "ask_how_to_press": (
        Topic.HOW_TO_PRESS, Topic.HOW_HARD, Topic.WHICH_FINGER, Topic.POSITION, Topic.WHICH_SIDE,
        Topic.PREPARE,
    ),
    "ask_safety": (Topic.SAFE_FOR,),
    "ask_how_long": (Topic.HOLD_TIME,),
    "ask_tools": (Topic.TOOL, Topic.WHICH_FINGER, Topic.HELPER),
    "ask_pregnancy": (Topic.PREGNANCY,),
    "ask_right_spot": (Topic.RIGHT_SPOT, Topic.SIDE_EFFECTS),
    "ask_side_effects": (Topic.SIDE_EFFECTS,),
    "ask_other_codes": (Topic.NAME,),
    "ask_routine": (Topic.HOW_OFTEN, Topic.CIRCUMSTANCE, Topic.PREPARE, Topic.COMBINE),
    "ask_preparation": (Topic.PREPARE,),
    "ask_relief_time": (Topic.HOW_SOON,),
    "ask_evidence": (Topic.EVIDENCE, Topic.STUDIES, Topic.CURE),
    "ask_benefits": (Topic.EVIDENCE, Topic.PURPOSE, Topic.CURE, Topic.HOW_IT_WORKS),
    "ask_how_it_works": (Topic.HOW_IT_WORKS,),
    "ask_what_is_acupressure": (Topic.WHAT_IS_IT,),
    "ask_source_conflict": (Topic.CONFLICT,),
    "ask_alternatives": (
        Topic.HEAT, Topic.COLD, Topic.SLEEP, Topic.MOVEMENT, Topic.SPORT, Topic.DESK, Topic.TRAVEL,
        Topic.LIFTING, Topic.WORK, Topic.INTIMACY, Topic.PAINKILLER, Topic.CREAM, Topic.DEVICE,
        Topic.OTHER_TREATMENT, Topic.FOOD, Topic.OTHER_WAYS,
    ),
    "ask_medicine": (Topic.PAINKILLER,),
    "ask_when_to_see_doctor": (
        Topic.SEE_DOCTOR, Topic.IS_IT_BAD, Topic.TELL_DOCTOR, Topic.SCAN,
    ),
    "ask_causes": (Topic.CAUSES, Topic.WHAT_IS_ILLNESS, Topic.PROGNOSIS),
    "ask_capabilities": (Topic.CAPABILITIES,),
    "ask_bot_identity": (Topic.WHO_ARE_YOU, Topic.PRIVACY, Topic.SOURCES),
    "ask_about_me": (Topic.ABOUT_ME,),
    "forget_me": (Topic.FORGET_ME,),
    "ask_emergency_number": (Topic.EMERGENCY_NUMBER,),
    "set_reminder": (Topic.SET_REMINDER,),
    "cancel_reminder": (Topic.CHANGE_REMINDER,),
    "pause_reminder": (Topic.CHANGE_REMINDER,),
    "list_reminders": (Topic.LIST_REMINDERS,),
    "greet": (Topic.GREET,),
    "thank": (Topic.THANKS,),
    "goodbye": (Topic.GOODBYE,),
    "repeat_last": (Topic.REPEAT,),
    "simplify": (Topic.SIMPLER,),
    "more_detail": (Topic.MORE,),
    "out_of_scope": (
        Topic.OUT_OF_SCOPE, Topic.CHITCHAT, Topic.COMPLAINT, Topic.SORRY, Topic.LANGUAGE,
        Topic.DO_FOR_ME, Topic.OTHER_PAIN,
    ),
    "report_pain": (Topic.TELL_PAIN,),
    "report_improvement": (Topic.TELL_BETTER,),
    "report_no_relief": (Topic.TELL_WORSE,),
    "declare_condition": (Topic.TELL_CONDITION, Topic.SAFE_FOR),
    "been_checked": (Topic.TELL_CHECKED,),
    "deny_red_flags": (Topic.TELL_NO_SIGNS,),
    "help_is_coming": (Topic.TELL_HELP,),
    "affirm": (Topic.YES,),
    "deny": (Topic.NO,),
}  # fmt: skip


class QuestionLesson(NamedTuple):
    """A text, its topics, the topics that it may have besides, and how much it counts."""

    text: str
    told: tuple[Topic, ...]
    may: tuple[Topic, ...]
    weight: float


def question_lessons(folder: Path) -> list[QuestionLesson]:
    """Everything in a data folder, each text once.

    Raises:
        DataError: a data file is wrong.
    """
    known: dict[str, QuestionLesson] = {}
    for lesson in (*_messages(folder), *_examples(folder)):
        known.setdefault(lesson.text.casefold(), lesson)
    return list(known.values())


def _messages(folder: Path) -> Iterator[QuestionLesson]:
    moments = list(Moment)
    for n, (text, moment, topics) in enumerate(question_messages(folder).told):
        may = _beside(topics)
        yield QuestionLesson(in_moment(text, moment or Moment.START), topics, may, _WHOLE)
        if moment is None:  # what can be said at any moment means the same in each
            at_some = in_moment(text, moments[n % len(moments)])
            yield QuestionLesson(at_some, topics, may, _WHOLE)


def _beside(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """The wider and the narrower topics of these, of which the message says nothing."""
    wider = {each for topic in topics for each in PART_OF.get(topic, ())}
    narrower = {each for each, whole in PART_OF.items() if {*whole} & {*topics}}
    return tuple((wider | narrower) - {*topics})


def _examples(folder: Path) -> Iterator[QuestionLesson]:
    for intent, text in examples(folder):
        topics = _OF_INTENTS.get(intent, ())
        if len(topics) == 1:
            yield QuestionLesson(text, topics, _beside(topics), _EXAMPLE)
        elif topics:
            yield QuestionLesson(text, (), (*topics, *_beside(topics)), _EXAMPLE)
