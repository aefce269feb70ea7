"""Single times of a repeating reminder are left out, and nothing else."""

import datetime as dt

import icalendar
import pytest
import recurring_ical_events

from bot.reminders.delivery.calendar import calendar_of
from bot.reminders.dialogue.reminder_dialogue import ReminderDialogue
from bot.reminders.dialogue.saying import Asker
from bot.reminders.dialogue.skipping import left_out
from bot.reminders.schedules import Every, Schedule
from bot.reminders.situation import Situation
from bot.reminders.wording import DAYS
from tests.reminders.conftest import BERLIN, NOW

TIMES = (dt.time(8), dt.time(20))
# NOW is a Friday afternoon.
DAILY = Schedule(BERLIN, NOW.date(), TIMES, Every.DAY)
WEEKLY = Schedule(BERLIN, NOW.date(), (dt.time(9),), Every.WEEK, days=(0, 4))
TOMORROW = Schedule(BERLIN, dt.date(2026, 3, 28), (dt.time(10),))


@pytest.fixture
def ask(own_store, catalogue):
    asker = Asker("ann", BERLIN, True)
    return lambda text: (
        ReminderDialogue(own_store, catalogue, asker).asked(text, "cancel_reminder").reply
    )


def due_times(store):
    return [
        f"{DAYS[due.weekday()][:3]} {due:%H}"
        for r in store.of("ann")
        for due in (d.astimezone(NOW.tzinfo) for d in r.schedule.next_times(NOW, 4))
    ]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("cancel tomorrow's", ["Fri 20", "Sun 08", "Sun 20", "Mon 08"]),
        ("cancel tomorrow's reminder", ["Fri 20", "Sun 08", "Sun 20", "Mon 08"]),
        ("cancel tomorrow morning's reminder", ["Fri 20", "Sat 20", "Sun 08", "Sun 20"]),
        ("cancel the one tomorrow at 8 pm", ["Fri 20", "Sat 08", "Sun 08", "Sun 20"]),
        ("cancel tonight's reminder", ["Sat 08", "Sat 20", "Sun 08", "Sun 20"]),
        ("cancel only the next one", ["Sat 08", "Sat 20", "Sun 08", "Sun 20"]),
        ("cancel this sunday", ["Fri 20", "Sat 08", "Sat 20", "Mon 08"]),
        ("cancel sunday's", ["Fri 20", "Sat 08", "Sat 20", "Mon 08"]),
    ],
)
def test_one_day_is_left_out_and_told_back(own_store, ask, said, left):
    own_store.add("ann", "routine", [], DAILY)
    reply = ask(said)
    assert due_times(own_store) == left
    assert "I leave out" in reply.written
    assert "The next one comes" in reply.written
    assert "cancel my reminder" in reply.written


@pytest.mark.parametrize(
    "said",
    ["cancel my reminder", "cancel it", "cancel the daily reminder", "cancel the friday reminder",
     "cancel the monday reminder", "stop reminding me every day"],
)  # fmt: skip
def test_what_means_the_reminder_itself_takes_all_of_it(own_store, ask, said):
    own_store.add("ann", "routine", [], WEEKLY)
    assert "Cancelled" in ask(said).written
    assert own_store.of("ann") == []


def test_what_comes_once_goes_and_what_repeats_stays(own_store, ask):
    own_store.add("ann", "routine", [], DAILY)
    own_store.add("ann", "water", [], TOMORROW)
    told = ask("cancel tomorrow's reminders").written
    assert "8 in the morning" in told
    assert "10 in the morning" in told
    assert [r.schedule.every for r in own_store.of("ann")] == [Every.DAY]
    assert due_times(own_store) == ["Fri 20", "Sun 08", "Sun 20", "Mon 08"]


def test_what_comes_once_is_cancelled_as_ever(own_store, ask):
    own_store.add("ann", "water", [], TOMORROW)
    assert "Cancelled: tomorrow at 10" in ask("cancel tomorrow's reminder").written


def test_a_paused_reminder_is_left_alone(own_store, catalogue):
    own_store.pause([own_store.add("ann", "routine", [], DAILY)])
    assert left_out("cancel tomorrow's", own_store.of("ann"), NOW, catalogue.reminders) == []


def test_what_is_left_out_is_stored_and_left_out_of_the_calendar(own_store, ask, catalogue):
    own_store.add("ann", "routine", [], DAILY)
    ask("cancel tomorrow's")
    (reminder,) = own_store.of("ann")
    assert Schedule.from_plain(reminder.schedule.to_plain()) == reminder.schedule
    calendar = icalendar.Calendar.from_ical(calendar_of([reminder], Situation(), catalogue))
    events = recurring_ical_events.of(calendar).between(NOW, NOW + dt.timedelta(days=3))
    days = {event["DTSTART"].dt.date().isoformat() for event in events}
    assert days == {"2026-03-27", "2026-03-29", "2026-03-30"}


def test_a_schedule_stored_before_there_were_skips_is_read():
    plain = DAILY.to_plain()
    del plain["skips"]
    assert Schedule.from_plain(plain) == DAILY


# 27 March 2026 is a Friday.
@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("cancel it from tomorrow", "today at 8"),
        ("stop the reminder from next week", "until Sunday"),
        ("stop reminding me after sunday", "until Sunday"),
        ("don't remind me after sunday", "until Sunday"),
        ("no more reminders from monday on", "until Sunday"),
        ("cancel it as of next month", "until Tuesday"),
        ("turn it off from next friday", "until Thursday"),
        ("end it in two weeks", "9 April"),
    ],
)
def test_a_reminder_is_ended_on_a_day_to_come_and_told_back(own_store, ask, said, until):
    own_store.add("ann", "routine", [], DAILY)
    reply = ask(said)
    assert "Changed" in reply.written
    assert until in reply.written
    assert own_store.of("ann")[0].schedule.until is not None


def test_what_is_not_due_before_the_day_is_cancelled(own_store, ask):
    own_store.add("ann", "routine", [], WEEKLY)
    assert "Cancelled" in ask("cancel it from today").written
    assert own_store.of("ann") == []


@pytest.mark.parametrize("said", ["cancel it from now on", "cancel it"])
def test_what_names_no_day_to_come_is_cancelled_at_once(own_store, ask, said):
    own_store.add("ann", "routine", [], DAILY)
    assert "Cancelled" in ask(said).written
    assert own_store.of("ann") == []


def test_which_reminder_is_ended_is_asked_and_the_day_kept(own_store, catalogue):
    own_store.add("ann", "routine", [], DAILY)
    own_store.add("ann", "routine", [], WEEKLY)
    asker = Asker("ann", BERLIN, True)
    asked = ReminderDialogue(own_store, catalogue, asker).asked(
        "stop it from next month", "cancel_reminder"
    )
    assert "Which one" in asked.reply.written
    ReminderDialogue(own_store, catalogue, asker).answered("number 1", "", asked.pending)
    assert {r.schedule.until for r in own_store.of("ann")} == {dt.date(2026, 3, 31), None}
