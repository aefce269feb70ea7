"""Whose condition is told of: the person's own, or that of somebody they ask for."""

from __future__ import annotations

import re

from bot.text.kin import BARE_KIN, called
from bot.understanding.mentions.mention import Mention
from bot.understanding.mentions.near_words import after, before

RELATIVES = (
    r"(?:mother|father|sister|brother|son|daughter)[- ]in[- ]law|"
    r"wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|spouse|missus|"
    r"bro|sis|lad|lass|mother|mum|mom|mam|mummy|mommy|hubby|father|dad|daddy|parents?|sister|brother|sibling|twin|"
    r"son|daughter|child|children|kids?|toddler|boy|girl|teenager|grandson|granddaughter|"
    r"grandchild|grandkid|nan|nana|nanny|gran|granny|grandma|grandmother|grandad|granddad|grandpa|"
    r"grandfather|uncle|aunt|auntie|aunty|cousin|niece|nephew|friend|mate|neighbou?r|"
    r"colleague|co-?worker|flatmate|roommate|clients?|patients?|residents?|pts?|boss"
)
# What the dead had is over: 'my late husband had a slipped disc'.
_DEAD = re.compile(
    rf"\b(?:my|our|her|his)\s+(?:[\w'-]+\s+)?late\s+(?:[\w'-]+\s+)?(?:{RELATIVES})\b"
    r"(?!.*\b(?:i|im|ive)\b)",
    re.IGNORECASE,
)
# 'He had a slipped disc in 1988'.
_LONG_AGO = re.compile(
    r"^\W*(?:back\s+)?(?:in\s+(?:the\s+)?(?:19|20)\d\d|(?:\w+\s+){1,3}years\s+ago"
    r"|as\s+a\s+(?:child|boy|girl|young\s+\w+)|at\s+the\s+time|years\s+ago)\b",
    re.IGNORECASE,
)
# 'My father had cancer' tells of somebody else; 'my wife is pregnant' asks for somebody here. Who
# goes on with 'I have' tells of their own, and what somebody was born with they still have.
_THEIR_PAST = re.compile(
    rf"\b(?:{RELATIVES})s?\b"
    r"(?:\W+\w+){0,2}\W+"
    r"(?:had|has had|died|(?:was|were)(?! born| diagnosed)|got|used to|suffered)\b"
    r"(?!.*\b(?:i|im|ive)\b)",
    re.IGNORECASE,
)
_CAN_BE_OVER = frozenset({
    "", "cancer", "pregnancy", "trying_for_baby", "breastfeeding", "child", "broken_skin",
    "something_told", "frail_or_old", "high_blood_pressure", "varicose_veins", "kidney_disease",
    "diabetes_numbness",
})  # fmt: skip
_HEALS = frozenset({"slipped_disc", "recent_surgery"})
_STILL_SO = re.compile(
    r"\b(?:and|but|he|she|now|still)\s+(?:\w+\s+)?(?:takes?|has|is|uses|needs|wears|lives)\b",
    re.IGNORECASE,
)
# What an animal has is nobody's here.
_ANIMALS = re.compile(
    r"\b(?:dogs?|pup(?:py|pies)?|cats?|kittens?|horses?|pony|ponies|rabbits?|hamsters?|budgies?|parrots?|"
    r"pets?|mares?|cows?|goats?|donkeys?)\b[^.!?;]*$",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    rf"\b(?:my|our)\s+(?:[\w'-]+\s+){{0,2}}?(?P<who>{RELATIVES})\b"
    r"|\b(?:he|she)(?:'?s|\s+(?:is|has|does)n'?t|\s+is|\s+has|\s+had|\s+takes|\s+got|\s+wears|\s+uses|\s+suffers)\b"
    r"|\b(?:he|she)\s+(?!(?:sa(?:ys?|id)|told|tells|thinks?|thought|reckons?|asked|asks|wants|"
    r"prescribed|puts?|gave|started|stopped|knows?|knew|found|showed|pressed|presses)\b)\w+"
    r"|\b(?:put|puts|gave|give|gives|given|left|keeps?|has|have)\s+(?:her|him)\b"
    r"|\b(?:her|his)\s+(?=(?:\w+\s+){0,3}\w+$)"
    rf"|{BARE_KIN}",
    re.IGNORECASE,
)
# Somebody who is not named: 'one of them is on apixaban', 'a lady here takes steroids'.
_ANYBODY = re.compile(
    r"\b(?:one|two|three|some|most|many|another|a\s+few|both|all)\s+of\s+(?:them|those|the|my|our|mine)\b"
    r"|(?:^\W*|[,;:]\s*|\b(?:and|but|because|if|when)\s+)(?:one|another|the\s+other(?:\s+one)?)"
    r"(?:'?s|\s+(?:is|has|takes|was|had|got|uses|wears))\b"
    r"|\b(?:someone|somebody)\b(?:\s+\w+){0,3}"
    r"|\b(?:a|an|this|that|the|another|one)\s+(?:(?!my\b|i\b)[\w'-]+\s+){0,2}?"
    r"(?:lady|ladies|man|woman|person|gentleman|bloke|guy|lad|boy|girl|customer|student|visitor|guest|"
    r"relative|clients?|patients?|residents?|pts?|friend|mate|neighbou?r|colleague|co-?worker)\b",
    re.IGNORECASE,
)
_AM_ONE = re.compile(
    r"\b(?:i\s*am|i'?m|im|me|as|being|was|like|such|for"
    r"|(?:i|we)(?:'?ve|'?d)?\s+(?:take|took|have|had|got|use|used|wear|need|was|were|get))\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|im|ive|we|weve|me|myself)\b", re.IGNORECASE)
