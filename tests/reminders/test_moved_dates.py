"""The conversations about reminders on days on which calendars are odd."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest

from bot.reminders.home import default_zone
from tests.test_conversations import CONVERSATIONS, hold

ODD_DAYS = [
    "2026-11-30 05:00",  # the last day of a month, before any time of day that is named
    "2026-11-30 23:30",
    "2026-12-01 00:05",
    "2026-12-31 12:00",
    "2027-02-28 06:59",
    "2028-02-29 09:00",
    "2026-03-28 22:00",  # the night in which an hour is missing in Europe
    "2026-10-25 02:30",  # the hour that comes twice
]
ABOUT_REMINDERS = [p for p in CONVERSATIONS if p.id.startswith("reminders/")]


@pytest.fixture(params=ODD_DAYS)
def moved(request, house, monkeypatch):
    """The house's reminders on another day."""
    local = dt.datetime.fromisoformat(request.param).replace(tzinfo=ZoneInfo(default_zone()))
    monkeypatch.setattr(house.reminders, "now", local.timestamp)
    return local


@pytest.mark.parametrize("conversation", ABOUT_REMINDERS)
def test_a_conversation_about_reminders_goes_the_same_on_every_day(talk, moved, conversation):
    sender = uuid.uuid4().hex
    hold(lambda text: talk(text, sender), conversation)


def test_from_next_month_ends_with_this_month_on_every_day(talk, house, moved):
    sender = uuid.uuid4().hex
    talk("remind me every day at 6 in the evening", sender)
    talk("yes", sender)
    said = talk("stop the reminder from next month", sender)
    last = (moved.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    kept = house.reminders.of(sender)
    if kept:
        assert "Changed" in said
        assert kept[0].schedule.until == last.date()
        assert ("once more" in said) == (last.date() == moved.date())
    else:
        assert "Cancelled" in said
        assert moved.date() == last.date()
        assert moved.hour >= 18
