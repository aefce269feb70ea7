"""The guided session without a conversation: plans, steps, cards, the machine, the history."""

import itertools
import json
import random
import re
from dataclasses import replace

import jsonschema
import pytest
from jsonschema.validators import validator_for

from bot.answers.people import Person
from bot.answers.reply import finish
from bot.gate.wording import LONGEST_SPEECH_SECONDS, speaking_seconds
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.guidance import Withhold
from bot.knowledge.schema.points import Posture, Reach
from bot.knowledge.schema.sessions import Control, Part
from bot.sessions.history import Record, SessionTrend, records_in, trend, with_record
from bot.sessions.planner import (
    NoPlan,
    Plan,
    Wishes,
    choose,
    choose_tool,
    minutes_in,
    place_in,
    still_allowed,
)
from bot.sessions.progress import ProgressAnswers
from bot.sessions.replies import SessionAnswers
from bot.sessions.state import Session, Status
from bot.sessions.steps import steps_of
from bot.sessions.transitions import End, Move, not_a_number, scored, steer, strayed
from bot.sessions.understanding import control_in, feeling_in, says_no, says_yes
from bot.text.phrases import normalised
from bot.text.scores import ScoreOutOfRange, score_answered

CATALOGUE = Catalogue.load()
WORDS = CATALOGUE.sessions
COMPLAINTS = [complaint.id for complaint in CATALOGUE.complaints]
PLACES = [None, *(place.id for place in WORDS.places)]
MINUTES = [None, 2, 3, 5, 10, 30]
CONDITIONS = [condition.id for condition in CATALOGUE.conditions]
NOBODY = Person()
SCHEMA = json.loads((DATA_DIR / "schema" / "session_cards.json").read_text(encoding="utf-8"))
# Made once: jsonschema.validate looks at the whole schema each time.
FITS = validator_for(SCHEMA)(SCHEMA)
FITS.check_schema(SCHEMA)


def person(*ids):
    return Person.from_ids(ids, CATALOGUE)


def every_plan():
    """A plan for each point, each tool, and each wish of place, complaint and time."""
    for point in CATALOGUE.points:
        yield choose(Wishes(points=(point,)), NOBODY, CATALOGUE)
    for tool in CATALOGUE.tools:
        yield choose_tool(tool, NOBODY)
    for place, complaint, minutes in itertools.product(PLACES, COMPLAINTS, MINUTES):
        wishes = Wishes(complaint=complaint, place=place, minutes=minutes)
        yield choose(wishes, NOBODY, CATALOGUE)


PLANS = list(dict.fromkeys(plan for plan in every_plan() if isinstance(plan, Plan)))


# ---- The planner


def condition_sets():
    """Every condition alone and every two together; some larger sets."""
    yield from ((one,) for one in CONDITIONS)
    yield from itertools.combinations(CONDITIONS, 2)
    chance = random.Random(7)
    for _ in range(200):
        yield tuple(chance.sample(CONDITIONS, chance.randint(3, 6)))


def test_whatever_is_withheld_a_plan_holds_only_allowed_points_or_there_is_a_reason():
    for ids in condition_sets():
        someone = person(*ids)
        for complaint, place in itertools.product(COMPLAINTS, (None, "desk", "bed")):
            plan = choose(Wishes(complaint=complaint, place=place), someone, CATALOGUE)
            if isinstance(plan, NoPlan):
                reached = plan.condition or plan.place or plan.needs_helper
                assert reached, (ids, complaint, place)
                continue
            assert plan.points
            for code in plan.points:
                assert someone.withheld_by(CATALOGUE.point(code)) is None, (ids, code)


@pytest.mark.parametrize("other", [None, *CONDITIONS])
def test_in_pregnancy_there_is_never_a_session(other):
    someone = person("pregnancy", *([other] if other else []))
    for plan in every_wish(someone):
        assert isinstance(plan, NoPlan)
        assert plan.condition.withhold is Withhold.EVERYTHING
    for plan in PLANS:
        assert isinstance(still_allowed(plan, someone, CATALOGUE), NoPlan)


