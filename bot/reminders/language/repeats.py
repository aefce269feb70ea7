"""How often something is to come: every other day, on weekdays, every two hours."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.reminders.language.pieces import Pieces
from bot.reminders.language.said import DAY_NAME, SECONDS, WEEKDAYS, Said
from bot.reminders.wording import WEEKEND, WORKDAYS

_STEPS = {"half": "0.5", "quarter of an": "0.25", "other": "2", "2nd": "2", "couple of": "2"}
_INTERVALS = {"other": "2", "2nd": "2", "second": "2", "3rd": "3"}


def with_repeats(said: Said, pieces: Pieces) -> Pieces:
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
        size = SECONDS[re.sub(r"s$", "", found[2])] / 60
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
    day = rf"(?:{DAY_NAME})"
    found = said.take(
        rf"(?P<each>{each} )?(?:\bon )?\b{day}s?\b(?:(?: ?,? ?(?:and|or|&"
        rf"|,)? ?(?:on )?)\b{day}s?\b)*"
    )
    if found:
        names = re.findall(rf"\b({DAY_NAME})(s?)\b", found[0])
        days = tuple(sorted({WEEKDAYS[name] for name, _ in names}))
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
