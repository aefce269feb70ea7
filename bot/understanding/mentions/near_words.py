"""The words near a place in a text.

Far ones decide nothing there, and reading them all, for each place anew, would make the time grow
with the square of the length.
"""

from __future__ import annotations

import re

# More than any clause that people say in one breath.
_REACH = 300


def ends_with(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Where `pattern`, which ends in '$', matches what stands before `end`.

    What the match looks back at, and the beginning of the text, are those of the whole text.
    """
    return pattern.search(text, max(0, end - _REACH), end)


def before(text: str, end: int) -> str:
    """What stands shortly before `end`."""
    return text[max(0, end - _REACH) : end]


def after(text: str, start: int) -> str:
    """What stands shortly after `start`."""
    return text[start : start + _REACH]