# 'I asked her about my warfarin'.
_OF_MINE = re.compile(rf"\bmy\s+(?:(?!(?:{RELATIVES})\b)\w+\s+)?$", re.IGNORECASE)
_RELATIVE = re.compile(rf"(?:{RELATIVES})\b", re.IGNORECASE)
# 'My pregnant wife'.
_JUST_BEFORE = re.compile(r"\b(?:my|our)\s+(?:[\w'-]+\s+)?$", re.IGNORECASE)
_JUST_AFTER = re.compile(rf"\s+(?:\w+\s+)?(?P<who>{RELATIVES})\b", re.IGNORECASE)
# 'My 9 year old', but not 'my 80 year old back'.
_OF_AN_AGE = re.compile(r"\b(?:my|our)\s+[\w -]*\b(?:years?|yrs?|months?)[ -]olds?$", re.IGNORECASE)
_NOBODY_NAMED = re.compile(
    r"\s*(?:$|(?:who|with|has|had|is|and|to|in|on|at|for|can|please)\b)", re.IGNORECASE
)
SOMEBODY = "that person"


def is_somebody_elses_past(clause: str, condition: str = "", following: str = "") -> bool:
    """Whether what `clause` leads to is what somebody else once had, or an animal has.

    What was put in, or has to be known for ever, is not over: 'my father had a stent put in'.

    Args:
        clause: the words before it.
        condition: its id.
        following: what stands behind it.
    """
    animal = _ANIMALS.search(clause)
    if animal and not _MINE.search(animal[0]):
        return True
    if _DEAD.search(clause):
        return True
    past = _THEIR_PAST.search(clause)
    if past is None or _STILL_SO.search(clause[past.end() :]):
        return False
    can_be_over = _CAN_BE_OVER | (_HEALS if _LONG_AGO.search(following) else frozenset())
    return condition in can_be_over or "died" in past[0].lower()


def whose(mention: Mention, text: str) -> str:
    """'your wife', or 'that person', where a condition is somebody else's; '' where it is own.

    Who is named last before the condition has it: 'my wife thinks I am pregnant' is about the
    speaker.
    """
    led_by = re.split(r"[.!?;]", before(text, mention.start))[-1]
    followed_by = re.split(r"[.!?;,]", after(text, mention.end))[0]
    said = f"{led_by}{mention.text}"
    if _JUST_BEFORE.search(led_by) and (owner := _JUST_AFTER.match(followed_by)):
        return f"your {owner['who'].lower()}"
    if _OF_AN_AGE.search(said) and _NOBODY_NAMED.match(followed_by):
        return SOMEBODY
    if _OF_MINE.search(led_by) and not _RELATIVE.match(mention.text):
        return ""
    theirs = [*_THEIRS.finditer(said)]
    anybody = [hit for hit in _ANYBODY.finditer(said) if not _AM_ONE.search(said[: hit.start()])]
    mine = [*_MINE.finditer(said)]
    if anybody and not (mine and mine[-1].start() >= anybody[-1].end()):
        named = [hit["who"] for hit in theirs if hit["who"]]
        return f"your {named[-1].lower()}" if named else SOMEBODY
    if not theirs or (mine and mine[-1].start() > theirs[-1].start()):
        return ""
    named = [(hit["who"] or "").lower() or called(hit) for hit in theirs]
    return next((f"your {name}" for name in reversed(named) if name), SOMEBODY)
