"""Reminders on the days on which calendars turn: ends of months, 29 February, changed clocks."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.reminders.dialogue.reminder_dialogue import ReminderDialogue
from bot.reminders.dialogue.saying import Asker
from bot.reminders.language.phrases import read
from bot.reminders.schedules import Every, Schedule
from tests.reminders.conftest import BERLIN
from tests.test_conversations import hold

WORDS = Catalogue.load().reminders
ZONE = ZoneInfo(BERLIN)
FOLDER = Path(__file__).parents[1] / "conversations" / "reminders"
# The clock jumps on 29 March and goes back on 25 October.
MOMENTS = [
    "2026-11-30 05:56", "2026-12-01 06:30", "2026-01-31 20:00", "2027-01-01 00:05",
    "2028-02-29 06:00", "2028-02-28 22:00", "2026-03-29 01:30", "2026-03-28 23:00",
    "2026-10-25 01:30", "2026-12-31 23:55",
]  # fmt: skip


@pytest.fixture(params=MOMENTS)
def moment(request):
    return dt.datetime.fromisoformat(request.param).replace(tzinfo=ZONE)


def first_of_next_month(day):
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


@pytest.mark.parametrize("said", ["stop it from next month", "stop it from next week"])
def test_a_reminder_is_ended_before_the_day_and_said_to_be(own_store, catalogue, moment, said):
    own_store.now = moment.timestamp
    today = moment.date()
    ends = first_of_next_month(today)
    if "week" in said:
        ends = today + dt.timedelta(days=7 - today.weekday())
    reminder = own_store.add(
        "ann", "routine", [], Schedule(BERLIN, today, (dt.time(7),), Every.DAY)
    )
    due = [d.astimezone(ZONE).date() for d in reminder.schedule.next_times(moment, 40)]
    left = [day for day in due if day < ends]
    reply = ReminderDialogue(own_store, catalogue, Asker("ann", BERLIN, True)).asked(
        said, "cancel_reminder"
    )
    kept = [r.schedule.next_times(moment, 40) for r in own_store.of("ann")]
    assert [d.astimezone(ZONE).date() for each in kept for d in each] == left
    words = {0: "Cancelled", 1: "it ends then"}.get(len(left), "until")
    assert words in reply.reply.written


@pytest.mark.parametrize("said", ["remind me next month at 9 am", "remind me in a month at 9 am"])
def test_next_month_is_the_month_after_this_one(moment, said):
    day = dt.date.fromisoformat(read(said, moment, WORDS).date)
    assert day.replace(day=1) == first_of_next_month(moment.date())


@pytest.mark.parametrize(
    "conversation",
    [
        pytest.param(conversation, id=f"{file.stem}: {conversation['name']}")
        for file in sorted(FOLDER.glob("*.yml"))
        for conversation in yaml.safe_load(file.read_text(encoding="utf-8"))
    ],
)
def test_conversations_about_reminders_hold_on_these_days(
    assistant, talk, moment, conversation, monkeypatch
):
    monkeypatch.setattr(assistant.reminders, "now", moment.timestamp)
    sender = f"{conversation['name']} {moment.isoformat()}"
    hold(lambda text: talk(text, sender), conversation)
