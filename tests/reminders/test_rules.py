"""Schedules of several rules: when they are due, what is said of them, and how they are kept."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from bot.reminders.delivery.alexa import requests_for
from bot.reminders.delivery.calendar import calendar_of
from bot.reminders.schedules import Every, Schedule
from bot.reminders.situation import Situation
from tests.reminders.conftest import BERLIN, NOW

ZONE = ZoneInfo(BERLIN)
EIGHT, TEN = dt.time(8), dt.time(10)
TODAY = NOW.date()
# NOW is Friday, 27 March 2026; the clocks go forward on Sunday.
WEEK = Schedule(BERLIN, TODAY, (EIGHT,), Every.WEEK, days=(0, 1, 2, 3, 4),
                also=(Schedule(BERLIN, TODAY, (TEN,), Every.WEEK, days=(5, 6)),))  # fmt: skip


def due(schedule, count=4):
    return [f"{d.astimezone(ZONE):%d.%m. %H:%M}" for d in schedule.next_times(NOW, count)]


@pytest.mark.parametrize(
    ("schedule", "times", "words"),
    [
        (
            WEEK,
            ["28.03. 10:00", "29.03. 10:00", "30.03. 08:00", "31.03. 08:00"],
            "every weekday at 8 in the morning, and every Saturday and Sunday at 10 in the morning",
        ),
        (
            Schedule(BERLIN, TODAY, (EIGHT,), Every.MONTH, days=(4,), nth=(-1,)),
            ["24.04. 08:00", "29.05. 08:00", "26.06. 08:00", "31.07. 08:00"],
            "every month on the last Friday at 8 in the morning",
        ),
        (
            Schedule(BERLIN, TODAY, (EIGHT,), Every.MONTH, month_days=(1, -1)),
            ["31.03. 08:00", "01.04. 08:00", "30.04. 08:00", "01.05. 08:00"],
            "every month on the 1st and the last day at 8 in the morning",
        ),
        (
            Schedule(BERLIN, dt.date(2026, 3, 31), (EIGHT,), Every.WEEK, 2, days=(1,)),
            ["31.03. 08:00", "14.04. 08:00", "28.04. 08:00", "12.05. 08:00"],
            "every other Tuesday at 8 in the morning, from Tuesday",
        ),
        (
            Schedule(BERLIN, TODAY, (EIGHT,), Every.DAY, days=(0, 1, 2, 3, 4, 5)),
            ["28.03. 08:00", "30.03. 08:00", "31.03. 08:00", "01.04. 08:00"],
            "every day except Sunday at 8 in the morning",
        ),
        (
            replace(WEEK, skips=(dt.datetime(2026, 3, 28, 10), dt.datetime(2026, 3, 28, 8))),
            ["29.03. 10:00", "30.03. 08:00", "31.03. 08:00", "01.04. 08:00"],
            "every weekday at 8 in the morning, and every Saturday and Sunday at 10 in the morning,"
            " but not tomorrow",
        ),
    ],
)
def test_rules_are_due_and_told_and_kept(schedule, times, words):
    assert due(schedule) == times
    assert schedule.in_words(NOW) == words
    assert Schedule.from_plain(schedule.to_plain()) == schedule


def test_what_was_stored_before_there_were_several_rules_is_read():
    plain = {
        "zone": BERLIN, "start": "2026-03-27", "times": ["08:00:00"], "every": "week",
        "interval": 2, "days": [1], "until": None,
    }  # fmt: skip
    assert Schedule.from_plain(plain) == Schedule(BERLIN, TODAY, (EIGHT,), Every.WEEK, 2, (1,))


def test_a_calendar_has_every_rule(catalogue, own_store):
    reminder = own_store.add("ann", "routine", [], WEEK.without_days([dt.date(2026, 3, 29)]))
    calendar = icalendar.Calendar.from_ical(calendar_of([reminder], Situation(), catalogue))
    events = recurring_ical_events.of(calendar).between(NOW, NOW + dt.timedelta(days=4))
    starts = sorted(event["DTSTART"].dt for event in events)
    assert [f"{start:%d.%m. %H:%M}" for start in starts] == [
        "28.03. 10:00", "30.03. 08:00", "31.03. 08:00",
    ]  # fmt: skip


def test_alexa_is_asked_for_every_rule_with_its_own_next_time():
    asked = requests_for(WEEK.up_to(dt.date(2026, 4, 30)), "It is time.", NOW)
    assert [request.trigger.scheduled_time for request in asked] == [
        "2026-03-30T08:00:00.000", "2026-03-28T10:00:00.000",
    ]  # fmt: skip
    ends = {request.trigger.recurrence.end_date_time for request in asked}
    assert ends == {"2026-04-30T23:59:59.000"}


def test_hours_that_do_not_exist_or_come_twice_are_named():
    night = Schedule(BERLIN, TODAY, (dt.time(2, 30),), Every.DAY)
    assert night.changed_clocks(NOW) == [
        (dt.datetime(2026, 3, 29, 2, 30), False), (dt.datetime(2026, 10, 25, 2, 30), True),
    ]  # fmt: skip
    assert WEEK.changed_clocks(NOW) == []
