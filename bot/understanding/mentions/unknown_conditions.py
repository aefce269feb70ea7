"""A condition that is told and that we do not know: 'I have Marfan syndrome', 'diagnosed with X'.

What it means for pressing nobody here can say, so it has to be heard and held to. It is told by its
shape: somebody has, takes or was diagnosed with something that is named as illnesses are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.text.ordinary_words import OrdinaryWords

_HAS = (
    r"(?:i|we|she|he|they|who)(?:'?ve|'?s)?\s+(?:also\s+|just\s+|still\s+|actually\s+)*"
    r"(?:have|has|had|got|have\s+got|has\s+got|suffer(?:s|ed)?\s+(?:with|from)|live\s+with|"
    r"was\s+born\s+with|were\s+born\s+with)|i'?ve(?:\s+got)?|(?:she|he)'?s\s+got|with\s+my"
)
_DIAGNOSED = r"(?:diagnosed|diagnosis)\s+(?:is\s+|of\s+|with\s+|as\s+)+"
# The ends of words that name an illness.
_ILLNESS = (
    r"(?:[\w'-]*(?:syndrome|disease|disorder|deficiency|dystrophy|sclerosis|palsy|anaemia|anemia)"
    r"|\w{3,}(?:itis|osis|oses|opathy|uria|plegia|algia|aemia|penia|oma|omas|ectomy|plasty|stomy)"
    r"|\w{4,}(?:ism)(?=\s+disorder))s?"
)
_ILL = re.compile(
    rf"\b(?:{_HAS})\s+(?:(?:a|an|the|some|very|rare|bad|mild|severe|chronic|genetic)\s+)*"
    rf"(?P<what>(?:[\w'-]+\s+){{0,3}}?{_ILLNESS})\b",
    re.IGNORECASE,
)
_NAMED_BY_A_DOCTOR = re.compile(
    rf"\b{_DIAGNOSED}(?:(?:a|an|the|some)\s+)?(?P<what>[\w'-]+(?:\s+[\w'-]+){{0,2}})",
    re.IGNORECASE,
)
_FRAGILE = re.compile(
    r"\b(?:my|her|his)\s+(?P<what>(?:skin|bones?|blood|lungs?|kidneys?|liver|nerves?|immune\s+system|"
    r"arteries|artery|veins?|spine|spinal\s+cord)(?:'?s|\s+(?:is|are|was|were))\s+(?:very\s+|really\s+|so\s+|"
    r"quite\s+|extremely\s+)*(?:thin|fragile|weak|damaged|failing|diseased|brittle|inflamed|infected|"
    r"broken|cracked|unstable|swollen|torn|fractured))\b",
    re.IGNORECASE,
)
# 'I have a stent', a part that was put in; 'they put a stent in', 'I was fitted with a shunt'.
_GOT = (
    r"(?:they|doctors?|surgeons?|hospital|i|she|he)(?:'?ve|\s+have|\s+had)?\s+(?:put|placed|fitted|"
    r"implanted|inserted|installed)(?:\s+(?:in\s+)?(?:me|him|her)(?:\s+with)?|\s+in)?|"
    r"(?:i|she|he)(?:'?ve)?\s+(?:was|were|been|am|is|got|had)\s+(?:fitted|implanted|given)(?:\s+with)?"
)
_PUT_IN = re.compile(
    rf"\b(?:{_HAS}|{_GOT})\s+(?:(?:a|an|the|two|three|some)\s+)*(?P<what>(?:[\w'-]+\s+){{0,2}}?"
    r"(?:stents?|shunts?|stoma|catheter|pump|\w*stimulators?|implants?|pacer|graft|transplant|prosthesis|"
    r"defibrillator|valves?|drain|fistula|ports?|plates?|rods?))\b",
    re.IGNORECASE,
)


# 'I have ehlers danlos': a name that is no English word.
_NAMED = re.compile(
    rf"\b(?:{_HAS})\s+(?:(?:a|an|the|very|rare|bad|mild|severe)\s+)*"
    r"(?P<what>(?P<name>[a-z]{5,30})(?:[\s-]+[a-z]{5,30})?)\b",
    re.IGNORECASE,
)


def unknown_conditions(text: str, ordinary: OrdinaryWords) -> Iterator[tuple[int, int]]:
    """The places of what is told like a condition; whether it is a known one is for the caller.

    Args:
        text: the message, misspellings put right.
        ordinary: English words, which name no rare illness, nor do their misspellings.

    Yields:
        Start and end of the words that name it.
    """
    for pattern in (_ILL, _NAMED_BY_A_DOCTOR, _FRAGILE, _PUT_IN):
        for hit in pattern.finditer(text):
            yield hit.span("what")
    for hit in _NAMED.finditer(text):
        name = hit["name"].lower()
        if name not in ordinary and not any(ordinary.near(name)):
            yield hit.span("what")
