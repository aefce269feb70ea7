"""How long pain has lasted, and whether it gets worse or better, from what people say.

The limit of four days follows the stricter of the sources: 'more than a few days' (article 2);
guidelines say weeks. It is a safety choice of this project, not a clinical threshold.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

LIMIT_DAYS = 4
_TERSE = 8

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "too": 2, "to": 2, "couple of": 2, "couple": 2,
    "three": 3, "few": 3, "a few": 3, "four": 4, "for": 4, "five": 5, "several": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14,
    "twenty": 20, "thirty": 30, "many": 10, "some": 2, "half a": 0.5, "half": 0.5,
}  # fmt: skip
_UNITS = {"hour": 1 / 24, "hr": 1 / 24, "day": 1, "night": 1, "week": 7, "wk": 7, "fortnight": 14,
          "month": 30, "mth": 30, "year": 365, "yr": 365, "decade": 3650}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip

_LAST = {"week": 7, "weekend": 5, "month": 30, "year": 365, "night": 1, "summer": 120,
         "winter": 200, "spring": 180, "christmas": 200, "autumn": 60}  # fmt: skip

_AMOUNT = re.compile(
    r"\b(?P<n>\d+(?:_\d+)?|half a|couple of|a few|" + "|".join(
        sorted((re.escape(n) for n in _NUMBERS), key=len, reverse=True)
    ) + r")\s+(?:full |whole |long |solid |straight |or so |more )*"
    r"(?P<u>hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?|decades?)\b"
)  # fmt: skip
_LEAD = re.compile(
    r"\b(?:for|since|over|past|last|about|around|nearly|almost|going on|now|been|lasted|lasting|"
    r"had|hurts?|hurting|pain|ache|aching|sore|still|after|more than|at least)\s+"
    r"(?:\w+\s+){0,3}$"
)
_TAIL = re.compile(r"^\s*(?:or so |or more |now|of (?:this|pain|back|constant)|in\b|and counting|"
                   r"straight|later|already|solid|running|and (?:its|it is|still|no))")  # fmt: skip
_NOT_PAIN = re.compile(
    r"\b(?:press(?:ed|ing)?|hold|holding|massage|how long|how many|minutes? a|times? a|a day|per|"
    r"pregnant|along|gestation|years? old|yrs? old|year old|yr old|desk job|married|worked?|"
    r"working|next|every|each|once|twice|until|before i|in the next|remind|old)\b"
)
_PAIN = re.compile(
    r"\b(?:pains?|painful|hurts?|hurting|ache|aches|aching|achy|sore|soreness|stiff|stiffness|"
    r"back|backache|neck|sciatica|lumbago|it|this|tight|spasms?|shoulders?|hip|trouble|bother\w*)\b"
)


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


_VAGUE = _any_of(
    r"(?:for|been) (?:ages|months|weeks|years)|ages now",
    r"for (?:so|very|too) long|a long (?:time|while)|for quite (?:a while|some time)",
    r"(?:keeps?|kept|always|constantly) (?:on )?(?:coming|comes?) back",
    r"keeps? (?:returning|recurring|hurting|happening|playing up)|wont go(?: away)?",
    r"(?:not|never|doesnt|isnt|wont|hasnt|will not|does not|is not|refuses to) (?:really )?"
    r"(?:going|go|gone|goes|shift\w*|budg\w*)(?: away)?",
    r"(?:not|isnt|no|never|hasnt|aint) (?:getting |got |gotten |been |any |getting any |got any |"
    r"gotten any )*(?:better|improv\w*)",
    r"chronic\w*|persist[ae]nt\w*|persists|on and off|off and on|comes and goes",
    r"again and again|over and over|never (?:fully |really |quite )?(?:heals?|stops|ends|goes)",
    r"long ?standing|ongoing|nothing (?:helps|works|has helped|seems to)",
    r"(?:months|weeks) on end|all (?:week|month|year|summer|winter|spring|autumn)",
    r"every (?:single )?day|since before|dragging on|drags on|fed up with",
    r"(?:exactly|just|still|much) the same|no (?:change|different|difference|relief)",
    r"(?:pain|ache|it) (?:has |have |is |keeps )?(?:returned|returning|come back|came back|back)",
    r"(?:nothing|none of it) (?:is|seems to be|has been) (?:helping|working)",
)
_WORSE = _any_of(
    r"(?:getting|geting|got|gotten|gets|becoming|become|went|going|feels?|is|was|much|even|far|"
    r"lot|bit|steadily|slowly|gradually|progressively|keeps getting) "
    r"(?:a bit |a lot |much |even |and )*(?:worse|worser|wors|worst)(?! (?:pain|back))",
    r"worsen\w*|worse (?:than|every|each|and worse|today|now|by the|since|after|again|when|at)",
    r"deter\w*at\w*|more painful|the worse it|now it hurts to|used to ease",
    r"more and more (?:pain\w*|sore|stiff)|hurt(?:s|ing)? more",
    r"(?:is|its|been|started|now) spreading|spread(?:s|ing)? (?:to|down|up|into|across)",
    r"pain (?:has |is )?(?:doubled|increas\w*|growing|climbing|creeping)|creeping (?:up|down)",
    r"intensif\w*|now everywhere|its everywhere|(?:increasing|growing|mounting) pain",
    r"went from a niggle|(?:now|got|getting|becoming|become) (?:\w+ ){0,3}(?:stronger|sharper)",
    r"turned (?:in)?to (?:a )?(?:sharp|constant|severe|stabbing)\w*|pain (?:\w+ )?has spread",
)
_BETTER = re.compile(
    r"\b(?:(?<!not )(?<!not getting )(?<!isnt )(?<!isnt getting )(?<!no )(?<!any )(?<!never )"
    r"(?<!not any )(?:getting |feeling |feels |much |bit |lot |is |its |a little )better|easing|"
    r"eased|improving|nearly gone|almost gone|all gone|gone now|settl(?:ed|ing)|on the mend|"
    r"went away|(?:is|has|its) gone|better than (?:last|before|yesterday)|healed|cleared up)\b"
)
_NOT_WORSE = re.compile(
    r"\b(?:not|isnt|no|never|hasnt|wont|doesnt|didnt|without|cannot|will it|could it|can it|"
    r"might|make it|makes it|would it|if it|if the pain|what if)\s+(?:\w+\s+){0,3}$"
)
_KNOWN = re.compile(
    r"\b(?:(?:seen|saw|been to|told|checked by|know\w*|cleared by) (?:\w+ ){0,3}"
    r"(?:doctor|dr|gp|physio\w*|specialist|consultant)|(?:doctor|dr|gp|physio|specialist) (?:\w+ )"
    r"{0,3}(?:knows|said|says|told|checked|diagnosed|reckons)|been (?:checked|diagnosed|scanned)|"
    r"same as (?:usual|always|ever))\b"
)


@dataclass(frozen=True)
class Course:
    """What a message says of how pain goes on. `days` is None where nothing is said."""

    days: float | None = None
    vague_long: bool = False
    worse: bool = False
    better: bool = False
    known_to_doctor: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it has lasted longer than a few days."""
        return self.vague_long or (self.days is not None and self.days >= LIMIT_DAYS)