def every_wish(someone):
    for complaint, place in itertools.product(COMPLAINTS, PLACES):
        yield choose(Wishes(complaint=complaint, place=place), someone, CATALOGUE)
    for area in CATALOGUE.areas:
        yield choose(Wishes(area=area.id, has_helper=True), someone, CATALOGUE)
    for point in CATALOGUE.points:
        yield choose(Wishes(points=(point,)), someone, CATALOGUE)
    for tool in CATALOGUE.tools:
        yield choose_tool(tool, someone)


@pytest.mark.parametrize("place", [place for place in PLACES if place])
def test_a_place_gives_only_points_that_are_pressed_there(place):
    there = WORDS.place(place)
    for complaint in COMPLAINTS:
        plan = choose(Wishes(complaint=complaint, place=place), NOBODY, CATALOGUE)
        for code in plan.points if isinstance(plan, Plan) else ():
            point = CATALOGUE.point(code)
            assert there.posture in point.press.postures
            assert not there.areas or set(there.areas) & set(point.areas)
            assert point.reach is Reach.SELF


def test_nobody_has_to_lie_down_and_sit_up_again():
    for complaint in COMPLAINTS:
        plan = choose(Wishes(complaint=complaint), NOBODY, CATALOGUE)
        postures = [set(CATALOGUE.point(code).press.postures) for code in plan.points]
        assert set.intersection(*postures), complaint


@pytest.mark.parametrize("minutes", [4, 5, 7, 10, 30])
@pytest.mark.parametrize("complaint", ["back_pain", "lower_back_pain", "sciatica"])
def test_a_session_has_two_to_five_points_and_keeps_to_the_time(minutes, complaint):
    plan = choose(Wishes(complaint=complaint, minutes=minutes), NOBODY, CATALOGUE)
    assert 2 <= len(plan.points) <= 5
    takes = sum(step.takes for step in steps_of(plan, CATALOGUE))
    assert takes <= minutes * 60 + WORDS.limits.overtime or len(plan.points) == 2


def test_who_cannot_reach_the_back_gets_no_point_there_unless_somebody_helps():
    far = person("cannot_reach")
    alone = choose(Wishes(complaint="lower_back_pain", minutes=30), far, CATALOGUE)
    assert not {"BL23", "BL52", "GV4"} & set(alone.points)
    helped = Wishes(complaint="lower_back_pain", minutes=30, has_helper=True)
    assert "BL23" in choose(helped, far, CATALOGUE).points


def test_points_that_are_hardly_touched_are_in_no_session():
    never = {entry.code for entry in WORDS.left_out}
    assert not any(never & set(plan.points) for plan in PLANS)
    assert "GB25" in never


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("i have five minutes", 5), ("10 min session", 10), ("a ten-minute one", 10),
     ("2 or 3 minutes", 2), ("a quick one", 3), ("half an hour", 30), ("since 3 weeks", None),
     ("999 minutes", None), ("my back hurts", None)],
)  # fmt: skip
def test_the_time_somebody_has(text, minutes):
    assert minutes_in(text, WORDS) == minutes


@pytest.mark.parametrize(
    ("text", "place"),
    [("just my hands, i'm at my desk", "desk"), ("Lying in bed", "bed"), ("on the sofa", "chair"),
     ("i am on the train", "travel"), ("help me", None), ("my desk posture is bad", "desk")],
)  # fmt: skip
def test_the_place_somebody_is_at(text, place):
    assert place_in(text, WORDS) == place


def test_every_tool_that_presses_has_a_timer_within_its_own_times():
    for tool in CATALOGUE.tools:
        assert tool.timers, tool.id
        assert all(first <= second for timer in tool.timers for first, second in [timer.seconds])


# ---- Steps, words and cards


