"""The answer cards, as docs/cards.md describes them for channels that can show one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, RootModel

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Code, Id, LongSeconds, Pixels, Seconds, Text
from bot.knowledge.schema.points import Reach, Sides
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.schema.sources import SourceKind


class CardCaution(Facts):
    """What to watch for. `important` ones must be seen without a tap, if only as `short`."""

    text: Text
    short: Text
    important: bool


class CardSource(Facts):
    """What the card rests on, with a citation in `where` if there is one."""

    title: Text
    kind: SourceKind
    where: Text | None = None


class Picture(Facts):
    """A drawing of where a place is.

    Attributes:
        address: on this server; a changed picture has another one.
        alt: what it shows, in words.
        width, height: in pixels.
        tones: the same drawing in each skin tone, with its address; `address` is the usual one.
    """

    address: Text
    alt: Text
    width: Pixels
    height: Pixels
    tones: dict[str, Text] = {}


class PointCard(Facts):
    """A point: where it is, how to find it, how to press it.

    Attributes:
        name: with its tones; `plain_name` is without.
        line: the meridian it lies on.
        place: where it is, in a few words.
        picture: the place from near, `on_body` on the whole body; left out where there is none.
    """

    type: Literal["point"] = "point"
    version: Literal[1] = 1
    code: Code
    name: Text
    plain_name: Text
    characters: Text
    english: Text
    line: Text
    place: Text
    where: Text
    find: list[Text] = Field(..., min_length=1)
    press: list[Text] = Field(..., min_length=1)
    position: Text
    hold_seconds: tuple[Seconds, Seconds]
    rounds: Text
    per_day: Text
    sides: Sides
    reach: Reach
    tools: list[Text]
    not_with: list[Text]
    stop_when: Text
    used_for: list[Text] = Field(..., min_length=1)
    cautions: list[CardCaution] = Field(..., min_length=1)
    sources: list[CardSource] = Field(..., min_length=1)
    picture: Picture | None = None
    on_body: Picture | None = None


class WithheldPointCard(Facts):
    """A point that this person is not told how to press, and why."""

    type: Literal["point_withheld"] = "point_withheld"
    version: Literal[1] = 1
    code: Code
    name: Text
    plain_name: Text
    english: Text
    why: Text


class AreaOnBody(Facts):
    """A part of the body, and where it is."""

    id: Id
    name: Text
    picture: Picture | None = None
    on_body: Picture | None = None


class PointsCard(Facts):
    """Several points, best first; `area` is the part of the body that was asked for, if one was."""

    type: Literal["points"] = "points"
    version: Literal[1] = 1
    points: list[PointCard | WithheldPointCard] = Field(..., min_length=1)
    area: AreaOnBody | None = None


class SpotCard(Facts):
    """A spot that an article shows without naming a point, and where it lies."""

    type: Literal["spot"] = "spot"
    version: Literal[1] = 1
    id: Id
    name: Text
    where: Text
    cautions: list[CardCaution] = Field(..., min_length=1)
    sources: list[CardSource] = Field(..., min_length=1)
    picture: Picture | None = None
    on_body: Picture | None = None


class MethodStep(Facts):
    """One step of a method; `seconds` where it is timed, the shorter and the longer time."""

    text: Text
    seconds: tuple[LongSeconds, LongSeconds] | None = None


class MethodCard(Facts):
    """How a tool is used, step by step. `never` completes the sentence 'Never use it ...'."""

    type: Literal["method"] = "method"
    version: Literal[1] = 1
    id: Id
    name: Text
    summary: Text
    steps: list[MethodStep] = Field(..., min_length=1)
    how_long: Text
    never: Text
    cautions: list[CardCaution] = Field(..., min_length=1)
    sources: list[CardSource] = Field(..., min_length=1)


class Call(Facts):
    """Whom to call where the person is."""

    country: Text
    number: Text


class RedFlagCard(Facts):
    """What to do about a warning sign, the most important action first.

    Attributes:
        tier: how fast; `emergency` is at once.
        about: what the message is about if not a new sign: self_harm, standing or known.
        call: left out where the country is not known.
    """

    type: Literal["red_flag"] = "red_flag"
    version: Literal[1] = 1
    tier: Tier
    about: Text | None = None
    action: Text
    why: Text | None = None
    steps: list[Text]
    note: Text | None = None
    call: Call | None = None


class AnswerCards(
    RootModel[PointCard | WithheldPointCard | PointsCard | SpotCard | MethodCard | RedFlagCard]
):
    """Any of them."""
