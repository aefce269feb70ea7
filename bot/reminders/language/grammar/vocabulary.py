"""The words that schedules are made of: every message becomes a row of these before it is parsed.

sayings.py says which ways of saying something mean the same, the tables here what each word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import jellyfish

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.grammar.calendar_days import HOLIDAYS
from bot.reminders.language.grammar.sayings import SHORT_DAYS, dashed, in_one_way
from bot.reminders.language.said import ORDINALS, WEEKDAYS, digits
from bot.reminders.wording import DAYS
from bot.text.calendar_words import MONTHS
from bot.text.ordinary_words import ordinary_words

SECONDS = {"second": 1, "minute": 60, "hour": 3600}

# Said beside times without changing them.
_FILLING = frozenset({
    "the", "my", "our", "your", "um", "uh", "er", "erm", "like", "around", "about", "approximately",
    "approx", "roughly", "say", "sharp", "exactly", "precisely", "please", "pls", "plz", "also",
    "again", "too", "then", "maybe", "so", "okay", "ok", "only", "just", "always", "ish", "well",
    "coming", "hmm", "usually", "additionally", "extra", "instead", "rather",
})  # fmt: skip
# They tell when, but no day and no hour that can be known here.
_LOOSE = ("birthday", "birthdays", "anniversary", "payday", "sunset", "sundown", "sunrise", "dawn",
          "dusk", "sunup", "ramadan", "diwali", "eid", "hanukkah", "passover", "summer", "winter",
          "spring", "autumn")  # fmt: skip
# The number after these is that of a point, and no clock time.
_BEFORE_NUMBERS = frozenset({
    "heart", "spleen", "stomach", "kidney", "liver", "lung", "bladder", "gallbladder", "intestine",
    "pericardium", "burner", "heater", "warmer", "energizer", "energiser", "vessel", "governing",
    "conception", "li", "st", "sp", "pc", "ht", "lu", "lr", "lv", "ki", "kd", "bl", "gb", "te",
    "tw", "sj", "gv", "du", "cv", "ren", "point", "number", "level", "score",
})  # fmt: skip
_WORDS = {
    "EVERY": ("every", "any"), "OTHER": ("other",), "LAST": ("last", "final"),
    "A": ("a", "an", "per"), "AT": ("at", "by", "@"), "ON": ("on",), "IN": ("in", "within"),
    "OF": ("of",), "FROM": ("from",), "TO": ("to",), "UNTIL": ("until",), "BETWEEN": ("between",),
    "AND": ("and", "&", "plus"), "COMMA": (",", "/", ";"), "NOT": ("not",), "EXCEPT": ("except",),
    "TIMES": ("times", "time"), "FOR": ("for",), "NEXT": ("next", "following"), "THIS": ("this",),
    "BEFORE": ("before", "earlier"), "AFTER": ("after",), "NOW": ("now",), "END": ("end",),
    "TODAY": ("today",), "TOMORROW": ("tomorrow", "tmrw", "tmr", "tomoz", "tmw", "2moro", "tomoro"),
    "OVERMORROW": ("overmorrow",), "YESTERDAY": ("yesterday",), "TONIGHT": ("tonight",),
    "AGO": ("ago",), "HOUR": ("hour", "hours", "hr", "hrs"),
    "MINUTE": ("minute", "minutes", "min", "mins", "minits"), "SECOND": ("second",),
    "SECONDS": ("seconds", "sec", "secs"), "DAYWORD": ("day", "days"),
    "WEEKWORD": ("week", "weeks", "wk", "wks"), "MONTHWORD": ("month", "months"),
    "YEARWORD": ("year", "years"), "WEEKDAYS": ("weekdays",), "WEEKEND": ("weekend",),
    "WEEKENDS": ("weekends",), "OCLOCK": ("o'clock", "uhr"), "AMPM": ("am", "pm"),
    "HOLIDAY": tuple(HOLIDAYS),
    "OTHERDAYS": ("otherdays",), "SESSION": ("session", "sessions"),
    "PENULT": ("penultimate",), "SAMETIME": ("sametime",),
    "LOOSE": _LOOSE, "PAUSE": ("pause", "paused"), "IT": ("it", "make"), "ONCE": ("once",),
}  # fmt: skip
_PARTS = {"morning": "PART", "afternoon": "PART", "evening": "PART", "night": "PART",
          "mornings": "PARTS", "afternoons": "PARTS", "evenings": "PARTS", "nights": "PARTS",
          }  # fmt: skip
_AMOUNTS_OF = frozenset({"TIMES", "HOUR", "MINUTE", "SECONDS", "DAYWORD", "WEEKWORD", "MONTHWORD",
                         "YEARWORD"})  # fmt: skip
_BEFORE_LOOSE = frozenset({"AT", "ON", "IN", "BEFORE", "AFTER", "UNTIL", "FROM", "EVERY", "EXCEPT",
                           "NOT", "THIS", "NEXT"})  # fmt: skip
_IN_DAY_LISTS = ("DAYNAME", "DAYNAMES", "TO", "UNTIL", "AND", "ON", "EVERY", "COMMA")
_LEADS_TO_DAY = frozenset({"EVERY", "ON", "NEXT", "THIS", "UNTIL", "FROM", "EXCEPT", "NOT", "LAST",
                           "ORD", "SECOND", "OTHER", "DAYNAME", "DAYNAMES", "AND", "COMMA",
                           })  # fmt: skip
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})|(?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)"
    r"|(?:(?<=\bon )|(?<=\bfrom )|(?<=\buntil )|(?<=\bexcept )|(?<=\bnot )|(?<=\bthe ))"
    r"\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}(?=,? (?:at|@) ))(?!\d)"
    r"|(?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4})?)(?!\d)"
    r"|(?P<clock>\d{1,2}(?:[:;h]\d{2}|\.\d{2}))(?= ?(?:[ap]m)?\b)|(?P<hours>\d{1,2})h(?![a-z])"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b|(?P<dec>\d+\.\d+)|(?P<number>\d+)(?:ish)?"
    r"|(?P<word>[a-z](?:[a-z0-9']*[a-z0-9])?)|(?P<sign>[,&@/\-;])"
)
_SHORTEST_MISSPELT, _LONG = 4, 7


@dataclass(frozen=True)
class Word:
    """A word of a message: what it is, and its value.

    Attributes:
        kind: the name of a terminal of the grammar; OTHERWISE for a word that tells no time.
        said: as it was said.
    """

    kind: str
    value: str
    said: str


OTHERWISE = "OTHERWISE"


def words_of(text: str, data: RemindersFile) -> list[Word]:
    """A message as words of the grammar."""
    said = in_one_way(digits(dashed(_spelt(text.lower(), data))))
    said, moments = _with_moments(said, data)
    return _typed(list(_split(said, moments)))


def _spelt(text: str, data: RemindersFile) -> str:
    """Misspelt words of schedules as they are spelt; ordinary words stay."""
    return re.sub(r"[a-z]{4,}", lambda found: _right(found[0], _all_words(data)), text)


@lru_cache(maxsize=4096)
def _right(word: str, known: tuple[str, ...]) -> str:
    if word in known or word in ordinary_words():
        return word
    near = []
    for each in known:
        # Letters that are left out leave a short word of a long one.
        most = (
            2
            if len(word) >= _LONG or (len(each) >= _LONG and len(word) > _SHORTEST_MISSPELT)
            else 1
        )
        if each[0] == word[0] and abs(len(each) - len(word)) <= most:
            steps = jellyfish.damerau_levenshtein_distance(word, each)
            near += [(steps, each)] if steps <= most else []
    return min(near, default=(0, word))[1]


def _all_words(data: RemindersFile) -> tuple[str, ...]:
    return _spellable(tuple(word for moment in data.moments for word in moment.words))


@lru_cache(maxsize=8)
def _spellable(moments: tuple[str, ...]) -> tuple[str, ...]:
    words = {word for kinds in _WORDS.values() for word in kinds}
    words |= {word for moment in moments for word in moment.split()}
    words |= {*MONTHS, *_PARTS, *(day.lower() for day in DAYS), "weekday", "daily", "nightly",
              "weekly", "monthly", "fortnight", "hourly", "twice", "half", "quarter", "past",
              "noon", "midnight", "midday", "everyday", "starting", "except", "remind", "other",
              *ORDINALS}  # fmt: skip
    words |= {f"{day.lower()}s" for day in DAYS}
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_MISSPELT))


def _with_moments(text: str, data: RemindersFile) -> tuple[str, list[str]]:
    """Phrases such as 'before bed' as one word each: their places in the list of the data file."""
    phrases = [(_bare(phrase), moment.time) for moment in data.moments for phrase in moment.words]
    text = _bare(text)
    times: list[str] = []
    for phrase, time in sorted(phrases, key=lambda each: -len(each[0])):
        pattern = re.compile(rf"(?<![\w']){re.escape(phrase)}(?![\w'])")
        if pattern.search(text):
            text = pattern.sub(f" moment{'abcdefghijklmnopqrstuvwxyz'[len(times) % 26]} ", text)
            times.append(f"{phrase}|{time}")
    return text, times


def _bare(text: str) -> str:
    return " ".join(re.sub(r"(?<![\w'])(?:my|the|i have had|i've had)(?![\w'])", " ", text).split())


def _split(text: str, moments: list[str]) -> Iterator[Word]:
    for found in _TOKEN.finditer(text):
        name = str(found.lastgroup)
        value = found[name]
        if name == "sign":
            yield Word("TO" if value == "-" else _kinds().get(value, OTHERWISE), value, value)
        elif name != "word":
            yield Word(_numeric(name, value), value, found[0])
        elif value.startswith("moment") and len(value) == len("moment") + 1:
            told = moments["abcdefghijklmnopqrstuvwxyz".index(value[-1])]
            yield Word("MOMENT", told, told.partition("|")[0])
        elif value not in _FILLING:
            yield _worded(value)


def _numeric(name: str, value: str) -> str:
    kinds = {"iso": "DATE", "slashed": "DATE", "dotted": "DATE", "clock": "CLOCK",
             "hours": "HOURS", "dec": "DEC", "ordinal": "ORD", "number": "NUM"}  # fmt: skip
    return "FOUR" if name == "number" and len(value) == 4 else kinds[name]


def _worded(said: str) -> Word:
    word = re.sub(r"'s?$", "", said)
    if word in WEEKDAYS or word in SHORT_DAYS:
        return Word("DAYNAME", str({**SHORT_DAYS, **WEEKDAYS}[word]), said)
    if word.endswith("s") and word[:-1] in WEEKDAYS:
        return Word("DAYNAMES", str(WEEKDAYS[word[:-1]]), said)
    if word in _months():
        return Word("MONTH", str(_months()[word]), said)
    if word in ORDINALS and word != "second":
        return Word("ORD", str(ORDINALS.index(word) + 1), said)
    if word in _PARTS:
        return Word(_PARTS[word], word.rstrip("s"), said)
    return Word(_kinds().get(word, OTHERWISE), word, said)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in _WORDS.items() for word in words}


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    short = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
    return {**short, "sept": 9, **{name: number for number, name in enumerate(MONTHS, 1)}}


def _typed(words: list[Word]) -> list[Word]:
    """The words by what stands beside them: 'may' is a month beside a number, 'sun' a day."""
    typed: list[Word] = []
    for place, word in enumerate(words):
        before = typed[-1].kind if typed else ""
        after = words[place + 1].kind if place + 1 < len(words) else ""
        kind = word.kind
        if kind in ("NUM", "A") and (after in _AMOUNTS_OF or (kind == "NUM" and before == "NEXT")):
            kind = "AMOUNT" if kind == "NUM" else "A"
        elif kind == "NUM" and typed and typed[-1].said in _BEFORE_NUMBERS:
            kind = OTHERWISE
        elif kind == "NUM" and before == "UNTIL" and after == "MONTH":
            kind = "ORD"  # '9 am until 13 December' ends on a day, and at no hour
        elif kind == "NUM" and _is_clock(word, before, after):
            kind, word = "CLOCK", Word("CLOCK", f"{word.value[0]}:{word.value[1:]}", word.said)
        elif kind in ("LOOSE", "SAMETIME") and before not in _BEFORE_LOOSE:
            kind = kind if kind == "SAMETIME" else OTHERWISE
        elif (
            (kind == "ORD" and word.said in ORDINALS and not _is_day_of_month(before, after))
            or (kind == "COMMA" and _ends_a_rule(words, place, typed))
            or (kind == "DEC" and after not in _AMOUNTS_OF)
        ):
            kind = OTHERWISE
        elif kind == "MONTH" and word.said in ("may", "march", "mar", "sep", "dec", "jan"):
            beside = {before, after} & {"NUM", "ORD", "OF", "UNTIL", "FROM", "IN", "FOUR"}
            kind = kind if beside else OTHERWISE
        elif word.said in SHORT_DAYS:
            kind = _short_day(words, place, before)
        elif kind == "COMMA" and (before == "COMMA" or _is_dated(words, place, before)):
            continue
        typed.append(Word(kind, word.value, word.said))
    return typed


def _is_day_of_month(before: str, after: str) -> bool:
    """Whether 'first' is that of a month, and not 'press LI4 first' or 'third eye'."""
    beside = ("AND", "COMMA", "MONTH")
    return before in ("ON", "EVERY", "NEXT", "FROM", "UNTIL", "TO", "BETWEEN", "NOT", "EXCEPT", "A",
                      "OF", "DAYNAME", *beside) or after not in ("", OTHERWISE, "IT")  # fmt: skip


def _ends_a_rule(words: list[Word], place: int, typed: list[Word]) -> bool:
    """Whether a comma stands in '7 am Mon to Thu, Fri 8 am', where Friday has a time of its own."""
    kinds = [word.kind for word in words[place + 1 : place + 4]]
    own = kinds[:1] in (["DAYNAME"], ["DAYNAMES"]) and (
        kinds[1:2] == ["CLOCK"] or kinds[1:3] in (["NUM", "AMPM"], ["NUM", "OCLOCK"])
    )
    before = len(typed)
    while before and typed[before - 1].kind in _IN_DAY_LISTS:
        before -= 1
    is_list = before < len(typed) and typed[-1].kind in ("DAYNAME", "DAYNAMES")
    return own and is_list and before > 0 and typed[before - 1].kind in ("AMPM", "CLOCK", "OCLOCK")


def _is_clock(word: Word, before: str, after: str) -> bool:
    """Whether '730' is half past seven."""
    is_one = len(word.value) == 3 and 100 <= int(word.value) < 960 and int(word.value[1:]) < 60
    return is_one and (after in ("AMPM", "OCLOCK") or before == "AT")


def _is_dated(words: list[Word], place: int, before: str) -> bool:
    """Whether a comma stands in 'Thursday, 3 December'."""
    kinds = [word.kind for word in words[place + 1 : place + 4]]
    return before == "DAYNAME" and kinds[:1] != ["DAYNAME"] and "MONTH" in kinds


def _short_day(words: list[Word], place: int, before: str) -> str:
    """Whether 'mo', 'we' or 'sun' is a day: beside other days or, with three letters, a time."""

    def named(steps: Iterable[int]) -> bool:
        for step in steps:
            if not 0 <= step < len(words):
                return False
            if words[step].kind in ("DAYNAME", "DAYNAMES"):
                return True
            if words[step].kind not in ("AND", "COMMA", "TO", "UNTIL", "ON", "EVERY"):
                return False
        return False

    if named(range(place - 1, -1, -1)) or named(range(place + 1, len(words))):
        return "DAYNAME"
    if len(words[place].said) == 2:
        return "DAYNAME" if before in ("EVERY", "NEXT") else OTHERWISE
    beside = words[place + 1].kind if place + 1 < len(words) else ""
    is_day = before in _LEADS_TO_DAY or beside in ("AT", "NUM", "CLOCK", "PART", "PARTS", "AMPM")
    return "DAYNAME" if is_day else OTHERWISE