def every_step():
    """Each step that any plan can lead to, once for each place, with the plan it stands in."""
    seen = {}
    for plan in PLANS:
        asked = replace(plan, ask_consent=True)
        for step in steps_of(asked, CATALOGUE):
            same = asked if step.point is None and not step.number else None
            seen.setdefault((step.id, plan.place, same), (asked, step))
    return list(seen.values())


@pytest.mark.parametrize("slower", [False, True])
def test_every_step_fits_its_card_and_can_be_said_in_time(slower):
    answers = SessionAnswers(CATALOGUE)
    for plan, step in every_step():
        session = Session(plan, step.id, Status.RUNNING, slower, before=4)
        for sayings in ((), ("thanks_number",), ("welcome_back",)):
            move = Move(session, sayings, tell=True, score=4)
            parts = finish(answers.told(move), CATALOGUE).reply
            assert speaking_seconds(parts.spoken) <= LONGEST_SPEECH_SECONDS, parts.spoken
            assert not re.search(r"[*_#|{]", parts.spoken)
            assert "{" not in parts.written
        card = parts.card
        FITS.validate(card)
        assert card["kind"] == "session_step"
        assert 0 <= card["step"] <= card["of"]
        assert card.get("seconds", 0) == step.timer(slower)
        for control in card["controls"]:
            assert control_in(control["say"], "", WORDS) == control["id"]


def test_a_paused_session_shows_so_on_its_card():
    plan = choose(Wishes(complaint="back_pain"), NOBODY, CATALOGUE)
    card = SessionAnswers(CATALOGUE).step_card(Session(plan, "breathe", Status.PAUSED))
    FITS.validate(card)
    assert card["status"] == "paused"
    assert "resume" in {control["id"] for control in card["controls"]}


@pytest.mark.parametrize("end", list(End))
@pytest.mark.parametrize(("before", "after"), [(6, 4), (4, 4), (2, 5), (None, None), (3, None)])
def test_every_end_fits_its_card_and_can_be_said(end, before, after):
    plan = choose(Wishes(complaint="back_pain"), NOBODY, CATALOGUE)
    session = Session(plan, "pain_after", before=before, pressed=plan.points[:2])
    reply = SessionAnswers(CATALOGUE).ended(Move(session, end=end, after=after))
    parts = finish(reply, CATALOGUE).reply
    FITS.validate(parts.card)
    if end is not End.WITHHELD:
        assert 3 <= len(parts.spoken.split()) <= 70


def test_a_card_that_lacks_something_does_not_fit():
    plan = choose(Wishes(complaint="back_pain"), NOBODY, CATALOGUE)
    card = SessionAnswers(CATALOGUE).step_card(Session(plan, "breathe"))
    for name in ("kind", "step", "of", "text", "controls", "title"):
        missing = {key: value for key, value in card.items() if key != name}
        with pytest.raises(jsonschema.ValidationError):
            FITS.validate(missing)
    with pytest.raises(jsonschema.ValidationError):
        FITS.validate({**card, "colour": "red"})


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_the_cautions_of_a_point_are_said_with_it(point):
    plan = choose(Wishes(points=(point,)), NOBODY, CATALOGUE)
    if isinstance(plan, NoPlan):
        return
    told = SessionAnswers(CATALOGUE).told(Move(Session(plan, f"{point.code}:find"), tell=True))
    for caution in map(CATALOGUE.caution, point.cautions):
        if caution.always_say:
            assert caution.short in told.written
    if "pregnancy_point" in point.cautions:
        assert "pregnan" in told.spoken


def test_both_sides_are_pressed():
    steps = [step.id for step in steps_of(Plan(("LI4", "BL23", "GV4")), CATALOGUE)]
    assert "LI4:left" in steps
    assert "LI4:right" in steps
    assert "BL23:hold" in steps
    assert "BL23:left" not in steps
    assert "GV4:hold" in steps


def test_a_hold_is_never_longer_than_the_point_allows():
    for plan in PLANS:
        for step in steps_of(plan, CATALOGUE):
            if step.part is Part.HOLD:
                assert list(step.seconds) == list(step.point.press.hold_seconds)


