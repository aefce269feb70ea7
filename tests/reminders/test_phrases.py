"""When people want to be reminded: their words, the times, and the questions that are asked."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.reminders.dialogue.choosing import Wish, wish_in
from bot.reminders.language.phrases import read
from bot.reminders.language.plans import Question, plan
from bot.reminders.language.zones import zone_in
from bot.reminders.schedules import Every, Schedule

BERLIN = "Europe/Berlin"
SHAPES = yaml.safe_load((Path(__file__).parent / "phrasings.yml").read_text(encoding="utf-8"))
WORDS = Catalogue.load().reminders
NOW = dt.datetime(2026, 3, 27, 16, 50, tzinfo=ZoneInfo(BERLIN))


def planned(text, now=NOW, zone=BERLIN):
    return plan(read(text, now, WORDS), now, zone, WORDS)


def local(schedule, now, count=3):
    zone = ZoneInfo(schedule.zone)
    due = [moment.astimezone(zone) for moment in schedule.next_times(now, count)]
    return [moment.isoformat(" ", "minutes") for moment in due]


def test_there_are_enough_phrasings():
    assert len(SHAPES) >= 10
    assert sum(len(shape["said"]) for shape in SHAPES) >= 60


@pytest.mark.parametrize(
    ("shape", "said"), [(shape, said) for shape in SHAPES for said in shape["said"]],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_was_said_is_due_at_the_right_times(shape, said):
    now = dt.datetime.fromisoformat(shape["now"]).replace(tzinfo=ZoneInfo(BERLIN))
    pieces = read(said, now, WORDS)
    schedule = plan(pieces, now, BERLIN, WORDS)
    if "asks" in shape:
        assert isinstance(schedule, Question)
        assert schedule.id == shape["asks"]
        pieces = pieces.with_newer(read(shape["then"], now, WORDS))
        schedule = plan(pieces, now, BERLIN, WORDS)
    assert isinstance(schedule, Schedule), schedule
    assert local(schedule, now) == shape["next"]
    if "last" in shape:
        assert local(schedule, now, 100)[-1] == shape["last"]
    # Stored and read again it is the same, and it is read back in words.
    assert Schedule.from_plain(schedule.to_plain()) == schedule
    assert schedule.in_words(now)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("remind me", "ask_when"),
        ("remind me tomorrow", "ask_time"),
        ("remind me every other day", "ask_time"),
        ("remind me at 25 o'clock", "not_a_time"),
        ("remind me at 7:75", "not_a_time"),
        ("remind me on 30 february at noon", "not_a_time"),
        ("remind me yesterday at five", "past"),
        ("remind me today at 3 pm", "past_next"),
        ("remind me in 5 seconds", "too_soon"),
        ("remind me every second", "too_often"),
        ("remind me every ten minutes", "too_often"),
        ("remind me in 400 days", "ask_time"),
        ("remind me to press stomach thirty six", "ask_when"),
    ],
)
def test_nonsense_the_past_and_too_often_get_a_question(said, asked):
    question = planned(said)
    assert isinstance(question, Question), question
    assert question.id == asked
    assert WORDS.saying(asked)


def test_a_clock_time_that_summer_time_skips_is_due_when_the_clock_has_jumped():
    schedule = Schedule(BERLIN, dt.date(2026, 3, 28), (dt.time(2, 30),), Every.DAY)
    assert local(schedule, NOW) == [
        "2026-03-28 02:30+01:00", "2026-03-29 03:30+02:00", "2026-03-30 02:30+02:00",
    ]  # fmt: skip
    autumn = dt.datetime(2026, 10, 24, 12, tzinfo=ZoneInfo(BERLIN))
    # The clock shows 2:30 twice that night: it is told once.
    assert local(schedule, autumn, 2) == ["2026-10-25 02:30+02:00", "2026-10-26 02:30+01:00"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("every weekday at 7:30", "every weekday at 7:30 in the morning"),
        ("tomorrow at noon", "tomorrow at noon"),
        (
            "every two hours from nine to five",
            "every day, every two hours from 9 in the morning to 5 in the afternoon",
        ),
        (
            "every other week on friday at 5 pm",
            "every other Friday at 5 in the afternoon, from today",
        ),
        ("daily at 8 pm for a week", "every day at 8 in the evening, until Thursday"),
        ("on the first of every month at 9 am", "every month on the 1st at 9 in the morning"),
    ],
)  # fmt: skip
def test_a_schedule_is_read_back_in_plain_words(said, words):
    assert planned(said).in_words(NOW) == words


def test_another_place_has_its_own_clock():
    there = planned("every day at 7:30 am", zone="America/New_York")
    assert local(there, NOW, 1) == ["2026-03-28 07:30-04:00"]


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("I am in Berlin", "Europe/Berlin"),
        ("remind me at 8, I'm in New York", "America/New_York"),
        ("at eight, london time", "Europe/London"),
        ("i live in Spain", "Europe/Madrid"),
        ("my time zone is Asia/Tokyo", "Asia/Tokyo"),
        ("i am in pain", None),
        ("this time it hurts", None),
    ],
)
def test_people_say_where_they_are(said, zone):
    assert zone_in(said) == zone


@pytest.mark.parametrize(
    ("said", "intent", "wish"),
    [
        ("which reminders did i miss?", "list_reminders", Wish.MISSED),
        ("pause my reminders for a week", "pause_reminder", Wish.PAUSE),
        ("turn the reminders back on", "pause_reminder", Wish.RESUME),
        ("snooze for half an hour", "set_reminder", Wish.SNOOZE),
        ("make it 9", "set_reminder", Wish.CHANGE),
        ("stop these reminders", "cancel_reminder", Wish.CANCEL),
        ("quiet hours from ten to seven", "pause_reminder", Wish.QUIET),
        ("put them in my calendar", "list_reminders", Wish.CALENDAR),
        ("remind me to make it to the doctor on monday", "set_reminder", Wish.SET),
    ],
)
def test_what_is_wanted_is_read_from_the_words(said, intent, wish):
    assert wish_in(said, intent) is wish
