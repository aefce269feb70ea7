"""What one word of a message settles for another: the half of the day, the week, the days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.knowledge.schema.reminders import DayPart, RemindersFile
from bot.reminders.language.grammar import calendar_days as on
from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.items import Clocked, Item
from bot.reminders.language.grammar.parsing import Phrase
from bot.reminders.language.grammar.vocabulary import OTHERWISE, Word

_NAMED = (told.Days, told.MonthDays, told.Nth)
_REPEATED = (told.PerDay, told.Step)
# So many times a week on these days.
_SPREAD = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 5), 5: (0, 1, 2, 3, 4),
           6: (0, 1, 2, 3, 4, 5), 7: (0, 1, 2, 3, 4, 5, 6)}  # fmt: skip
_DAYS_OF_MONTH = 28
_WHEN = (
    told.Times,
    told.Often,
    told.Days,
    told.PerDay,
    told.PerWeek,
    told.Step,
    told.Part,
    told.Dates,
)
_DAYED = (told.Often, told.Days, told.Dates, told.Nth, told.MonthDays)
_NEAR_MINUTES = 120
# So many words between 'not' and the day that is left out.
_FAR = 6
_ASKING = frozenset({
    "me", "us", "remind", "reminder", "reminders", "alert", "alarm", "ping", "nudge", "more",
    "total", "altogether", "but", "that's", "it's", "than", "max", "maximum", "most", "limit",
})  # fmt: skip


def about_when(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases without those that only look as if they told when a reminder comes.

    'Press for two minutes' and 'tap it five times' tell how to press. 'At 9:30 before bed' tells
    the time, and which one that is. After a word that is not known, 'Friday' is no day of what
    comes daily.
    """
    kept = _left_out_too(words, _after_not(words, phrases))
    phrases = list(kept)
    times = [item for each in phrases for item in each.meaning if isinstance(item, told.Times)]
    explicit = [time for item in times if not item.usual for time in item.times]
    is_told = bool(explicit) or any(_tells(phrase, _WHEN) for phrase in phrases)
    is_daily = any(item == told.Often("day") for phrase in phrases for item in phrase.meaning)
    for phrase in phrases:
        before = words[phrase.start - 1] if phrase.start else None
        is_loose = before is not None and before.kind in (OTHERWISE, "IT")
        for item in phrase.meaning:
            is_other = isinstance(item, told.Delay) and item.may_last and is_told
            if isinstance(item, told.Days) and is_daily and before:
                is_other = before.kind == OTHERWISE and before.said not in _ASKING
            if isinstance(item, told.Total) and not item.of_days and before and is_loose:
                is_other = before.said not in _ASKING
            # 'With meals, at 7:30, noon and 6:45' has the times of three meals.
            is_one = sum(each.usual for each in times) == 1
            is_joined = is_one and before is not None and before.kind == "AND"
            if isinstance(item, told.Times) and item.usual and not is_joined:
                is_other = any(_is_near(item.times[0], time) for time in explicit)
            if is_other and phrase in kept:
                kept.remove(phrase)
    return kept


