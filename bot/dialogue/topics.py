"""The topics of a message, as the reader of questions marked them, and the moment it is said in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.answers.fields import FIELDS
from bot.knowledge.schema.topics import Moment, Topic
from bot.messages.answer_key import AnswerKey, Kind
from bot.text.json_types import JsonObject

TOPIC_ENTITY = "topic"
# A topic from SURE on is what the message is about, whatever else it looks like; one below LIKELY
# is not in it. PROBABLE is enough where nothing else is known of the message.
SURE, PROBABLE, LIKELY = 0.7, 0.5, 0.25
# Nothing is asked, and nothing told that has an intent of its own.
_TOLD_BESIDE = ("out_of_scope", "affirm", "deny", "report_pain", "declare_condition", "thank")
# A topic's intents, the one that answers it first. Where the model takes a message for another of
# them, it may stay: 'my back hurts, what can I press?' is a report and a question.
INTENTS: Mapping[Topic, tuple[str, ...]] = {
    Topic.FIND_POINT: ("find_point", "report_pain", "list_points", "locate_point"),
    Topic.ONE_THING: ("find_point", "report_pain", "list_points", "locate_point"),
    Topic.LIST_POINTS: ("list_points", "find_point"),
    Topic.LOCATE_POINT: ("locate_point", "find_point", "ask_right_spot"),
    Topic.HOW_TO_PRESS: ("ask_how_to_press", "ask_tools"),
    Topic.HOW_HARD: ("ask_how_to_press", "ask_side_effects"),
    Topic.HOLD_TIME: ("ask_how_long", "ask_routine", "ask_tools"),
    Topic.HOW_OFTEN: ("ask_routine", "ask_how_long"),
    Topic.ROUNDS: ("ask_how_long", "ask_routine"),
    Topic.WHICH_SIDE: ("ask_how_to_press", "locate_point"),
    Topic.WHICH_FINGER: ("ask_tools", "ask_how_to_press"),
    Topic.TOOL: ("ask_tools", "ask_how_to_press", "ask_evidence", "ask_alternatives"),
    Topic.HELPER: ("ask_how_to_press", "ask_tools", "ask_alternatives"),
    Topic.POSITION: ("ask_how_to_press", "ask_preparation", "ask_tools"),
    Topic.RIGHT_SPOT: ("ask_right_spot", "ask_side_effects", "locate_point"),
    Topic.PURPOSE: ("ask_point_purpose", "ask_benefits"),
    Topic.NAME: ("ask_other_codes", "spell_it"),
    Topic.WHY_POINT: ("ask_how_it_works", "ask_point_purpose"),
    Topic.COMBINE: ("ask_routine", "ask_how_to_press", "ask_alternatives", "find_point"),
    Topic.SAFE_FOR: (
        "ask_safety", "declare_condition", "ask_pregnancy", "ask_medicine", "ask_side_effects",
    ),
    Topic.SIDE_EFFECTS: ("ask_side_effects", "ask_safety", "ask_right_spot"),
    Topic.PREGNANCY: ("ask_pregnancy", "declare_condition", "ask_safety"),
    Topic.CIRCUMSTANCE: ("ask_routine", "ask_safety", "ask_preparation"),
    Topic.PREPARE: ("ask_preparation", "ask_routine", "ask_tools"),
    Topic.HOW_SOON: ("ask_relief_time",),
    Topic.SESSION: ("start_session", "continue_session", "resume_session"),
    Topic.EVIDENCE: ("ask_evidence", "ask_benefits", "ask_how_it_works"),
    Topic.STUDIES: ("ask_evidence",),
    Topic.SOURCES: ("ask_bot_identity", "ask_evidence"),
    Topic.HOW_IT_WORKS: ("ask_how_it_works", "ask_evidence"),
    Topic.WHAT_IS_IT: ("ask_what_is_acupressure", "ask_how_it_works", "ask_causes"),
    Topic.CONFLICT: ("ask_source_conflict",),
    Topic.CURE: ("ask_evidence", "ask_benefits", "ask_how_it_works"),
    Topic.HEAT: ("ask_alternatives",),
    Topic.COLD: ("ask_alternatives",),
    Topic.SLEEP: ("ask_alternatives", "ask_causes"),
    Topic.MOVEMENT: ("ask_alternatives", "ask_causes"),
    Topic.SPORT: ("ask_alternatives", "ask_routine", "ask_causes"),
    Topic.DESK: ("ask_alternatives", "ask_causes"),
    Topic.TRAVEL: ("ask_alternatives", "ask_routine"),
    Topic.LIFTING: ("ask_alternatives", "ask_causes"),
    Topic.WORK: ("ask_alternatives",),
    Topic.INTIMACY: ("ask_alternatives",),
    Topic.PAINKILLER: ("ask_medicine", "ask_alternatives"),
    Topic.CREAM: ("ask_alternatives", "ask_medicine", "ask_preparation"),
    Topic.DEVICE: ("ask_alternatives", "ask_tools"),
    Topic.OTHER_TREATMENT: ("ask_alternatives", "ask_what_is_acupressure"),
    Topic.FOOD: ("ask_alternatives", "ask_medicine"),
    Topic.OTHER_WAYS: ("ask_alternatives",),
    Topic.SEE_DOCTOR: ("ask_when_to_see_doctor",),
    Topic.IS_IT_BAD: ("ask_when_to_see_doctor", "ask_causes", "report_pain"),
    Topic.TELL_DOCTOR: ("ask_when_to_see_doctor",),
    Topic.SCAN: ("ask_when_to_see_doctor",),
    Topic.CAUSES: ("ask_causes",),
    Topic.WHAT_IS_ILLNESS: ("ask_causes", "ask_what_is_acupressure"),
    Topic.PROGNOSIS: ("ask_causes", "ask_relief_time", "ask_when_to_see_doctor"),
    Topic.CAPABILITIES: ("ask_capabilities",),
    Topic.WHO_ARE_YOU: ("ask_bot_identity",),
    Topic.PRIVACY: ("ask_bot_identity", "ask_about_me", "forget_me"),
    Topic.ABOUT_ME: ("ask_about_me", "ask_progress"),
    Topic.EMERGENCY_NUMBER: ("ask_emergency_number",),
    Topic.DO_FOR_ME: ("out_of_scope", "send_card"),
    Topic.COMPLAINT: ("out_of_scope", "ask_source_conflict"),
    Topic.SORRY: ("out_of_scope",),
    Topic.LANGUAGE: ("out_of_scope",),
    Topic.SET_REMINDER: ("set_reminder", "cancel_reminder"),
    Topic.CHANGE_REMINDER: ("cancel_reminder", "set_reminder", "pause_reminder"),
    Topic.LIST_REMINDERS: ("list_reminders",),
    Topic.GREET: ("greet",),
    Topic.THANKS: ("thank", "goodbye", "report_improvement"),
    Topic.GOODBYE: ("goodbye", "thank"),
    Topic.CHITCHAT: ("out_of_scope", "greet", "ask_bot_identity"),
    Topic.REPEAT: ("repeat_last",),
    Topic.SIMPLER: ("simplify",),
    Topic.MORE: ("more_detail",),
    Topic.OUT_OF_SCOPE: ("out_of_scope",),
    Topic.TELL_PAIN: ("report_pain", "find_point", "report_no_relief"),
    Topic.WHY_ASK: ("ask_capabilities", "out_of_scope"),
    Topic.TELL_TEST_OK: _TOLD_BESIDE,
    Topic.TELL_DID: _TOLD_BESIDE,
    Topic.TELL_HEALTHY: _TOLD_BESIDE,
    Topic.TELL_JOB: _TOLD_BESIDE,
    Topic.TELL_READY: _TOLD_BESIDE,
    Topic.TELL_PLAN: _TOLD_BESIDE,
    Topic.SESSION_SCORE_MEANING: ("out_of_scope", "affirm"),
    Topic.SESSION_RESULT: ("ask_progress", "ask_about_me"),
    Topic.TELL_BETTER: ("report_improvement", "thank"),
    Topic.TELL_WORSE: ("report_no_relief", "report_pain"),
}  # fmt: skip

# The wider topics that a narrow one is part of. Who asks for the narrow one does not ask for them
# besides.
PART_OF: Mapping[Topic, tuple[Topic, ...]] = {
    Topic.WHY: (Topic.WHY_POINT,),
    Topic.ANYTHING_ELSE: (Topic.LIST_POINTS, Topic.MORE, Topic.OTHER_WAYS, Topic.FIND_POINT),
    Topic.EASIEST: (Topic.ONE_THING,),
    Topic.OTHER_ONE: (Topic.LOCATE_POINT,),
    Topic.NOT_MEANT: (Topic.COMPLAINT, Topic.NO),
    Topic.WHAT_SAID: (Topic.ABOUT_ME, Topic.REPEAT),
    Topic.THEN_WHAT: (Topic.HOW_TO_PRESS, Topic.CAPABILITIES),
    Topic.ARE_YOU_SURE: (Topic.EVIDENCE, Topic.SOURCES),
    Topic.MEANING_OF_WORD: (Topic.WHAT_IS_IT,),
    Topic.CANNOT_REACH: (Topic.POSITION, Topic.TOOL, Topic.HELPER),
    Topic.THUMBS_TIRE: (Topic.TOOL, Topic.WHICH_FINGER, Topic.SIDE_EFFECTS),
    Topic.THROUGH_CLOTHES: (Topic.PREPARE,),
    Topic.OIL: (Topic.CREAM, Topic.PREPARE),
    Topic.CIRCLES: (Topic.HOW_TO_PRESS,),
    Topic.BOTH_HANDS: (Topic.WHICH_FINGER, Topic.WHICH_SIDE),
    Topic.ORDER: (Topic.COMBINE,),
    Topic.HOW_MANY_POINTS: (Topic.COMBINE, Topic.ROUNDS),
    Topic.WEEKS: (Topic.HOW_OFTEN, Topic.HOW_SOON),
    Topic.MISSED_DAY: (Topic.HOW_OFTEN,),
    Topic.OVERDO: (Topic.SIDE_EFFECTS, Topic.HOW_HARD),
    Topic.IN_PUBLIC: (Topic.CIRCUMSTANCE, Topic.DESK, Topic.WORK),
    Topic.DRIVING: (Topic.TRAVEL, Topic.CIRCUMSTANCE),
    Topic.IN_BED: (Topic.CIRCUMSTANCE, Topic.SLEEP, Topic.POSITION),
    Topic.ALCOHOL: (Topic.CIRCUMSTANCE, Topic.SAFE_FOR),
    Topic.ON_PERIOD: (Topic.CIRCUMSTANCE, Topic.SAFE_FOR, Topic.PREGNANCY),
    Topic.JEWELLERY: (Topic.PREPARE, Topic.TOOL),
    Topic.SKIN: (Topic.SAFE_FOR, Topic.SIDE_EFFECTS),
    Topic.FOR_CHILD: (Topic.SAFE_FOR,),
    Topic.FOR_PET: (Topic.OUT_OF_SCOPE, Topic.CHITCHAT, Topic.SAFE_FOR),
    Topic.TOO_OLD: (Topic.SAFE_FOR,),
    Topic.BIG_BODY: (Topic.RIGHT_SPOT, Topic.LOCATE_POINT),
    Topic.THUMB_WIDTH: (Topic.WHAT_IS_IT, Topic.LOCATE_POINT, Topic.RIGHT_SPOT),
    Topic.FEELS_NOTHING: (Topic.RIGHT_SPOT, Topic.HOW_HARD),
    Topic.HURTS_PRESSING: (Topic.SIDE_EFFECTS, Topic.RIGHT_SPOT, Topic.HOW_HARD),
    Topic.TINGLES_PRESSING: (Topic.SIDE_EFFECTS, Topic.RIGHT_SPOT),
    Topic.DIZZY_PRESSING: (Topic.SIDE_EFFECTS,),
    Topic.BRUISE: (Topic.SIDE_EFFECTS,),
    Topic.SORE_AFTER: (Topic.SIDE_EFFECTS,),
    Topic.NERVE_UNDER: (Topic.WHAT_IS_IT, Topic.SIDE_EFFECTS, Topic.LOCATE_POINT),
    Topic.WHAT_HAPPENS: (Topic.HOW_IT_WORKS, Topic.RIGHT_SPOT),
    Topic.WHAT_IS_QI: (Topic.WHAT_IS_IT, Topic.HOW_IT_WORKS),
    Topic.WHAT_IS_MERIDIAN: (Topic.WHAT_IS_IT, Topic.HOW_IT_WORKS),
    Topic.ACUPUNCTURE: (Topic.WHAT_IS_IT, Topic.OTHER_TREATMENT),
    Topic.REFLEXOLOGY: (Topic.OTHER_TREATMENT, Topic.WHAT_IS_IT),
    Topic.HISTORY: (Topic.WHAT_IS_IT, Topic.SOURCES),
    Topic.DOCTORS_THINK: (Topic.EVIDENCE, Topic.STUDIES),
    Topic.LEARN_MORE: (Topic.SOURCES, Topic.OTHER_TREATMENT),
    Topic.COST_HELP: (Topic.OTHER_TREATMENT,),
    Topic.COST_APP: (Topic.WHO_ARE_YOU,),
    Topic.FIND_THERAPIST: (Topic.OTHER_TREATMENT, Topic.HELPER),
    Topic.POINT_NAMES: (Topic.NAME,),
    Topic.ANATOMY: (Topic.WHAT_IS_IT, Topic.LOCATE_POINT, Topic.WHAT_IS_ILLNESS),
    Topic.COULD_IT_BE: (Topic.CAUSES, Topic.IS_IT_BAD, Topic.WHAT_IS_ILLNESS),
    Topic.MATTRESS: (Topic.SLEEP,),
    Topic.CHAIR: (Topic.DESK,),
    Topic.BED_REST: (Topic.MOVEMENT,),
    Topic.WALKING: (Topic.MOVEMENT, Topic.SPORT),
    Topic.STRETCH: (Topic.MOVEMENT,),
    Topic.EXERCISE: (Topic.SPORT, Topic.MOVEMENT),
    Topic.SWIM_SAUNA: (Topic.SPORT, Topic.HEAT, Topic.CIRCUMSTANCE),
    Topic.RUNNING_CYCLING: (Topic.SPORT,),
    Topic.HOUSEWORK: (Topic.LIFTING, Topic.WORK, Topic.MOVEMENT),
    Topic.CARRY_CHILD: (Topic.LIFTING,),
    Topic.GETTING_UP: (Topic.MOVEMENT, Topic.SLEEP),
    Topic.BELT: (Topic.DEVICE,),
    Topic.SHOES: (Topic.OTHER_WAYS,),
    Topic.WEIGHT: (Topic.FOOD, Topic.OTHER_WAYS),
    Topic.SMOKING: (Topic.OTHER_WAYS, Topic.FOOD),
    Topic.DRINKS_FOOD: (Topic.FOOD,),
    Topic.STRESS: (Topic.CAUSES, Topic.OTHER_WAYS),
    Topic.HEAT_HOW: (Topic.HEAT,),
    Topic.ICE_HOW: (Topic.COLD,),
    Topic.MASSAGE_GUN: (Topic.TOOL, Topic.DEVICE),
    Topic.TENS: (Topic.DEVICE,),
    Topic.CUPPING_MOXA: (Topic.OTHER_TREATMENT,),
    Topic.CHIROPRACTOR: (Topic.OTHER_TREATMENT,),
    Topic.WEATHER: (Topic.CAUSES,),
    Topic.WHICH_DOCTOR: (Topic.SEE_DOCTOR,),
    Topic.NO_APPOINTMENT: (Topic.SEE_DOCTOR,),
    Topic.CANNOT_PAY: (Topic.SEE_DOCTOR,),
    Topic.DOCTOR_WILL_DO: (Topic.SEE_DOCTOR, Topic.SCAN),
    Topic.DONT_WANT_DOCTOR: (Topic.SEE_DOCTOR,),
    Topic.HOW_LONG_WAIT: (Topic.SEE_DOCTOR, Topic.PROGNOSIS),
    Topic.HOW_TELL_SIGN: (Topic.IS_IT_BAD, Topic.SEE_DOCTOR),
    Topic.EXPLAIN_SIGN: (Topic.WHAT_IS_IT, Topic.IS_IT_BAD),
    Topic.SICK_NOTE: (Topic.WORK,),
    Topic.WHY_WARNING: (Topic.SEE_DOCTOR, Topic.IS_IT_BAD),
    Topic.STOP_WARNING: (Topic.COMPLAINT,),
    Topic.YOUR_NAME: (Topic.WHO_ARE_YOU,),
    Topic.MY_NAME: (Topic.CHITCHAT, Topic.GREET),
    Topic.SAD: (Topic.CHITCHAT, Topic.TELL_PAIN),
    Topic.SCARED: (Topic.IS_IT_BAD,),
    Topic.PRAISE: (Topic.CHITCHAT,),
    Topic.THANKS: (Topic.PRAISE,),
    Topic.PICTURE: (Topic.LOCATE_POINT, Topic.CAPABILITIES),
    Topic.SPEAK: (Topic.CAPABILITIES,),
    Topic.SEND: (Topic.DO_FOR_ME,),
    Topic.WANT_HUMAN: (Topic.DO_FOR_ME, Topic.WHO_ARE_YOU),
    Topic.REMEMBER_ME: (Topic.PRIVACY, Topic.ABOUT_ME),
    Topic.WORKS_WHERE: (Topic.CAPABILITIES,),
    Topic.WAIT: (Topic.CHITCHAT, Topic.GOODBYE),
    Topic.TELL_HISTORY: (Topic.TELL_CONDITION, Topic.TELL_PAIN),
    Topic.TELL_FAMILY: (Topic.TELL_CONDITION, Topic.CHITCHAT),
    Topic.TELL_TEST_OK: (Topic.TELL_CHECKED, Topic.TELL_NO_SIGNS),
    Topic.TELL_CAUSE: (Topic.TELL_PAIN,),
    Topic.TELL_DURATION: (Topic.TELL_PAIN,),
    Topic.TELL_SCORE: (Topic.TELL_PAIN,),
    Topic.TELL_NO_EFFECT: (Topic.TELL_WORSE, Topic.TELL_PAIN),
    Topic.TELL_HEALTHY: (Topic.TELL_NO_SIGNS, Topic.NO),
    Topic.TELL_READY: (Topic.YES,),
    Topic.TELL_SETTLED: (Topic.TELL_BETTER,),
    Topic.TELL_REFUSE: (Topic.NO,),
    Topic.TELL_PLAN: (Topic.TELL_CHECKED,),
    Topic.TELL_ELSE: (Topic.TELL_PAIN, Topic.TELL_CONDITION, Topic.FIND_POINT),
    Topic.BACK_TO_ME: (Topic.FIND_POINT,),
    Topic.DONT_KNOW: (Topic.NO, Topic.CHITCHAT),
    Topic.TAKES_BACK: (Topic.NO, Topic.SORRY, Topic.TELL_CONDITION),
    Topic.SESSION_NEXT: (Topic.YES,),
    Topic.SESSION_PAUSE: (Topic.WAIT,),
    Topic.SESSION_STOP: (Topic.NO, Topic.GOODBYE),
    Topic.SESSION_BACK: (Topic.REPEAT,),
    Topic.SESSION_LOST: (Topic.REPEAT,),
    Topic.SESSION_RESULT: (Topic.ABOUT_ME,),
    Topic.ALARM_FALSE: (
        Topic.NOT_MEANT, Topic.COMPLAINT, Topic.SORRY, Topic.NO, Topic.TELL_NO_SIGNS,
    ),
    Topic.ALARM_OTHER: (Topic.TELL_ELSE,),
    Topic.ALARM_GONE: (Topic.TELL_BETTER, Topic.TELL_NO_SIGNS),
    Topic.ALARM_STILL: (Topic.TELL_WORSE, Topic.TELL_PAIN),
    Topic.ALARM_OLD: (Topic.TELL_HISTORY, Topic.TELL_CHECKED),
    Topic.ALARM_SURE: (Topic.ARE_YOU_SURE, Topic.WHY_WARNING),
    Topic.ALARM_WAIT: (Topic.HOW_LONG_WAIT,),
}  # fmt: skip

# What people tell of themselves, or say to us, that is only taken up where nothing is asked.
TOLD = frozenset({
    Topic.TELL_HISTORY, Topic.TELL_FAMILY, Topic.TELL_TEST_OK, Topic.TELL_CAUSE,
    Topic.TELL_DURATION, Topic.TELL_DID, Topic.TELL_NO_EFFECT, Topic.TELL_HEALTHY, Topic.TELL_AGE,
    Topic.TELL_JOB, Topic.TELL_READY, Topic.TELL_SETTLED, Topic.TELL_PLAN, Topic.TELL_ELSE,
    Topic.PRAISE, Topic.SAD, Topic.SCARED, Topic.MY_NAME, Topic.DONT_KNOW, Topic.WAIT,
    Topic.STOP_WARNING,
})  # fmt: skip

_OF_POINTS = (
    *FIELDS, Kind.FIND, Kind.LOCATE, Kind.PRESS, Kind.LONG, Kind.PURPOSE, Kind.SAFETY, Kind.NAMES,
    Kind.WHY, Kind.DETAIL, Kind.EASIEST, Kind.BOTH, Kind.COMPARE, Kind.COUNT, Kind.LIST,
    Kind.RIGHT_SPOT, Kind.TOGETHER, Kind.WITH_TOOL, Kind.TOOL, Kind.TOOL_ON, Kind.TOOL_TIME,
)  # fmt: skip
_HELD_BACK = (Kind.WITHHELD, Kind.WHY_WITHHELD, Kind.DECLARED, Kind.CONDITION)
_ASKS = ("ask_days", "time_told", "ask_health")
_ASKS_SCORE = ("pain_before", "pain_after")
_NOT_UNDERSTOOD = ("not_understood", "not_understood_again")


def intents_of(topic: Topic) -> tuple[str, ...]:
    """The intents that a topic may go with, the one that answers it first; none are known of some.

    A narrow topic goes with those of the wider ones.
    """
    own = INTENTS.get(topic, ())
    wider = (INTENTS.get(wide, ()) for wide in PART_OF.get(topic, ()))
    return tuple(dict.fromkeys((*own, *(intent for each in wider for intent in each))))


def narrowest(topics: Iterable[Topic]) -> list[Topic]:
    """The topics without those that another one of them is part of, in their order."""
    given = list(topics)
    wider = {wide for topic in given for wide in PART_OF.get(topic, ())}
    return [topic for topic in given if topic not in wider]


def with_wider(topics: Iterable[Topic]) -> frozenset[Topic]:
    """The topics, and those that they are part of."""
    given = list(topics)
    return frozenset(given).union(*(PART_OF.get(topic, ()) for topic in given))


def topics_in(entities: Iterable[JsonObject]) -> Mapping[Topic, float]:
    """The likely topics of a message, likeliest first, with their probabilities.

    Args:
        entities: those of the message.
    """
    known = {topic.value: topic for topic in Topic}
    return {
        known[str(each["value"])]: float(each.get("confidence_entity") or 0)
        for each in entities
        if each.get("entity") == TOPIC_ENTITY and each.get("value") in known
    }


def moment_of(last: AnswerKey | None, alarm: bool, is_urgent: bool) -> Moment:
    """The moment of a message.

    Args:
        last: the key of the last thing said; None where nothing was.
        alarm: whether an emergency stands.
        is_urgent: whether a sign to be checked today stands.
    """
    if alarm:
        return Moment.ALARM
    if last is None:
        return Moment.START
    if last.kind is Kind.SESSION:
        asks = any(part in (last.subject or "") for part in _ASKS_SCORE)
        return Moment.SCORE if asks else Moment.SESSION
    if last.kind is Kind.REMINDER:
        return Moment.REMINDER
    if is_urgent:
        return Moment.URGENT
    if last.kind in _HELD_BACK:
        return Moment.WITHHELD
    if last.kind is Kind.TOPIC:
        asks = last.about == "report_pain" and (last.subject or "").endswith(_ASKS)
        return Moment.ASKED if asks or last.subject == "report_pain" else Moment.TOPIC
    if last.kind in _OF_POINTS:
        return Moment.POINT
    is_unclear = last.kind is Kind.SAY and last.subject in _NOT_UNDERSTOOD
    return Moment.UNCLEAR if is_unclear else Moment.TOPIC
