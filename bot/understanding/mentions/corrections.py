"""People who correct themselves: 'gb thirteen, I mean thirty', 'the hand, no, the foot'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.mentions.mention import Mention
from bot.understanding.mentions.near_words import ends_with

# Words that carry nothing while somebody looks for the right one.
_AROUND = (
    r"(?:u+m+|u+h+|e+r+m*|oh|ah|oops|the|a|an|my|your|his|her|on|in|at|for|it's|its|it|was|is|"
    r"that's|thats|to|of|be|should|say|point|points)"
)
_MARKS = (
    r"(?:i (?:mean|meant|meant to say)|no,? wait|wait,? no|wait|no,? sorry|sorry,? no|sorry|"
    r"no,? not that|(?:or )?rather|actually|make (?:that|it)|scratch that|strike that|correction|"
    r"my bad|my mistake|let me (?:rephrase|start again)|no,? i (?:mean|meant))"
)
# 'No' alone also denies ('back pain, no sciatica'): as a correction it is set off by a pause, or
# followed by 'the' or 'on my'.
_BARE_NO = r"(?:no\s*[,.;\-]+|no(?=\s+(?:the|my|on|in|at|it)\b))"
_SPACE = r"[\s,.;:!?\-*()]*"
# What was read once is not read otherwise: 'no wait no wait' has too many ways to be read.
_GOES_ON = rf"(?:(?=(?P<said>(?:{_MARKS}|{_AROUND}|no)\b{_SPACE}))(?P=said))*"
_BETWEEN = re.compile(
    rf"{_SPACE}(?:(?:or|{_AROUND})\b{_SPACE})*(?:{_MARKS}\b|{_BARE_NO}){_SPACE}{_GOES_ON}",
    re.IGNORECASE,
)
_BARE_NO_POINT = re.compile(rf"{_SPACE}no{_SPACE}", re.IGNORECASE)
# 'Not the hand but the foot', 'not the hand, the foot'.
_BUT = re.compile(rf"(?:{_SPACE}but\b{_SPACE}|\s*[,;]\s*)(?:{_AROUND}\b{_SPACE})*", re.IGNORECASE)
_NOT_BEFORE = re.compile(rf"\bnot\s+(?:{_AROUND}\s+)*$", re.IGNORECASE)
# 'The foot, not the hand', 'the foot instead of the hand'.
_AND_NOT = re.compile(
    rf"{_SPACE}(?:(?:and|but)\s+)?(?:not|instead of|rather than)\s+(?:{_AROUND}\s+)*", re.IGNORECASE
)

CORRECTS = re.compile(
    rf"{_SPACE}(?:(?:or|{_AROUND})\b{_SPACE})*(?:{_MARKS}|no)\b{_SPACE}{_GOES_ON}",
    re.IGNORECASE,
)


def settled(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that were taken back.

    A correction takes the place of what it corrects: its span reaches back to where the
    retracted mention began, so that the rewritten text says only what was meant.
    """
    kept: list[Mention] = []
    for mention in mentions:
        if kept and _is_left_out(text, kept[-1], mention):
            continue
        start = mention.start
        while kept and _corrects(text, kept[-1], mention):
            start = kept.pop().start
            denied = ends_with(_NOT_BEFORE, text, start)
            start = denied.start() if denied else start
        kept.append(replace(mention, start=start))
    return kept


def _is_left_out(text: str, earlier: Mention, later: Mention) -> bool:
    between = text[earlier.end : later.start]
    return _are_places(earlier, later) and bool(_AND_NOT.fullmatch(between))


def _are_places(earlier: Mention, later: Mention) -> bool:
    # 'Says B47, not BL52' is about both points; a complaint that is denied is told apart elsewhere.
    return earlier.kind == later.kind and earlier.kind in {"area", "tool"}


def _corrects(text: str, earlier: Mention, later: Mention) -> bool:
    if earlier.kind != later.kind or earlier.kind not in {"point", "area", "tool"}:
        return False
    between = text[earlier.end : later.start]
    if _BETWEEN.fullmatch(between):
        return True
    if later.kind == "point" and _BARE_NO_POINT.fullmatch(between):
        return True
    return bool(
        _are_places(earlier, later)
        and _BUT.fullmatch(between)
        and ends_with(_NOT_BEFORE, text, earlier.start)
    )
