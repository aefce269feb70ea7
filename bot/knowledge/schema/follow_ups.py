"""The shape of data/follow_ups.yml: words that only mean something after an earlier answer."""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Id, Text


class Cue(str, Enum):
    """What a short message asks of the answer before it."""

    SIMPLER = "simpler"
    DETAIL = "detail"
    ELSE = "else"
    WHY = "why"
    EASIEST = "easiest"
    BOTH = "both"
    BACK = "back"
    BEFORE = "before"
    FORGET_THAT = "forget_that"
    NOT_ME = "not_me"
    DOCTOR_AGREED = "doctor_agreed"
    FOR_ME = "for_me"


class CueWords(Facts):
    """The words for one cue.

    Attributes:
        words: compared with the whole message.
        anywhere: looked for inside a short message.
        followed_by: words of which one must come within two words of a phrase that ends in 'my';
            'it is my sister' is about somebody else, 'it is my back' is not.
    """

    id: Cue
    words: list[Text] = []
    anywhere: list[Text] = []
    followed_by: list[Text] = []


class Ordinal(Facts):
    """Which point of a list somebody means. `place` counts from one; -1 is the last."""

    place: int
    words: list[Text] = Field(..., min_length=1)


class FollowUpsFile(Facts):
    """data/follow_ups.yml as a whole.

    Attributes:
        longest: of how many words a message with a cue inside may be.
        around: words that add nothing to a place or point ('and', 'on', 'the').
        corrects: words that take back what was said before.
        other: words for the point of a list that was not talked about last.
        foreign: small words of other languages that are no English words.
        easiest_places: parts of the body, easiest to reach first.
    """

    version: int
    longest: int
    cues: list[CueWords]
    ordinals: list[Ordinal]
    other: list[Text]
    around: list[Text]
    corrects: list[Text]
    easiest_places: list[Id]
    foreign: list[Text]
