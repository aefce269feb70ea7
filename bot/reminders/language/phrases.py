"""Reads when somebody wants to be reminded, from their own words.

Each part of a message is taken out of it once it is understood, so that the 'ten' of 'ten minutes'
is not read as a clock time as well. Dates such as 'the 3rd of March' are read by dateparser, which
is loaded when one is said.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.pieces import Clocked, Pieces
from bot.reminders.schedules import WEEKEND, WORKDAYS
from bot.text.number_words import number_words

_WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "wed": 2,
    "thursday": 3, "thu": 3, "thur": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5,
    "sunday": 6,
}  # fmt: skip
_DAY_NAME = r"(?:" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")"
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_SECONDS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "h": 3600}
_UNIT = r"(seconds?|secs?|minutes?|mins?|hours?|hrs?|h)\b"
_STEPS = {"half": "0.5", "quarter of an": "0.25", "other": "2", "2nd": "2", "couple of": "2"}
_INTERVALS = {"other": "2", "2nd": "2", "second": "2", "3rd": "3"}
_LONG = {"day": 1, "week": 7, "fortnight": 14}
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?"
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


class _Text:
    """The message, from which what was understood is taken out."""

    def __init__(self, text: str) -> None:
        self.left = f" {text} "

    def take(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """Take the first place out where the pattern is found."""
        found = re.search(pattern, self.left)
        if found:
            gap = " ; " if found[0].strip() else " "
            self.left = self.left[: found.start()] + gap + self.left[found.end() :]
        return found


def read(text: str, now: dt.datetime, words: RemindersFile, is_answer: bool = False) -> Pieces:
    """What a message says about when.

    Args:
        now: the present moment, in the person's time zone.
        is_answer: whether a time was asked for, so that a bare number is one.
    """
    said = _Text(digits(text))
    pieces = _delay(said, now)
    if pieces.delay is not None:
        return pieces
    pieces = _repeats(said, pieces)
    pieces = _window(said, pieces)
    pieces = _ends(said, pieces, now)
    pieces = _dates(said, pieces, now)
    pieces = _moments(said, pieces, words)
    pieces = _times(said, pieces, is_answer)
    return _parts(said, pieces, words)


def digits(text: str) -> str:
    """Small letters, numbers as digits, clock words as clock times: 'half past seven' is '7:30'."""
    text = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    text = re.sub(r"[^a-z0-9':.,@/%\- ]", " ", text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", text)
    text = re.sub(r"([.,])[.,]*(?=\s|$)", r" \1", text)
    text = _number_pattern().sub(lambda match: str(number_words()[match[0]]), f" {text} ")
    for number, ordinal in enumerate(_ORDINALS, 1):
        text = re.sub(
            rf"\b(the )?{ordinal} (?=of {_MONTH_NAME}\b|of (?:every|each|the) month)",
            f"{number}th ",
            text,
        )
    text = re.sub(r"\bzero\b|\boh(?= \d\b)", "0", text)
    text = re.sub(r"\ba quarter\b", "quarter", text)
    text = re.sub(r"\b(?:12 )?noon\b|\bmidday\b", "12:00 pm", text)
    text = re.sub(r"\b(?:12 )?midnight\b", "0:00", text)
    text = re.sub(r"\bhalf (?:past|after) (\d{1,2})\b", r"\1;30", text)
    text = re.sub(r"\bhalf (\d{1,2})\b(?! ?(?:hours?|minutes?))", r"\1;30", text)
    text = re.sub(r"\bquarter (?:past|after) (\d{1,2})\b", r"\1;15", text)
    text = re.sub(r"\bquarter (?:to|before|of) (\d{1,2})\b", lambda m: _before(15, int(m[1])), text)
    text = re.sub(
        r"\b(\d{1,2})(?: minutes?)? past (\d{1,2})\b", lambda m: f"{m[2]};{int(m[1]):02}", text
    )
    text = re.sub(
        r"(?<!from )\b(5|10|20|25)(?: minutes?)? to (\d{1,2})\b(?! ?(?:[ap]m|o'))",
        lambda m: _before(int(m[1]), int(m[2])), text,
    )  # fmt: skip
    return " ".join(text.split())


def _before(minutes: int, hour: int) -> str:
    return f"{(hour - 2) % 12 + 1 if hour <= 12 else hour - 1};{60 - minutes:02}"


@lru_cache(maxsize=1)
def _number_pattern() -> re.Pattern[str]:
    words = sorted(number_words(), key=len, reverse=True)
    # 'that one', 'the morning one' and 'one of my points' are no numbers.
    not_one = r"(?<!\bthe )(?<!\bthat )(?<!\bthis )(?<!ning )(?<!noon )(?<!other )(?<!day )"
    rest = "|".join(re.escape(word) for word in words if word != "one")
    return re.compile(rf"\b(?:{rest})\b|{not_one}\bone\b(?! of\b)")


def _delay(said: _Text, now: dt.datetime) -> Pieces:
    """'In ten minutes', 'an hour from now', 'half an hour later'."""
    amount = r"(\d+(?:\.\d+)?|an?|half an?|quarter of an|a couple of|a few|1 and a half)"
    found = said.take(
        rf"\b(?:in|for|after) (?:about |like )?{amount} {_UNIT}(?P<half> and a half)?"
        rf"(?:(?: and)? (?P<more>\d+) (?:minutes?|mins?))?(?! (?:a|per|each|every|before"
        rf"|earlier|later)\b)"
    ) or said.take(
        rf"\b{amount} {_UNIT}(?P<half> and a half)?(?P<more>)(?: from now| later from now)\b"
    )
    if found:
        unit = found[2].rstrip("s") if found[2] not in ("hrs", "secs", "mins") else found[2][:-1]
        size = _SECONDS[unit]
        seconds = _amount(found[1]) * size + (size / 2 if found["half"] else 0)
        return Pieces(delay=round(seconds) + int(found["more"] or 0) * 60)
    found = said.take(
        r"\bin (\d+|an?|a couple of|a few) (days?|weeks?|fortnights?|months?)(?: time)?\b"
    )
    if found:
        return Pieces(date=_on(now.date(), found[1], found[2]).isoformat())
    return Pieces()


def _on(today: dt.date, amount: str, unit: str) -> dt.date:
    """The day so many days, weeks or months from today."""
    unit = unit.rstrip("s")
    if unit == "month":
        return _months_on(today, round(_amount(amount)))
    return today + dt.timedelta(days=round(_amount(amount) * _LONG[unit]))


def _months_on(today: dt.date, months: int) -> dt.date:
    """The same day of a later month; its last day where it has no such day."""
    later: dt.date = today + relativedelta(months=months)
    return later


def _amount(words: str) -> float:
    known = {"a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "quarter of an": 0.25,
             "a couple of": 2, "a few": 3, "1 and a half": 1.5}  # fmt: skip
    return known[words] if words in known else float(words)


def _repeats(said: _Text, pieces: Pieces) -> Pieces:
    """'Every other day', 'weekdays', 'twice a day', 'every two hours'."""
    each = r"\b(?:every|each|any)"
    found = said.take(r"\b(\d+) times? (?:a|per|each|every|1) day\b|\b(\d+) times daily\b")
    count = int(found[1] or found[2]) if found else None
    for words, number in ((r"\bonce (?:a|per|each|every) day\b|\bonce daily\b", 1),
                          (r"\btwice (?:a|per|each|every) day\b|\btwice daily\b", 2),
                          (r"\bthrice (?:a|per) day\b", 3)):  # fmt: skip
        if said.take(words):
            count = number
    if count is not None:
        pieces = replace(pieces, count=count, every="day")
    found = said.take(
        rf"{each} (\d+|half|quarter of an|other|2nd|couple of)(?: an?)? (hours?|hrs?"
        rf"|minutes?|mins?|seconds?|secs?)\b"
    )
    if found:
        size = _SECONDS[re.sub(r"s$", "", found[2])] / 60
        step = float(_STEPS.get(found[1], found[1])) * size
        pieces = replace(pieces, step=max(1, round(step)))
    elif said.take(rf"{each} (?:single )?hour\b|\bhourly\b|\bon the hour\b"):
        pieces = replace(pieces, step=60)
    elif said.take(rf"{each} (?:single )?(?:minute|second)\b(?! (?:day|week|month))"):
        pieces = replace(pieces, step=1)
    found = said.take(
        rf"{each} (\d+|other|2nd|second|3rd) (days?|weeks?|months?)\b|\balternate (days"
        rf"|weeks)\b|\b(fortnightly)\b"
    )
    if found:
        unit = (found[2] or found[3] or "weeks").rstrip("s")
        interval = int(_INTERVALS.get(found[1] or "other", found[1]))
        pieces = replace(pieces, every=unit, interval=interval)
    if said.take(r"\b(?:from )?mon(?:day)?s? (?:to|till|until|through|-) fri(?:day)?s?\b"):
        pieces = replace(pieces, every="week", days=WORKDAYS)
    found = said.take(rf"(?:{each} |on (?:the )?)?(?:\bweek ?days?\b|\bwork(?:ing)? ?days?\b)")
    if found:
        pieces = replace(pieces, every="week", days=WORKDAYS)
    found = said.take(rf"(?P<each>{each} )?(?:\b(?:at|on) (?:the )?)?\bweek ?end(?P<many>s)?\b")
    if found:
        pieces = replace(pieces, every="week", days=WEEKEND)
    day = rf"(?:{_DAY_NAME})"
    found = said.take(
        rf"(?P<each>{each} )?(?:\bon )?\b{day}s?\b(?:(?: ?,? ?(?:and|or|&"
        rf"|,)? ?(?:on )?)\b{day}s?\b)*"
    )
    if found:
        names = re.findall(rf"\b({_DAY_NAME})(s?)\b", found[0])
        days = tuple(sorted({_WEEKDAYS[name] for name, _ in names}))
        is_many = (
            found["each"] or len(days) > 1 or any(s for _, s in names) or pieces.every == "week"
        )
        pieces = replace(pieces, every="week" if is_many else pieces.every, days=days)
    if said.take(rf"{each} (?:single )?day\b|\bdaily\b|\beveryday\b|\bday by day\b"):
        pieces = replace(pieces, every=pieces.every or "day")
    if said.take(rf"{each} (?:single )?week\b|\bweekly\b|\bonce a week\b"):
        pieces = replace(pieces, every="week")
    found = said.take(r"\b(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)? of (?:every|each|the) month\b")
    if found:
        # Counted from a day with this number; which one it is, is settled with the dates.
        pieces = replace(pieces, every="month", date=f"--{int(found[1]):02}")
    elif said.take(rf"{each} month\b|\bmonthly\b|\bonce a month\b"):
        pieces = replace(pieces, every="month")
    found = re.search(rf"{each} (?:single )?(?=morning|afternoon|evening|night)", said.left)
    if found or re.search(
        r"\b(?:in the )?(?:mornings|afternoons|evenings|nights|nightly)\b", said.left
    ):
        pieces = replace(pieces, every=pieces.every or "day")
    return pieces


def _window(said: _Text, pieces: Pieces) -> Pieces:
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


def _ends(said: _Text, pieces: Pieces, now: dt.datetime) -> Pieces:
    """'For two weeks', 'until Friday', 'until the 3rd of March'."""
    found = said.take(
        r"\bfor (?:the )?(?:next |coming )?(\d+|an?|a couple of|a few)? ?(days?|weeks?"
        r"|fortnights?|months?)\b"
    )
    if found:
        end = _on(now.date(), found[1] or "a", found[2]) - dt.timedelta(days=1)
        return replace(pieces, until=end.isoformat())
    found = said.take(rf"\b(?:until|till|up to) (?:the end of )?(?:next |this )?({_DAY_NAME})\b")
    if found:
        ahead = (_WEEKDAYS[found[1]] - now.weekday()) % 7 or 7
        return replace(pieces, until=(now.date() + dt.timedelta(days=ahead)).isoformat())
    if said.take(r"\b(?:until|till) tomorrow\b"):
        return replace(pieces, until=(now.date() + dt.timedelta(days=1)).isoformat())
    if said.take(r"\b(?:until|till) next week\b"):
        ahead = 7 - now.weekday()
        return replace(pieces, until=(now.date() + dt.timedelta(days=ahead)).isoformat())
    found = said.take(
        rf"\b(?:until|till|up to) (?:the )?(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH_NAME}"
        rf"|{_MONTH_NAME} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)\b"
    )
    if found:
        day = _parsed(found[1], now)
        return replace(pieces, until=day.isoformat() if day else None)
    return pieces


def _dates(said: _Text, pieces: Pieces, now: dt.datetime) -> Pieces:
    """'Tomorrow', 'on Monday', 'the 3rd of March'."""
    today = now.date()
    if said.take(r"\byesterday\b|\blast (?:night|week|month|" + _DAY_NAME + r")\b|\bdays? ago\b"):
        return replace(pieces, is_past=True)
    here = re.search(r"\b(?:tonight|today|this (?:morning|afternoon|evening))\b", said.left)
    if here and re.search(r"\btomorrow\b", said.left):
        return replace(pieces, is_mixed=True)
    ahead: int | None = None
    if said.take(r"\bday after (?:tomorrow|tmrw)\b"):
        ahead = 2
    elif said.take(r"\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tomoz)(?:'s)?\b"):
        ahead = 1
    elif said.take(r"\btoday\b"):
        ahead = 0
    elif said.take(r"\bnext week\b"):
        ahead = 7 - today.weekday() if not pieces.days else None
    elif re.search(r"\btonight\b|\bthis (?:morning|afternoon|evening)\b", said.left):
        ahead = 0
    elif said.take(r"\bnext month\b"):
        return replace(pieces, date=_months_on(today, 1).isoformat())
    if ahead is not None:
        return replace(pieces, date=(today + dt.timedelta(days=ahead)).isoformat())
    if pieces.days and not pieces.every:
        ahead = (pieces.days[0] - today.weekday()) % 7
        return replace(pieces, days=(), date=(today + dt.timedelta(days=ahead)).isoformat())
    found = said.take(
        rf"\b(?:on )?(?:the )?(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH_NAME}"
        rf"|{_MONTH_NAME} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)\b(?: (\d{{4}}))?"
    )
    if found:
        day = _parsed(f"{found[1]} {found[2] or ''}", now)
        if day is None:
            return replace(pieces, odd=found[1])
        return replace(pieces, date=day.isoformat(), is_past=day < today)
    found = said.take(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)")
    if found:
        year, month, date = (
            (found[1], found[2], found[3])
            if found[1]
            else (found[6] or today.year, found[5], found[4])
        )
        try:
            day = dt.date(int(year), int(month), int(date))
        except ValueError:
            return replace(pieces, odd=found[0].strip())
        return replace(pieces, date=day.isoformat(), is_past=day < today)
    found = said.take(r"\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b")
    if found:
        day = _next_of_month(today, int(found[1]))
        return (
            replace(pieces, date=day.isoformat())
            if day
            else replace(pieces, odd=f"the {found[1]}th")
        )
    return pieces


def _parsed(words: str, now: dt.datetime) -> dt.date | None:
    """A date with the name of a month, read by dateparser; None where there is no such day."""
    import dateparser

    words = (
        re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", words).replace(" of ", " ").replace(" the ", " ")
    )
    found = dateparser.parse(
        words.strip(),
        languages=["en"],
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "STRICT_PARSING": False,
        },
    )
    day = found.date() if found else None
    number = re.search(r"\b\d{1,2}\b", words)
    # dateparser makes 30 February another day.
    return day if day and number and day.day == int(number[0]) else None


def _next_of_month(today: dt.date, number: int) -> dt.date | None:
    for ahead in range(62):
        day = today + dt.timedelta(days=ahead)
        if day.day == number:
            return day
    return None


def _moments(said: _Text, pieces: Pieces, words: RemindersFile) -> Pieces:
    """'After lunch', 'before bed'."""
    times = list(pieces.times)
    every = [(word, moment.time) for moment in words.moments for word in moment.words]
    for word, clock in sorted(every, key=lambda each: -len(each[0])):
        if said.take(rf"(?<![\w']){re.escape(word)}(?![\w'])"):
            times.append(Clocked(clock.time.hour, clock.time.minute))
    return replace(pieces, times=tuple(times))


def _times(said: _Text, pieces: Pieces, is_answer: bool) -> Pieces:
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


def _parts(said: _Text, pieces: Pieces, words: RemindersFile) -> Pieces:
    """'In the evening', for the clock times that may be either."""
    named = [
        place
        for place, part in enumerate(words.day_parts)
        if any(re.search(
            rf"(?<![\w']){re.escape(word)}(?![\w'])", said.left) for word in part.words)
    ]  # fmt: skip
    return replace(pieces, parts=tuple(named)) if named else pieces
