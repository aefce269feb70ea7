"""Whether somebody agrees to what cannot be undone, or may do harm. Unclear is not a yes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.topics import SURE
from bot.dialogue.whom import person_named
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
_SENTENCES = re.compile(r"(?<=[.!?;])(?<!\b[Dd]r\.)\s+|\n+")
_SAID = re.compile(r"\b(?:said|says|told|thinks|confirmed|agreed|gave|has|had|is|was)\b")
# 'My cardiologist', 'the podiatrist': whoever has made a study of it.
_SPECIALIST = re.compile(r"\b\w+(?:ologist|iatrist)s?\b")
_THEY = re.compile(r"\b(?:he|she|they)(?:'(?:s|d|re|ve))?\b")
_ASKS = re.compile(
    r"^(?:(?:and|but|so|ok|then|now) )*"
    r"(?:do|does|did|is|are|can|could|should|may|will|would|what if)\b"
)
_LOOKED_BACK = 6
# What was looked for and not found, what is not minded, and what is to be done if it gets worse.
_HARMLESS = (
    re.compile(r"\b(?:if|in case|unless)\b[^,.;!?]*", re.IGNORECASE),
    re.compile(
        r"\b(?:no|nothing|without|nor)\s+(?!(?:press|push|massag|acupress|point|tool|way|go|to|and|but|"
        r"she|he|they|i)\w*\b)\w+|\bfound nothing\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:\bnot|n't)\s+(?:(?:at all|too|so|very|really|even|a|an|any|the least)\s+)*(?:worr\w+|"
        r"concern\w*|bother\w*|serious|sinister|danger\w*|broken|wrong|bad|fuss\w*|mind|object\w*|"
        r"hard|deep\w*|long|much|firm\w*|often|(?:find|found|see|seen) \w+)\b",
        re.IGNORECASE,
    ),
)
_REFUSES = re.compile(
    r"n't\b|\b(?:no|not|dont|doesnt|never|nobody|against|avoid\w*|stop\w*|wait\w*|until|once|"
    r"refus\w*|forb[ai]d\w*|banned|stay off|keep off|leave (?:it|that|this)|off limits|bad|"
    r"rest|risk\w*|danger\w*|unsure|worr\w*|concern\w*|urgent\w*|emergency|serious\w*|refer\w*|booked|"
    r"might|maybe|perhaps|needs?|needed|worse|clots?|fractur\w*|broken|tumou?rs?|infect\w*|operat\w*|surgery|"
    r"(?:sent|send|sending) (?:me|us|her|him) (?!home|away|off|back)\w+)\b",
    re.IGNORECASE,
)


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


def clinicians_words(text: str, words: ToldFile, before: Sequence[str] = ()) -> str:
    """What a message tells from where a clinician is named on; '' where none is.

    Args:
        text: the person's words.
        before: what they said before, newest last: 'he said yes' is about whom they spoke of.
    """
    parts = [part for part in _SENTENCES.split(text) if not _is_asked(part)]
    for place, part in enumerate(parts):
        said = normalised(part)
        if _names_one(said, words) or (
            _THEY.search(said) and not person_named(said, words) and _spoke_of_one(before, words)
        ):
            return " ".join(parts[place:])
    return ""


def says_yes_of_a_clinician(
    text: str, words: ToldFile, checked: float = 0.0, before: Sequence[str] = ()
) -> bool:
    """Whether a message tells that a clinician agreed: 'the consultant said pressing is fine'.

    Args:
        text: the person's words.
        checked: how likely they tell of a clinician's look or word, as the reader of questions has
            it; where it is sure, any words count that refuse nothing and tell of nothing bad.
        before: what they said before, newest last.
    """
    told = clinicians_words(text, words, before)
    if not told:
        return False
    said = normalised(_FOUND_NONE.sub(" ", _BUT_NOT.sub(" ", told)))
    approves = bool(_SAID.search(said)) and bool(found(said, words.approves))
    if approves or _ALLOWS.search(said):
        rest = said
        for hit in found(said, words.approves):  # 'no objection' is a yes
            rest = rest.replace(hit[0], " ")
        if not found(rest, words.no_yes):
            return True
    return checked >= SURE and is_good_news(told)


def is_good_news(told: str) -> bool:
    """Whether what a clinician said refuses nothing, and tells of nothing bad."""
    told = _FOUND_NONE.sub(" ", _BUT_NOT.sub(" ", told.replace("\u2019", "'")))
    for harmless in _HARMLESS:
        told = harmless.sub(" ", told)
    return not _REFUSES.search(told)


def _is_asked(part: str) -> bool:
    return part.rstrip().endswith("?") or bool(_ASKS.match(normalised(part)))


def _names_one(said: str, words: ToldFile) -> bool:
    return bool(found(said, words.clinicians)) or bool(_SPECIALIST.search(said))


def _spoke_of_one(before: Sequence[str], words: ToldFile) -> bool:
    """Whether a clinician was spoken of last, and nobody else since."""
    for text in reversed(before[-_LOOKED_BACK:]):
        said = normalised(text)
        if _names_one(said, words):
            return True
        if person_named(said, words):
            return False
    return False
