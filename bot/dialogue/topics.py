"""The topics of a message, as the reader of questions marked them, and their intents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.knowledge.schema.topics import Topic
from bot.text.json_types import JsonObject

TOPIC_ENTITY = "topic"
# A topic from SURE on is what the message is about, whatever else it looks like; one below LIKELY
# is not in it. PROBABLE is enough where nothing else is known of the message.
SURE, PROBABLE, LIKELY = 0.7, 0.5, 0.25
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
    Topic.TELL_BETTER: ("report_improvement", "thank"),
    Topic.TELL_WORSE: ("report_no_relief", "report_pain"),
}  # fmt: skip


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
