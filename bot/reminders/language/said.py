"""The message as it is read: numbers as digits, and what was understood taken out."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.calendar_words import WEEKDAY_NUMBERS
from bot.text.number_words import number_words

# Short names that are also words of their own are read only where a day is expected.
_OTHER_WORDS = ("weds", "sat", "sun")
WEEKDAYS = {name: day for name, day in WEEKDAY_NUMBERS.items() if name not in _OTHER_WORDS}
MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
SECONDS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "h": 3600}


class Said:
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


def digits(text: str) -> str:
    """Small letters, numbers as digits, clock words as clock times: 'half past seven' is '7:30'."""
    text = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    text = re.sub(r"[^a-z0-9':.,@/%\- ]", " ", text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", text)
    text = re.sub(r"([.,])[.,]*(?=\s|$)", r" \1", text)
    text = _number_pattern().sub(lambda match: str(number_words()[match[0]]), f" {text} ")
    for number, ordinal in enumerate(ORDINALS, 1):
        text = re.sub(
            rf"\b(the )?{ordinal} (?=of {MONTH_NAME}\b|of (?:every|each|the) month)",
            f"{number}th ",
            text,
        )
    text = re.sub(r"\bzero\b|\boh(?= \d\b)", "0", text)
    text = re.sub(r"\ba quarter\b", "quarter", text)
    text = re.sub(r"\b5 and (20) (?=past|to\b)", "25 ", text)
    text = re.sub(r"\b3 quarters past (\d{1,2})\b", r"\1;45", text)
    text = _BESIDE_TWELVE.sub(_beside_twelve, text)
    text = re.sub(r"\b(?:12 )?noon\b|\bmidday\b", "12:00 pm", text)
    text = re.sub(r"\b(?:12 )?midnight\b", "0:00", text)
    text = re.sub(r"\bh[a-z]{1,3} (?:past|passed|after) (\d{1,2})\b", r"\1;30", text)
    text = re.sub(r"\bhalf (\d{1,2})\b(?! ?(?:hours?|minutes?))", r"\1;30", text)
    text = re.sub(r"\bquarter (?:past|passed|after) (\d{1,2})\b", r"\1;15", text)
    text = re.sub(
        r"\bquarter (?:too?|till?|before|of) (\d{1,2})\b", lambda m: _before(15, int(m[1])), text
    )
    text = re.sub(
        r"\b(\d{1,2})(?: minutes?)? past (\d{1,2})\b", lambda m: f"{m[2]};{int(m[1]):02}", text
    )
    text = re.sub(
        r"(?<!from )\b(5|10|20|25)(?: minutes?)? to (\d{1,2})\b(?! ?(?:[ap]m|o'))",
        lambda m: _before(int(m[1]), int(m[2])), text,
    )  # fmt: skip
    return " ".join(text.split())


# 'One' is a number beside these.
_BEFORE_ONE = (
    "at", "to", "by", "till", "until", "from", "past", "for", "in", "every", "each", "half",
    "around", "about", "between", "and", "or", "quarter", "after", "before", "point", "number",
    "just", "only",
)  # fmt: skip
_BEHIND_ONE = (
    r"hours?|hrs?|minutes?|mins?|days?|weeks?|months?|times?|o'?clock|[ap]m|noon|in the|thirty"
    r"|fifteen|forty|twenty|ten|oh|reminder|every|each|per|a day"
)
_BESIDE_TWELVE = re.compile(
    r"\b(half|quarter|\d{1,2})(?: minutes?)? (past|after|to|before) (noon|midday|midnight)\b"
)


def _beside_twelve(found: re.Match[str]) -> str:
    """'Half past midnight', 'ten to noon'."""
    told = {"half": 30, "quarter": 15}
    minutes = told[found[1]] if found[1] in told else int(found[1])
    if minutes > 59:
        return found[0]
    noon = 0 if found[3] == "midnight" else 12 * 60
    step = minutes if found[2] in ("past", "after") else -minutes
    minute = (noon + step) % (24 * 60)
    half = "am" if minute < 12 * 60 else "pm"
    return f"{minute // 60 % 12 or 12}:{minute % 60:02} {half}"


def _before(minutes: int, hour: int) -> str:
    return f"{(hour - 2) % 12 + 1 if hour <= 12 else hour - 1};{60 - minutes:02}"


@lru_cache(maxsize=1)
def _number_pattern() -> re.Pattern[str]:
    words = sorted(number_words(), key=len, reverse=True)
    # 'That one', 'the morning one' and 'one of my points' are no numbers.
    led = "|".join(rf"(?<=\b{word} )" for word in _BEFORE_ONE)
    rest = "|".join(re.escape(word) for word in words if word != "one")
    one = rf"(?:(?<=^ )|(?<=, )|{led})\bone\b(?! of\b)|\bone\b(?= (?:{_BEHIND_ONE})\b)"
    return re.compile(rf"\b(?:{rest})\b|{one}")
