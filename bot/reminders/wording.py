"""A schedule in words, as it will happen; the grammar reads the same schedule from them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.text.calendar_words import WEEKDAYS
from bot.text.number_words import in_words

if TYPE_CHECKING:
    from bot.reminders.schedules import Schedule

DAYS = tuple(day.title() for day in WEEKDAYS)
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last",
        -2: "second to last"}  # fmt: skip
_YEAR = 12
_NOON = 12
# So many days in a row that are left out are told by the first and the last.
_FEWEST_IN_A_ROW = 3
# Longer lists of clock times with one step are told as 'every two hours from 8 to 6'.
_FEWEST_STEPS = 3
# Of seven days, so many are told by those that are left out.
_MOST_DAYS = 5


def in_plain_words(schedule: Schedule, now: dt.datetime) -> str:
    """'every other Tuesday at 8 in the morning, from 1 December, but not on 15 December'.

    Args:
        now: the present moment.
    """
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    # A single day that is over goes without saying, unless there is nothing else.
    parts = [_left_of(part, now) for part in schedule.parts if part.next_after(now)]
    parts = _merged(parts or list(schedule.parts))
    skips = schedule.skips
    if all(part.is_single for part in parts):
        # Of single days the times that are left are told.
        parts, skips = _by_day([_without(part, skips) for part in parts]), ()
    schedule = schedule.of_parts(parts, skips)
    words = ", and ".join(
        _together_in_words(together, today, len(parts) > 1) for together in _single_together(parts)
    )
    first = schedule.tells_start(now)
    if first:
        words += f", from {_bare(day_in_words(first, today))}"
    last = schedule.tells_end
    if last and not all(part.is_single for part in schedule.parts):
        words += f", until {_bare(day_in_words(last, today))}"
    left_out = _left_out(schedule, now, today)
    return f"{words}, but not {left_out}" if left_out else words


def _by_day(parts: Sequence[Schedule]) -> list[Schedule]:
    """Single days in their order, each of them once with all its times."""
    days: dict[dt.date, Schedule] = {}
    for part in sorted(parts, key=lambda each: each.start):
        same = days.get(part.start, part)
        times = tuple(sorted({*same.times, *part.times}))
        days[part.start] = replace(same, times=times).on_one_day(part.start)
    return list(days.values())


def _without(part: Schedule, skips: Sequence[dt.datetime]) -> Schedule:
    """A single day without the times that are left out, unless those are all."""
    kept = [time for time in part.times if dt.datetime.combine(part.start, time) not in skips]
    return replace(part, times=tuple(kept) or part.times)


def _left_of(part: Schedule, now: dt.datetime) -> Schedule:
    """A rule, or a single day if it comes on no other one any more."""
    if part.until is None or part.is_single:
        return part
    zone = ZoneInfo(part.zone)
    due = [d.astimezone(zone) for d in part.next_times(now, len(part.times) + 1)]
    days = {moment.date() for moment in due}
    return part.on_one_day(days.pop()) if len(days) == 1 else part


def _left_out(schedule: Schedule, now: dt.datetime, today: dt.date) -> str:
    """The days that are left out, or the times of them."""
    local = now.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None)
    told: list[str] = []
    single: list[str] = []
    skips = [skip for skip in schedule.skips if skip > local]
    days = sorted({skip.date() for skip in skips})
    rows = [row for row in _rows(days) if not any(schedule.has_more_on(day) for day in row)]
    for row in rows:
        told.append(f"from {_full(row[0], today)} to {_full(row[-1], today)}")
        days = [day for day in days if day not in row]
    for day in days:
        # 'Not on Friday' would be every Friday.
        words = day_in_words(day, today)
        words = words if "," in words else words.replace("on ", "this ")
        if schedule.has_more_on(day):
            times = [skip.time() for skip in skips if skip.date() == day]
            single.append(f"{words} at {listed_times(times)}")
        else:
            told.append(words)
    # Each of these has times of its own.
    return ", and not ".join([*([listed(told)] if told else []), *single])


def _rows(days: Sequence[dt.date]) -> list[list[dt.date]]:
    """Days in a row, where there are enough of them."""
    rows: list[list[dt.date]] = []
    for day in days:
        if rows and day - rows[-1][-1] == dt.timedelta(days=1):
            rows[-1].append(day)
        else:
            rows.append([day])
    return [row for row in rows if len(row) >= _FEWEST_IN_A_ROW]


def _merged(parts: Sequence[Schedule]) -> list[Schedule]:
    """Rules that differ in nothing but their times, as one."""
    found: list[Schedule] = []
    for part in parts:
        same = [one for one in found if replace(one, times=part.times) == part]
        if same:
            times = tuple(sorted({*same[0].times, *part.times}))
            found[found.index(same[0])] = replace(part, times=times)
        else:
            found.append(part)
    return found


def _single_together(parts: Sequence[Schedule]) -> list[list[Schedule]]:
    """Rules, and together single days that have the same times."""
    found: list[list[Schedule]] = []
    for part in parts:
        last = found[-1][-1] if found else None
        if last and last.is_single and part.is_single and last.times == part.times:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _together_in_words(parts: Sequence[Schedule], today: dt.date, is_one_of_many: bool) -> str:
    days = []
    for part in parts:
        day = _days_in_words(part, today)
        # Beside 'every Monday', 'on Sunday' would be every Sunday.
        is_bare = part.is_single and day.startswith("on ") and "," not in day
        days.append(f"once {day}" if is_one_of_many and is_bare else day)
    # A date has a comma of its own.
    named = listed(days) if not any("," in day for day in days) else " and ".join(days)
    times = _times_in_words(parts[0].times)
    # 'Every weekday, every two hours'.
    return f"{named}{',' if times.startswith('every') else ''} {times}"


def _days_in_words(part: Schedule, today: dt.date) -> str:
    if part.is_single:
        return day_in_words(part.start, today)
    if part.every == "month" and part.interval == _YEAR and not part.nth and not part.days:
        day = part.start
        return f"every year on {day.day} {day:%B}"
    if part.every == "month":
        return f"{every(part.interval, 'month')} on {_of_month(part)}"
    left = [DAYS[day] for day in range(7) if day not in part.days]
    if part.every == "day":
        words = every(part.interval, "day")
        return f"{words} except {listed(left)}" if part.days and left else words
    names = listed([DAYS[day] for day in part.days])
    if part.interval == 1:
        if part.days == WORKDAYS:
            return "every weekday"
        if len(part.days) >= _MOST_DAYS:
            return f"every day except {listed(left)}" if left else "every day"
        return f"every {names}"
    if part.interval == 2 and len(part.days) == 1:
        return f"every other {names}"
    return f"{every(part.interval, 'week')} on {names}"


def _of_month(part: Schedule) -> str:
    if part.nth:
        places = listed([_NTH[number] for number in part.nth])
        if part.days == WORKDAYS:
            return f"the {places} weekday"
        return f"the {places} {listed([DAYS[day] for day in part.days])}"
    numbers = part.month_days or (part.start.day,)
    named = listed([f"the {ordinal(n) if n > 0 else f'{_NTH[n]} day'}" for n in numbers])
    left = [DAYS[day] for day in range(7) if day not in part.days]
    return f"{named} except {listed(left)}" if part.days and left else named


def _times_in_words(times: Sequence[dt.time]) -> str:
    minutes = [time.hour * 60 + time.minute for time in times]
    steps = {b - a for a, b in pairwise(minutes)}
    if len(steps) == 1 and len(minutes) >= _FEWEST_STEPS:
        step = steps.pop()
        first, last = time_in_words(times[0]), time_in_words(times[-1])
        if step % 60 == 0:
            each = "every hour" if step == 60 else f"every {in_words(step // 60)} hours"
        else:
            each = f"every {step} minutes"
        return f"{each} from {first} to {last}"
    return "at " + listed_times(times)


def listed_times(times: Sequence[dt.time]) -> str:
    """'8 and 10:30 in the morning, noon and 7 in the evening'."""
    groups: list[tuple[tuple[str, bool], list[str]]] = []
    for time in times:
        clock, _, part = time_in_words(time).partition(" ")
        # '12:30 at night' is early, '10 at night' late.
        half = (part, time.hour < _NOON)
        if groups and part and groups[-1][0] == half and time.hour:
            groups[-1][1].append(clock)
        else:
            groups.append((half, [clock]))
    return listed([f"{listed(clocks)} {part}".strip() for (part, _), clocks in groups])


def time_in_words(time: dt.time) -> str:
    """'7:30 in the morning', '8 in the evening', 'noon'."""
    if (time.hour, time.minute) == (12, 0):
        return "noon"
    if (time.hour, time.minute) == (0, 0):
        return "midnight"
    part = (
        "at night" if time.hour >= 22 or time.hour == 0
        else "in the morning" if time.hour < 12
        else "in the afternoon" if time.hour < 18
        else "in the evening"
    )  # fmt: skip
    hour = time.hour % 12 or 12
    return f"{hour}:{time.minute:02} {part}" if time.minute else f"{hour} {part}"


def day_in_words(day: dt.date, today: dt.date) -> str:
    """'today', 'tomorrow', 'on Monday', 'on Thursday, 3 December'."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead]
    if ahead == -1:
        return "yesterday"
    if 1 < ahead < 7:
        return f"on {DAYS[day.weekday()]}"
    return f"on {_full(day, today)}"


def _full(day: dt.date, today: dt.date) -> str:
    """'Thursday, 3 December'."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{DAYS[day.weekday()]}, {day.day} {day:%B}{year}"


def moment_in_words(moment: dt.datetime, zone: str, now: dt.datetime) -> str:
    """'today at 8 in the evening', of a moment in UTC."""
    there = ZoneInfo(zone)
    local = moment.astimezone(there)
    day = day_in_words(local.date(), now.astimezone(there).date())
    return f"{day} at {time_in_words(local.time())}"


def ordinal(number: int) -> str:
    """'1st', '22nd'."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def every(interval: int, unit: str) -> str:
    """'every day', 'every other week', 'every three months'."""
    if interval == 1:
        return f"every {unit}"
    return f"every other {unit}" if interval == 2 else f"every {in_words(interval)} {unit}s"


def listed(names: Sequence[str]) -> str:
    """'Monday, Tuesday and Friday'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _bare(day: str) -> str:
    return day.removeprefix("on ")
