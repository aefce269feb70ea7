"""Codes of points, written or said: 'ST44', 'stomach forty four'."""

from __future__ import annotations

import re

from bot.answers.builder import MERIDIANS
from bot.text.number_words import number_words

# As people call the meridians; MERIDIANS has one name for each.
_NAMES = (
    r"lung|large intestine|stomach|spleen|heart|small intestine|(?:urinary )?bladder|kidney|"
    r"pericardium|triple (?:energi[sz]er|burner|warmer|heater)|gall ?bladder|liver|"
    r"governing vessel|conception vessel"
)
_NUMBERS = "|".join(sorted(number_words(), key=len, reverse=True))
# 'BL', and 'B L' as it is heard.
_LETTERS = "|".join("[ .]?".join(letters) for letters in MERIDIANS)
# 'My stomach two days ago' and 'stomach 3 times' are no codes.
_CODE = re.compile(
    rf"\b(?:{_LETTERS})[ .-]*(?:\d{{1,3}}\b|(?:{_NUMBERS})\b)|"
    rf"(?<!\bmy )(?<!\byour )\b(?:{_NAMES})[ -](?:\d{{1,2}}|{_NUMBERS})\b"
    r"(?!\s*(?:or\s+\w+\s+)?(?:times?|minutes?|seconds?|hours?|days?|weeks?|months?|years?|"
    r"fingers?|thumbs?|inch(?:es)?|cm|mm)\b)",
    re.IGNORECASE,
)

# 'Number six of the pericardium line'.
_ON_A_LINE = re.compile(
    rf"\b(?:point|number|no\.?) (?:\d{{1,2}}|{_NUMBERS}) (?:of|on|from|in|along) (?:the |my )?"
    rf"(?:{_NAMES}) (?:line|meridian|channel)\b",
    re.IGNORECASE,
)


def names_a_code(text: str) -> bool:
    """Whether a text holds what is the code of a point, taught or not."""
    return bool(_CODE.search(text) or _ON_A_LINE.search(text))
