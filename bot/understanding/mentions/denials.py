"""Whether a person denies a condition: 'I'm not pregnant', 'no pacemaker', 'she isn't pregnant'.

Only a denial of the condition itself counts, said of a person. 'What is not safe in pregnancy', 'do
not tell them I'm pregnant' and 'it is not that bad' deny nothing of it, and what was told before
stays. Where it is not sure, it is no denial.
"""

from __future__ import annotations

import re

# Words that may stand between the denial and the condition, and change nothing of it.
_LIGHT = (
    r"a|an|any|the|my|her|his|actually|really|currently|even|longer|more|now|yet|ever|at all|on|"
    r"taking|take|takes|took|using|use|wearing|wear|have|has|had|having|got|get|been|be|am|is|are|"
    r"suffer|suffering|suffered|with|from|of|history|diagnosed|known|such|like|kind|sort|the one|"
    r"one|who|that|"
    r"type|sign|anything|expecting|that i know of"
)
_NOT = (
    r"(?:(?:am|are|is|was|were|do|does|did|have|has|had|'m|'re|'s|'ve|im|ive|hes|shes|not)\s+)*"
    r"(?:not|never|no longer|neither)"
    r"|(?:is|are|was|were|do|does|did|have|has|had|ai)n'?t|don'?t|no|without|never|nor|non|zero"
    r"|(?:nobody|no one|none of (?:us|them))(?:\s+(?:here|of us))?"
)
# A medicine that was stopped. What was stopped just now has not left the body.
_STOPPED = (
    r"(?:(?:have|has|had|'ve|'s|was|were|been|am|is|'m|i've|ive|she's|he's|got)\s+)*"
    r"(?:stopped|quit|finished|came\s+off|come\s+off|taken\s+off|given\s+up|gave\s+up|off)"
)
_JUST_NOW = re.compile(
    r"\b(?:yesterday|today|this (?:morning|afternoon|evening|week)|tonight|last night|just now|"
    r"(?:an? |few |two |three |\d )?(?:hours?|days?) ago|for (?:a|the|an|two|three|\d))\b",
    re.IGNORECASE,
)
# What was looked for and not found: 'the pregnancy test was negative', 'cancer was ruled out'.
_RULED_OUT = re.compile(
    r"^\s*(?:(?:test|tests|scan|scans|result|results|check)\s+)?"
    r"(?:(?:was|were|is|are|has been|have been|came back|come back|turned out|is now|got)\s+)+"
    r"(?:all\s+)?(?:negative|ruled out|excluded|clear)\b"
    r"|^\s*(?:test|scan|result)s?\s+negative\b"
    r"|^\s*(?:was|is|has been)\s+(?:a\s+)?(?:false alarm|mistake|misdiagnos\w+|not true)\b",
    re.IGNORECASE,
)
_ONLY_SUPPOSED = re.compile(
    r"\b(?:if|hope|hoping|until|unless|when|once|whether|wish)\b", re.IGNORECASE
)
# 'No pacemaker, epilepsy or clots' denies all of them; each may have a few words.
_LIST = r"(?:(?:[\w'-]+\s+){0,3}[\w'-]+\s*(?:,|\bor\b|\bnor\b|\band\b|/)\s*)*"
_DENIED = re.compile(
    rf"(?:^|[,;:\s])(?P<not>{_NOT}|(?P<stopped>{_STOPPED}))\s+(?:(?:{_LIGHT})\s+)*(?P<list>{_LIST})(?:(?:{_LIGHT})\s+)*$",
    re.IGNORECASE,
)
# After these a list may follow; 'not bad and ...' is none.
_LISTING = re.compile(
    r"\b(?:no|without|neither|nor|never|n't|nt|not)\s+(?:(?:have|had|got|on|take|taking|a|an|any)\s+)*$",
    re.IGNORECASE,
)
_NEVER_LISTED = re.compile(
    r"\b(?:i|i'm|im|i've|ive|my|she|he|we|they|but|so|that|bad|sure|safe|good|ok|okay|well|tell|"
    r"press|help|hurt|hurts|it|pain)\b",
    re.IGNORECASE,
)
# What is asked or said of a thing, and of no person.
_ASKED = re.compile(
    r"^\W*(?:(?:so|and|ok|okay|well|please|but|then|um|er|oh|hi|hello)\W+)*"
    r"(?:(?:what|which|why|where|when|how|who|whom)(?:'?s)?\b|tell me|show me|list|"
    r"(?:is|are|am|can|could|should|would|does|did|may|will|do (?:i|you|we|they))\b)",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(
    r"\b(?:it|that|this|there|which|these|those|points?|pressing)(?:'?s|\s+(?:is|are|was|were|do|does))?\s*$",
    re.IGNORECASE,
)


def is_denied(before: str, following: str = "") -> bool:
    """Whether a person denies the condition between two parts of a sentence.

    Args:
        before: the clause as far as the condition.
        following: what stands behind it.
    """
    if _ASKED.search(before):
        return False
    if _RULED_OUT.search(following) and not _ONLY_SUPPOSED.search(before):
        return True
    found = _DENIED.search(before)
    if found is None or _OF_A_THING.search(before[: found.start("not")]):
        return False
    if found["stopped"] and _JUST_NOW.search(f"{before} {following}"):
        return False
    listed = found["list"].strip()
    if not listed:
        return True
    is_list = _LISTING.search(before[: found.start("list")])
    return bool(is_list) and not _NEVER_LISTED.search(listed)
