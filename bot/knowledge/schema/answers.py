"""The shape of data/answers.yml (general knowledge) and data/techniques.yml (pressing, tools)."""

from __future__ import annotations

from pydantic import Field, ValidationInfo, field_validator

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Breaths, Id, LongSeconds, Text
from bot.knowledge.schema.topics import Topic


class Variant(Facts):
    """A closer answer for a question that holds one of `words`.

    `also_for` names other intents whose questions may get it too. One without words is only given
    where the conversation asks for it. `suggestions` take the place of those of the answer.
    One that `outranks` is given to a short message or a question with one of its words, whatever
    the model takes it for; where there is something in `beside`, one of these must be there, too.
    It is also given to what the reader of questions takes for one of its `topics`; of several
    variants with a topic, to the one of whose words the message holds one. Where there is none,
    those whose first topic it is are left: one without words, else the first.
    """

    id: Id
    also_for: list[Id] = []
    words: list[Text]
    written: Text
    spoken: Text
    suggestions: list[Text] = []
    outranks: bool = False
    beside: list[Text] = []
    topics: list[Topic] = []


class OtherWords(Facts):
    """The same in other words."""

    written: Text
    spoken: Text


class Answer(Facts):
    """What is said to one intent of general knowledge or small talk.

    `again` is what the third same answer in a row becomes. `topics` are those that the answer
    itself is for, where no variant is.
    """

    intent: Id
    written: Text
    spoken: Text
    guidance: Id
    again: OtherWords | None = None
    suggestions: list[Text] = []
    variants: list[Variant] = []
    sources: list[Id] = []
    topics: list[Topic] = []


class Choice(Facts):
    """What a person may have meant, as they would ask it."""

    intent: Id
    ask: Text


class AnswersFile(Facts):
    """data/answers.yml as a whole. `choices` are offered when a message was not understood."""

    version: int
    choices: list[Choice]
    answers: list[Answer]


class Default(Facts):
    """The general rule for pressing any point, used where a point has no rule of its own.

    `feels` says by what people know that they have found a point.
    """

    how: Text
    how_spoken: Text
    strength: Text
    strength_spoken: Text
    fingers: Text
    rounds: Text
    feels: Text
    feels_spoken: Text
    sides: Text
    hold: Text
    hold_spoken: Text
    times_a_day: Text
    stop_when: Text
    why_this_rule: Text
    studied: Text


class StepTimer(Facts):
    """How long one step of a guide takes: the shorter and the longer time."""

    step: int
    seconds: tuple[LongSeconds, LongSeconds]


class Tool(Facts):
    """A tool or method: hands, ball, roller, gun, mat.

    Attributes:
        areas: the places it may be used on.
        timers: which steps, counted from one, are timed in a guided session.
    """

    id: Id
    name: Text
    words: list[Text] = Field(..., min_length=1)
    summary: Text
    spoken: Text
    steps: list[Text] = Field(..., min_length=2)
    how_long: Text
    timers: list[StepTimer] = []
    areas: list[Id]
    good_for: list[Id]
    never_on: Text
    cautions: list[Id] = Field(..., min_length=1)
    sources: list[Id] = Field(..., min_length=1)

    @field_validator("timers")
    @classmethod
    def _of_a_step(cls, timers: list[StepTimer], told: ValidationInfo) -> list[StepTimer]:
        steps = len(told.data.get("steps", ()))
        for timer in timers:
            if not 1 <= timer.step <= steps:
                raise ValueError(
                    f"there is no step {timer.step} | Write a number from 1 to {steps}"
                )
        return timers


class Breathing(Facts):
    """Preparation and breathing before and during a session."""

    written: Text
    spoken: Text
    breaths: Breaths


class TechniquesFile(Facts):
    """data/techniques.yml as a whole."""

    version: int
    default: Default
    preparation: Breathing
    tools: list[Tool]
