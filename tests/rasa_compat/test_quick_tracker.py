"""The quick ways through a tracker give what Rasa's own give."""

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_compat.speed.quick_runner import newest_turns
from bot.rasa_compat.speed.quick_tracker import (
    applied_events,
    copy,
    rasas_applied_events,
    rasas_copy,
)

LISTEN, HELLO = ActionExecuted("action_listen"), UserUttered("hello")
TURN = [LISTEN, HELLO, SlotSet("told", "x"), BotUttered("y")]


def tracker_of(events):
    return DialogueStateTracker.from_events("ann", events, [AnySlot("told", mappings=[])])


LONG = [
    TURN * 3,
    [*TURN, SessionStarted(), *TURN],
    [*TURN, Restarted(), *TURN, SessionStarted()],
    [*TURN, *TURN, ActionExecuted("action_hello"), ActionReverted(), *TURN],
    [*TURN, ActionExecuted("action_listen"), UserUttered("no"), UserUtteranceReverted(), *TURN],
    [ActiveLoop("form"), ActionExecuted("form"), *TURN, ActionExecuted("form"), ActiveLoop(None)],
    [],
]


@pytest.mark.parametrize("events", LONG)
def test_the_events_that_count_are_the_same(events):
    tracker = tracker_of(events)
    assert applied_events(tracker) == rasas_applied_events(tracker)


@pytest.mark.parametrize("events", LONG)
def test_a_copy_is_the_same_and_a_thing_of_its_own(events):
    tracker = tracker_of(events)
    made, rasas = copy(tracker), rasas_copy(tracker)
    assert made == rasas
    ours, theirs = vars(made), vars(rasas)
    assert {**ours, "slots": None} == {**theirs, "slots": None}
    assert made.get_slot("told") == rasas.get_slot("told")
    made.update(SlotSet("told", "something else"))
    assert tracker.get_slot("told") != "something else"
    assert len(made.events) == len(tracker.events) + 1


def test_a_model_is_asked_about_the_newest_turns_alone():
    tracker = tracker_of([*TURN, *[LISTEN, HELLO] * 500])
    newest = newest_turns(tracker)
    assert len(newest.events) < 50
    assert list(newest.events) == list(tracker.events)[-len(newest.events) :]
    assert newest.get_slot("told") == "x"
    assert newest.latest_message == tracker.latest_message
