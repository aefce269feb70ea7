"""One reminder is meant, or one time of it: the others stay, and what was done can be put back."""

import pytest

from bot.reminders.dialogue.choosing import speaks_of_them
from bot.reminders.dialogue.reminder_dialogue import ReminderDialogue
from bot.reminders.dialogue.saying import Asker
from bot.reminders.dialogue.subject import subject_in
from bot.reminders.language.phrases import read
from bot.reminders.language.zones import only_tells_where
from tests.reminders.conftest import BERLIN, NOW


class Talk:
    """A conversation about reminders, turn by turn."""

    def __init__(self, store, catalogue, clock):
        self.store, self.catalogue, self.clock, self.pending = store, catalogue, clock, None

    def __call__(self, text, intent="set_reminder"):
        dialogue = ReminderDialogue(self.store, self.catalogue, Asker("ann", BERLIN, True))
        answer = dialogue.answered(text, intent, self.pending) if self.pending else None
        answer = answer or dialogue.asked(text, intent, self.pending)
        self.pending = answer.pending
        return answer.reply.written

    def set(self, *texts):
        for text in texts:
            self.clock.go(1)
            self(text)
            assert "Done" in self("yes", "affirm")
            self.pending = None

    @property
    def kept(self):
        dialogue = ReminderDialogue(self.store, self.catalogue, Asker("ann", BERLIN, True))
        return [r.schedule.in_words(dialogue._now) for r in self.store.of("ann")]


@pytest.fixture
def talk(own_store, catalogue, clock):
    return Talk(own_store, catalogue, clock)


def test_the_evening_one_is_changed_and_the_morning_one_stays(talk):
    talk.set("remind me every morning and evening to press")
    said = talk("make the evening one at 9 but not on weekends", "set_reminder")
    assert "every day at 8 in the morning, and every weekday at 9 in the evening" in said
    talk("yes", "affirm")
    assert talk.kept == ["every day at 8 in the morning, and every weekday at 9 in the evening"]


def test_the_evening_one_of_two_is_changed_alone(talk):
    talk.set("remind me every day at 8 am to stretch", "remind me every day at 7 pm to walk")
    talk("make the evening one at 9 but not on weekends", "set_reminder")
    talk("yes", "affirm")
    assert talk.kept == ["every day at 8 in the morning", "every weekday at 9 in the evening"]


def test_the_evening_time_is_cancelled_and_the_morning_time_stays(talk):
    talk.set("remind me twice a day to press")
    said = talk("cancel the evening one", "cancel_reminder")
    assert "It still comes **every day at 8 in the morning**" in said
    assert talk.kept == ["every day at 8 in the morning"]
    assert "as it was" in talk("put it back", "")
    assert talk.kept == ["every day at 8 in the morning and 7 in the evening"]


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("cancel the stretch one", 0),
        ("cancel the stretching reminder", 0),
        ("delete the one about water", 1),
        ("cancel the 6 pm one", 2),
        ("cancel the last one", 2),
        ("cancel the second one", 1),
        ("cancel the reminder to note my pain", 2),
        ("cancel number 2", 1),
    ],
)
def test_one_of_three_is_cancelled_and_put_back(talk, said, gone):
    talk.set(
        "remind me every day at 9 am to stretch", "remind me every day at noon to drink water",
        "remind me every day at 6 pm to note my pain",
    )  # fmt: skip
    before = talk.kept
    assert "Cancelled" in talk(said, "cancel_reminder")
    assert talk.kept == before[:gone] + before[gone + 1 :]
    talk("put it back", "")
    assert sorted(talk.kept) == sorted(before)


def test_where_two_fit_it_is_asked_which_and_nothing_is_done(talk):
    talk.set("remind me every day at 9 am to stretch", "remind me every day at 5 pm to stretch",
             "remind me every day at noon to drink water")  # fmt: skip
    said = talk("cancel the stretch one", "cancel_reminder")
    assert "Which one do you mean" in said
    assert "water" not in said
    assert len(talk.kept) == 3
    talk("the afternoon one", "cancel_reminder")
    assert talk.kept == ["every day at 9 in the morning", "every day at noon"]


