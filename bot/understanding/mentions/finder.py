"""Finding what a message talks about: points, body areas, complaints, tools, conditions.

The vocabulary is the catalogue's own: a point added to data/points.yml is understood at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import CHILD, PREGNANCY, SOMETHING_TOLD
from bot.knowledge.schema.guidance import VERY_OLD as VERY_OLD_ID
from bot.text.ordinary_words import OrdinaryWords, ordinary_words
from bot.text.second_thoughts import Thing, as_meant
from bot.understanding.mentions.ages import VERY_OLD, ages_in
from bot.understanding.mentions.corrections import settled
from bot.understanding.mentions.denials import is_denied
from bot.understanding.mentions.mention import Mention
from bot.understanding.mentions.names.heard_names import HeardNames
from bot.understanding.mentions.names.letter_names import NAMES
from bot.understanding.mentions.names.misspellings import Mended, Mender
from bot.understanding.mentions.names.point_codes import (
    PointCodes,
    counts_something,
    number_goes_on,
)
from bot.understanding.mentions.near_words import after, before, ends_with
from bot.understanding.mentions.phrase_finder import PhraseFinder
from bot.understanding.mentions.unknown_conditions import unknown_conditions
from bot.understanding.mentions.whose import RELATIVES, is_somebody_elses_past, whose

# An age of sixteen to sixty-nine, which takes back that somebody is a child.
ADULT = "adult"

_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_CORRECTABLE = frozenset({"place", "point", "tool", "condition"})
# A text must not grow much while it is made plain.
_MOST_LETTERS_OF_A_SIGN = 4


def clean(text: str) -> str:
    """One line of plain text: typographic quotes, tones and odd spaces made ordinary."""
    single = "".join(" " if _stands_for_much(char) else char for char in text)
    folded = unicodedata.normalize("NFKC", single.translate(_TYPOGRAPHIC))
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in folded)
    return re.sub(r"\s+", " ", visible).strip()


def _stands_for_much(char: str) -> bool:
    """Whether one sign stands for a row of words, such as U+FDFA for 18 letters."""
    return not char.isascii() and len(unicodedata.normalize("NFKC", char)) > _MOST_LETTERS_OF_A_SIGN


def without_tones(text: str) -> str:
    """'Hégǔ' becomes 'Hegu'. The length stays the same, so that positions still fit."""
    out = []
    for char in text:
        base = unicodedata.normalize("NFD", char)[0]
        out.append(base if len(base) == 1 and base.isascii() else char)
    return "".join(out)


def small_letters(text: str) -> str:
    """`text` in small letters and without pictures, every letter in its place."""
    out = []
    for char in text:
        lower = char.lower()
        picture = unicodedata.category(char) in {"So", "Sk", "Mn"}
        out.append(" " if picture else lower if len(lower) == 1 else char)
    return "".join(out)


class MentionFinder:
    """Finds every mention in a cleaned text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ordinary = ordinary_words()
        # Stiffness and the like say nothing of a place.
        self._anywhere = {complaint.id for complaint in catalogue.complaints if complaint.anywhere}
        # Chinese has no spaces between words, so these are looked for as they stand.
        self._characters = {
            characters: point.code
            for point in catalogue.points
            for characters in point.names.characters.split(" / ")
        }
        # English names that are also how people talk ('my shoulder well') count only as they are
        # written in books, with capitals.
        self._capitalised = [
            (re.compile(rf"\b{re.escape(name)}\b"), point.code)
            for point in catalogue.points
            for name in point.names.english
            if name not in point.aliases
        ]
        self._codes = PointCodes(frozenset(catalogue.all_codes()), catalogue.code_aliases())
        self._names = HeardNames(
            [(point.names.pinyin, point.code) for point in catalogue.points], ordinary_words()
        )
        worth_mending = []
        known = {}
        for kind, value, phrases in catalogue.vocabulary():
            plain = {small_letters(without_tones(clean(phrase))) for phrase in phrases}
            plain |= {phrase.replace("'", "") for phrase in plain}
            known[f"{kind}|{value}"] = sorted(plain)
            if kind != "point":
                worth_mending += [(kind, phrase) for phrase in plain]
        self._phrases = PhraseFinder(known)
        meridians = [name for names in NAMES.values() for name in names]
        own_words = [
            text
            for point in catalogue.points
            for text in (point.location.lay, point.location.professional, point.find)
        ]
        self._mender = Mender(worth_mending, meridians, own_words, ordinary_words())

    def find(self, text: str) -> list[Mention]:
        """Mentions in `text`, in order; longer ones win over what they contain.

        What a person takes back ('the hand, no, the foot') is no mention.
        """
        plain = without_tones(text)
        found = self._all(text, plain)
        placed = [replace(m, role=role_of(m, plain)) for m in settled(plain, found)]
        owned = [m for m in placed if m.role in ("declared", "negated") or m.kind == ADULT]
        told = [replace(m, whose=whose(m, plain)) if m in owned else m for m in placed]
        # 'For my son, he is 24' tells of no child.
        grown_up = {m.whose for m in told if m.kind == ADULT}
        return [m for m in told if not (m.value == CHILD and m.whose in grown_up)]

    def as_meant(self, text: str) -> str:
        """`text` with what the person corrected left out: 'my mid back, no wait, my low back'."""
        return as_meant(text, self._correctable)

    def _correctable(self, text: str) -> Iterator[Thing]:
        """The mentions that can be corrected into each other."""
        plain = without_tones(text)
        for mention in self._all(text, plain):
            is_place = mention.kind in ("area", "complaint") and mention.value not in self._anywhere
            kind = "place" if is_place else mention.kind
            told = kind != "condition" or role_of(mention, plain) == "declared"
            if kind in _CORRECTABLE and told:
                yield Thing(kind, mention.start, mention.end)

    def _all(self, text: str, plain: str) -> list[Mention]:
        """Every mention in `text`, in order, whether or not it was taken back."""
        mended = self._mender.mend(small_letters(plain))
        found = [self._mention("point", c.code, c.start, c.end, mended, text)
                 for c in self._codes.find(mended.text)]  # fmt: skip
        for characters, code in self._characters.items():
            start = text.find(characters)
            if start >= 0:
                end = start + len(characters)
                found.append(Mention("point", code, start, end, characters, characters))
        for pattern, code in self._capitalised:
            for hit in pattern.finditer(text):
                self._add(found, Mention("point", code, hit.start(), hit.end(), hit[0], hit[0]))
        for span in self._phrases.find(mended.text):
            kind, _, value = span.label_.partition("|")
            if kind == "point" and counts_something(mended.text, span.start_char, span.end_char):
                continue
            if kind == "point" and number_goes_on(mended.text, span.start_char, span.end_char):
                continue
            # The 'L fourteen' of 'B L fourteen' is half of a code.
            if (
                kind == "point"
                and re.match(r"[a-z]\b", mended.text[span.start_char :])
                and ends_with(_A_LETTER, mended.text, span.start_char)
            ):
                continue
            if value == "back" and _is_no_back(mended.text, span.start_char, span.end_char):
                continue
            if value == "hands" and is_a_distance(mended.text, span.start_char, span.end_char):
                continue
            self._add(
                found, self._mention(kind, value, span.start_char, span.end_char, mended, text)
            )
        for kind, value, start, end in _of_the_person(mended.text, self._ordinary):
            self._add(found, self._mention(kind, value, start, end, mended, text))
        for name in self._names.find(mended.text):
            self._add(found, self._mention("point", name.code, name.start, name.end, mended, text))
        return sorted(found, key=lambda mention: mention.start)

    @staticmethod
    def _mention(kind: str, value: str, start: int, end: int, mended: Mended, text: str) -> Mention:
        first, last = mended.origin(start, end)
        return Mention(kind, value, first, last, text[first:last], mended.text[start:end])

    @staticmethod
    def _add(found: list[Mention], mention: Mention) -> None:
        """Add what overlaps nothing that was found before."""
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)


