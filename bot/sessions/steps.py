"""The steps of a guided session, made from its plan. The same plan gives the same steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.answers import Tool
from bot.knowledge.schema.points import Point, Sides
from bot.knowledge.schema.sessions import SessionPart
from bot.sessions.planner import Plan

Side = Literal["left", "right", "both"]


@dataclass(frozen=True)
class SessionStep:
    """One step.

    Attributes:
        id: names the step within its session, whatever else is in it, e.g. 'BL23:find'.
        text: which text of data/sessions.yml is said.
        seconds: how long its timer runs at the usual pace and when slower; nothing is timed
            where both are 0.
        takes: how many seconds the step takes in all, as a guess.
        number: which step of a tool's guide this is, counted from one; 0 for other steps.
    """

    id: str
    part: SessionPart
    text: str
    point: Point | None = None
    side: Side | None = None
    seconds: tuple[int, int] = (0, 0)
    takes: int = 0
    number: int = 0

    def timer(self, slower: bool) -> int:
        """The seconds of this step's timer, or 0."""
        return self.seconds[1 if slower else 0]


def steps_of(plan: Plan, catalogue: Catalogue) -> tuple[SessionStep, ...]:
    """All steps of a session in their order."""
    times = catalogue.sessions.times
    tool = catalogue.tool(plan.tool)
    steps: list[SessionStep] = []
    if plan.ask_consent:
        steps.append(SessionStep("consent", SessionPart.CONSENT, "consent", takes=times.ask))
    steps.append(
        SessionStep("pain_before", SessionPart.PAIN_BEFORE, "pain_before", takes=times.ask)
    )
    if tool:
        steps += _method(tool, times.method_step)
    else:
        breathing = catalogue.techniques.preparation.breaths * times.breath
        steps.append(SessionStep("prepare", SessionPart.PREPARE, "prepare", takes=times.prepare))
        steps.append(
            SessionStep("breathe", SessionPart.BREATHE, "breathe",
                 seconds=(breathing, breathing), takes=breathing)
        )  # fmt: skip
        points = [point for point in map(catalogue.point, plan.points) if point]
        for point in points:
            steps += _point(point, times.find, times.rest)
    steps.append(SessionStep("pain_after", SessionPart.PAIN_AFTER, "pain_after", takes=times.ask))
    return tuple(steps)


def _point(point: Point, find: int, rest: int) -> Iterator[SessionStep]:
    code, hold = point.code, point.press.hold_seconds
    yield SessionStep(f"{code}:find", SessionPart.FIND, "find", point, takes=find)
    if point.sides is Sides.MIDLINE:
        yield SessionStep(f"{code}:hold", SessionPart.HOLD, "hold", point, None, hold, hold[0])
    elif point.press.sides_together:
        yield SessionStep(
            f"{code}:hold", SessionPart.HOLD, "hold_both", point, "both", hold, hold[0]
        )
    else:
        yield SessionStep(
            f"{code}:left", SessionPart.HOLD, "hold_left", point, "left", hold, hold[0]
        )
        yield SessionStep(
            f"{code}:right", SessionPart.HOLD, "hold_right", point, "right", hold, hold[0]
        )
    yield SessionStep(f"{code}:rest", SessionPart.REST, "rest", point, None, (rest, 2 * rest), rest)


def _method(tool: Tool, takes: int) -> Iterator[SessionStep]:
    warning = "warning_hands" if tool.id == "hands" else "warning"
    yield SessionStep(f"{tool.id}:warning", SessionPart.WARNING, warning, takes=takes)
    timers = {timer.step: timer.seconds for timer in tool.timers}
    for number in range(1, len(tool.steps) + 1):
        seconds = timers.get(number, (0, 0))
        text = "method_timed" if number in timers else "method"
        yield SessionStep(
            f"{tool.id}:{number}", SessionPart.METHOD, text, None, None, seconds,
            max(takes, seconds[0]), number,
        )  # fmt: skip