def test_all_of_them_are_put_back(talk):
    talk.set("remind me every day at 9 am to stretch", "remind me every day at noon to drink water")
    talk("delete all of them", "forget_me")
    assert talk("yes", "affirm")
    assert talk.kept == []
    assert "as they were" in talk("undo that", "")
    assert len(talk.kept) == 2


def test_a_change_is_put_back(talk):
    talk.set("remind me every day at 9 am to stretch")
    talk("make it 10", "set_reminder")
    talk("yes", "affirm")
    assert talk.kept == ["every day at 10 in the morning"]
    talk("put it back", "")
    assert talk.kept == ["every day at 9 in the morning"]


@pytest.mark.parametrize(
    "said", ["list them", "delete all of them", "cancel them all", "show them please",
             "can you delete them", "cancel the other one"],
)  # fmt: skip
def test_them_are_the_reminders(said):
    assert speaks_of_them(said)


@pytest.mark.parametrize(
    "said", ["delete all my data", "where is it", "list the points for my lower back",
             "stop, it hurts", "show me LI4"],
)  # fmt: skip
def test_other_things_are_not(said):
    assert not speaks_of_them(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("remind me every weekday at 7:30 to warm up before pressing", "warm up before pressing"),
        ("at 5:20pm remind me to press my back", "press my back"),
        ("remind me in 10 minutes about my neck stretches", "my neck stretches"),
        ("remind me to call mum tomorrow at noon", "call mum"),
        ("rmd me 8am evry day", None),
        ("remind me of it every evening", None),
        ("set a reminder for eight", None),
    ],
)
def test_what_it_is_about_stays_as_it_was_said(talk, said, told):
    talk(said)
    assert talk.pending["subject"] == told


def test_a_subject_holds_no_markup_and_no_address(talk):
    talk("remind me tomorrow at noon to see <b>http://x.example/y?z=1</b> [a](b) 0049123456789")
    assert set("*<>[]():/.?=") & set(talk.pending["subject"]) == set()
    assert "123456" not in talk.pending["subject"]


def test_what_is_written_to_be_slow_is_read_in_few_steps(monkeypatch, catalogue):
    counted = []
    monkeypatch.setattr(
        "bot.reminders.dialogue.subject.read", lambda *args: counted.append(1) or read(*args)
    )
    text = "remind me " + "to every other " * 100
    assert subject_in(text, NOW, catalogue.reminders) is None
    assert len(counted) < 100


def test_words_about_pressing_come_with_what_speaks_against_it(talk, catalogue):
    talk("remind me every day at 9 am about drinking and press LI4")
    assert catalogue.reminders.kind(talk.pending["kind"]).presses
    talk("remind me after every session to press LI4 once more")
    assert talk.pending["subject"] is None


def test_their_words_are_gone_with_them(talk, own_store, tmp_path):
    talk.set("remind me every day at 9 am to count my marigolds")
    talk("cancel it", "cancel_reminder")
    own_store.forget("ann")
    own_store.close()
    assert all(b"marigolds" not in path.read_bytes() for path in tmp_path.rglob("*.db*"))


def test_medicine_is_refused_whatever_it_is_called(talk):
    assert "no reminders about medicine" in talk("remind me to take my pills at 8 am")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("remind me every day at 8 am except bank holidays", "except bank holidays"),
        ("remind me every day at 9 am unless it rains", "except it rains"),
    ],
)
def test_what_was_not_understood_is_said(talk, said, named):
    assert f'I did not understand "{named}"' in talk(said)


def test_so_many_times_a_week_are_spread_and_that_is_said(talk):
    said = talk("remind me 3 times a week at 8 am to stretch")
    assert "every Monday, Wednesday and Friday at 8 in the morning" in said
    assert "You did not say which days" in said
    said = talk("tuesday, thursday and sunday")
    assert "every Tuesday, Thursday and Sunday at 8 in the morning" in said
    assert "You did not say which days" not in said


