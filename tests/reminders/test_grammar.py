"""The examples that stand in the grammar of schedules, and what is read back of them."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import bot.reminders.language.grammar
from bot.knowledge.catalogue import Catalogue
from bot.reminders.language.grammar.parsing import PHRASES
from bot.reminders.language.phrases import read
from bot.reminders.language.plans import Question, plan
from bot.reminders.schedules import Every, Schedule
from bot.reminders.wording import WORKDAYS
from tests.reminders.conftest import BERLIN, NOW

WORDS = Catalogue.load().reminders
FILE = Path(bot.reminders.language.grammar.__file__).with_name("schedule.lark")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


def examples():
    """For each phrase of the grammar what is said and what it means."""
    found, block = {}, []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        example = re.fullmatch(r"// (.+) = (.+)", line)
        rule = re.match(r"(\w+):", line)
        if example:
            block.append(example.groups())
        elif rule and rule[1] in PHRASES:
            found[rule[1]] = block
            # 'tonight' stands with 'part', 'nth_lead' with 'nth'.
            if line != "" and rule[1] not in ("part",):
                block = []
    return found


EXAMPLES = examples()


def short(schedule):
    """A schedule in the notation of the examples."""
    first = schedule.next_after(NOW)
    parts = []
    for part in schedule.parts:
        times = " ".join(f"{t.hour}:{t.minute:02}" for t in part.times)
        if part.every is Every.ONCE or part.until == part.start:
            parts.append(f"once {part.start.isoformat()} at {times}")
            continue
        gap = f"/{part.interval}" if part.interval > 1 else ""
        days = [f"{n or ''}{DAYS[day]}" for n in part.nth or ("",) for day in part.days]
        days += [str(number) for number in part.month_days]
        parts.append(f"{part.every.value}{gap} {' '.join([*days, 'at', times])}")
    words = ", ".join(parts)
    begins = schedule.tells_start(NOW)
    usual = schedule.repeats and any(p.every is Every.DAY and p.interval > 1
                                     for p in schedule.parts)  # fmt: skip
    if begins and not (
        usual and first.astimezone(NOW.tzinfo).date() <= NOW.date() + dt.timedelta(1)
    ):
        words += f" from {begins.isoformat()}"
    if schedule.ends and schedule.ends > schedule.begins:
        words += f" until {schedule.ends.isoformat()}"
    skips = [skip for skip in schedule.skips if skip > NOW.replace(tzinfo=None)]
    days = {skip.date() for skip in skips}
    whole = sorted(day.isoformat() for day in days if not schedule.has_more_on(day))
    single = [s.isoformat(timespec="minutes") for s in skips if s.date().isoformat() not in whole]
    return words + (f" without {' '.join(whole + single)}" if days else "")


def delay_of(schedule):
    return round((schedule.next_after(NOW) - NOW).total_seconds() / 60)


def test_every_phrase_of_the_grammar_has_examples():
    assert set(EXAMPLES) == set(PHRASES)
    assert [name for name, found in EXAMPLES.items() if not found] == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [pytest.param(*each, id=each[0]) for found in EXAMPLES.values() for each in found],
)
def test_an_example_of_the_grammar_means_what_stands_beside_it(said, meant):
    schedule = plan(read(said, NOW, WORDS), NOW, BERLIN, WORDS)
    assert isinstance(schedule, Schedule), schedule
    if meant.startswith("delay"):
        assert f"delay {delay_of(schedule)} min" == meant
        return
    assert short(schedule) == meant
    again = plan(read(schedule.in_words(NOW), NOW, WORDS), NOW, BERLIN, WORDS)
    assert again.next_times(NOW, 9) == schedule.next_times(NOW, 9)


PLACES = ("Europe/Berlin", "America/New_York")
MOMENTS = (
    dt.datetime(2026, 3, 27, 16, 50), dt.datetime(2026, 10, 23, 7, 5),
    dt.datetime(2026, 12, 31, 23), dt.datetime(2028, 2, 28, 12),
)  # fmt: skip
WEEKS = st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda days: tuple(sorted(days)))
# More than an hour apart, so that nothing is asked back.
CLOCKS = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from([0, 5, 15, 30, 45, 59])), min_size=1, max_size=4,
    unique_by=lambda each: each[0],
).map(lambda each: tuple(sorted(dt.time(2 * hour, minute) for hour, minute in each)))  # fmt: skip


# 'Every hour and a half from 7 to 4'.
STEPS = st.tuples(st.integers(5, 9), st.sampled_from([60, 90, 120, 180]), st.integers(3, 5)).map(
    lambda each: tuple(dt.time(*divmod(each[0] * 60 + each[1] * n, 60)) for n in range(each[2]))
)  # fmt: skip


@st.composite
def rules(draw, zone, today):
    """Rules of every kind that the grammar can make."""
    start = today + dt.timedelta(days=draw(st.integers(0, 40)))
    times, interval = draw(CLOCKS | STEPS), draw(st.sampled_from([1, 1, 1, 2, 3, 6]))
    kind = draw(st.sampled_from(["once", "one day", "day", "week", "number", "nth", "year"]))
    some = draw(st.just(()) | WEEKS)
    if kind == "once":
        return Schedule(zone, start, times[:1])
    if kind == "one day":
        return Schedule(zone, start, times, Every.DAY, until=start)
    if kind == "day":
        return Schedule(zone, start, times, Every.DAY, interval, some if interval > 1 else ())
    if kind == "week":
        return Schedule(zone, start, times, Every.WEEK, interval, draw(WEEKS))
    if kind == "year":
        start = start.replace(day=min(start.day, 28))
        return Schedule(zone, start, times, Every.MONTH, 12, month_days=(start.day,))
    if kind == "number":
        numbers = draw(st.sets(st.sampled_from([1, 3, 15, 22, 28, -1, -2]), min_size=1, max_size=3))
        numbers = tuple(sorted(numbers, key=lambda n: n % 40))
        # 'The 3rd of each month, but only on Mondays' is more than a year away.
        some = some if len(some) > 4 and interval == 1 else ()
        return Schedule(zone, start, times, Every.MONTH, interval, some, month_days=numbers)
    nth = draw(st.sampled_from([(1,), (2,), (4,), (-1,), (-2,), (1, 3)]))
    days = draw(st.just(WORKDAYS) | st.integers(0, 6).map(lambda day: (day,)))
    return Schedule(zone, start, times, Every.MONTH, interval, days, nth=nth)


@st.composite
def schedules(draw):
    """Schedules of up to three rules, some with an end and with times left out, and a moment."""
    zone = draw(st.sampled_from(PLACES))
    now = draw(st.sampled_from(MOMENTS)).replace(tzinfo=ZoneInfo(zone))
    schedule = draw(rules(zone, now.date()))
    for _ in range(draw(st.integers(0, 2))):
        more = draw(rules(zone, now.date()))
        if schedule.repeats and schedule.interval == more.interval == 1 and more.days != ():
            more = replace(more, start=schedule.start) if more.repeats and not more.until else more
            schedule = Schedule.of_parts([*schedule.parts, more])
    if schedule.repeats and draw(st.booleans()):
        schedule = schedule.up_to(schedule.begins + dt.timedelta(days=draw(st.integers(8, 90))))
    if schedule.repeats and draw(st.booleans()):
        due = schedule.next_times(now, 12)
        left = draw(st.lists(st.sampled_from(due), max_size=3)) if due else []
        if draw(st.booleans()):
            schedule = schedule.without(left, now)
        else:
            schedule = schedule.without_days(d.astimezone(now.tzinfo).date() for d in left)
    return schedule, now


@settings(max_examples=150, deadline=None, derandomize=True)
@given(schedules())
def test_the_words_of_a_schedule_are_read_as_the_same_schedule(told):
    schedule, now = told
    assume(schedule.next_after(now))
    assume(len(schedule.all_times) < 12)
    # What comes more than once an hour is asked back, and read as something else.
    assume(schedule.least_minutes_between >= WORDS.limits.least_minutes_between)
    words = schedule.in_words(now)
    pieces = read(words, now, WORDS)
    again = plan(pieces, now, schedule.zone, WORDS)
    if isinstance(again, Question) and again.proposal:
        again = again.proposal
    assert isinstance(again, Schedule), (words, again)
    assert pieces.unread == ()
    assert again.next_times(now, 20) == schedule.next_times(now, 20), words
    assert again.in_words(now) == words
