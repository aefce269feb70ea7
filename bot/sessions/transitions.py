"""The state machine of a guided session: what one message of the person does to it.

Pure: a session, its steps and a control go in; the session afterwards, what is said first and
whether the present step is told come out. Nothing is stored here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot.knowledge.schema.sessions import Control, SessionPart
from bot.sessions.state import Session, Status, moved, place_among
from bot.sessions.steps import SessionStep

_MISSES = 2


class End(str, Enum):
    """How a session ended."""

    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"
    WORSE = "worse"
    FEELING = "feeling"
    SIGN = "sign"
    WITHHELD = "withheld"


# Endings after which the body should rest.
TROUBLE = (End.WORSE.value, End.FEELING.value, End.SIGN.value)


@dataclass(frozen=True)
class Move:
    """What a message did.

    Attributes:
        session: the session afterwards, with its last state where it ended.
        sayings: ids of what is said first (data/sessions.yml).
        tell: whether the present step is told.
        end: how it ended, if it did.
        after: the pain at the end, from 0 to 10, if it was asked and said.
        score: a number that was said just now.
    """

    session: Session
    sayings: tuple[str, ...] = ()
    tell: bool = False
    end: End | None = None
    after: int | None = None
    score: int | None = None


def steer(session: Session, steps: tuple[SessionStep, ...], control: Control) -> Move:
    """What a control does. A session that rests is woken by going on, and kept by everything else.

    Raises nothing; a session that lost its step goes on at the nearest.
    """
    here = place_among(session, steps)
    step = steps[here]
    if control is Control.STOP:
        return Move(session, end=End.STOPPED)
    if control is Control.PAUSE:
        return Move(replace(session, status=Status.PAUSED, strayed=0), ("paused",))
    if control is Control.TIME_LEFT:
        return Move(replace(session, strayed=0), ("time_left",))
    if control is Control.RESTART:
        first = next(s for s in steps if s.part is not SessionPart.CONSENT)
        start = step if step.part is SessionPart.CONSENT else first
        fresh = replace(moved(session, start), before=None, pressed=())
        return Move(fresh, ("restarted",), tell=True)
    if session.status is Status.PAUSED and control in (Control.NEXT, Control.RESUME):
        return Move(moved(session, step), ("welcome_back",), tell=True)
    if control in (Control.REPEAT, Control.RESUME):
        return Move(moved(session, step), tell=True)
    if control in (Control.SLOWER, Control.FASTER):
        return _paced(session, step, control)
    if control is Control.LOST:
        return _looked_for(session, steps, here)
    if control is Control.BACK:
        before = [s for s in steps[:here] if s.part is not SessionPart.CONSENT]
        if not before:
            return Move(moved(session, step), ("first_step",), tell=True)
        return Move(moved(session, before[-1]), tell=True)
    if control is Control.SKIP:
        return _skipped(session, steps, here)
    return _onward(session, steps, here)


def scored(session: Session, steps: tuple[SessionStep, ...], score: int) -> Move:
    """The person said how strong the pain is, at a step that asks for it."""
    here = place_among(session, steps)
    if steps[here].part is SessionPart.PAIN_AFTER:
        rose = session.before is not None and score > session.before
        return Move(session, end=End.WORSE if rose else End.DONE, after=score, score=score)
    noted = replace(session, before=score)
    onward = _onward(noted, steps, here)
    return replace(onward, sayings=("thanks_number",), score=score)


def not_a_number(session: Session, steps: tuple[SessionStep, ...], saying: str) -> Move:
    """An answer to 'how strong?' that held no number; after the second it goes on without."""
    if session.misses + 1 >= _MISSES:
        here = place_among(session, steps)
        onward = _onward(session, steps, here)
        if onward.end:
            return onward
        return replace(onward, sayings=("no_number",))
    return Move(replace(session, misses=session.misses + 1, strayed=0), (saying,))


def strayed(session: Session, most: int) -> Move:
    """A message about something else. After `most` in a row the session pauses by itself."""
    count = session.strayed + 1
    if session.status is Status.RUNNING and count >= most:
        return Move(replace(session, strayed=0, status=Status.PAUSED), ("paused_by_itself",))
    return Move(replace(session, strayed=count), ("go_on",))


def seconds_left(session: Session, steps: tuple[SessionStep, ...]) -> int:
    """About how long the rest of the session takes, the present step included."""
    here = place_among(session, steps)
    return sum(max(step.takes, step.timer(session.slower)) for step in steps[here:])


def _onward(session: Session, steps: tuple[SessionStep, ...], here: int) -> Move:
    """To the following step; what was pressed is noted when its last hold is over."""
    step = steps[here]
    if step.part is SessionPart.HOLD and step.point and not _holds_again(steps, here):
        pressed = tuple(dict.fromkeys((*session.pressed, step.point.code)))
        session = replace(session, pressed=pressed)
    if step.part is SessionPart.METHOD and step.number == _last_number(steps):
        session = replace(session, pressed=(step.id.partition(":")[0],))
    if here + 1 >= len(steps):
        return Move(session, end=End.DONE)
    return Move(moved(session, steps[here + 1]), tell=True)


def _holds_again(steps: tuple[SessionStep, ...], here: int) -> bool:
    return here + 1 < len(steps) and steps[here + 1].part is SessionPart.HOLD


def _last_number(steps: tuple[SessionStep, ...]) -> int:
    return max(step.number for step in steps)


def _skipped(session: Session, steps: tuple[SessionStep, ...], here: int) -> Move:
    """Past this point, or past this step where there is no point."""
    point = steps[here].point
    if point is None:
        return _onward(session, steps, here)
    after = [s for s in steps[here:] if s.point is None or s.point.code != point.code]
    if steps[here].part is SessionPart.REST:
        return Move(moved(session, after[0]), tell=True)
    return Move(moved(session, after[0]), ("skipped",), tell=True)


def _paced(session: Session, step: SessionStep, control: Control) -> Move:
    slower = control is Control.SLOWER
    if session.slower == slower:
        return Move(moved(session, step), ("slowest" if slower else "fastest",))
    changed = replace(moved(session, step), slower=slower)
    return Move(changed, ("going_slower" if slower else "going_faster",), tell=True)


def _looked_for(session: Session, steps: tuple[SessionStep, ...], here: int) -> Move:
    point = steps[here].point
    if point is None:
        return Move(moved(session, steps[here]), tell=True)
    find = next(s for s in steps if s.point == point and s.part is SessionPart.FIND)
    return Move(moved(session, find), ("lost",), tell=True)
