"""Where somebody is in a guided session: one JSON-like value that survives any restart."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

from bot.sessions.planner import Plan, as_data
from bot.sessions.steps import SessionStep
from bot.text.json_types import JsonObject

_LISTS = ("points", "left_out")


class Status(str, Enum):
    """Whether the session goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Session:
    """A session under way.

    Attributes:
        plan: what it goes through.
        step: id of the present step.
        status: running, paused by the person, or interrupted by a warning sign.
        slower: whether the person asked for longer holds and fewer words.
        before: the pain at the beginning, from 0 to 10.
        pressed: codes of the points gone through.
        misses: answers in a row to 'how strong?' that held no number.
        strayed: messages in a row about something else.
        heard: how many messages the person had sent when the session last moved.
        moved_at: when that was, in seconds since 1970.
    """

    plan: Plan
    step: str
    status: Status = Status.RUNNING
    slower: bool = False
    before: int | None = None
    pressed: tuple[str, ...] = ()
    misses: int = 0
    strayed: int = 0
    heard: int = 0
    moved_at: float = 0.0

    def to_slot(self) -> JsonObject:
        """The session as JSON."""
        data = asdict(self)
        return {
            **data, "plan": as_data(self.plan), "status": self.status.value,
            "pressed": list(self.pressed),
        }  # fmt: skip

    @classmethod
    def from_slot(cls, value: Any) -> Session | None:
        """The session in a slot; None where there is none, or none that can be read."""
        if not isinstance(value, dict):
            return None
        try:
            plan: JsonObject = {
                name: tuple(part) if name in _LISTS else part
                for name, part in value["plan"].items()
            }
            parts = {
                "plan": Plan(**plan),
                "status": Status(value["status"]),
                "pressed": tuple(value["pressed"]),
            }
            return cls(**{**value, **parts})
        except (KeyError, TypeError, ValueError, AttributeError):
            return None


def place_among(session: Session, steps: tuple[SessionStep, ...]) -> int:
    """Which of the steps is the present one; the nearest if the session lost it."""
    ids = [step.id for step in steps]
    if session.step in ids:
        return ids.index(session.step)
    # The point was taken out: the first point that has not been gone through is next.
    todo = (n for n, s in enumerate(steps) if s.point and s.point.code not in session.pressed)
    return next(todo, len(steps) - 1)


def moved(session: Session, step: SessionStep) -> Session:
    """The session at another step, running, with nothing left of earlier misunderstandings."""
    return replace(session, step=step.id, status=Status.RUNNING, misses=0, strayed=0)
