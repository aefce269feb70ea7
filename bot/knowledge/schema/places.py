"""The shape of data/places.yml: where each point and area lies on the drawn body, as a rule.

The rules are worked out by scripts/pictures on a mesh; here is only their form. All of them are
written for the left side; the right side is its mirror image.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, confloat, conint, constr, model_validator
from pydantic.functional_validators import AfterValidator
from pydantic_core import CoreSchema, core_schema

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Code, Id, Text
from bot.text.json_types import JsonObject

Share = confloat(ge=-1, le=2)
Cun = confloat(gt=0, le=20)
Print = constr(pattern=r"^[0-9a-f]{12}$")

FRAMES: dict[str, tuple[str, ...]] = {
    "body": ("front", "back", "up", "down", "outer", "inner"),
    "hand": ("fingers", "wrist", "thumb", "little", "back", "palm"),
    "elbow": ("hand", "shoulder", "outer", "inner", "crease", "tip"),
    "leg": ("up", "down", "front", "back", "outer", "inner"),
    "foot": ("toes", "heel", "top", "sole", "inner", "outer"),
}
PARTS = ("head", "neck", "trunk", "upper_arm", "forearm", "hand", "thigh", "lower_leg", "foot")
SAID = "said"


def said_cun(location: str) -> float | None:
    """The number before "cun" in a professional location; None where there is none."""
    found = re.search(r"(\d+(?:\.\d+)?) cun", location)
    return float(found[1]) if found else None


class Directions(dict[str, float]):
    """A direction by its name, or a mixture: {outer: 1, back: 0.5}, {hand.back: 1}."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: object) -> CoreSchema:
        """For pydantic: how a value is read."""
        return core_schema.no_info_plain_validator_function(cls._read)

    @classmethod
    def __get_pydantic_json_schema__(cls, _: CoreSchema, handler: object) -> JsonObject:
        """For editors: both ways to write it."""
        amounts = {"type": "object", "additionalProperties": {"type": "number"}}
        return {"anyOf": [{"type": "string"}, amounts]}

    @classmethod
    def _read(cls, told: Any) -> Directions:
        amounts = {told: 1} if isinstance(told, str) else told
        if not isinstance(amounts, dict) or not amounts:
            raise ValueError("it is no direction | Write 'back', or {outer: 1, back: 0.5}")
        for name, amount in amounts.items():
            frame, _, axis = str(name).rpartition(".")
            if axis not in FRAMES.get(frame or "body", ()):
                known = ", ".join(
                    f"{f}.{a}" if f != "body" else a for f in FRAMES for a in FRAMES[f]
                )
                raise ValueError(f"the direction '{name}' is not known | Write some of: {known}")
            if not isinstance(amount, int | float):
                raise ValueError(f"how much {name} is meant is no number | Write {name}: 1")
        return cls({str(name): float(amount) for name, amount in amounts.items()})


def _known_part(part: str) -> str:
    if part not in PARTS:
        raise ValueError(f"the part '{part}' is not known | Write one of: {', '.join(PARTS)}")
    return part


Part = Annotated[Text, AfterValidator(_known_part)]


class PlaceMove(Facts):
    """A step away from where the rule has come to.

    Attributes:
        cun: how far; `said` takes the number before "cun" in the point's professional location.
        measure: which bone's length says how long a cun is here.
    """

    toward: Directions
    cun: Cun | Literal["said"]  # type: ignore[valid-type]
    measure: Id


class PlaceRule(Facts):
    """How to get to a place, from landmark to skin.

    Attributes:
        start: the landmark to begin at.
        between: or two landmarks, to begin on the line from the first to the second:
        share: at this share of it,
        cun: or so many cun of `measure` along it from the first.
        move: steps from there.
        skin: in which direction the skin is then looked for; left out for a place inside.
    """

    start: Id | None = None
    between: tuple[Id, Id] | None = None
    share: Share | None = None  # type: ignore[valid-type]
    cun: Cun | Literal["said"] | None = None  # type: ignore[valid-type]
    measure: Id | None = None
    move: list[PlaceMove] = []
    skin: Directions | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.start is None) == (self.between is None):
            raise ValueError("a rule begins at one landmark or between two | Write 'start: ...' "
                             "or 'between: [..., ...]'")  # fmt: skip
        if self.between and (self.share is None) == (self.cun is None):
            raise ValueError("it is not said how far along the line | Write 'share: 0.5' or "
                             "'cun: 3' with 'measure: ...'")  # fmt: skip
        if self.cun is not None and self.measure is None:
            raise ValueError("a cun needs a measure | Write 'measure: ...' with one of measures")
        return self

    def landmarks(self) -> list[str]:
        """The landmarks it begins at."""
        return [self.start] if self.start else list(self.between or ())

    def measures(self) -> list[str]:
        """The measures it counts in."""
        own = [self.measure] if self.measure else []
        return own + [step.measure for step in self.move]

    def counts_what_is_said(self) -> bool:
        """Whether a number is taken from the location itself."""
        return SAID in [self.cun, *(step.cun for step in self.move)]


