"""Words that say what a message points to, and what a place that hurts is called."""

from __future__ import annotations

import re

from bot.text.number_words import number_words
from bot.text.phrases import ASKING

# 'That point in the web of my hand' is described, and points back to nothing.
IT = re.compile(
    r"\b(?:it|(?:that|this)(?!\s+(?:point|spot|place|hollow|one)\s+(?:in|on|at|behind|between|below|"
    r"above|under|near|of|by|inside|beside|over)\b))(?: one| point)?\b",
    re.IGNORECASE,
)

# 'Is it any good to press my foot': this 'it' points back to nothing.
NO_IT = re.compile(
    r"\b(?:is|does|do|will|would|can|could|might)\s+it\b[^,.?!]*?\b(?:to|if\s+i)\s+"
    r"(?=(?:press|push|rub|massage|squeeze|knead|touch|hold)\b)",
    re.IGNORECASE,
)

ON = re.compile(r"\b(?:on|at)\b", re.IGNORECASE)

THERE = re.compile(
    r"\b(?:on|at|in|around|along|behind|under|between)\s+(?:(?:my|the|your|her|his|a)\s+)?$",
    re.IGNORECASE,
)

# Before a place where somebody is: 'the baby is asleep on my arm'.
LIES_THERE = re.compile(
    r"(?:\b(?:is|are|was|asleep|sleeps?|sleeping|lies|lying|sits|sitting|rests|resting|baby|him|her"
    r"|holding \w+|carrying \w+)|'s)\s+(?:in|on|over|across|against)\s+"
    r"(?:(?:my|the|his|her|other|left|right|one|same)\s+)*$",
    re.IGNORECASE,
)

# Before a place that is not wanted.
NOT_THERE = re.compile(
    r"\b(?:not|no|except|apart from|other than|anything but|without|away from"
    r"|isn't near|not near|far from)"
    r"(?: (?:on|at|in|near|to|around))?(?: (?:the|my|that|a|his|her))?\s*$",
    re.IGNORECASE,
)

PREGNANT_FOR = re.compile(
    r"\b(?:\d{1,2}|" + "|".join(number_words()) + r")[\s-]+(?:weeks?|wks?|months?)\b"
    r"|\b(?:first|second|third|1st|2nd|3rd|last) trimester\b",
    re.IGNORECASE,
)

# Where a message or a part of it begins: 'my husband again: can he lie on a ball'.
QUESTION = re.compile(
    rf"(?:^|[.:;,!]\s+|\b(?:so|and|but)\s+){ASKING}\b",
    re.IGNORECASE,
)

SAYS_I = re.compile(r"\bi(?:'?m|'?ve)?\b", re.IGNORECASE)

# Somebody who says that they are well tells no illness.
HEALTHY = re.compile(
    r"\b(?:good|great|excellent|splendid|perfect|fine|robust|best of) health\b|\bhealthy\b"
    r"|\bfit and well\b|\bnever (?:had|been)\b"
    r"|\bno (?:illness\w*|conditions?|medic\w+|health (?:problems?|issues?))\b",
    re.IGNORECASE,
)

# Why something hurts, or what comes with it; where it hurts says more.
CIRCUMSTANCES = frozenset({"desk_posture", "stress", "tiredness"})

# A body area that hurts, read as the complaint that the catalogue knows.
HURTING = {
    "lower_back": "lower_back_pain",
    "back": "back_pain",
    "mid_back": "upper_back_pain",
    "upper_back": "upper_back_pain",
    "neck": "neck_shoulder_tension",
    "shoulder": "neck_shoulder_tension",
    "hip": "hip_pain",
    "buttock": "hip_pain",
}

# Whoever says 'I'm 31 weeks', and of no pain, age or operation, is pregnant.
_WEEKS = re.compile(
    r"\b(?:i'?m|i am|me at|i'm at) (?:now |about |nearly |almost |just |at |only )?"
    r"(?P<weeks>\d{1,2}) ?(?:weeks?|wks?)(?: and \w+ days?)?\b"
    r"(?! (?:old|in|into|post|after|since|of|out|from|off|on|behind|ago|late"
    r"|away|sober|clean|with))",
    re.IGNORECASE,
)
_FIRST_WEEKS, _LAST_WEEKS = 4, 43


def weeks_pregnant(text: str) -> bool:
    """Whether somebody says how many weeks pregnant they are, without the word: 'im 31 weeks'."""
    hit = _WEEKS.search(text.replace("\u2019", "'"))
    return hit is not None and _FIRST_WEEKS <= int(hit["weeks"]) <= _LAST_WEEKS
