"""From the phrases of a message to the pieces of its schedule, or of several."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from bot.knowledge.schema.reminders import DayPart, RemindersFile
from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.calendar_days import next_weekday
from bot.reminders.language.grammar.items import Clocked, Item
from bot.reminders.language.grammar.parsing import Phrase
from bot.reminders.language.grammar.vocabulary import Word
from bot.reminders.language.pieces import Pieces

_TIMED = (told.Times, told.PerDay, told.Step)
_DAYED = (told.Days, told.Dates, told.Nth, told.MonthDays)
# Words that speak of when, and should have been understood.
_TELLING = frozenset({
    "EXCEPT", "DAYNAME", "DAYNAMES", "WEEKDAYS", "WEEKEND", "WEEKENDS", "MONTH", "HOLIDAY",
    "EVERY", "UNTIL", "PAUSE", "PARTS",
})  # fmt: skip
_LEADING = frozenset({"UNTIL", "EXCEPT", "EVERY", "PAUSE"})
_LONGEST_TOLD = 6
_WEEK = tuple(range(7))


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
) -> Pieces:
    """The pieces that the phrases of a message make.

    Args:
        is_answer: whether a time was asked for, so that a bare number is one.
    """
    placed = _with_bare_numbers(words, phrases, is_answer)
    items = _in_their_parts([item for _, item in placed], data)
    if not any(isinstance(item, _TIMED) for item in items):
        # 'Every day except tomorrow at 8': the time is that of all days.
        times = [t for i in items if isinstance(i, told.Except) for t in i.times]
        items = [replace(i, times=()) if isinstance(i, told.Except) else i for i in items]
        items += [told.Times(tuple(times))] if times else []
    delay = next((item for item in items if isinstance(item, told.Delay)), None)
    if delay:
        return Pieces(delay=delay.seconds)
    shared = _shared(items, data)
    clauses = _clauses(items)
    each = [_of_clause(clause, shared, items, today) for clause in clauses]
    pieces = [piece for group in each for piece in group] or [shared]
    first, *others = pieces
    days = [day for item in items if isinstance(item, told.Dates) for day in item.days]
    first = replace(first, is_past=bool(days) and max(days) < today)
    unread = tuple(_unread(words, phrases))
    return replace(first, others=tuple(others), unread=unread)


def _with_bare_numbers(
    words: Sequence[Word], phrases: Sequence[Phrase], is_answer: bool
) -> list[tuple[int, Item]]:
    """All items in their order, with numbers beside days, as in 'ten on Saturday'."""
    placed = [(phrase.start, item) for phrase in phrases for item in phrase.meaning]
    taken = {place for phrase in phrases for place in range(phrase.start, phrase.end)}
    edges = {p.start for p in phrases if _tells(p, (*_DAYED, told.Often, told.Times))}
    ends = {p.end for p in phrases if _tells(p, (*_DAYED, told.Often, told.Times))}
    for place, word in enumerate(words):
        if place in taken or word.kind not in ("NUM", "FOUR") or not _is_hour(word):
            continue
        after = words[place + 1].kind if place + 1 < len(words) else ""
        beside = place + 1 in edges or (after in ("AND", "COMMA") and place + 2 in edges)
        beside |= place in ends and after != "OTHERWISE"
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
            dates = {*pieces.but_dates, *(day.isoformat() for day in item.dates)}
            pieces = replace(
                pieces, but_days=tuple(sorted({*pieces.but_days, *item.days})),
                but_dates=tuple(sorted(dates)), but_times=pieces.but_times + item.times,
            )  # fmt: skip
        elif isinstance(item, told.Odd):
            pieces = replace(pieces, odd=pieces.odd or item.said)
        elif isinstance(item, told.Window):
            pieces = replace(pieces, window=(item.first, item.last))
        elif isinstance(item, told.Part):
            pieces = replace(pieces, parts=(*pieces.parts, *_parts(item, data)))
    return replace(pieces, parts=tuple(dict.fromkeys(pieces.parts)))


def _in_their_parts(items: list[Item], data: RemindersFile) -> list[Item]:
    """'Every morning at 7 and every evening at 9': each time in the part beside it."""
    order = [item for item in items if isinstance(item, (told.Part, told.Times))]
    parts = [item for item in order if isinstance(item, told.Part)]
    if len({part.word for part in parts}) < 2:
        return items
    pairs = order if isinstance(order[0], told.Part) else order[::-1]
    last: told.Part | None = None
    settled: dict[int, Item] = {}
    for item in pairs:
        if isinstance(item, told.Part):
            last = item
        elif last and isinstance(item, told.Times):
            places = [data.day_parts[place] for place in _parts(last, data)]
            settled[id(item)] = told.Times(
                tuple(_settled(clocked, places) for clocked in item.times)
            )
    return [settled.get(id(item), item) for item in items]


def _settled(clocked: Clocked, parts: Sequence[DayPart]) -> Clocked:
    fitting = [
        each
        for each in (clocked, clocked.other)
        if any(part.from_hour <= each.hour <= part.to_hour for part in parts)
    ]
    return replace(fitting[0], is_sure=True) if not clocked.is_sure and fitting else clocked


def _parts(part: told.Part, data: RemindersFile) -> list[int]:
    return [
        place
        for place, each in enumerate(data.day_parts)
        if any(re.search(rf"\b{part.word}s?\b", word) for word in each.words)
    ]


def _clauses(items: Sequence[Item]) -> list[_Clause]:
    """Which times belong to which days."""
    is_step = any(isinstance(item, told.Step) for item in items)
    runs: list[tuple[bool, list[Item]]] = []
    for item in items:
        is_timed = isinstance(item, _TIMED) or (isinstance(item, told.Window) and not is_step
                                                and item.first is not None)  # fmt: skip
        is_dayed = isinstance(item, _DAYED) or (isinstance(item, told.Often) and item.unit == "day")
        if not (is_timed or is_dayed):
            continue
        if runs and runs[-1][0] == is_timed:
            runs[-1][1].append(item)
        else:
            runs.append((is_timed, [item]))
    days = [run for is_timed, run in runs if not is_timed]
    times = [run for is_timed, run in runs if is_timed]
    if len(days) == 1 and len(times) == 2 and len(days[0]) > 1:
        # 'At 9 tomorrow, and on Friday at 10'.
        days = [days[0][:-1], days[0][-1:]]
    if len(days) < 2 or len(times) < 2:
        return [_Clause([i for run in days for i in run], [i for run in times for i in run])]
    clauses = [_Clause(d or [], t or []) for d, t in zip_longest(days, times)]
    while clauses[-1].days == [] or clauses[-1].times == []:
        last = clauses.pop()
        clauses[-1].days += last.days
        clauses[-1].times += last.times
    return clauses


def _of_clause(
    clause: _Clause, shared: Pieces, items: Sequence[Item], today: dt.date
) -> list[Pieces]:
    """The rules of a clause: one, or one for each of several dates."""
    pieces = _timed(shared, clause.times)
    often = [item for item in items if isinstance(item, told.Often)]
    weekly = next((item for item in often if item.unit == "week"), None)
    monthly = next((item for item in often if item.unit == "month"), None)
    daily = [i for i in clause.days if isinstance(i, told.Often)]
    named = [i for i in clause.days if isinstance(i, told.Days)]
    nth = [i for i in clause.days if isinstance(i, told.Nth)]
    numbered = [i for i in clause.days if isinstance(i, told.MonthDays)]
    dates = [i for i in clause.days if isinstance(i, told.Dates)]
    if nth and (monthly or nth[0].interval):
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
        elif isinstance(item, told.Window) and item.first and not pieces.times:
            pieces = replace(pieces, times=(item.first,))
    return pieces if pieces.step else replace(pieces, window=None)


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
    many = many or any(isinstance(item, told.Days) and item.many for item in items)
    if not many:
        day = next_weekday(today, days[0], or_today=True)
        return [replace(pieces, date=day.isoformat(), weekday=True)]
    interval = max([item.interval for item in named] + ([weekly.interval] if weekly else []))
    rules = [replace(pieces, every="week", interval=interval, days=days)]
    return rules + [replace(pieces, date=day.isoformat()) for item in dates for day in item.days]


def _on_dates(
    pieces: Pieces, dates: Sequence[told.Dates], numbered: Sequence[told.MonthDays],
    items: Sequence[Item], weekly: told.Often | None, monthly: told.Often | None,
) -> list[Pieces]:  # fmt: skip
    days = [day for item in dates for day in item.days]
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


def _unread(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[str]:
    """Words about when that are part of no phrase, each with what belongs to it."""
    taken = {place for phrase in phrases for place in range(phrase.start, phrase.end)}
    found, place = [], 0
    while place < len(words):
        word = words[place]
        if place in taken or word.kind not in _TELLING:
            place += 1
            continue
        end = place + 1
        if word.kind in _LEADING:
            while end < len(words) and end not in taken and end - place < _LONGEST_TOLD:
                if words[end].kind in ("COMMA", "AND"):
                    break
                end += 1
        found.append(" ".join(each.said for each in words[place:end]))
        place = end
    return found
