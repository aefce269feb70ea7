"""What is found in a message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    """Something of the catalogue found in a text.

    `kind` is an entity name (point, area, complaint, tool, condition), `value` an id of the
    catalogue (a WHO code for points), `text` the person's own words, `written` the same words
    spelled right. `start` and `end` are the place in the text; a mention that corrects an earlier
    one begins where that one began. `role` says of an area whether one presses there or hurts
    there, and of a condition whether the person has it. `whose` says of a condition that somebody
    else has who: 'your wife'.
    """

    kind: str
    value: str
    start: int
    end: int
    text: str
    written: str = ""
    role: str = ""
    whose: str = ""
