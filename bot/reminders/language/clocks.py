"""The clock times and the parts of the day that a message names."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.pieces import Clocked, Pieces
from bot.reminders.language.said import Said

_AMPM = r"(?: ?(a\.?m\.?|p\.?m\.?)(?![a-z]))"
_OF_DAY = (
    r"(?: (?:in the|at|this|on the) ?(?P<part>morning|afternoon|evening|night)| (?P<bare>tonight))?"
)
_LEAD = (
    r"(?:at|by|around|about|from|@|for|to|till|until|it|than|and|or|,|between|make that|like"
    r"|past|after|before)"
)
_TIME = re.compile(
    rf"(?:(?P<lead>(?<![\w]){_LEAD}) ?(?:around |about |like )?)?(?<![\w:.\-])"
    r"(?P<hour>\d{1,2})(?:(?P<sep>[:.h])(?P<minute>\d{2})| (?P<spaced>[0-5]\d))?(?P<h>h)?"
    r"(?P<ish>ish)?(?P<clock> ?o'? ?clock| hours| uhr)?"
    rf"(?P<ampm>{_AMPM})?{_OF_DAY}(?![\w:])"
)
_COMPACT = re.compile(r"(?<![\w:.])(?:at |by |@ ?)([01]\d|2[0-3])([0-5]\d)(?: hours)?(?![\w:])")
_FALSE_TIME = re.compile(
    r"^ ?(?:times?|seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|points?|%|/|out of)\b"
)


def with_window(said: Said, pieces: Pieces) -> Pieces:
    """'From nine to five', 'until six': only beside 'every two hours'."""
    if not pieces.step:
        return pieces
    clock = (
        r"(?:at )?(\d{1,2})(?:[:;.](\d{2}))?(?: ?o'? ?clock)?"
        rf"(?: ?({_AMPM[3:-1]}))?(?: (in the (?:morning|afternoon|evening)|at night))?"
    )
    found = said.take(
        rf"\b(?:from|between) {clock} ?(?:to|until|till|and|-) {clock}(?! days?| weeks?)"
    )
    if found:
        first, last = _clock_of(found.groups()[:5]), _clock_of(found.groups()[5:])
        return replace(pieces, window=(first, _later(first, last)))
    found = said.take(rf"\b(?:until|till|to|up to) {clock}(?! days?| weeks?)")
    if found:
        return replace(pieces, window=(None, _clock_of(found.groups())))
    found = said.take(rf"\b(?:from|starting at|starting) {clock}")
    if found:
        return replace(pieces, window=(_clock_of(found.groups()), None))
    return pieces


def _clock_of(groups: tuple[str | None, ...]) -> Clocked:
    hour, minute, ampm, _, part = groups if len(groups) == 5 else (*groups, None)[:5]
    clocked = Clocked(min(int(hour or 0), 23), int(minute or 0), is_sure=int(hour or 0) > 12)
    half = (ampm or "").replace(".", "")[:2] or {"in the morning": "am"}.get(
        part or "", "pm" if part else ""
    )
    return _halved(clocked, half) if half else clocked


def _later(first: Clocked, last: Clocked) -> Clocked:
    """The end of a window: 'nine to five' ends in the afternoon."""
    if not last.is_sure and last.hour <= first.hour and last.hour < 12:
        return replace(last, hour=last.hour + 12, is_sure=True)
    return last


def _halved(clocked: Clocked, half: str) -> Clocked:
    if clocked.hour > 12:
        return replace(clocked, is_sure=True)
    hour = clocked.hour % 12 + (12 if half == "pm" else 0)
    return replace(clocked, hour=hour, is_sure=True)


def with_moments(said: Said, pieces: Pieces, words: RemindersFile) -> Pieces:
    """'After lunch', 'before bed'."""
    times = list(pieces.times)
    every = [(word, moment.time) for moment in words.moments for word in moment.words]
    for word, clock in sorted(every, key=lambda each: -len(each[0])):
        if said.take(rf"(?<![\w']){re.escape(word)}(?![\w'])"):
            times.append(Clocked(clock.time.hour, clock.time.minute))
    return replace(pieces, times=tuple(times))


def with_times(said: Said, pieces: Pieces, is_answer: bool) -> Pieces:
    """Clock times. A bare number needs a word like 'at' before it, unless a time was asked for."""
    times, odd = list(pieces.times), pieces.odd
    compact = said.take(_COMPACT)
    if compact:
        times.append(Clocked(int(compact[1]), int(compact[2])))
    text = said.left.replace(";", ":")
    position, is_listed = 0, False
    while True:
        found = _TIME.search(text, position)
        if found is None:
            break
        position = max(found.end(), found.start() + 1)
        lead = (found["lead"] or "").strip()
        marked = found["sep"] or found["ampm"] or found["clock"] or found["h"] or found["ish"]
        marked = marked or found["part"] or found["bare"]
        is_led = lead not in ("", "and", "or", ",") or (lead and is_listed)
        if _FALSE_TIME.match(text[found.end() :]) and not found["ampm"]:
            continue
        if not (marked or is_led or is_answer or (found["spaced"] and lead)):
            continue
        minute = int(found["minute"] or found["spaced"] or 0)
        clocked = _said(found, minute)
        if clocked is None:
            odd = odd or found[0].strip().removeprefix(lead).strip()
            continue
        times.append(clocked)
        is_listed = True
        said.left = text = (
            text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
        )
    unique = tuple(dict.fromkeys(times))
    return replace(pieces, times=unique, odd=odd)


def _said(found: re.Match[str], minute: int) -> Clocked | None:
    """The clock time of a match; None where there is no such time."""
    hour = int(found["hour"])
    ampm = (found["ampm"] or "").strip().replace(".", "")
    part = found["part"] or ("evening" if found["bare"] else "")
    if hour > 23 or minute > 59 or (ampm and not 1 <= hour <= 12):
        return None
    if ampm:
        return Clocked(hour % 12 + (12 if ampm == "pm" else 0), minute)
    if hour > 12 or hour == 0 or found["hour"].startswith("0") or found["h"] or found["sep"] == "h":
        return Clocked(hour, minute)
    if part:
        is_am = part == "morning" or (part == "night" and hour <= 4)
        return Clocked(hour % 12 + (0 if is_am else 12), minute)
    if 1 <= hour <= 5:
        return Clocked(hour + 12, minute)
    if hour >= 11:
        return Clocked(hour, minute)
    # 'At 8' may be either; 11 at night and 3 in the morning are hardly meant.
    return Clocked(hour, minute, is_sure=False)


def with_parts(said: Said, pieces: Pieces, words: RemindersFile) -> Pieces:
    """'In the evening', for the clock times that may be either."""
    named = [
        place
        for place, part in enumerate(words.day_parts)
        if any(re.search(
            rf"(?<![\w']){re.escape(word)}(?![\w'])", said.left) for word in part.words)
    ]  # fmt: skip
    return replace(pieces, parts=tuple(named)) if named else pieces
