"""The actions over the real domain: what is said, and what is remembered for the next turn."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.serving.services import Services, executor_with
from bot.knowledge.catalogue import Catalogue
from bot.reminders.home import reminders
from bot.runtime import paths
from bot.safety.default import default_detector
from bot.understanding.components.transcript import as_catalogue_text
from bot.understanding.mentions.finder import default_finder

DOMAIN = {
    key: value
    for file in sorted(paths.DOMAIN.glob("*.yml"))
    for key, value in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}


@pytest.fixture(scope="module")
def executor():
    return executor_with(Services(Catalogue.load(), default_detector(), reminders))


def run(executor, action, text, intent="any", **slots):
    """Run an action on a message; returns what it said and the slots it set."""
    rewritten, entities = as_catalogue_text(text, default_finder())
    empty = {name: slot.get("initial_value") for name, slot in DOMAIN["slots"].items()}
    message = {"intent": {"name": intent}, "entities": entities, "text": rewritten}
    events = [{"event": "user", "text": rewritten}]
    tracker = Tracker("someone", {**empty, **slots}, message, events, False, None, {}, "listen")
    dispatcher = CollectingDispatcher()
    handler = executor.actions[action]
    set_slots = asyncio.run(handler(dispatcher, tracker, DOMAIN))
    assert len(dispatcher.messages) == 1
    return dispatcher.messages[0], {event["name"]: event["value"] for event in set_slots}


def test_every_action_of_the_domain_exists_and_no_other(executor):
    assert set(executor.actions) == set(DOMAIN["actions"])


def test_every_slot_an_action_sets_is_in_the_domain(executor):
    beside = {"action_reminder_beside"}  # says nothing where no reminder is asked for
    for action in {*executor.actions} - beside:
        _, slots = run(executor, action, "where is LI4 on my hand for sciatica, i take warfarin")
        assert set(slots) <= set(DOMAIN["slots"]), action


@pytest.mark.parametrize(
    ("action", "text", "slots", "expected"),
    [
        ("action_find_point", "point on my hand for back pain", {}, "LI4"),
        ("action_find_point", "and on the foot?", {"complaint": "sciatica"}, "BL60"),
        ("action_find_point", "what can i press", {}, "BL23"),
        ("action_find_point", "LI4", {}, "thumb"),
        ("action_locate_point", "where is zusanli", {}, "ST36"),
        ("action_locate_point", "where exactly is it", {"point": "BL40"}, "knee"),
        ("action_locate_point", "where is it", {}, "Which point"),
        ("action_locate_point", "where is BL47", {}, "upper back"),
        ("action_how_to_press", "how do i press it", {"point": "GB30"}, "GB30"),
        ("action_how_to_press", "how hard", {}, "gent"),
        ("action_how_to_press", "how", {"tool": "foam_roller"}, "roll"),
        ("action_how_long", "how long", {"point": "LI4"}, "LI4"),
        ("action_how_long", "how long", {}, "30 to 60 seconds"),
        ("action_how_long", "for how long", {"tool": "massage_gun"}, "minute"),
        ("action_point_purpose", "what is ST36 for", {}, "traditionally"),
        ("action_point_names", "what is the chinese name of LI4", {}, "合谷"),
        ("action_source_conflict", "isn't GB30 on the foot", {}, "buttock"),
        ("action_list_points", "list all points", {}, "22 points"),
        ("action_tools", "can i use a tennis ball", {}, "ball"),
        ("action_tools", "which tools are there", {}, "roller"),
        ("action_safety", "is LI4 safe for me", {}, "pregnan"),
        ("action_safety", "is it ok for people on warfarin", {}, "thin"),
        ("action_pregnancy", "is SP6 safe in pregnancy", {}, "SP6"),
        ("action_declare_condition", "i have osteoporosis", {}, "bones"),
        ("action_start_session", "help me with a session for my neck", {}, "GB20"),
        ("action_not_understood", "blah", {}, "other words"),
        ("action_not_understood", "um gb30", {}, "buttock"),
        ("action_reminder", "remind me at eight", {}, "in the morning or"),
    ],
)  # fmt: skip
def test_an_action_says_what_is_expected(executor, action, text, slots, expected):
    message, _ = run(executor, action, text, **slots)
    assert expected.lower() in message["text"].lower()
    assert "doctor" in message["text"] or "midwife" in message["text"]


def test_a_declared_condition_is_kept_and_can_be_taken_back(executor):
    _, slots = run(executor, "action_declare_condition", "i take warfarin and i'm pregnant")
    assert set(slots["conditions"]) == {"blood_thinners", "pregnancy"}
    _, slots = run(executor, "action_declare_condition", "i'm not pregnant",
                   conditions=["blood_thinners", "pregnancy"])  # fmt: skip
    assert slots["conditions"] == ["blood_thinners"]


def test_what_is_ones_own_is_kept_for_reminders_while_one_asks_for_somebody_else(executor):
    _, told = run(executor, "action_declare_condition", "i am pregnant")
    message, slots = run(
        executor, "action_locate_point", "where is LI4, it's for my mother", **told
    )
    assert "thumb" in message["text"]
    assert "pregnancy" in {**told, **slots}["conditions"]
    assert {**told, **slots}["persons"]["asks_for"] == "your mother"


def test_a_point_asked_about_is_remembered(executor):
    _, slots = run(executor, "action_locate_point", "where is LI4 and GB30")
    assert slots["point"] == "LI4"
    assert slots["points_offered"] == ["LI4", "GB30"]


def test_an_action_that_fails_still_says_something_with_guidance(executor, monkeypatch):
    monkeypatch.setattr(Catalogue, "points_for", lambda *_: 1 / 0)
    message, _ = run(executor, "action_find_point", "point on my hand")
    assert "doctor" in message["text"]
    assert message["custom"]["reply"]["kind"] == "failure"


def test_what_is_told_of_health_outlasts_an_action_that_fails(executor, monkeypatch):
    monkeypatch.setattr(Catalogue, "points_for", lambda *_: 1 / 0)
    message, slots = run(executor, "action_find_point", "point on my hand, i am pregnant")
    assert message["custom"]["reply"]["kind"] == "failure"
    assert slots["conditions"] == ["pregnancy"]


def test_the_third_same_answer_has_other_words_and_the_same_caution(executor):
    keys = ["locate:LI4", "locate:LI4"]
    first, _ = run(executor, "action_locate_point", "where is LI4")
    third, _ = run(executor, "action_locate_point", "where is LI4", answer_keys=keys)
    parts = [message["custom"]["reply"]["written"] for message in (first, third)]
    sentences = [set(re.split(r"(?<=[.!?:])\s+", part)) for part in parts]
    assert not {s for s in sentences[0] & sentences[1] if "pregnant" not in s}
    assert all("pregnant" in part for part in parts)


def test_the_last_answer_can_be_repeated(executor):
    first, slots = run(executor, "action_locate_point", "where is LI4")
    again, _ = run(executor, "action_repeat", "say that again", last_answer=slots["last_answer"])
    assert again["custom"]["reply"]["written"] == first["custom"]["reply"]["written"]


def go_on(executor, said, slots, action="action_not_understood", intent="nlu_fallback"):
    message, changed = run(executor, action, said, intent, **slots)
    return message, {**slots, **changed}


def test_a_session_takes_its_messages_whatever_action_the_intent_leads_to(executor):
    _, slots = run(executor, "action_start_session", "help me do a session", "start_session")
    message, slots = go_on(executor, "yes", slots, "action_answer_topic", "affirm")
    assert "Step 1" in message["text"]
    message, slots = go_on(executor, "six", slots, "action_locate_point", "locate_point")
    assert "noted 6" in message["text"]
    assert slots["session"]["before"] == 6
    message, _ = go_on(executor, "done", slots, "action_answer_topic", "goodbye")
    assert "Breathe" in message["text"]


def test_a_guess_at_the_intent_never_steers_a_session(executor):
    _, slots = run(executor, "action_start_session", "help me do a session", session_consent="x")
    _, slots = go_on(executor, "3", slots)
    tracker_message = {"name": "stop_session", "confidence": 0.4}
    rewritten, entities = as_catalogue_text("grmbl", default_finder())
    latest = {"intent": tracker_message, "entities": entities, "text": rewritten}
    empty = {name: slot.get("initial_value") for name, slot in DOMAIN["slots"].items()}
    tracker = Tracker("x", {**empty, **slots}, latest, [], False, None, {}, "listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(executor.actions["action_session_control"](dispatcher, tracker, DOMAIN))
    assert "Take your time" in dispatcher.messages[0]["text"]


def test_a_session_of_yesterday_is_over(executor):
    _, slots = run(executor, "action_start_session", "help me do a session", session_consent="x")
    old = {**slots["session"], "moved_at": slots["session"]["moved_at"] - 13 * 3600}
    message, changed = run(executor, "action_session_control", "next", session=old)
    assert "earlier session is over" in message["text"]
    assert changed["session"] is None
    message, changed = run(executor, "action_locate_point", "where is LI4", session=old)
    assert "session waits" not in message["text"]


def test_a_session_that_cannot_be_read_does_no_harm(executor):
    message, _ = run(executor, "action_session_control", "next", session={"colour": "red"})
    assert "No session" in message["text"]


@pytest.mark.parametrize("ended", ["feeling", "worse", "sign"])
def test_after_trouble_there_is_no_session_on_the_same_day(executor, ended):
    now = datetime.now(UTC)
    done = [{"date": now.isoformat(), "points": ["LI4"], "before": 3, "after": 5, "ended": ended}]
    message, _ = run(executor, "action_start_session", "start a session", sessions_done=done)
    assert "until tomorrow" in message["text"]
    done[0]["date"] = (now - timedelta(days=1)).isoformat()
    message, _ = run(executor, "action_start_session", "start a session", sessions_done=done)
    assert "BL23" in message["text"]
