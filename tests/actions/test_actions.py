"""The actions over the real domain: what is said, and what is remembered for the next turn."""

import asyncio

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

import actions as actions_package
from bot.knowledge.catalogue import Catalogue
from bot.runtime import paths
from bot.understanding.mentions import default_finder
from bot.understanding.transcript import as_catalogue_text

DOMAIN = {
    key: value
    for file in sorted(paths.DOMAIN.glob("*.yml"))
    for key, value in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}


@pytest.fixture(scope="module")
def executor():
    executor = ActionExecutor()
    executor.register_package(actions_package)
    return executor


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
    for action in executor.actions:
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
        ("action_reminder", "remind me at eight", {}, "phone"),
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


def test_a_point_asked_about_is_remembered(executor):
    _, slots = run(executor, "action_locate_point", "where is LI4 and GB30")
    assert slots["point"] == "LI4"
    assert slots["points_offered"] == ["LI4", "GB30"]


def test_an_action_that_fails_still_says_something_with_guidance(executor, monkeypatch):
    monkeypatch.setattr(Catalogue, "points_for", lambda *_: 1 / 0)
    message, _ = run(executor, "action_find_point", "point on my hand")
    assert "doctor" in message["text"]
    assert message["custom"]["reply"]["kind"] == "failure"


def test_the_third_same_answer_is_introduced(executor):
    keys = ["locate:LI4", "locate:LI4"]
    first, _ = run(executor, "action_locate_point", "where is LI4")
    third, _ = run(executor, "action_locate_point", "where is LI4", answer_keys=keys)
    assert len(third["text"]) > len(first["text"])


def test_the_last_answer_can_be_repeated(executor):
    first, slots = run(executor, "action_locate_point", "where is LI4")
    again, _ = run(executor, "action_repeat", "say that again", last_answer=slots["last_answer"])
    assert again["custom"]["reply"]["written"] == first["custom"]["reply"]["written"]