def _after_not(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[Phrase]:
    """'Daily at 7, but not when I am off on Wednesday': days soon after 'not' are left out."""
    taken = {place for phrase in phrases for place in range(phrase.start, phrase.end)}
    kept: list[Phrase] = []
    for phrase in phrases:
        gap = range(kept[-1].end if kept else 0, phrase.start)
        near = [place for place in gap if place >= phrase.start - _FAR]
        is_not = any(
            words[place].kind in ("NOT", "EXCEPT") and place not in taken for place in near
        )
        days = [item for item in phrase.meaning if isinstance(item, told.Days)]
        if kept and is_not and len(days) == len(phrase.meaning) == 1 and days[0].interval == 1:
            phrase = replace(phrase, start=near[0], meaning=(told.Except(days=days[0].days),))
        kept.append(phrase)
    return kept


def _left_out_too(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[Phrase]:
    """'Not on April 1 and April 2': dates that go on with what is left out."""
    kept: list[Phrase] = []
    for phrase in phrases:
        last = kept[-1] if kept else None
        goes_on = (
            last is not None and phrase.start == last.end + 1 and words[last.end].kind == "AND"
            and any(isinstance(item, told.Except) and item.dates for item in last.meaning)
        )  # fmt: skip
        left = phrase.meaning[0]
        if isinstance(left, told.Except) and left.times and last and _tells(last, _DAYED):
            # 'Every day except Sunday at 8': the time is that of all other days.
            meaning = (replace(left, times=()), told.Times(left.times))
            phrase = replace(phrase, meaning=meaning)
        dates = [item for item in phrase.meaning if isinstance(item, told.Dates)]
        if goes_on and len(dates) == len(phrase.meaning) == 1:
            phrase = replace(phrase, meaning=(told.Except(dates=dates[0].days),))
        kept.append(phrase)
    return kept


def _tells(phrase: Phrase, kinds: tuple[type, ...]) -> bool:
    return any(isinstance(item, kinds) for item in phrase.meaning)


def _is_near(one: Clocked, other: Clocked) -> bool:
    return any(
        abs(one.hour * 60 + one.minute - each.hour * 60 - each.minute) <= _NEAR_MINUTES
        for each in ((other,) if other.is_sure else (other, other.other))
    )


def with_named_days(items: Sequence[Item]) -> tuple[list[Item], int]:
    """'Three times a week' with days: those that were named, or days chosen here.

    Returns:
        The items, and how many days were chosen; 0 for none.
    """
    named = {day for item in items if isinstance(item, told.Days) for day in item.days}
    rest = tuple(day for day in range(7) if day not in named)
    # 'The other days' are those that were not named.
    items = [replace(item, days=rest) if isinstance(item, told.Days) and not item.days else item
             for item in items]  # fmt: skip
    often = next((item for item in items if isinstance(item, told.PerWeek)), None)
    if often is None:
        return list(items), 0
    others: list[Item] = [item for item in items if not isinstance(item, told.PerWeek)]
    if any(isinstance(item, (*_NAMED, told.Dates)) for item in others):
        return others, 0
    days: Item = told.Days(_SPREAD[often.count], many=True) if often.unit == "week" else (
        told.MonthDays(tuple(_spread(often.count)), 1)
    )  # fmt: skip
    chosen = 0 if often.count == len(_SPREAD) else often.count
    found: list[Item] = [days if item is often else item for item in items]
    return found, chosen


def _spread(count: int) -> Iterable[int]:
    if count == 2:
        return (1, 15)
    return (1 + round(n * _DAYS_OF_MONTH / count) for n in range(count))


def within_spans(items: Sequence[Item], today: dt.date) -> list[Item]:
    """'Every day next week': from its first day to its last; 'Tuesday next week': that day."""
    span = next((item for item in items if isinstance(item, told.Span)), None)
    if span is None:
        return list(items)
    named = [item for item in items if isinstance(item, _NAMED)]
    days = sorted({day for each in named for day in _days_in(each, span) if day >= today})
    if days:
        rest = [told.Dates(tuple(days)) if item is named[0] else item for item in items]
        return [item for item in rest if item is not span and item not in named]
    if named or any(isinstance(item, _REPEATED) or _is_each(item) for item in items):
        limits: list[Item] = [told.Start(max(span.first, today)), told.Until(span.last)]
        rest = [item for item in items if item is not span]
        return [*rest, *limits]
    if any(isinstance(item, told.Dates) for item in items):
        return [item for item in items if item is not span]
    if span.first > today and span.unit != "year":
        # 'Next month' alone is a month from now.
        is_next = span.unit == "week" or on.months_on(today.replace(day=1), 1) == span.first
        day = span.first if span.unit == "week" else on.months_on(today, 1)
        if is_next and not span.by_name:
            return [told.Dates((day,)) if item is span else item for item in items]
    return list(items)


def _is_each(item: Item) -> bool:
    is_daily = isinstance(item, told.Often) and item.unit in ("day", "week")
    return is_daily or (isinstance(item, told.Part) and item.each)


def _days_in(item: Item, span: told.Span) -> list[dt.date]:
    """The days of a week or month to come that are named; none for what repeats in it."""
    days = [span.first + on.DAY * n for n in range((span.last - span.first).days + 1)]
    if isinstance(item, told.Days) and span.unit == "week":
        return [day for day in days if day.weekday() in item.days]
    if span.unit != "month" or not isinstance(item, (told.MonthDays, told.Nth)) or item.interval:
        return []
    if isinstance(item, told.MonthDays):
        return [days[n - 1 if n > 0 else n] for n in item.numbers if n <= len(days)]
    fitting = [day for day in days if day.weekday() in item.days]
    return [fitting[n - 1 if n > 0 else n] for n in item.places if n <= len(fitting)]


def in_their_parts(items: list[Item], data: RemindersFile) -> list[Item]:
    """'Every morning at 7 and every evening at 9': each time in the part beside it.

    'Every morning and evening at 10' is at both, and the night of 'morning, noon and night' has the
    time that is usual for it.
    """
    order = [item for item in items if isinstance(item, (told.Part, told.Times))]
    if len({item.word for item in order if isinstance(item, told.Part)}) < 2:
        return items
    settled: dict[int, Item] = {}
    alone: list[told.Part] = []
    last: told.Part | None = None
    waiting: list[told.Part] = []
    for item in order if isinstance(order[0], told.Part) else order[::-1]:
        if isinstance(item, told.Part):
            last = item
            waiting.append(item)
        elif last:
            parts = waiting if len(item.times) == 1 and not item.times[0].is_sure else waiting[-1:]
            fitting = [_fitting(item.times[0], _places(part, data)) for part in parts]
            if len(parts) > 1 and all(fitting):
                settled[id(item)] = told.Times(tuple(time for time in fitting if time))
            else:
                near = _places(last, data)
                times = tuple(_fitting(time, near) or time for time in item.times)
                settled[id(item)] = told.Times(times)
                # Noon is no time of 'morning, noon and night'.
                is_apart = not any(_is_in(time, near, before_end=True) for time in times)
                alone += waiting if is_apart else waiting[:-1]
            waiting = []
    alone += waiting if alone else []
    usual = [Clocked(t.hour, t.minute) for part in alone for t in _usual(part, data)]
    found = [settled.get(id(item), item) for item in items]
    return [*found, told.Times(tuple(usual))] if usual else found


def _places(part: told.Part, data: RemindersFile) -> list[DayPart]:
    return [data.day_parts[place] for place in parts_of(part, data)]


def _usual(part: told.Part, data: RemindersFile) -> list[dt.time]:
    return [place.time.time for place in _places(part, data)]


def _is_in(clocked: Clocked, parts: Sequence[DayPart], before_end: bool = False) -> bool:
    end = 1 if before_end else 0
    return any(part.from_hour <= clocked.hour <= part.to_hour - end for part in parts)


def _fitting(clocked: Clocked, parts: Sequence[DayPart]) -> Clocked | None:
    """The half of the day of a clock time that is in a part of the day."""
    if clocked.is_sure:
        return None
    both = (each for each in (clocked, clocked.other) if _is_in(each, parts))
    return next((replace(each, is_sure=True) for each in both), None)


def parts_of(part: told.Part, data: RemindersFile) -> list[int]:
    """The parts of the day that a word means, as places in the list of the data file."""
    return [
        place
        for place, each in enumerate(data.day_parts)
        if any(re.search(rf"\b{part.word}s?\b", word) for word in each.words)
    ]
