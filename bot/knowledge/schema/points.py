"""The shape of data/points.yml: points, body areas, complaints, and what the articles got wrong.

Locations follow the WHO Standard Acupuncture Point Locations in the Western Pacific Region (2008).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from bot.knowledge.schema.changes import GuardedFile
from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Code, Id, OldCode, Seconds, Text


class Sides(str, Enum):
    """Where the point exists."""

    BOTH = "both"
    MIDLINE = "midline"


class Reach(str, Enum):
    """Who can press the point."""

    SELF = "self"
    HELPER = "helper"


class Posture(str, Enum):
    """How the person is while pressing."""

    SITTING = "sitting"
    LYING = "lying"


class Severity(str, Enum):
    """How bad it would be to follow the article instead of the standard."""

    DANGER = "danger"
    WRONG = "wrong"
    IMPRECISE = "imprecise"
    NAMING = "naming"


class Names(Facts):
    """What the point is called."""

    english: list[Text]
    pinyin: Text
    pinyin_tones: Text
    characters: Text


def _can_be_heard(spoken: str) -> str:
    if re.search(r"[*_#/()]|\bcun\b|\b[A-Z]{2}\d", spoken):
        raise ValueError("symbols, 'cun' and codes cannot be heard | Say it in words")
    return spoken


class Location(Facts):
    """Where the point lies: in a few words, to read, for a professional, to hear."""

    place: str = ""
    lay: Text
    professional: Text
    spoken: Text

    _heard = field_validator("spoken")(_can_be_heard)


class Press(Facts):
    """How to press it. Seconds are for one hold; the general rule is in data/techniques.yml.

    Attributes:
        strength: how hard, where that alone is asked.
        fingers: with what; it follows 'with'.
        postures: how the person may be while pressing it in a guided session.
        sides_together: whether both sides are pressed at once.
    """

    how: Text
    spoken: Text
    hold_seconds: tuple[Seconds, Seconds]
    rounds: Text
    times_a_day: Text
    tools: list[Id] = []
    not_with: list[Id] = []
    posture: Text
    postures: list[Posture] = []
    sides_together: bool = False
    strength: str = ""
    fingers: str = ""

    _heard = field_validator("spoken")(_can_be_heard)

    @field_validator("hold_seconds")
    @classmethod
    def _ordered(cls, seconds: tuple[int, int]) -> tuple[int, int]:
        if seconds[0] > seconds[1]:
            raise ValueError("the shorter time comes first | Write it as [30, 60]")
        return seconds


class Purpose(Facts):
    """A complaint the point is used for, and who says so."""

    complaint: Id
    sources: list[Id] = Field(..., min_length=1)


class Conflict(Facts):
    """Where a source departs from the standard, from the anatomy or from safety."""

    id: Id
    severity: Severity
    source: Id
    says: Text
    we_say: Text
    why: Text


class Point(Facts):
    """A standard acupuncture point, under its WHO code."""

    code: Code
    names: Names
    meridian: Text
    sides: Sides
    reach: Reach
    areas: list[Id] = Field(..., min_length=1)
    aliases: list[Text] = []
    heard_as: list[Text] = []
    location: Location
    find: Text
    press: Press
    purposes: list[Purpose] = Field(..., min_length=1)
    combine_with: list[Code] = []
    cautions: list[Id] = Field(..., min_length=1)
    note: str = ""
    conflicts: list[Conflict] = []
    sources: list[Id] = Field(..., min_length=1)

    @model_validator(mode="after")
    def _is_told_in_short(self) -> Self:
        if not (self.location.place and self.press.strength and self.press.fingers):
            raise ValueError(
                "a point needs its place, strength and fingers in a few words | Add the missing one"
            )
        return self

    @property
    def spoken_name(self) -> str:
        """The code as a person would say it, e.g. 'Large Intestine 4, called Hegu'."""
        number = re.sub(r"\D", "", self.code)
        return f"{self.meridian} {number}, called {self.names.pinyin}"


class ReferencePoint(Facts):
    """A point no article teaches. It is recognised, to explain a mix-up, and never advised."""

    code: Code
    pinyin: Text
    characters: Text
    location: Text
    why_known: Text


class UntaughtPlace(Facts):
    """A place that people ask about, and on which none of our points lies.

    Attributes:
        lies: the place as it ends the sentence 'None of my points lies ...'.
        area: the part of the body that it belongs to, where we know one.
        beside: words of which one must be said besides, where there are any.
        not_beside: words of which none may be said.
        known: the point that others press there; we tell its name.
        nearest: our points that lie closest, nearest first.
        note: what else has to be said of the place.
    """

    id: Id
    lies: Text
    words: list[Text] = Field(..., min_length=1)
    area: Id | None = None
    beside: list[Text] = []
    not_beside: list[Text] = []
    known: str = ""
    nearest: list[Code] = []
    note: str = ""


class OldNumber(Facts):
    """A Bladder number of older self-help books, and the WHO code it stands for."""

    old: OldCode
    code: Code
    explain: Text


class ArticleArea(Facts):
    """A spot or area that an article describes without naming a point."""

    id: Id
    name: Text
    body_area: Id
    words: list[Text] = []
    likely: list[Code] = []
    confidence: Text
    location: Location
    press: Press | None = None
    cautions: list[Id] = Field(..., min_length=1)
    note: str = ""
    note_spoken: str = ""
    conflicts: list[Conflict] = []
    sources: list[Id] = Field(..., min_length=1)


class Ranked(Facts):
    """A point in a list that is ordered best first, with the reason a person hears.

    `where` says on which side of the place it lies: who asks for that side gets it first.
    """

    code: Code
    why: Text
    where: list[Id] = []


class Position(Facts):
    """A side of a place, and the words for it: above, inner, ..."""

    id: Id
    words: list[Text] = Field(..., min_length=1)


class BodyArea(Facts):
    """A part of the body people name, the words they use for it, and its points, best first."""

    id: Id
    name: Text
    words: list[Text] = Field(..., min_length=1)
    points: list[Ranked] = Field(..., min_length=1)


class Complaint(Facts):
    """Something people want eased, the words they use for it, and its points, best first."""

    id: Id
    name: Text
    words: list[Text] = Field(..., min_length=1)
    points: list[Ranked] = Field(..., min_length=1)
    note: str = ""
    #: Whether it can be in any part of the body; a part named with it says more than it does.
    anywhere: bool = False


class PointsFile(GuardedFile):
    """data/points.yml as a whole."""

    version: int
    positions: list[Position]
    body_areas: list[BodyArea]
    complaints: list[Complaint]
    points: list[Point]
    article_areas: list[ArticleArea]
    reference_points: list[ReferencePoint]
    untaught_places: list[UntaughtPlace] = []
    old_numbers: list[OldNumber]

    @field_validator("points")
    @classmethod
    def _codes_once(cls, points: list[Point]) -> list[Point]:
        seen: set[Any] = set()
        for point in points:
            if point.code in seen:
                raise ValueError(f"{point.code} is there twice | Remove one of the two")
            seen.add(point.code)
        return points