# ---- The machine


def start(*codes, consent=False):
    plan = Plan(codes or ("BL23", "LI4"), ask_consent=consent)
    steps = steps_of(plan, CATALOGUE)
    return Session(plan, steps[0].id), steps


def test_a_session_survives_being_stored_and_read():
    session, steps = start()
    for control in (Control.NEXT, Control.SLOWER, Control.NEXT, Control.PAUSE):
        session = steer(session, steps, control).session
        stored = json.loads(json.dumps(session.to_slot()))
        assert Session.from_slot(stored) == session


@pytest.mark.parametrize("value", [None, {}, [], "x", {"plan": 1}, {"plan": {"colour": 1}}, 7])
def test_what_cannot_be_read_is_no_session(value):
    assert Session.from_slot(value) is None


def test_going_on_comes_to_the_end_and_notes_what_was_pressed():
    session, steps = start()
    for _ in steps:
        move = steer(session, steps, Control.NEXT)
        session = move.session
    assert move.end is End.DONE
    assert session.pressed == ("BL23", "LI4")


def test_any_order_of_controls_keeps_the_session_in_one_piece():
    chance = random.Random(3)
    for plan in PLANS[:60]:
        steps = steps_of(plan, CATALOGUE)
        session = Session(plan, steps[0].id)
        for _ in range(60):
            move = steer(session, steps, chance.choice(list(Control)))
            if move.end:
                break
            assert move.session.step in {step.id for step in steps}
            assert move.sayings or move.tell
            assert SessionAnswers(CATALOGUE).told(move).written
            session = move.session


def test_a_rise_in_pain_is_an_end_of_its_own():
    session, steps = start()
    session = scored(session, steps, 4).session
    last = Session(session.plan, "pain_after", before=4)
    assert scored(last, steps, 5).end is End.WORSE
    assert scored(last, steps, 4).end is End.DONE


def test_two_answers_without_a_number_are_enough():
    session, steps = start()
    first = not_a_number(session, steps, "number_again")
    assert not first.tell
    second = not_a_number(first.session, steps, "number_again")
    assert second.tell
    assert second.session.step != session.step


def test_a_point_taken_out_moves_on_to_the_next_one():
    session, _ = start("BL23", "BL40")
    session = Session(session.plan, "BL23:hold")
    smaller = still_allowed(session.plan, person("osteoporosis"), CATALOGUE)
    assert smaller.points == ("BL40",)
    steps = steps_of(smaller, CATALOGUE)
    move = steer(Session(smaller, session.step), steps, Control.REPEAT)
    assert move.session.step == "BL40:find"


def test_after_many_questions_it_pauses():
    session, _ = start()
    for _ in range(3):
        session = strayed(session, 3).session
    assert session.status is Status.PAUSED


# ---- Hearing


@pytest.mark.parametrize(
    ("text", "score"),
    [("a six", 6), ("6/10", 6), ("about 4 or 5", 5), ("4-5", 5), ("zero", 0), ("terrible", 8),
     ("it was an eight, now three", 3), ("it went from six to two", 2), ("7.5", 8),
     ("six and a half", 7), ("no pain at all", 0), ("for", 4), ("to", 2), ("ate", 8),
     ("from 0 to 10 it's a 7", 7), ("seven out of ten", 7), ("between 4 and 6", 6),
     ("around five-ish", 5), ("Six!", 6), ("a little", 2), ("blah", None), ("LI4", None),
     ("five minutes", None), ("the left one", None), ("it's not that bad", None),
     ("it has been 3 weeks", None)],
)  # fmt: skip
def test_how_strong_the_pain_is(text, score):
    assert score_answered(text, WORDS.pain_scores) == score


@pytest.mark.parametrize("text", ["11", "-3", "a hundred", "minus two", "fifteen"])
def test_a_number_off_the_scale_is_refused(text):
    with pytest.raises(ScoreOutOfRange):
        score_answered(text, WORDS.pain_scores)


