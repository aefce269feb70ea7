"""Whether somebody agrees to what cannot be undone, or may do harm. Unclear is not a yes."""

from __future__ import annotations

import re

from bot.knowledge.schema.told import ToldFile
from bot.text.phrases import found, normalised

_YES = frozenset({
    "yes", "yess", "yep", "yup", "yeah", "yea", "yeh", "ya", "aye", "y", "ok", "okay", "k", "sure",
    "certainly", "absolutely", "definitely", "indeed", "correct", "right", "exactly", "fine",
    "alright", "agreed", "agree", "confirm", "confirmed", "affirmative", "course", "ahead", "do",
    "go", "proceed",
})  # fmt: skip
# Words that may come with a yes without changing it.
_BESIDE = frozenset({
    "please", "thanks", "thank", "you", "i", "i'm", "im", "am", "very", "quite", "of", "all", "it",
    "that", "that's", "thats", "is", "for", "on", "then", "now", "so", "and", "just", "well", "oh",
    "um", "uh", "want", "would", "like", "to", "delete", "deleted", "erase", "erased", "wipe",
    "remove", "forget", "clear", "everything", "my", "me", "data", "conversation", "the", "a",
    "positive", "thing", "really",
})  # fmt: skip
_DOUBTS = re.compile(
    r"\?|n't\b|\b(?:but|no|nope|not|dont|never|wait|hold|stop|cancel|keep|kept|except|only|if|"
    r"unless|before|after|later|first|maybe|perhaps|what|how|why|which|when|who|where|whether|"
    r"unsure|changed|rather|instead|other)\b"
    # A question that was spoken has no mark: 'do you delete everything', 'ok is that all'.
    r"|\b(?:do|does|did|are|can|could|may|should|would|will) (?:you|i|we)\b"
    r"|\b(?:is|does|can|would|will) (?:it|that|this|my|the|everything|all)\b"
)

# 'The doctor say ok push soft', 'she said I can press gently', 'my GP agrees'.
_ALLOWS = re.compile(
    r"\b(?:says?|said|told me|tells me|reckons|thinks|is happy|was happy|lets me|allows|allowed)\b"
    r"(?: \w+){0,5} (?:ok|okay|fine|yes|safe|alright|to press\w*|to push\w*|"
    r"(?:can|may|could) (?:\w+ )?(?:press\w*|push\w*|do|use|try))\b"
    r"|\b(?:agree[sd]?|okays|okayed|approves|approved)\b"
)
# 'Fine, but not on that leg': a yes to the rest.
_BUT_NOT = re.compile(
    r"\b(?:but|just|only) not (?:on |in |at |near )?(?:the|that|this|my|his|her) (?:\w+ )?\w+",
    re.IGNORECASE,
)
# What somebody looked for and did not find is no refusal.
_FOUND_NONE = re.compile(
    r"\bno (?:clots?|breaks?|fractures?|damage|infection|bleeding|danger)\b", re.IGNORECASE
)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+")
_SAID = re.compile(r"\b(?:said|says|told|thinks|confirmed|agreed|gave|has|had|is|was)\b")


def agrees(text: str, says_so: bool = False) -> bool:
    """Whether a message is a plain yes to a question that was just asked.

    Args:
        text: the person's words.
        says_so: whether the model takes the words for a yes; new words then count where they begin
            with one.
    """
    if _DOUBTS.search(text.lower().replace("\u2019", "'")):
        return False
    words = re.sub(r"[.\-/]", " ", normalised(text)).split()
    if says_so and words and words[0] in _YES:
        return True
    return any(word in _YES for word in words) and all(w in _YES | _BESIDE for w in words)


def clinician_agrees(text: str, words: ToldFile) -> bool:
    """Whether a message that tells of a yes tells that somebody who can judge it gave it.

    Args:
        text: a message that says that somebody agreed.
    """
    said = normalised(text)
    named = bool(found(said, words.clinicians))
    for hit in found(said, words.approves):  # 'no objection' is a yes
        said = said.replace(hit[0], " ")
    return named and not found(said, words.no_yes)


def says_yes_of_a_clinician(text: str, words: ToldFile) -> bool:
    """Whether a message tells that a clinician agreed: 'the consultant said pressing is fine'."""
    parts = [part for part in _SENTENCES.split(text) if not part.rstrip().endswith("?")]
    told = _FOUND_NONE.sub(" ", _BUT_NOT.sub(" ", " ".join(parts)))
    said = normalised(told)
    approves = bool(_SAID.search(said)) and bool(found(said, words.approves))
    return (approves or bool(_ALLOWS.search(said))) and clinician_agrees(told, words)
