"""From what was said about when, to a schedule; or to the question that must be asked first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.pieces import Clocked, Pieces
from bot.reminders.schedules import Every, Schedule

_DAY = dt.timedelta(days=1)
_HALF_DAY = 12


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
    if pieces.is_mixed:
        return Question("one_by_one")
    if pieces.delay is not None:
        return _delayed(pieces.delay, now, zone, words)
    if pieces.step:
        return _stepped(pieces, local, zone, words)
    times = _times(pieces, local, words)
    if isinstance(times, Question):
        return times
    if not times:
        return Question("ask_time" if pieces.has_days or pieces.until else "ask_when")
    schedule = _scheduled(pieces, tuple(sorted(set(times))), local, zone)
    if schedule.every is Every.ONCE and schedule.next_after(now) is None:
        return Question("past_next", replace(schedule, start=local.date() + _DAY))
    if (schedule.start - local.date()).days > limits.most_days_ahead:
        return Question("too_far")
    if schedule.next_after(now) is None:
        return Question("past")
    if schedule.least_minutes_between < limits.least_minutes_between:
        return Question(
            "too_often",
            replace(schedule, times=_spread(schedule.times, limits.least_minutes_between)),
        )
    if len(schedule.times) > limits.most_a_day:
        return Question("too_many_a_day")
    return schedule


def _delayed(
    seconds: int, now: dt.datetime, zone: str, words: RemindersFile
) -> Schedule | Question:
    least = words.limits.least_minutes_ahead * 60
    due = (now + dt.timedelta(seconds=max(seconds, least))).astimezone(ZoneInfo(zone))
    time = due.time().replace(microsecond=0, second=0 if seconds >= 3600 else due.second)
    schedule = Schedule(zone, due.date(), (time,))
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
    is_today = bool(last and not first and not pieces.has_days)
    if is_today:
        begin = local.hour * 60 + local.minute + step
    else:
        start = first.time if first else limits.day_from.time
        begin = start.hour * 60 + start.minute
    stop = last.time if last else limits.day_to.time
    end = stop.hour * 60 + stop.minute
    if last and not last.is_sure and end <= begin and end < _HALF_DAY * 60:
        end += _HALF_DAY * 60
    minutes = list(range(begin, end + 1, step))
    if is_today and not minutes:
        # Today there is no room left: from tomorrow on, every day.
        whole = replace(pieces, window=(Clocked(limits.day_from.time.hour), last), every="day")
        return _stepped(whole, local, zone, words)
    times = tuple(dt.time(m // 60, m % 60) for m in minutes if m < 24 * 60)
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
            return [clock.time for clock in listed] if listed else Question("too_many_a_day")
        return [part.time.time for part in parts]
    times = []
    for clocked in pieces.times:
        if clocked.is_sure:
            times.append(clocked.time)
            continue
        other = replace(clocked, hour=clocked.hour + _HALF_DAY)
        fitting = [
            time.time
            for time in (clocked, other)
            if any(part.from_hour <= time.hour <= part.to_hour for part in parts)
        ]
        if len(fitting) == 1:
            times.append(fitting[0])
        elif clocked.minute and not parts and _is_written(pieces):
            times.append(clocked.time)
        elif len(pieces.times) > 1:
            times.append(clocked.time if not times or clocked.time > times[-1] else other.time)
        elif pieces.date == local.date().isoformat() and clocked.time <= local.time():
            times.append(other.time)
        else:
            return Question("ask_half", halves=(clocked.time, other.time))
    return times


def _is_written(pieces: Pieces) -> bool:
    """Whether '7:30' stands for the morning without asking: on workdays."""
    return pieces.days == (0, 1, 2, 3, 4)


def _scheduled(
    pieces: Pieces, times: tuple[dt.time, ...], local: dt.datetime, zone: str
) -> Schedule:
    today = local.date()
    until = dt.date.fromisoformat(pieces.until) if pieces.until else None
    date = pieces.date or ""
    if pieces.every == "month" and date.startswith("--"):
        number = int(date[2:])
        day = next((d for d in (today + _DAY * n for n in range(62)) if d.day == number), today)
        return Schedule(zone, day, times, Every.MONTH, pieces.interval, until=until)
    start = dt.date.fromisoformat(date) if date else None
    every = pieces.every or ("day" if (pieces.count or pieces.until) and not date else "")
    if not every:
        if start is None:
            start = today if any(time > local.time() for time in times) else today + _DAY
        elif start == today and pieces.days and not any(time > local.time() for time in times):
            start += _DAY * 7
        if len(times) > 1:
            return Schedule(zone, start, times, Every.DAY, until=start)
        return Schedule(zone, start, times)
    if start is None:
        start = today if any(time > local.time() for time in times) else today + _DAY
    days = pieces.days
    if every == "week" and not days:
        days = (start.weekday(),)
    if pieces.until and until and not pieces.date and start > today and every == "day":
        until += start - today  # 'for two weeks' has all of its days
    return Schedule(zone, start, times, Every(every), pieces.interval, days, until)


def _spread(times: tuple[dt.time, ...], least: int) -> tuple[dt.time, ...]:
    """The times without those that come too soon after another."""
    kept: list[dt.time] = []
    for time in times:
        if not kept or (time.hour - kept[-1].hour) * 60 + time.minute - kept[-1].minute >= least:
            kept.append(time)
    return tuple(kept)