class Landmark(Facts):
    """A place one can feel, or a joint: `joint` or `vertex` of the mesh, or a rule.

    Attributes:
        name: what it is, as a picture's reader would be told.
    """

    id: Id
    name: Text
    joint: Text | None = None
    vertex: conint(ge=0) | None = None  # type: ignore[valid-type]
    rule: PlaceRule | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.joint, self.vertex, self.rule)) != 1:
            raise ValueError("a landmark is a joint, a vertex or a rule | Write one of the three")
        return self


class Measure(Facts):
    """How long a cun is: the way between two landmarks is so many cun."""

    id: Id
    between: tuple[Id, Id]
    cun: Cun | Literal[75]  # type: ignore[valid-type]
    source: Text


class Ring(Facts):
    """A ring around a landmark, such as a kneecap; its radius in cun of the body."""

    at: Id
    cun: Cun  # type: ignore[valid-type]


class View(Facts):
    """From where a picture is taken.

    Attributes:
        toward: from the body to the eye.
        up: what is up in the picture.
        middle: the landmark in its middle, moved by `shift` cm right and up in the picture.
        width: cm that it spans.
        tall: its height as a share of its width.
        parts: what of the body is drawn; the whole when left out.
        sides: whether both sides of the body are drawn, or of limbs only the left.
        dots, rings, lines: landmarks drawn faintly, such as the bumps of the spine or a crease.
    """

    id: Id
    name: Text
    toward: Directions
    up: Directions
    middle: Id
    shift: tuple[float, float] = (0, 0)
    width: confloat(gt=5, le=200)  # type: ignore[valid-type]
    tall: confloat(gt=0.3, le=3) = 1  # type: ignore[valid-type]
    parts: list[Part] = []
    sides: Literal["left", "both"] = "left"
    dots: list[Id] = []
    rings: list[Ring] = []
    lines: list[list[Id]] = []


class PointPlace(Facts):
    """Where a point lies.

    Attributes:
        drawn_from: the fingerprint of the location this rule was written from.
        words: what of the location the rule turns into a place, for who compares the two.
        close, whole: the views that show it, near and on the whole body.
        guide: landmarks that the near picture shows, with a line where there are several.
    """

    code: Code
    drawn_from: Print  # type: ignore[valid-type]
    words: Text
    rule: PlaceRule
    close: Id
    whole: Id
    guide: list[Id] = []


class Patch(Facts):
    """A piece of skin: what lies within all of the limits that are given.

    Attributes:
        parts: of these parts of the body.
        between: between the planes at these landmarks, across the line that joins them.
        around: within `cun` of `measure` of this landmark or point.
        along: or of the line through these, seen from the direction it is facing.
        facing: looking this way.
        from_midline: so many cun of `measure` from the middle of the body, least and most.
    """

    parts: list[Part] = []
    between: tuple[Id, Id] | None = None
    around: Text | None = None
    along: list[Text] = []
    cun: Cun | None = None  # type: ignore[valid-type]
    measure: Id = "body"  # type: ignore[assignment]
    facing: Directions | None = None
    from_midline: tuple[float, float] | None = None


class AreaPlace(Facts):
    """Where a body area, or a spot that an article describes, lies: shaded skin.

    Attributes:
        drawn_from: for an article's spot, the fingerprint of the location.
        patches: what is shaded, all of them together.
        body_map: on which sides of the body map it can be tapped; a later entry lies on top.
    """

    id: Id
    drawn_from: Print | None = None  # type: ignore[valid-type]
    patches: list[Patch] = Field(..., min_length=1)
    close: Id
    whole: Id
    body_map: list[Literal["front", "back"]] = []


class NotDrawn(Facts):
    """A spot of an article that no picture can show, and why."""

    id: Id
    why: Text


class PlacesFile(Facts):
    """data/places.yml as a whole."""

    version: int
    landmarks: list[Landmark]
    measures: list[Measure]
    views: list[View]
    points: list[PointPlace]
    areas: list[AreaPlace]
    not_drawn: list[NotDrawn] = []