@pytest.mark.parametrize(
    ("text", "feeling"),
    [("ouch that hurts", "pain"), ("it hurts more now", "pain"), ("my hand is numb", "numb"),
     ("my fingers are tingling", "numb"), ("i feel dizzy", "faint"), ("i feel sick", "faint"),
     ("it throbs", "throbbing"), ("no numbness", None), ("it doesn't hurt", None),
     ("it hurts less", None), ("what if it hurts", None), ("should it hurt", None),
     ("not dizzy at all", None), ("next", None), ("no pain no tingling", None)],
)  # fmt: skip
def test_bad_feelings(text, feeling):
    found = feeling_in(text, WORDS)
    assert (found.id if found else None) == feeling


@pytest.mark.parametrize(
    ("text", "control"),
    [("Next!", "next"), ("ok, next please", "next"), ("i'm ready now", "next"), ("STOP", "stop"),
     ("could you repeat that", "repeat"), ("go back", "back"), ("too fast", "slower"),
     ("hold on", "pause"), ("I\u2019m back", "resume"), ("how much longer?", "time_left"),
     ("start over", "restart"), ("i can't find it", "lost"), ("skip this one", "skip")],
)  # fmt: skip
def test_controls_by_their_words(text, control):
    assert control_in(text, "", WORDS) == control


def test_yes_and_no():
    assert says_yes("ok, that's fine", "", WORDS)
    assert says_no("no thanks", "", WORDS)
    assert not says_yes("what is LI4", "locate_point", WORDS)


def test_words_of_the_file_are_written_as_they_are_compared():
    lists = [entry.words for entry in (*WORDS.controls, *WORDS.feelings, *WORDS.places,
             *WORDS.not_now, *WORDS.pain_words, *WORDS.time_words)]  # fmt: skip
    for words in (*lists, WORDS.helpers, WORDS.only_hands, WORDS.yes_words, WORDS.no_words):
        for word in words:
            assert normalised(word) == word, word


# ---- History


def record(before, after=None, ended="done"):
    return Record("2026-03-01T10:00:00+00:00", ("LI4",), None, before, after, ended)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([(6, 5)], SessionTrend.UNKNOWN),
        ([(6, 5), (4, 3)], SessionTrend.LESS),
        ([(5, 4), (5, 5)], SessionTrend.SAME),
        ([(3, 3), (5, 5)], SessionTrend.MORE),
        ([(8, 7), (3, 3), (4, 4), (5, 5)], SessionTrend.MORE),
        ([(5, 6), (5, 6)], SessionTrend.AFTER),
        ([(None, None), (4, None)], SessionTrend.UNKNOWN),
    ],
)
def test_what_the_scores_say_over_time(scores, expected):
    assert trend([record(*pair) for pair in scores])[0] is expected


@pytest.mark.parametrize("scores", [[(3, 3), (6, 6)], [(5, 6), (5, 6)]])
def test_rising_scores_are_said_with_a_doctor(scores):
    reply = ProgressAnswers(CATALOGUE).progress([record(*pair) for pair in scores])
    assert "doctor" in reply.written
    assert "doctor" in reply.spoken


def test_no_history_claims_that_pressing_was_the_cause():
    reply = ProgressAnswers(CATALOGUE).progress([record(7, 5), record(4, 3)])
    assert "cannot say why" in reply.written


def test_at_most_fifty_sessions_are_kept_the_newest_ones():
    kept = []
    for number in range(60):
        kept = with_record(kept, record(number % 10), WORDS.limits.sessions_kept)
    assert len(kept) == 50
    assert records_in(kept)[-1].before == 9


def test_a_history_that_cannot_be_read_is_left_out():
    assert records_in([{"date": "soon"}, 7, None, {"colour": 1}]) == []
    assert records_in("x") == []


def test_postures_are_known_for_every_point():
    for point in CATALOGUE.points:
        assert point.press.postures, point.code
        said = point.press.posture.lower()
        assert (Posture.LYING in point.press.postures) == ("lie" in said), point.code