def test_an_hour_before_the_session_goes_by_the_reminder_of_it(talk):
    assert "When is your session" in talk("remind me an hour before my session to drink water")
    assert "every day at 5 in the afternoon" in talk("every day at 6 pm")
    talk("no", "deny")
    talk.pending = None
    talk.set("remind me every weekday at 7 pm to press")
    said = talk("remind me an hour before my session to drink water")
    assert "every weekday at 6 in the evening" in said
    assert "I take your reminder every weekday at 7 in the evening for your session" in said


def test_one_is_turned_off_and_on_by_words_and_the_others_stay(talk, own_store):
    talk.set("remind me every day at 9 am to stretch", "remind me every day at noon to drink water")
    said = talk("turn off the stretch one", "cancel_reminder")
    assert "Turned off: **every day at 9 in the morning**" in said
    assert [r.is_paused for r in own_store.of("ann")] == [True, False]
    said = talk("turn it on again", "pause_reminder")
    assert "Turned on" in said
    assert "The next one comes tomorrow at 9 in the morning" in said
    assert [r.is_paused for r in own_store.of("ann")] == [False, False]
    talk.pending = None
    assert "Which one do you mean" in talk("switch it off", "pause_reminder")
    talk("number 2", "pause_reminder")
    assert [r.is_paused for r in own_store.of("ann")] == [False, True]


def test_the_list_holds_what_a_card_needs(own_store, catalogue, talk):
    talk.set("remind me every day at 9 am to stretch", "remind me every day at noon to drink water")
    talk("turn off reminder 2", "cancel_reminder")
    dialogue = ReminderDialogue(own_store, catalogue, Asker("ann", BERLIN, True))
    first, second = dialogue.asked("list my reminders", "list_reminders").reply.card["reminders"]
    assert (first["is_on"], second["is_on"]) == (True, False)
    assert first["next"].startswith("2026-03-28T08:00")
    assert "next" not in second
    assert first["id"] == own_store.of("ann")[0].id
    assert [c["id"] for c in first["controls"]] == ["off", "snooze", "change", "cancel"]
    assert [c["id"] for c in second["controls"]] == ["on", "change", "cancel"]


def test_a_named_reminder_is_put_off_once(talk):
    talk.set("remind me every day at 9 am to stretch", "remind me every day at noon to drink water")
    said = talk("snooze reminder 1 for an hour", "set_reminder")
    assert (
        "The one tomorrow at 9 in the morning comes tomorrow at 10 in the morning instead" in said
    )
    assert talk.kept == [
        "every day at 9 in the morning, but not tomorrow", "every day at noon",
        "tomorrow at 10 in the morning",
    ]  # fmt: skip


def test_what_comes_in_ten_minutes_stays_so_wherever_somebody_is(talk, own_store, catalogue):
    talk.set("remind me in 20 minutes to stand up")
    due = own_store.of("ann")[0].next_due
    dialogue = ReminderDialogue(own_store, catalogue, Asker("ann", BERLIN, True))
    dialogue.placed("America/New_York")
    assert own_store.of("ann")[0].next_due == due


def test_hours_that_do_not_exist_are_said_before_it_counts(talk):
    said = talk("remind me every day at 2:30 am to turn over")
    assert "2:30 in the morning does not exist: it comes at 3:30 in the morning then" in said


def test_a_place_told_afterwards_keeps_the_hours(talk, own_store, catalogue):
    talk.set("remind me every day at 9 am to stretch")
    dialogue = ReminderDialogue(own_store, catalogue, Asker("ann", BERLIN, True))
    assert "London time" in dialogue.placed("Europe/London").reply.written
    (reminder,) = own_store.of("ann")
    assert (reminder.schedule.zone, reminder.schedule.times[0].hour) == ("Europe/London", 9)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("I am in London", "Europe/London"),
        ("actually i'm in new york", "America/New_York"),
        ("my time zone is EST", "America/New_York"),
        ("i moved to Tokyo", "Asia/Tokyo"),
        ("my time zone is GMT+2", "Etc/GMT-2"),
        ("I'm in California", "America/Los_Angeles"),
        ("i am in pain", None),
        ("i am in london and my legs are numb since this morning", None),
    ],
)
def test_where_somebody_is_may_be_told_by_itself(said, zone):
    assert only_tells_where(said) == zone
