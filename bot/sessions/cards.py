"""The cards of a guided session, as docs/cards.md describes them for channels that can show one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, RootModel, conint

from bot.answers.cards import Picture
from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Code, Id, Score, Text
from bot.knowledge.schema.sessions import Control, SessionPart
from bot.sessions.state import Status
from bot.sessions.transitions import End


class CardControl(Facts):
    """A button: its title, and what to send as the person's message when it is used."""

    id: Control
    title: Text
    say: Text


class PainScale(Facts):
    """A step that asks how strong the pain is. Send the number as the person's message."""

    when: Literal["before", "after"]
    least: Literal[0] = 0
    most: Literal[10] = 10


class SessionStepCard(Facts):
    """One step of a guided session. What does not apply to it is left out.

    `seconds` is the time to count down; the pictures are those of the point.
    """

    type: Literal["session_step"]
    kind: Literal["session_step"]
    version: Literal[1]
    guide: Literal["points", "method"]
    status: Status
    id: Text
    part: SessionPart
    step: conint(ge=0)  # type: ignore[valid-type]
    of: conint(ge=1)  # type: ignore[valid-type]
    title: Text
    text: Text
    spoken: Text
    point: Code | None = None
    name: str | None = None
    side: Literal["left", "right", "both"] | None = None
    tool: Id | None = None
    seconds: conint(gt=0) | None = None  # type: ignore[valid-type]
    seconds_left: conint(ge=0)  # type: ignore[valid-type]
    pain: PainScale | None = None
    controls: list[CardControl] = Field(..., min_length=1)
    picture: Picture | None = None
    on_body: Picture | None = None


class SessionEndCard(Facts):
    """The end of a guided session."""

    type: Literal["session_end"]
    kind: Literal["session_end"]
    version: Literal[1]
    ended: End
    points: list[Code]
    tool: Id | None = None
    pain_before: Score | None = None
    pain_after: Score | None = None


class SessionCards(RootModel[SessionStepCard | SessionEndCard]):
    """Either of the two."""