def read_course(text: str, today: datetime.date, about_pain: bool) -> Course:
    """How pain goes on, as `text` (made plain) says.

    Args:
        today: what 'since tuesday' counts from.
        about_pain: whether the conversation is already about pain ('for six weeks' is then enough).
    """
    days: float | None = None
    vague = worse = better = known = False
    for sentence in text.split(" . "):
        # The assistant is about back pain: 'it's getting worse' needs no more words than that.
        if not (about_pain or len(sentence.split()) <= _TERSE or _PAIN.search(sentence)):
            continue
        known = known or bool(_KNOWN.search(sentence))
        better = better or bool(_BETTER.search(sentence))
        for match in _WORSE.finditer(sentence):
            if not _NOT_WORSE.search(sentence[: match.start()]):
                worse = True
        vague = vague or (bool(_VAGUE.search(sentence)) and _is_told(sentence))
        if not (about_pain or _PAIN.search(sentence)):
            continue
        found = _days(sentence, today, about_pain)
        if found is not None and (days is None or found > days):
            days = found
    return Course(days, vague, worse, better, known)


def _is_told(sentence: str) -> bool:
    """Whether the sentence tells of oneself rather than asks in general."""
    asked = re.search(
        r"^(?:how|what|which|where|can|should|could|is|does|do|will|would)\b", sentence
    )
    return not asked or bool(re.search(r"\b(?:my|ive|i have|im|it wont|it keeps)\b", sentence))


def _days(sentence: str, today: datetime.date, about_pain: bool) -> float | None:
    found: list[float] = []
    for match in _AMOUNT.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        window = f"{before[-40:]} {match[0]} {after[:25]}"
        if _NOT_PAIN.search(window):
            continue
        leads = _LEAD.search(before) or _TAIL.match(after) or (about_pain and len(before) < 12)
        ago = re.match(r"\s*ago\b", after)
        if ago and not re.search(r"\b(?:start\w*|began|since|came on|first)\b", before):
            continue
        if leads or ago:
            number = match["n"]
            amount = float(number.replace("_", ".")) if number[0].isdigit() else _NUMBERS[number]
            found.append(amount * _UNITS[match["u"].rstrip("s")])
    since = _since(sentence, today)
    if since is not None:
        found.append(since)
    return max(found) if found else None


def _since(sentence: str, today: datetime.date) -> float | None:
    match = re.search(r"\b(?:since|from)\s+(?:about |around |early |late |mid |the )?(?P<when>\w+)"
                      r"(?: (?P<second>\w+))?", sentence)  # fmt: skip
    if not match:
        return None
    when, second = match["when"], match["second"] or ""
    if when in ("last", "this") and second in _WEEKDAYS:
        base = (today.weekday() - _WEEKDAYS.index(second)) % 7 or 7
        return base + (7 if when == "last" and base < 2 else 0)
    if when == "last":
        return _LAST.get(second, 7)
    if when in _WEEKDAYS:
        return (today.weekday() - _WEEKDAYS.index(when)) % 7 or 7
    if when in _MONTHS and not (when in ("may", "march") and second in ("i", "be")):
        months = (today.month - 1 - _MONTHS.index(when)) % 12
        return months * 30 if months else today.day - 1
    if when in ("yesterday", "today", "this"):
        return {"yesterday": 1, "today": 0}.get(when, 0)
    if when in ("christmas", "easter", "spring", "summer", "autumn", "winter", "new", "my",
                "childhood", "covid", "lockdown", "forever", "2019", "2020", "2021", "2022", "2023",
                "2024", "2025"):  # fmt: skip
        if when == "my" and not re.search(r"birthday|twenties|teens|thirties|accident|operation|"
                                          r"surgery|pregnancy|fall|divorce", sentence):  # fmt: skip
            return None
        return 30
    return None
