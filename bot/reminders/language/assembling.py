"""From the phrases of a message to the pieces of its schedule, or of several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.grammar import calendar_days as on
from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.items import Clocked, Item
from bot.reminders.language.grammar.parsing import Phrase
from bot.reminders.language.grammar.vocabulary import Word
from bot.reminders.language.leftovers import unread, unused
from bot.reminders.language.pieces import Pieces
from bot.reminders.language.settling import (
    about_when,
    in_their_parts,
    parts_of,
    with_named_days,
    within_spans,
)

_TIMED = (told.Times, told.PerDay, told.Step)
_DAYED = (told.Days, told.Dates, told.Nth, told.MonthDays)
_WEEK = tuple(range(7))
_YEAR = 12
_FEWEST_IN_A_ROW = 3


@dataclass
class _Clause:
    """Days and the times on them."""

    days: list[Item] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)


def assembled(
    words: Sequence[Word],
    phrases: Sequence[Phrase],
    data: RemindersFile,
    today: dt.date,
    is_answer: bool,
    is_added: bool | None = None,
) -> Pieces:
    """The pieces that the phrases of a message make.

    Args:
        is_added: whether a message says that times are added ('also'), or that others are in their
            place ('instead'); None where it says neither.
        is_answer: whether a time was asked for, so that a bare number is one.
    """
    phrases = about_when(words, phrases)
    placed = _with_bare_numbers(words, phrases, is_answer)
    items = in_their_parts([item for _, item in placed], data)
    items, spread = with_named_days(items)
    items = within_spans(items, today)
    if not any(isinstance(item, _TIMED) for item in items):
        # 'Every day except tomorrow at 8': the time is that of all days.
        times = [t for i in items if isinstance(i, told.Except) for t in i.times]
        items = [replace(i, times=()) if isinstance(i, told.Except) and times else i for i in items]
        items += [told.Times(tuple(times))] if times else []
    delay = next((item for item in items if isinstance(item, told.Delay)), None)
    dropped: tuple[str, ...] = ()
    if delay:
        # 'Every half hour, the first in ten minutes': what one of them leaves out is named.
        has_step = any(_tells(phrase, (told.Step,)) for phrase in phrases)
        kinds = (told.Delay,) if has_step else (*_DAYED, told.Total, told.Often)
        dropped = tuple(
            " ".join(word.said for word in words[phrase.start : phrase.end])
            for phrase in phrases
            if _tells(phrase, kinds)
        )
        if not has_step:
            return Pieces(delay=delay.seconds, unread=dropped)
        items = [item for item in items if item is not delay]
    clauses = _clauses(items)
    own = {id(item) for clause in clauses for item in clause.days}
    shared = _shared([item for item in items if id(item) not in own], data)
    shared = replace(shared, spread=spread)
    each = [_of_clause(clause, shared, items, today, data) for clause in clauses]
    is_added = _is_joined(words, placed) if is_added is None else is_added
    if len(each) > 1 and not is_added:
        each[0] = [_without_days_of(each[1:], piece) for piece in each[0]]
    pieces = _merged([piece for group in each for piece in group]) or [shared]
    first, *others = pieces
    days = [day for item in items if isinstance(item, told.Dates) for day in item.days]
    first = replace(first, is_past=bool(days) and max(days) < today)
    left = (*dropped, *unread(words, phrases), *unused(words, phrases, items))
    return replace(first, others=tuple(others), unread=left)


def _with_bare_numbers(
    words: Sequence[Word], phrases: Sequence[Phrase], is_answer: bool
) -> list[tuple[int, Item]]:
    """All items in their order, with numbers beside days, as in 'ten on Saturday'."""
    placed = [(phrase.start, item) for phrase in phrases for item in phrase.meaning]
    taken = {place for phrase in phrases for place in range(phrase.start, phrase.end)}
    edges = {p.start for p in phrases if _tells(p, (*_DAYED, told.Often, told.Times))}
    ends = {p.end for p in phrases if _tells(p, (*_DAYED, told.Often, told.Times))}
    behind_parts = {p.end for p in phrases if _tells(p, (told.Part,))}
    has_times = any(_tells(phrase, (told.Times,)) for phrase in phrases)
    days = [phrase for phrase in phrases if _tells(phrase, _DAYED)]
    for place, word in enumerate(words):
        if place in taken or word.kind not in ("NUM", "FOUR") or not _is_hour(word):
            continue
        after = words[place + 1].kind if place + 1 < len(words) else ""
        if has_times and len(days) == 1 and after in ("DAYNAMES", "WEEKENDS"):
            # 'Three Mondays at 9:40'.
            count = int(word.value) * (2 if after == "WEEKENDS" else 1)
            placed.append((place, told.Total(count, of_days=True)))
            continue
        beside = place + 1 in edges or (after in ("AND", "COMMA") and place + 2 in edges)
        beside |= place in ends and after != "OTHERWISE"
        beside |= place in behind_parts and after in ("", "AND", "COMMA", "EVERY", "ON")
        if beside or is_answer:
            hour = int(word.value)
            clock = Clocked(hour % 100 if hour < 100 else hour // 100,
                            hour % 100 if hour >= 100 else 0,
                            is_sure=hour > 12 or word.value.startswith("0"))  # fmt: skip
            placed.append((place, told.Times((clock,))))
    return sorted(placed, key=lambda each: each[0])


def _is_hour(word: Word) -> bool:
    number = int(word.value)
    return number // 100 < 24 and number % 100 < 60 if word.kind == "FOUR" else number < 24


def _tells(phrase: Phrase, kinds: tuple[type, ...]) -> bool:
    return any(isinstance(item, kinds) for item in phrase.meaning)


def _shared(items: Sequence[Item], data: RemindersFile) -> Pieces:
    """What holds for all rules of a message."""
    pieces = Pieces()
    for item in items:
        if isinstance(item, told.Start):
            pieces = replace(pieces, start=item.day.isoformat())
        elif isinstance(item, told.Until):
            pieces = replace(pieces, until=item.day.isoformat(), spans=item.spans)
        elif isinstance(item, told.Total):
            pieces = replace(pieces, total=item.count, of_days=item.of_days)
        elif isinstance(item, told.Except):
            if item.days and (item.times or item.part):
                some = tuple((day, *hours) for day in item.days for hours in _hours(item, data))
                pieces = replace(pieces, but_weekly=pieces.but_weekly + some)
                continue
            dates = [day.isoformat() for day in item.dates]
            single = tuple((date, time) for date in dates for time in item.times)
            whole = pieces.but_dates if single else {*pieces.but_dates, *dates}
            pieces = replace(
                pieces, but_days=tuple(sorted({*pieces.but_days, *item.days})),
                but_dates=tuple(sorted(whole)), but_times=pieces.but_times + single,
            )  # fmt: skip
        elif isinstance(item, told.Odd):
            pieces = replace(pieces, odd=pieces.odd or item.said)
        elif isinstance(item, told.Lead):
            pieces = replace(pieces, lead=item.minutes, of_session=item.of_session)
        elif isinstance(item, told.Part):
            pieces = replace(pieces, parts=(*pieces.parts, *parts_of(item, data)))
    return replace(pieces, parts=tuple(dict.fromkeys(pieces.parts)))


def _hours(item: told.Except, data: RemindersFile) -> list[tuple[int, int]]:
    """From which hour to which other one times are left out."""
    parts = parts_of(told.Part(item.part.rstrip("s")), data) if item.part else []
    told_hours = [(data.day_parts[n].from_hour, data.day_parts[n].to_hour) for n in parts]
    for time in item.times:
        told_hours += [(each.hour, each.hour) for each in (time, time.other)[: 2 - time.is_sure]]
    return told_hours


def _placed_parts(items: Sequence[told.Part], data: RemindersFile) -> tuple[int, ...]:
    return tuple(dict.fromkeys(place for item in items for place in parts_of(item, data)))


def _clauses(items: Sequence[Item]) -> list[_Clause]:
    """Which times belong to which days."""
    is_step = any(isinstance(item, told.Step) for item in items)
    of_parts = not any(isinstance(item, _TIMED) for item in items)
    runs: list[tuple[bool, list[Item]]] = []
    for item in items:
        is_timed = isinstance(item, _TIMED) or (
            isinstance(item, told.Window) and (is_step or item.first is not None)
        )
        # 'Monday evening and Tuesday morning'.
        is_timed |= of_parts and isinstance(item, told.Part)
        is_dayed = isinstance(item, _DAYED) or (isinstance(item, told.Often) and item.unit == "day")
        if isinstance(item, told.Except) and not (item.dates or item.times or item.part):
            # 'Every day except Sunday at 8, and on Sundays at 9' leaves it out of the first.
            is_dayed = len(runs) % 2 == 1 and not runs[-1][0]
        if not (is_timed or is_dayed):
            continue
        if runs and runs[-1][0] == is_timed:
            runs[-1][1].append(item)
        else:
            runs.append((is_timed, [item]))
    days = [run for is_timed, run in runs if not is_timed]
    times = [run for is_timed, run in runs if is_timed]
    if len(days) == 1 and len(times) == 2 and len(days[0]) > 1 and not is_step:
        # 'At 9 tomorrow, and on Friday at 10'.
        days = [days[0][:-1], days[0][-1:]]
    if len(days) == 2 and len(times) == 1 and len(times[0]) == 2 and runs[1][0]:
        # 'Every day at 8, but at 10 on Sundays'.
        times = [times[0][:1], times[0][1:]]
    if len(days) == 2 and len(times) == 1 and not runs[0][0]:
        times = _last_apart(times[0], *days)
    if len(days) < 2 or len(times) < 2:
        return [_Clause([i for run in days for i in run], [i for run in times for i in run])]
    clauses = [_Clause(d or [], t or []) for d, t in zip_longest(days, times)]
    while clauses[-1].days == [] or clauses[-1].times == []:
        last = clauses.pop()
        clauses[-1].days += last.days
        clauses[-1].times += last.times
    return clauses


def _last_apart(times: list[Item], first: list[Item], second: list[Item]) -> list[list[Item]]:
    """'Daily at 7, and at 3 on Wednesdays': the last time is that of the second days."""
    last = times[-1]
    named = [item for item in second if isinstance(item, told.Days)]
    general = {day for item in first if isinstance(item, told.Days) for day in item.days}
    if any(isinstance(item, told.Often) and item.interval == 1 for item in first):
        general = set(_WEEK)
    own = {day for item in named for day in item.days}
    is_apart = isinstance(last, told.Times) and len(last.times) > 1 and own and own < general
    if not is_apart or not isinstance(last, told.Times):
        return [times]
    return [[*times[:-1], replace(last, times=last.times[:-1])],
            [replace(last, times=last.times[-1:])]]  # fmt: skip


def _of_clause(
    clause: _Clause, shared: Pieces, items: Sequence[Item], today: dt.date, data: RemindersFile
) -> list[Pieces]:
    """The rules of a clause: one, or one for each of several dates."""
    pieces = _timed(shared, clause.times)
    own = [item for item in clause.times if isinstance(item, told.Part)]
    pieces = replace(pieces, parts=_placed_parts(own, data)) if own else pieces
    left = {day for item in clause.days if isinstance(item, told.Except) for day in item.days}
    pieces = replace(pieces, but_days=tuple(sorted({*pieces.but_days, *left})))
    often = [item for item in items if isinstance(item, told.Often)]
    weekly = next((item for item in often if item.unit == "week"), None)
    monthly = next((item for item in often if item.unit == "month"), None)
    daily = [i for i in clause.days if isinstance(i, told.Often)]
    named = [i for i in clause.days if isinstance(i, told.Days)]
    nth = [i for i in clause.days if isinstance(i, told.Nth)]
    numbered = [i for i in clause.days if isinstance(i, told.MonthDays)]
    dates = [i for i in clause.days if isinstance(i, told.Dates)]
    if nth and (monthly or nth[0].interval or any(item.interval for item in numbered)):
        interval = nth[0].interval or (monthly.interval if monthly else 1)
        if monthly and monthly.interval > 1:
            interval = monthly.interval
        return [replace(pieces, every="month", interval=interval, days=nth[0].days,
                        nth=tuple(place for item in nth for place in item.places))]  # fmt: skip
    if numbered and (monthly or any(item.interval for item in numbered)):
        interval = max(item.interval or 1 for item in numbered)
        interval = monthly.interval if monthly and monthly.interval > 1 else interval
        numbers = tuple(dict.fromkeys(n for item in numbered for n in item.numbers))
        return [replace(pieces, every="month", interval=interval, month_days=numbers)]
    if named and not (daily and daily[0].interval > 1):
        return _on_days(pieces, named, weekly, daily, dates, items, today)
    if daily and dates and not pieces.start:
        # 'Daily at 8, this Saturday first'.
        pieces = replace(pieces, start=min(dates[0].days).isoformat())
    if daily:
        return [replace(pieces, every="day", interval=daily[0].interval,
                        days=tuple(d for item in named for d in item.days))]  # fmt: skip
    return _on_dates(pieces, dates, numbered, items, weekly, monthly)


def _timed(shared: Pieces, times: Sequence[Item]) -> Pieces:
    pieces = shared
    for item in times:
        if isinstance(item, told.Times):
            both = dict.fromkeys([*pieces.times, *item.times])
            pieces = replace(pieces, times=tuple(both))
        elif isinstance(item, told.PerDay):
            pieces = replace(pieces, count=item.count)
        elif isinstance(item, told.Step):
            pieces = replace(pieces, step=item.minutes)
        elif isinstance(item, told.Window):
            before = pieces.window or (None, None)
            pieces = replace(pieces, window=(item.first or before[0], item.last or before[1]))
    first = pieces.window[0] if pieces.window else None
    if pieces.step or not first:
        return pieces if pieces.step else replace(pieces, window=None)
    return replace(pieces, window=None, times=pieces.times or (first,))


def _on_days(
    pieces: Pieces, named: Sequence[told.Days], weekly: told.Often | None,
    daily: Sequence[told.Often], dates: Sequence[told.Dates], items: Sequence[Item],
    today: dt.date,
) -> list[Pieces]:  # fmt: skip
    days = tuple(sorted({day for item in named for day in item.days}))
    is_each = any(isinstance(item, told.Part) and item.each for item in items)
    many = len(named) > 1 or any(item.many for item in named) or is_each
    many = many or bool(weekly or daily or pieces.has_limits)
    # 'Every Monday at 8 and Thursday at 6' is every Thursday, too.
    all_days = [item for item in items if isinstance(item, told.Days)]
    many = many or any(item.many for item in all_days) or _are_listed(all_days, items)
    single = [replace(pieces, date=day.isoformat()) for item in dates for day in item.days]
    if not many:
        day = on.next_weekday(today, days[0], or_today=True)
        return [replace(pieces, date=day.isoformat(), weekday=True), *single]
    interval = max([item.interval for item in named] + ([weekly.interval] if weekly else []))
    return [replace(pieces, every="week", interval=interval, days=days), *single]


def _are_listed(days: Sequence[told.Days], items: Sequence[Item]) -> bool:
    """Whether days stand side by side: 'Monday Wednesday 7 pm, Friday 6 pm' is every week."""
    places = [items.index(each) for each in days]
    return any(second - first == 1 for first, second in pairwise(places))


def _on_dates(
    pieces: Pieces, dates: Sequence[told.Dates], numbered: Sequence[told.MonthDays],
    items: Sequence[Item], weekly: told.Often | None, monthly: told.Often | None,
) -> list[Pieces]:  # fmt: skip
    days = [day for item in dates for day in item.days]
    if days and monthly and monthly.interval % _YEAR == 0:
        return [
            replace(pieces, every="month", interval=monthly.interval, month_days=(day.day,),
                    start=max(pieces.start or "", day.isoformat()))
            for day in days
        ]  # fmt: skip
    if len(days) >= _FEWEST_IN_A_ROW and days[-1] - days[0] == (len(days) - 1) * on.DAY:
        first, last = days[0].isoformat(), days[-1].isoformat()
        return [replace(pieces, every="day", start=first, until=last)]
    if days and not weekly:
        return [replace(pieces, date=day.isoformat()) for day in dict.fromkeys(days)]
    if numbered:
        return [replace(pieces, month_days=(number,)) for number in numbered[0].numbers]
    for often in (weekly, monthly):
        if often:
            rule = replace(pieces, every=often.unit, interval=often.interval)
            return [replace(rule, start=days[0].isoformat() if days else pieces.start)]
    is_each = any(isinstance(item, told.Part) and item.each for item in items)
    if is_each:
        return [replace(pieces, every="day")]
    return [pieces]


def _merged(pieces: Sequence[Pieces]) -> list[Pieces]:
    """One rule for the same days: 'every morning at 7 and every evening at 9'."""
    found: list[Pieces] = []
    for piece in pieces:
        same = [one for one in found if one.times and replace(one, times=piece.times) == piece]
        if same and piece.times:
            found[found.index(same[0])] = replace(same[0], times=(*same[0].times, *piece.times))
        else:
            found.append(piece)
    return found


def _is_joined(words: Sequence[Word], placed: Sequence[tuple[int, Item]]) -> bool:
    """Whether times are joined by 'and': '8 on weekdays and 10 on Fridays'."""
    return any(
        words[place - 1].kind == "AND" for place, item in placed
        if place and isinstance(item, (*_TIMED, *_DAYED, told.Often))
    ) or any(
        isinstance(item, told.Times) and len(item.times) > 1 for _, item in placed
    )  # fmt: skip


def _without_days_of(others: Sequence[Sequence[Pieces]], general: Pieces) -> Pieces:
    """The rule for all days, without those that have times of their own."""
    own = {
        day for group in others for piece in group if piece.every == "week" for day in piece.days
    }
    all_days = set(general.days or _WEEK)
    if general.every not in ("day", "week") or general.interval > 1 or not own < all_days:
        return general
    return replace(general, but_days=tuple(sorted({*general.but_days, *own})))
