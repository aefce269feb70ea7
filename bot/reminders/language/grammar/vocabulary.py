"""The words that schedules are made of: every message becomes a row of these before it is parsed.

One table says which ways of saying something mean the same, another what each word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import jellyfish

from bot.knowledge.schema.reminders import RemindersFile
from bot.reminders.language.grammar.calendar_days import HOLIDAYS
from bot.reminders.language.said import ORDINALS, WEEKDAYS, digits
from bot.reminders.wording import DAYS
from bot.text.ordinary_words import ordinary_words

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
SECONDS = {"second": 1, "minute": 60, "hour": 3600}

# Beginnings of words that tell a day, and days as they are named alone.
_DAY = (
    r"(?:the )?(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec|end|next|this|christmas|easter|new year|tomorrow|week)"
)
_ONE_DAY = (r"((?:on )?(?:this |next )?(?:tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
            r"|week ?ends?))")  # fmt: skip

# What means the same is said in one way. An expression on the left, the words on the right.
SAME = (
    (r"day in,? (?:and )?day out", "every day"),
    (r"at (\d{1,2}) hours?", r"at \1:00"),
    (rf"(?:but )?{_ONE_DAY} (?:excluded|excepted|not included|off|not)(?= ?(?:[,.;]|$))",
     r"except \1"),
    (rf"without (?={_DAY})", "not "),
    (rf"(?:thru|through) (?={_DAY})", "until "),
    (r"(in|every|each|for|after) (\d+) ?(?:h|hr)", r"\1 \2 hours"),
    (r"(in|every|each|for|after) (\d+) ?m", r"\1 \2 minutes"),
    (r"(?:up )?(?:to|until|till) and incl(?:uding|\.)?|(?:up )?to and with", "until"),
    (r"(every day|all days|daily) but (?=(?:not )?(?:on )?(?:mon|tue|wed|thu|fri|sat|sun|week))",
     r"\1 except "),
    (r"no (?:reminders?|alarms?|messages?) (?=on|for|this|next|tomorrow|at)", "not "),
    (r"no (?=(?:mon|tues|wednes|thurs|fri|satur|sun)days|week ?ends)", "not "),
    (r"(?:all|every|each) (?:of )?(?:the )?(?:single )?days", "every day"),
    (r"all (?:the )?(mornings|afternoons|evenings|nights)", r"\1"),
    (r"(?:every|each) (?:and every|single|1)", "every"),
    (r"each|evry|ev|evr", "every"),
    (r"daily|everyday|day by day", "every day"),
    (r"nightly", "every night"),
    (r"hourly|on the hour", "every hour"),
    (r"weekly", "every week"),
    (r"monthly", "every month"),
    (r"fortnightly|bi ?weekly|(?:every|per|once a) fortnight", "every 2 weeks"),
    (r"fortnights?", "2 weeks"),
    (r"(?:a|an|1) 2 weeks", "2 weeks"),
    (r"alternate|alternating", "every other"),
    (r"every every", "every"),
    (r"(?:business|working|work|office|week|wk) ?days?", "weekdays"),
    (r"week ?ends", "weekends"),
    (r"week ?end", "weekend"),
    (r"(?:once|1 times?) (?:a|an|per|each|every|in|in the|in a) (day|week|month|year)",
     r"every \1"),
    (r"once (?=every)", ""),
    (r"twice", "2 times"),
    (r"thrice", "3 times"),
    (r"(\d+) ?x", r"\1 times"),
    (r"(?:a )?couple(?: of)?", "2"),
    (r"a few", "3"),
    (r"(?:3 )?quarters of an hour", "45 minutes"),
    (r"half (?:an? )?hour", "30 minutes"),
    (r"(?:a )?quarter (?:of )?(?:an )?hour", "15 minutes"),
    (r"(?:the )?day after tomorrow", "overmorrow"),
    (r"to ?nite|this night", "tonight"),
    (r"o ?clock", "o'clock"),
    (r"up to|up until|til|till|'til|untill|thru to|through to", "until"),
    (r"(?:ending|ends)(?: on| at)?|(?:stop|stops|stopping) (?:on|at|after)", "until"),
    (r"(?:starting|beginning|commencing|effective)(?: again)?(?: from| on| at| with| in)?", "from"),
    (r"as (?:of|from)", "from"),
    (r"(?:starts?|begins?)(?: from| on| with)? (?=next|this|tomorrow|today|mon|tue|wed|thu|fri"
     r"|sat|sun|in|\d)", "from "),
    (r"onwards?|on wards", ""),
    (r"with the exception of|exclud(?:e|ing)|except(?:ing)?(?: for| not)?|apart from|aside from"
     r"|besides|other than|save for|not counting|not including|but without|unless", "except"),
    (r"leav(?:e|ing) (?:out|off)|skip(?:ping)?|minus|but never|but no|never|omit(?:ting)?"
     r"|(?:but |just |only |and )?not", "not"),
    (r"(?:and |but )?then (?:stop|end|finish|it ends|that's it|no more)", ""),
    (r"(?:xmas|christmas) eve", "christmaseve"),
    (r"xmas|christmas day", "christmas"),
    (r"new year'?s? eve", "newyeareve"),
    (r"new year'?s? day|new year'?s?", "newyear"),
    (r"(easter) (monday|sunday)|(good) (friday)|(boxing) (day)", r"\1\2\3\4\5\6"),
    (r"valentine'?s?(?: day)?", "valentines"),
    (r"thanksgiving day", "thanksgiving"),
    (r"(?:give me|wait|let me have) (?=\d+ (?:min|hour|hr))", "in "),
    (r"first thing in (?=the morning|morning)", "in "),
    (r"(?:around|about|roughly) (?=\d{1,2}(?:[:;.]\d\d)?(?:ish)?\b(?! ?(?:min|hour|hr|sec|day"
     r"|week|mon|time|point)))", "at "),
    (r"(?:late|early|mid) (?=morning|afternoon|evening)", ""),
)  # fmt: skip
# Said beside times without changing them.
_FILLING = frozenset({
    "the", "my", "our", "your", "um", "uh", "er", "erm", "like", "around", "about", "approximately",
    "approx", "roughly", "say", "sharp", "exactly", "precisely", "please", "pls", "plz", "also",
    "again", "too", "then", "maybe", "so", "okay", "ok", "only", "just", "always", "ish", "well",
    "coming", "hmm", "usually",
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
    "PAUSE": ("pause", "paused"), "IT": ("it", "make"), "ONCE": ("once",),
}  # fmt: skip
_PARTS = {"morning": "PART", "afternoon": "PART", "evening": "PART", "night": "PART",
          "mornings": "PARTS", "afternoons": "PARTS", "evenings": "PARTS", "nights": "PARTS",
          }  # fmt: skip
_AMOUNTS_OF = frozenset({"TIMES", "HOUR", "MINUTE", "SECONDS", "DAYWORD", "WEEKWORD", "MONTHWORD",
                         "YEARWORD"})  # fmt: skip
_SHORT_DAYS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6,
               "mon": 0, "wed": 2, "sat": 5, "sun": 6}  # fmt: skip
_LEADS_TO_DAY = frozenset({"EVERY", "ON", "NEXT", "THIS", "UNTIL", "FROM", "EXCEPT", "NOT", "LAST",
                           "ORD", "SECOND", "OTHER", "DAYNAME", "DAYNAMES", "AND", "COMMA",
                           })  # fmt: skip
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})|(?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4})?)(?!\d)"
    r"|(?P<clock>\d{1,2}(?:[:;h]\d{2}|\.\d{2}))(?= ?(?:[ap]m)?\b)|(?P<hours>\d{1,2})h(?![a-z])"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b|(?P<dec>\d+\.\d+)|(?P<number>\d+)(?:ish)?"
    r"|(?P<word>[a-z](?:[a-z0-9']*[a-z0-9])?)|(?P<sign>[,&@/\-;])"
)
_HALF_HOURS = re.compile(
    r"\b(?:(\d+) and a half hours?|(?:an |1 )?hour and (?:a )?half|(\d+) hours? and (?:a )?half"
    r"|(\d+)\.5 hours?)\b"
)
_TENS = re.compile(rf"\b(20|30)[ -]({'|'.join(ORDINALS[:9])})\b")
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
    said = _same(digits(_dashed(_spelt(text.lower(), data))))
    said, moments = _with_moments(said, data)
    return _typed(list(_split(said, moments)))


def _dashed(text: str) -> str:
    """'Mon-Fri' and '9–5' with a word between."""
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    names = rf"(?:{'|'.join([*WEEKDAYS, *_SHORT_DAYS])})s?"
    text = re.sub(rf"\b({names}) ?- ?({names})\b", r"\1 to \2", text)
    clock = r"\d{1,2}(?:[:.]\d{2})? ?(?:[ap]m)?"
    return re.sub(rf"(?<![\d-])({clock}) ?- ?(?={clock}(?![\d-]))", r"\1 until ", text)


def _same(text: str) -> str:
    text = re.sub(r"(?<=\d)(?=[ap]m\b)", " ", text)
    text = _HALF_HOURS.sub(_half_hours, text)
    text = _TENS.sub(lambda found: f"{int(found[1]) + ORDINALS.index(found[2]) + 1}th", text)
    for pattern, replacement in _patterns():
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    # What looks ahead at the next word has no end of its own.
    ends = {said: "" if "(?=" in said else r"(?![\w'])" for said, _ in SAME}
    return tuple((re.compile(rf"(?<![\w'])(?:{said}){ends[said]}"), same) for said, same in SAME)


def _half_hours(found: re.Match[str]) -> str:
    whole = next((int(group) for group in found.groups() if group), 1)
    return f"{whole * 60 + 30} minutes"


def _spelt(text: str, data: RemindersFile) -> str:
    """Misspelt words of schedules as they are spelt; ordinary words stay."""
    return re.sub(r"[a-z]{4,}", lambda found: _right(found[0], _all_words(data)), text)


@lru_cache(maxsize=4096)
def _right(word: str, known: tuple[str, ...]) -> str:
    if word in known or word in ordinary_words():
        return word
    most = 1 if len(word) < _LONG else 2
    near = [
        (jellyfish.damerau_levenshtein_distance(word, each), each)
        for each in known
        if abs(len(each) - len(word)) <= most
    ]
    best = min((each for each in near if each[0] <= most and each[1][0] == word[0]), default=None)
    return best[1] if best else word


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
    kinds = {"iso": "DATE", "dotted": "DATE", "clock": "CLOCK", "hours": "HOURS", "dec": "DEC",
             "ordinal": "ORD", "number": "NUM"}  # fmt: skip
    return "FOUR" if name == "number" and len(value) == 4 else kinds[name]


def _worded(said: str) -> Word:
    word = re.sub(r"'s?$", "", said)
    if word in WEEKDAYS or word in _SHORT_DAYS:
        return Word("DAYNAME", str({**_SHORT_DAYS, **WEEKDAYS}[word]), said)
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
        elif kind == "DEC" and after not in _AMOUNTS_OF:
            kind = OTHERWISE
        elif kind == "MONTH" and word.said in ("may", "march", "mar", "sep", "dec", "jan"):
            beside = {before, after} & {"NUM", "ORD", "OF", "UNTIL", "FROM", "IN", "FOUR"}
            kind = kind if beside else OTHERWISE
        elif word.said in _SHORT_DAYS:
            kind = _short_day(words, place, before)
        elif kind == "COMMA" and (before == "COMMA" or _is_dated(words, place, before)):
            continue
        typed.append(Word(kind, word.value, word.said))
    return typed


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
            if words[step].kind not in ("AND", "COMMA", "TO", "ON", "EVERY"):
                return False
        return False

    if named(range(place - 1, -1, -1)) or named(range(place + 1, len(words))):
        return "DAYNAME"
    if len(words[place].said) == 2:
        return "DAYNAME" if before in ("EVERY", "NEXT") else OTHERWISE
    beside = words[place + 1].kind if place + 1 < len(words) else ""
    is_day = before in _LEADS_TO_DAY or beside in ("AT", "NUM", "CLOCK", "PART", "PARTS", "AMPM")
    return "DAYNAME" if is_day else OTHERWISE
