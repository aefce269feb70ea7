"""The shape of data/sessions.yml: the guided session, its steps, its words and its times."""

from __future__ import annotations

from enum import Enum

from pydantic import Field, conint, field_validator

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Code, Id, Score, Text
from bot.knowledge.schema.points import Posture
from bot.knowledge.schema.templates import Template, one_owner, require_all

_FILLED_IN = frozenset({
    "after", "before", "breaths", "conditions", "count", "date", "find", "first", "hours", "how",
    "last", "minutes", "never", "now", "of", "place", "point", "points", "posture", "score",
    "scores", "seconds", "sessions", "settle", "step", "tool", "where",
})  # fmt: skip


class Control(str, Enum):
    """What the person can say at any time of a session."""

    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    STOP = "stop"
    TIME_LEFT = "time_left"
    RESTART = "restart"
    LOST = "lost"


class SessionPart(str, Enum):
    """The parts of a session. Several texts may belong to one part."""

    CONSENT = "consent"
    PAIN_BEFORE = "pain_before"
    PREPARE = "prepare"
    BREATHE = "breathe"
    FIND = "find"
    HOLD = "hold"
    REST = "rest"
    WARNING = "warning"
    METHOD = "method"
    PAIN_AFTER = "pain_after"


# The texts that a session needs, by the part they belong to.
STEP_TEXTS: dict[SessionPart, tuple[str, ...]] = {
    SessionPart.HOLD: ("hold", "hold_both", "hold_left", "hold_right"),
    SessionPart.WARNING: ("warning", "warning_hands"),
    SessionPart.METHOD: ("method", "method_timed"),
    **{
        part: (part.value,)
        for part in SessionPart
        if part not in (SessionPart.HOLD, SessionPart.WARNING, SessionPart.METHOD)
    },
}
SAYINGS = (
    "intro", "intro_method", "left_out", "controls", "say_next", "hold_next", "thanks_number",
    "strong_pain", "no_number", "number_again", "number_range", "refused", "consent_again",
    "paused", "paused_by_itself", "welcome_back", "going_slower", "going_faster", "slowest",
    "fastest", "first_step", "skipped", "restarted", "lost", "take_your_time", "time_left",
    "about_you",
    "go_on", "go_on_consent", "go_on_pain", "dropped", "ended_by_condition", "interrupted",
    "not_after_sign", "may_resume", "wait_after_trouble", "often_enough", "over", "none_here",
    "none_alone", "plan", "plan_method", "done", "done_method", "stopped_after", "change_less",
    "change_none", "change_more", "change_worse", "afterwards", "no_history", "history",
    "history_score", "history_no_score", "trend_less", "trend_same", "trend_more", "trend_after",
)  # fmt: skip


class SessionText(Template):
    """Something said, written and spoken, with {names} that are filled in."""

    filled_in = _FILLED_IN


class SessionSaying(SessionText):
    """What is said between the steps."""

    id: Id


class StepText(SessionText):
    """What is said at one part of a session, with a short title for screens."""

    id: Id
    title: Text


class Worded(Facts):
    """Something that is recognised by the words people use."""

    words: list[Text] = Field(..., min_length=1)

    @field_validator("words")
    @classmethod
    def _once(cls, words: list[str]) -> list[str]:
        for word in words:
            if words.count(word) > 1:
                raise ValueError(f"'{word}' is there twice | Remove one of the two")
        return words


class Place(SessionText, Worded):
    """Where somebody is, how they sit or lie there, and which parts of the body are in reach."""

    id: Id
    name: Text
    posture: Posture
    areas: list[Id] = []


class NotNow(SessionText, Worded):
    """A moment in which pressing has to wait."""

    id: Id


class Feeling(SessionText, Worded):
    """A bad feeling that ends a session, and what to do then."""

    id: Id


class ControlWords(Worded):
    """What people say for a control. `title` stands on buttons."""

    id: Control
    title: Text


class PainWords(Worded):
    """Words for a number from 0 to 10."""

    score: Score


class TimeWords(Worded):
    """Words for a number of minutes."""

    minutes: conint(ge=1, le=120)  # type: ignore[valid-type]


class LeftOut(Facts):
    """A point that no session goes through, and why."""

    code: Code
    why: Text


class Reachable(Facts):
    """Who cannot reach a place (a condition), and which parts of the body that concerns.

    `alone` is the condition of those who have nobody to press for them.
    """

    condition: Id
    alone: Id
    areas: list[Id]


class Limits(Facts):
    """How much a session holds, and when it is over."""

    strong_pain_from: Score
    usual_points: conint(ge=1, le=5)  # type: ignore[valid-type]
    most_points: conint(ge=1, le=5)  # type: ignore[valid-type]
    two_points_from_minutes: int
    overtime: int
    forget_after_hours: int
    wait_after_trouble_hours: int
    sessions_kept: conint(ge=1, le=50)  # type: ignore[valid-type]
    questions_until_pause: conint(ge=1)  # type: ignore[valid-type]


class StepTimes(Facts):
    """Seconds that steps without a timer take."""

    ask: int
    prepare: int
    breath: int
    find: int
    rest: int
    method_step: int


class SessionsFile(Facts):
    """data/sessions.yml as a whole."""

    version: int
    limits: Limits
    times: StepTimes
    left_out: list[LeftOut]
    cannot_reach: Reachable
    places: list[Place]
    not_now: list[NotNow]
    helpers: list[Text]
    only_hands: list[Text]
    time_words: list[TimeWords]
    pain_words: list[PainWords]
    yes_words: list[Text]
    no_words: list[Text]
    same_words: list[Text]
    worse_words: list[Text]
    controls: list[ControlWords]
    feelings: list[Feeling]
    feelings_imagined: list[Text]
    steps: list[StepText]
    says: list[SessionSaying]

    @field_validator("steps")
    @classmethod
    def _all_steps(cls, steps: list[StepText]) -> list[StepText]:
        require_all(
            [step.id for step in steps], [name for names in STEP_TEXTS.values() for name in names]
        )
        return steps

    @field_validator("says")
    @classmethod
    def _all_sayings(cls, says: list[SessionSaying]) -> list[SessionSaying]:
        require_all([saying.id for saying in says], SAYINGS)
        return says

    @field_validator("controls")
    @classmethod
    def _all_controls(cls, controls: list[ControlWords]) -> list[ControlWords]:
        require_all(
            [control.id.value for control in controls], [control.value for control in Control]
        )
        one_owner((control.id.value, control.words) for control in controls)
        return controls

    @property
    def pain_scores(self) -> dict[str, int]:
        """What words such as 'terrible' mean, from 0 to 10."""
        return {word: int(entry.score) for entry in self.pain_words for word in entry.words}

    def step_text(self, name: str) -> StepText:
        """The text of a part, e.g. 'hold_left'."""
        return next(step for step in self.steps if step.id == name)

    def saying(self, name: str) -> SessionSaying:
        """What is said between the steps, e.g. 'paused'."""
        return next(saying for saying in self.says if saying.id == name)

    def place(self, place_id: str | None) -> Place | None:
        """The place with this id."""
        return next((place for place in self.places if place.id == place_id), None)