def _of_the_person(text: str, ordinary: OrdinaryWords) -> Iterator[tuple[str, str, int, int]]:
    """Ages, and conditions that the catalogue does not know."""
    for age in ages_in(text):
        if age.is_child:
            yield "condition", CHILD, age.start, age.end
        elif age.years >= VERY_OLD:
            yield "condition", VERY_OLD_ID, age.start, age.end
        elif age.is_grown_up:
            yield ADULT, str(age.years), age.start, age.end
    for condition, pattern in _TOLD_OTHERWISE:
        for hit in pattern.finditer(text):
            yield "condition", condition, *hit.span(hit.lastgroup or 0)
    for start, end in unknown_conditions(text, ordinary):
        yield "condition", SOMETHING_TOLD, start, end


# 'My period is two weeks late', 'period nine days late', 'I haven't had my period'.
_LATE_PERIOD = re.compile(
    r"\bperiods?(?:'?s)?\s+(?P<what>(?:(?:is|are|was|has\s+been)\s+)?(?:(?!not\b|never\b)\w+\s+){0,4}(?:late|overdue)"
    r"|(?:has\s+not|hasn't|hasnt|did\s+not|didn't|didnt|never)\s+(?:\w+\s+)?(?:come|came|start\w*|arrive\w*|shown))\b"
    r"|\b(?:i'?m|i\s+am)\s+(?P<am>(?:\w+\s+){1,3}(?:days?|weeks?|month)\s+late)\b(?!\s+(?:with|for|to|in|on|at|paying)\b)"
    r"|\b(?P<missing>(?:have\s+not|haven't|havent)\s+(?:had|got))(?=\s+my\s+periods?\b)",
    re.IGNORECASE,
)
# Injections against clots thin the blood, whatever they are called.
_CLOT = r"(?:blood\s+)?(?:clot\w*|thromb\w+|dvts?)"
_DOSE = r"(?:injections?|jabs?|shots?|needles?|injecting|tablets?|pills?|medicine|medication)"
_CLOT_MEDICINE = re.compile(
    rf"\b(?P<what>{_DOSE})(?=(?:\s+(?!(?:after|had|because|since)\b)[\w']+){{0,6}}?\s+(?:for|against|stop\w*|"
    rf"prevent\w*|avoid\w*)\s+(?:\w+\s+){{0,2}}?{_CLOT}\b)"
    rf"|\b(?:anti[- ]?)?{_CLOT}\s+(?:\w+\s+)?(?P<dose>{_DOSE})\b",
    re.IGNORECASE,
)
# Who has just come home from an operation was operated on lately.
_OPERATED = (
    r"(?:(?:a|an|the|my|her|his|total|partial|new|full|left|right|big|small|hip|knee|shoulder|back|"
    r"spine|heart|bypass|hernia|joint)\s+)*(?:(?:replacement|operation|surgery|op)s?\b|(?:new\s+)(?:hip|knee)\b(?!\s+(?:pain|problem)))"
)
_HOME_AFTER = re.compile(
    r"\b(?P<what>(?:came|come|coming|got|sent|discharged|back|let|is|just|been|was|am|'m|i'm)\s+(?:\w+\s+)?home"
    r"|recovering|discharged|let\s+out)"
    rf"(?=(?:\s+(?!not\b|before\b)\w+){{0,5}}?\s+(?:after|from|with)\s+{_OPERATED})"
    rf"|\b(?P<new>had|got|have)(?=\s+(?:a|an|the|my|her|his)\s+(?:\w+\s+)?(?:{_OPERATED}|(?:hip|knee)\s+replaced)"
    r"\s+(?:\w+\s+){0,3}?(?:yesterday|(?:few|couple\s+of|\d|two|three|four|five|six)\s+(?:days?|weeks?)\s+ago|"
    r"last\s+(?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:a|one)\s+(?:week|month)\s+ago|"
    r"this\s+(?:week|month)|recently|just\s+now)\b)",
    re.IGNORECASE,
)
# 'My girlfriend is expecting', but not 'she is expecting a call'.
_EXPECTING = re.compile(
    rf"\b(?:{RELATIVES}|she)(?:'?s|\s+is)\s+(?P<what>expecting)"
    r"(?=\s*(?:$|[,.;:!?]|(?:and|so|now|too|again|in|our|her|twins|what|can|where|how)\b))",
    re.IGNORECASE,
)
# 'She had our baby six weeks ago', 'the baby is out', but not 'I had the baby on my arm'.
_BORN = re.compile(
    r"\b(?P<had>(?:had|having\s+had|delivered)\s+(?:the|our|my|her|his|another|twins|a)\s*(?:\w+\s+)?"
    r"(?:baby|babies|little\s+one|first|second|third|twins|newborn))"
    r"(?=\s*(?:$|[.;!?]|,?\s*(?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|last|this|"
    r"just|only|about|recently|in|by|yesterday|and|but|so|is|low|lower|back|her|which|what|where)\b))"
    r"(?!\s+in\s+(?:my|the|her|his|a)\b)(?!(?:\s+\w+){0,3}\s+years?\b)"
    r"|\b(?P<out>(?:the|our|my|her)?\s*baby(?:'s|\s+is)\s+(?:out|born|here\s+now))\b",
    re.IGNORECASE,
)
_TOLD_OTHERWISE = (
    ("breastfeeding", _BORN),
    (PREGNANCY, _LATE_PERIOD),
    (PREGNANCY, _EXPECTING),
    ("blood_thinners", _CLOT_MEDICINE),
    ("recent_surgery", _HOME_AFTER),
)
_COMES = re.compile(
    r"\b(?:came|come|comes|coming|went|go|goes|going|call|called|ring|rang|be|write|wrote|got) $"
)
# 'Back to mum', but not 'from my back to my leg'.
_OF_A_BODY = re.compile(
    r"\b(?:my|his|her|their|our|your|the|a|lower|low|upper|mid|middle|sore|bad|stiff|whole|from|"
    r"in|on|of) $"
)
_TO = re.compile(r"^\s+to\b")
_A_LETTER = re.compile(r"\b[b-hj-z] $")
_HURTS_BEFORE = re.compile(
    r"\b(?:for|relieve|ease|help|helps|hurt|hurts|hurting|sore|stiff|tight|aching|painful|bad|"
    r"pain (?:in|at|of)|(?:pull|tug|strain|drag|weight|load|hard)(?:s|ing)? (?:on|at))"
    r"\s+(?:(?:a|an|the|my|his|her|your|this|that|sore|stiff|tight|bad)\s+)*$",
    re.IGNORECASE,
)
_HURTS_AFTER = re.compile(
    r"^\s*(?:(?:is|are|feels?|gets?|still|really|so|very|always|'s|s)\s+)*"
    r"(?:pain|pains|ache|aches|aching|hurts?|hurting|sore|stiff|stiffness|tight|tension|killing|"
    r"playing up|giving me)\b",
    re.IGNORECASE,
)
# Something is denied before it, but not by a person of themselves.
_SOMEHOW_DENIED = re.compile(
    r"(?:\bnot|n't|\b(?:isnt|dont|havent|never|no|without|nor|arent|wasnt))\b"
    r"(?:\W+(?!but\b)\w+){0,3}\W*$",
    re.IGNORECASE,
)
_TOLD_JUST_BEFORE = re.compile(
    r"\b(?:i'?m|i\s+am|im|i'?ve|i\s+have|i\s+take|(?:she|he)(?:'?s|\s+is|\s+has))\s+(?:(?:a|an|the|on)\s+)*$",
    re.IGNORECASE,
)
# Who counts months tells of a pregnancy: 'in 5 months pregnant' is how 'I'm' is often heard.
_IN_GENERAL = re.compile(
    r"\b(?:someone|anyone|people|person|patients?|women|woman|ladies|who|those)\b"
    r"|\b(?:in|during|for|with|and|about|if)\s+"
    r"(?:(?!\d|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\b)\w+\s+)?$",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[.!?;]|,\s*but\b|\bi mean(?:t)?\b", re.IGNORECASE)
_IS_SAID_WHOLE = re.compile(
    r"(?:i|he|she|they|we)(?:\s*'?(?:m|s|re)\b|\s+(?:am|is|are)\b)|im\b", re.IGNORECASE
)
_MYSELF = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|me|my|we|we're|our)\b", re.IGNORECASE)


_COUNT_BEFORE = re.compile(
    r"(?:^|\W)(?<!\bwith )(?<!\buse )(?<!\busing )(?<!\bput )(?<!\bplace )(?<!\blay )"
    r"(?<!\bpress )(?<!\bhold )(?<!\bkeep )(?:an?|one|two|three|four|five|few|\d)\s+$",
    re.IGNORECASE,
)
_WHERE_AFTER = re.compile(
    r"^(?:\s*-?\s*(?:widths?|breadths?|wide|broad|across))?\s+(?:away\s+)?(?:below|above|under|"
    r"underneath|over|from|up|down|behind|beside|beneath|higher|lower|left|right|in front of|"
    r"next to|to the|towards?|off)\b",
    re.IGNORECASE,
)


def _is_no_back(text: str, start: int, end: int) -> bool:
    """Whether 'back' is no part of a body: 'the test came back clear', 'back to my wife'."""
    if ends_with(_COMES, text, start):
        return True
    return bool(_TO.match(after(text, end))) and not ends_with(_OF_A_BODY, text, start)


def is_a_distance(text: str, start: int, end: int) -> bool:
    """Whether `start`..`end` measures, as 'four fingers below the knee', and presses nothing."""
    return bool(ends_with(_COUNT_BEFORE, text, start) and _WHERE_AFTER.match(after(text, end)))


def role_of(mention: Mention, text: str) -> str:
    """What a mention stands for in its sentence.

    Areas: 'hurts' ("for my lower back") or 'press' ("on my hand"). Conditions: 'negated'
    ("I'm not pregnant"), 'asked' ("is it safe in pregnancy") or 'declared' ("I'm pregnant").
    """
    following = after(text, mention.end)
    if mention.kind == "area":
        hurts = ends_with(_HURTS_BEFORE, text, mention.start) or _HURTS_AFTER.match(following)
        return "hurts" if hurts else "press"
    if mention.kind == "condition":
        clause = _CLAUSE_ENDS.split(before(text, mention.start))[-1]
        if _IS_SAID_WHOLE.match(mention.text):
            # A sentence of its own: what is denied before a comma is something else.
            clause = clause.rpartition(",")[2]
        if is_denied(clause, following):
            return "negated"
        if _SOMEHOW_DENIED.search(clause) and not _TOLD_JUST_BEFORE.search(clause):
            return "asked"
        if is_somebody_elses_past(clause, mention.value, following):
            return "asked"
        about_me = _MYSELF.search(f"{clause}{mention.text}")
        general = _IN_GENERAL.search(clause) or re.match(
            r"\s*(?:women|woman|people|ladies|person|patients?)\b", following, re.IGNORECASE
        )
        return "asked" if general and not about_me else "declared"
    return ""


@lru_cache(maxsize=1)
def default_finder() -> MentionFinder:
    """The finder over the project's own catalogue, made once."""
    return MentionFinder(Catalogue.load())
