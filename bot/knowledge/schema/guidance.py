"""The shape of data/guidance.yml: doctor guidance, cautions, conditions, and words for failures."""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from bot.knowledge.schema.changes import GuardedFile
from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Id, Text

# Conditions that are known by more than their words.
CHILD = "child"
PREGNANCY = "pregnancy"
VERY_OLD = "frail_or_old"
SOMETHING_TOLD = "something_told"


class GuidanceText(Facts):
    """Consult-a-doctor guidance for one kind of answer. Spoken forms take turns.

    Attributes:
        brief: one short line for when it has been told in full; empty where it is always in full.
        is_advice: whether one such line, told in full, stands for all others but those of its own.
        is_of_its_own: whether it says what no other line says: in pregnancy, of medicines.
    """

    id: Id
    written: Text
    brief: str = ""
    is_advice: bool = False
    is_of_its_own: bool = False
    spoken: list[Text] = Field(..., min_length=1)


class Caution(Facts):
    """Something to watch for with a point or a tool.

    Attributes:
        brief: for an answer about something else; empty where the spoken form is as short.
    """

    id: Id
    name: Text
    written: Text
    spoken: Text
    brief: str = ""
    always_say: bool = False
    sources: list[Id] = Field(..., min_length=1)

    @property
    def short(self) -> str:
        """The fewest words that say what to watch for."""
        return self.brief or self.spoken


class Withhold(str, Enum):
    """What a declared condition takes away until a clinician agrees."""

    EVERYTHING = "everything"
    CAUTIONED_POINTS = "cautioned_points"
    TOOLS = "tools"
    NOTHING = "nothing"


class Instead(Facts):
    """What is said to somebody with a condition in place of an answer that does not fit them.

    Attributes:
        topics: the answers of data/answers.yml: an intent, or an intent and its variant with a
            colon between them.
    """

    topics: list[Text] = Field(..., min_length=1)
    written: Text
    spoken: Text


class Condition(Facts):
    """Something a person says about themselves that changes every later answer.

    Attributes:
        words: how it is said; empty where it is known otherwise, such as by an age.
        instead: answers that are other ones for whoever has it.
    """

    id: Id
    name: Text
    words: list[Text] = []
    cautions: list[Id] = []
    withhold: Withhold
    noted: Text
    reason: Text
    reason_spoken: Text
    guidance: Id
    instead: list[Instead] = []


class Wording(Facts):
    """A sentence for a moment when no answer can be given, written and spoken."""

    id: Id
    written: Text
    spoken: Text


class GuidanceFile(GuardedFile):
    """data/guidance.yml as a whole."""

    version: int
    reviewed: Text
    guidance: list[GuidanceText]
    cautions: list[Caution]
    conditions: list[Condition]
    wordings: list[Wording]
