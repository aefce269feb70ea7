"""From what was said about when, to a schedule; or to the question that must be asked first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.grammar.calendar_days import next_numbered, next_weekday
from bot.reminders.language.grammar.items import Clocked
from bot.reminders.language.pieces import Pieces
from bot.reminders.schedules import Every, Schedule

_DAY = dt.timedelta(days=1)
_HALF_DAY = 12
# 'At 3' is in the afternoon; 11 at night is hardly meant by 'at 11', nor midnight by 'at 12'.
_AFTERNOON, _NOON = range(1, 6), (11, 12)
_DAWN, _EVENING = 5, 18
_MOST_TOLD = 60
_WEEK, _YEAR = 7, 12


@dataclass(frozen=True)
class Question:
    """What keeps a schedule from being made.

    Attributes:
        id: the saying that asks, in data/reminders.yml.
        proposal: a schedule that would do, to be agreed to.
        halves: the two clock times that may be meant.
        what: what was not understood.
    """

    id: str
    proposal: Schedule | None = None
    halves: tuple[dt.time, ...] = ()
    what: str = ""


def plan(pieces: Pieces, now: dt.datetime, zone: str, words: RemindersFile) -> Schedule | Question:
    """The schedule that was meant.

    Args:
        now: the present moment.
    """
    local = now.astimezone(ZoneInfo(zone))
    limits = words.limits
    if pieces.odd:
        return Question("not_a_time", what=pieces.odd)
    if pieces.is_past:
        return Question("past")
    if pieces.delay is not None:
        return _delayed(pieces.delay, now, zone, words)
    if pieces.lead and not pieces.has_time:
        return Question("ask_session" if pieces.of_session else "ask_event")
    every = _as_written((pieces, *pieces.others))
    planned = [_part(each, local, zone, words) for each in every]
    half = _half_of(planned, every)
    planned = [
        _part(_in_half(each, half), local, zone, words) if _asks_half(told) else told
        for each, told in zip(every, planned, strict=True)
    ]
    question = next((each for each in planned if isinstance(each, Question)), None)
    if question:
        return question
    rules = [each for each in planned if isinstance(each, Schedule)]
    schedule = Schedule.of_parts(sorted(rules, key=lambda each: each.start)
                                 if all(each.is_single for each in rules) else rules)  # fmt: skip
    schedule = schedule.moved(pieces.lead) if pieces.lead else schedule
    if not schedule.repeats and schedule.next_after(now) is None:
        return Question("past_next", replace(schedule, start=local.date() + _DAY))
    if (schedule.begins - local.date()).days > limits.most_days_ahead:
        return Question("too_far")
    schedule = _limited(schedule, pieces, now)
    if schedule.next_after(now) is None:
        return Question("past")
    if schedule.least_minutes_between < limits.least_minutes_between:
        return Question("too_often", apart(schedule, limits.least_minutes_between))
    if len(schedule.all_times) > limits.most_a_day:
        return Question("too_many_a_day")
    return schedule


def apart(schedule: Schedule, least: int) -> Schedule:
    """The same without the times that come less than so many minutes after another one."""
    parts: list[Schedule] = []
    for part in schedule.parts:
        spread = replace(part, times=_spread(part.times, least))
        together = Schedule.of_parts([*parts, spread])
        while len(spread.times) > 1 and together.least_minutes_between < least:
            spread = replace(spread, times=spread.times[:-1])
            together = Schedule.of_parts([*parts, spread])
        if not parts or together.least_minutes_between >= least:
            parts.append(spread)
    return Schedule.of_parts(parts, schedule.skips)


def _as_written(every: tuple[Pieces, ...]) -> tuple[Pieces, ...]:
    """Beside '17:00', '9:00' is told by a clock of 24 hours, too."""
    if not any(time.full for each in every for time in each.times):
        return every
    return tuple(
        replace(each, times=tuple(replace(time, is_sure=True) for time in each.times))
        if not each.parts else each
        for each in every
    )  # fmt: skip


def _asks_half(planned: Schedule | Question) -> bool:
    return isinstance(planned, Question) and planned.id == "ask_half"


def _half_of(planned: Sequence[Schedule | Question], every: Sequence[Pieces]) -> bool | None:
    """Whether all other rules are in the afternoon, or none; None where that is open.

    'Weekdays at 8 am, Saturdays at 10' is all in the morning.
    """
    told = [time for each in planned if isinstance(each, Schedule) for time in each.times]
    sure = {time.hour >= _HALF_DAY for each in every for time in each.times if time.is_sure}
    if len(every) < 2 or not told:
        return None
    if all(time.hour < _HALF_DAY for time in told):
        return False
    # 'At 8 pm, Saturdays at 9', but hardly 'at 2 pm, Saturdays at 10'.
    return True if sure == {True} and all(time.hour >= _EVENING for time in told) else None


def _in_half(pieces: Pieces, is_pm: bool | None) -> Pieces:
    """With a single bare hour in a half of the day."""
    if is_pm is None or pieces.parts or len(pieces.times) != 1:
        return pieces
    (time,) = pieces.times
    hour = time.hour % _HALF_DAY + (_HALF_DAY if is_pm else 0)
    is_bare = not time.is_sure and time.hour not in (*_AFTERNOON, *_NOON)
    return replace(pieces, times=(replace(time, hour=hour, is_sure=True),)) if is_bare else pieces


def _part(
    pieces: Pieces, local: dt.datetime, zone: str, words: RemindersFile
) -> Schedule | Question:
    """One rule of several."""
    if pieces.step:
        return _stepped(pieces, local, zone, words)
    times = _times(pieces, local, words)
    if isinstance(times, Question):
        return times
    if not times:
        is_told = pieces.has_days or pieces.has_limits
        return Question("ask_time" if is_told else "ask_when")
    return _scheduled(pieces, tuple(sorted(set(times))), local, zone)


def _limited(schedule: Schedule, pieces: Pieces, now: dt.datetime) -> Schedule:
    """With what is left out, and ended after so many times."""
    schedule = schedule.without_days(dt.date.fromisoformat(date) for date in pieces.but_dates)
    single = {
        dt.datetime.combine(dt.date.fromisoformat(date), time)
        for date, clocked in pieces.but_times
        for time in schedule.all_times
        if time.minute == clocked.minute
        and (time.hour == clocked.hour
             or (not clocked.is_sure and time.hour == clocked.other.hour))
    }  # fmt: skip
    schedule = replace(schedule, skips=tuple(sorted({*schedule.skips, *single})))
    if pieces.but_weekly:
        parts = [each for part in schedule.parts for each in _with_weekly(part, pieces.but_weekly)]
        schedule = Schedule.of_parts(parts, schedule.skips)
    if not pieces.total:
        return schedule
    zone = ZoneInfo(schedule.zone)
    due = schedule.next_times(now, min(pieces.total, _MOST_TOLD) * len(schedule.all_times))
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in due]
    if pieces.of_days:
        days = list(dict.fromkeys(wall.date() for wall in walls))
        return schedule.up_to(days[min(pieces.total, len(days)) - 1])
    last = walls[min(pieces.total, len(walls)) - 1]
    rest = {wall for wall in walls if wall.date() == last.date() and wall > last}
    ended = schedule.up_to(last.date())
    return replace(ended, skips=tuple(sorted({*ended.skips, *rest})))


def _with_weekly(part: Schedule, left: Sequence[tuple[int, int, int]]) -> list[Schedule]:
    """'But not on Sunday mornings': a rule for the times that are left out, and one for others."""
    if part.every not in (Every.DAY, Every.WEEK) or part.interval > 1:
        return [part]
    days: dict[tuple[int, ...], list[dt.time]] = {}
    for time in part.times:
        gone = {day for day, first, last in left if first <= time.hour <= last}
        kept = tuple(day for day in part.days or range(7) if day not in gone)
        days.setdefault(kept, []).append(time)
    return [
        replace(part, every=Every.WEEK, days=each, times=tuple(times)) if len(each) < _WEEK
        else replace(part, times=tuple(times))
        for each, times in days.items() if each
    ] or [part]  # fmt: skip


def _delayed(
    seconds: int, now: dt.datetime, zone: str, words: RemindersFile
) -> Schedule | Question:
    least = words.limits.least_minutes_ahead * 60
    # By the clock of the world: what happens to clocks meanwhile does not matter.
    due = now.astimezone(dt.UTC) + dt.timedelta(seconds=max(seconds, least))
    exact = due.replace(microsecond=0, second=0 if seconds >= 3600 else due.second)
    schedule = Schedule.at(exact, zone)
    if seconds > words.limits.most_days_ahead * 86_400:
        return Question("too_far")
    return Question("too_soon", schedule) if seconds < least else schedule


def _stepped(
    pieces: Pieces, local: dt.datetime, zone: str, words: RemindersFile
) -> Schedule | Question:
    """'Every two hours until six'."""
    limits = words.limits
    step = max(pieces.step or 0, limits.least_minutes_between)
    first, last = pieces.window or (None, None)
    if first and last and first.full:
        last = replace(last, is_sure=True)
    is_today = bool(last and not first and not pieces.has_days)
    if is_today:
        begin = local.hour * 60 + local.minute + step
    else:
        start = first.time if first else limits.day_from.time
        begin = start.hour * 60 + start.minute
    stop = last.time if last else limits.day_to.time
    begin = _opened(begin, first)
    end = stop.hour * 60 + stop.minute
    if last and last.is_sure and first and end < begin:
        end += 24 * 60  # through the night
    if last and not last.is_sure and end <= begin and end < _HALF_DAY * 60:
        end += _HALF_DAY * 60
    minutes = list(range(begin, end + 1, step))
    if is_today and not minutes:
        # Today there is no room left: from tomorrow on, every day.
        whole = replace(pieces, window=(Clocked(limits.day_from.time.hour), last), every="day")
        return _stepped(whole, local, zone, words)
    times = tuple(sorted({dt.time(m // 60 % 24, m % 60) for m in minutes}))
    if not times:
        return Question("ask_when")
    day = _each_day(pieces, is_today)
    schedule = _scheduled(day, times, local, zone)
    if is_today:
        schedule = replace(schedule, every=Every.DAY, start=local.date(), until=local.date())
    if (pieces.step or 0) < limits.least_minutes_between:
        return Question("too_often", schedule)
    if len(times) > limits.most_a_day:
        return Question("too_many_a_day")
    return schedule


def _each_day(pieces: Pieces, is_today: bool) -> Pieces:
    """The days of 'every two hours': each day, unless others were said."""
    if pieces.has_days or is_today:
        return pieces
    return replace(pieces, every="day")


def _times(pieces: Pieces, local: dt.datetime, words: RemindersFile) -> list[dt.time] | Question:
    """The clock times that are meant."""
    parts = [words.day_parts[place] for place in pieces.parts]
    if not pieces.times:
        if pieces.count:
            listed = next((t.times for t in words.times_a_day if t.count == pieces.count), None)
            if parts and pieces.count <= len(parts):
                return [part.time.time for part in parts]
            return (
                [clock.time for clock in listed]
                if listed
                else _through_the_day(pieces.count, words)
            )
        return [part.time.time for part in parts]
    times: list[dt.time] = []
    for clocked in pieces.times:
        if clocked.is_sure:
            times.append(clocked.time)
            continue
        both = (clocked, clocked.other)
        fitting = [
            time.time
            for time in both
            if any(part.from_hour <= time.hour <= part.to_hour for part in parts)
        ]
        if len(fitting) == 1:
            times.append(fitting[0])
        elif clocked.hour in _AFTERNOON:
            times.append(clocked.other.time)
        elif (
            clocked.written
            or clocked.hour in _NOON
            or (clocked.minute and not parts and _is_written(pieces))
        ):
            times.append(clocked.time)
        elif len(pieces.times) > 1:
            is_later = not times or clocked.time > times[-1]
            times.append(clocked.time if is_later else clocked.other.time)
        elif pieces.date == local.date().isoformat() and clocked.time <= local.time():
            times.append(clocked.other.time)
        else:
            return Question("ask_half", halves=(clocked.time, clocked.other.time))
    return times


def _through_the_day(count: int, words: RemindersFile) -> list[dt.time] | Question:
    """So many times between morning and evening, on the half hour."""
    first, last = (clock.time.hour * 60 for clock in (words.limits.day_from, words.limits.day_to))
    if count > (last - first) // words.limits.least_minutes_between + 1:
        return Question("too_many_a_day")
    steps = [first + (last - first) * n / (count - 1) for n in range(count)]
    return [dt.time(*divmod(round(minute / 30) * 30, 60)) for minute in steps]


def _is_written(pieces: Pieces) -> bool:
    """Whether '7:30' stands for the morning without asking: on workdays."""
    return pieces.days == (0, 1, 2, 3, 4)


def _opened(begin: int, first: Clocked | None) -> int:
    """The beginning of a window: 'from two' is in the afternoon."""
    is_pm = first and not first.is_sure and first.hour in _AFTERNOON
    return begin + _HALF_DAY * 60 if is_pm else begin


def _scheduled(
    pieces: Pieces, times: tuple[dt.time, ...], local: dt.datetime, zone: str
) -> Schedule:
    today = local.date()
    has_room = any(time > local.time() for time in times)
    until = dt.date.fromisoformat(pieces.until) if pieces.until else None
    limited = bool(pieces.count or pieces.has_limits)
    every: str = pieces.every or ("day" if limited and not _names_a_day(pieces) else "")
    if not every:
        start = _only_day(pieces, times, local)
        if len(times) > 1:
            return Schedule(zone, start, times, Every.DAY, until=start)
        return Schedule(zone, start, times)
    start = today if has_room or every == "month" else today + _DAY
    if pieces.start:
        start = max(start, dt.date.fromisoformat(pieces.start))
    days = pieces.days
    if every == "week" and not days:
        days = (dt.date.fromisoformat(pieces.start or start.isoformat()).weekday(),)
    if pieces.but_days:
        left = tuple(day for day in days or range(7) if day not in pieces.but_days)
        if every == "day" and pieces.interval == 1:
            every = "week"
        days = left or days
    schedule = Schedule(zone, start, times, Every(every), pieces.interval, days,
                        nth=pieces.nth if every == "month" else ())  # fmt: skip
    if every == "month" and not pieces.nth:
        schedule = replace(schedule, month_days=pieces.month_days or (start.day,))
    if pieces.interval > 1:
        # Counted from the first day that is due.
        is_yearly = every == "month" and pieces.interval % _YEAR == 0
        first = (schedule if is_yearly else replace(schedule, interval=1)).next_after(local)
        start = first.astimezone(ZoneInfo(zone)).date() if first else start
        schedule = replace(schedule, start=start)
    if until and pieces.spans:
        # 'For two weeks' has all of its days.
        first = schedule.next_after(local)
        until += first.astimezone(ZoneInfo(zone)).date() - today if first else 0 * _DAY
    return replace(schedule, until=until)


def _names_a_day(pieces: Pieces) -> bool:
    return bool(pieces.date or pieces.month_days)


def _only_day(pieces: Pieces, times: tuple[dt.time, ...], local: dt.datetime) -> dt.date:
    """The day of what comes once."""
    today = local.date()
    has_room = any(time > local.time() for time in times)
    if pieces.date:
        day = dt.date.fromisoformat(pieces.date)
        if pieces.weekday:
            return next_weekday(today, day.weekday(), or_today=has_room)
        # 'Today at 3 at night' is the night to come.
        is_night = any(time.night and time.hour < _DAWN for time in pieces.times)
        return day + _DAY if day == today and is_night and not has_room else day
    if pieces.month_days:
        tomorrow = today if has_room else today + _DAY
        return next_numbered(tomorrow, pieces.month_days[0]) or tomorrow
    return today if has_room else today + _DAY


def _spread(times: tuple[dt.time, ...], least: int) -> tuple[dt.time, ...]:
    """The times without those that come too soon after another."""
    kept: list[dt.time] = []
    for time in times:
        if not kept or (time.hour - kept[-1].hour) * 60 + time.minute - kept[-1].minute >= least:
            kept.append(time)
    return tuple(kept)
