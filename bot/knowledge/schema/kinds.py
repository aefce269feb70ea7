"""Kinds of values that the data files share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import conint, constr

if TYPE_CHECKING:
    Text = str
    Id = str
    Code = str
    OldCode = str
    Seconds = int
    LongSeconds = int
    Score = int
    Breaths = int
    Pixels = int
else:
    Text = constr(min_length=1)
    Id = constr(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    Code = constr(pattern=r"^(LU|LI|ST|SP|HT|SI|BL|KI|PC|TE|GB|LR|GV|CV)[1-9][0-9]?$")
    OldCode = constr(pattern=r"^B[0-9]{2}$")
    Seconds = conint(gt=0, le=120)
    LongSeconds = conint(gt=0, le=1200)
    Score = conint(ge=0, le=10)
    Breaths = conint(ge=1, le=20)
    Pixels = conint(gt=0, le=4000)
