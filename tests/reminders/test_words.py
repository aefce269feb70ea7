"""What a reminder says when it is due: what the person told since counts."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

from bot.answers.reply import finish
from bot.gate.wording import grade, speaking_seconds
from bot.reminders.cards import ReminderCards
from bot.reminders.situation import UNKNOWN, Situation, situation_of
from bot.reminders.storage.records import Occurrence
from bot.reminders.words import ReminderWords, every_reminder
from bot.runtime import paths
from tests.reminders.conftest import BERLIN, NOW

DUE = NOW.timestamp()
NOTHING = Situation()


def occurrence(kind="routine", points=("LI4",), turn=0, due=DUE, also=0, subject=None):
    return Occurrence(
        f"r-{int(due)}", "r", "ann", kind, points, BERLIN, turn, due, also, subject=subject
    )


def told(catalogue, situation=NOTHING, now=DUE, **values):
    return ReminderWords(catalogue).told(occurrence(**values), situation, now)


def user(intent="", entities=(), at=1.0):
    return {"event": "user", "timestamp": at,
            "parse_data": {"intent": {"name": intent}, "entities": list(entities)}}  # fmt: skip


def test_it_names_the_points_a_precaution_and_what_to_do_next(catalogue):
    reply = told(catalogue)
    assert "LI4 (Hegu)" in reply.written
    assert "pregnant" in reply.written
    assert [control["id"] for control in reply.card["controls"]] == ["start", "snooze", "stop"]
    assert "doctor" in finish(reply, catalogue).text


def test_precautions_take_turns(catalogue):
    said = {told(catalogue, turn=turn, points=()).spoken for turn in range(10)}
    assert len(said) >= 5


@pytest.mark.parametrize("turn", range(3))
def test_a_pregnancy_told_since_takes_the_pressing_away(catalogue, turn):
    reply = told(catalogue, Situation(conditions=("pregnancy",)), turn=turn)
    assert "do not press now" in reply.written
    assert "LI4" not in reply.written
    assert reply.guidance == "pregnancy"
    assert "start" not in [control["id"] for control in reply.card["controls"]]
    assert reply.card["points"] == []


def test_a_condition_adds_its_own_precaution(catalogue):
    plain = told(catalogue, points=("BL23",)).written
    careful = told(catalogue, Situation(conditions=("osteoporosis",)), points=("ST36",)).written
    assert careful != plain
    assert "bone" in careful.lower()


def test_a_point_that_is_withheld_by_now_is_not_named(catalogue):
    weak_bones = Situation(conditions=("osteoporosis",))
    reply = told(catalogue, weak_bones, points=("BL23", "ST36"))
    assert "Your points:** ST36 (Zusanli)." in reply.written
    assert reply.card["points"] == ["ST36"]
    only = told(catalogue, weak_bones, points=("BL23",))
    assert "do not press now" in only.written
    assert "BL23" not in only.written


@pytest.mark.parametrize("kind", ["routine", "move", "water", "feel", "after_session", "doctor"])
@pytest.mark.parametrize("sign", ["emergency", "urgent", "self_harm", "doctor_soon"])
def test_a_sign_makes_every_reminder_the_advice_to_see_a_doctor(catalogue, kind, sign):
    reply = told(catalogue, Situation(sign=sign), kind=kind)
    assert "do not press now" in reply.written
    assert "talk to a doctor" in reply.written
    assert reply.guidance == "red_flag"
    assert [control["id"] for control in reply.card["controls"]] == ["stop"]


def test_their_own_words_come_back_with_a_precaution(catalogue):
    reply = told(catalogue, subject="warm up before pressing")
    assert "You wanted to be reminded: **warm up before pressing**." in reply.written
    assert "- " in reply.written
    assert "warm up before pressing" in reply.spoken


@pytest.mark.parametrize("kind", ["routine", "water"])
def test_a_sign_leaves_their_own_words_out(catalogue, kind):
    situation = Situation(sign="legs_numb_or_weak")
    assert (
        "press LI4 hard"
        not in told(catalogue, situation, kind=kind, subject="press LI4 hard").written
    )


def test_what_takes_pressing_away_leaves_their_own_words_out(catalogue):
    situation = Situation(conditions=("pregnancy",))
    assert "press LI4 hard" not in told(catalogue, situation, subject="press LI4 hard").written


def test_what_cannot_be_read_is_met_with_caution(catalogue):
    reply = told(catalogue, UNKNOWN)
    assert "cannot look up" in reply.written
    assert "LI4" not in reply.written


def test_the_last_session_counts(catalogue):
    record = {"date": (NOW - dt.timedelta(days=1)).isoformat(), "points": ["LI4"], "before": 4,
              "after": 6, "ended": "done"}  # fmt: skip
    worse = situation_of([], {"sessions_done": [record]})
    assert "Press less this time" in told(catalogue, worse).written
    better = situation_of([], {"sessions_done": [{**record, "after": 2}]})
    assert "your pain was 2" in told(catalogue, better).written


def test_what_was_missed_is_told_with_its_time_and_counted(catalogue):
    missed = [occurrence(due=DUE - 7200, also=1), occurrence(kind="move", due=DUE - 3600)]
    reply = ReminderWords(catalogue).told_late(missed, Situation(), DUE)
    assert "While you were away, this came today at 3:50 in the afternoon" in reply.written
    assert "2 more" in reply.written
    assert reply.card["missed"] is True
    assert reply.card["title"] == "A little movement for your back"


def test_signs_and_conditions_are_read_off_the_conversation():
    declared = {"entity": "condition", "value": "pregnancy", "role": "declared"}
    denied = {**declared, "role": "negated"}
    assert situation_of([user("red_flag_urgent")], {}).sign == "urgent"
    checked = {"entity": "settled", "value": "checked"}
    assert situation_of([user("red_flag_urgent"), user("been_checked", [checked])], {}).sign is None
    button = {**user("deny_red_flags"), "text": "/deny_red_flags"}
    assert situation_of([user("red_flag_emergency"), button], {}).sign is None
    denied_something_else = [user("red_flag_emergency"), user("deny_red_flags")]
    assert situation_of(denied_something_else, {}).sign == "emergency"
    assert situation_of([user("red_flag_persistent")], {}).sign is None
    raised = {"entity": "red_flag", "value": "saddle", "tier": "emergency"}
    assert situation_of([user("", [raised])], {}).sign == "emergency"
    both = situation_of([user("red_flag_urgent", [declared])], {})
    assert both.conditions == ("pregnancy",)
    assert situation_of([user("", [denied])], {"conditions": ["pregnancy"]}).conditions == ()
    carried = both.carried()
    assert Situation().with_carried(carried) == both


def test_everything_they_say_is_plain_and_short(catalogue):
    for address, reply in every_reminder(catalogue).items():
        message = finish(reply, catalogue)
        assert speaking_seconds(message.reply.spoken) < 25, address
        if len(reply.written.split()) > 12 and "{" not in reply.written:
            assert int(grade(reply.written)) <= 7, address


def test_cards_have_their_documented_shape(catalogue):
    schema = json.loads((paths.DATA / "schema" / "reminder_cards.json").read_text())
    assert schema["title"] == ReminderCards.__name__
    for turn in range(3):
        jsonschema.validate(told(catalogue, turn=turn).card, schema)
    told_in_docs = (Path(paths.DOCS) / "cards.md").read_text()
    for name in ("`reminder`", "`reminder_list`", "`reminder_calendar`"):
        assert name in told_in_docs
