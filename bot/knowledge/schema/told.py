"""The shape of data/told.yml: of whom people speak, what takes something back, what answers us."""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Id, Text


class Pronoun(str, Enum):
    """What is said for somebody; `they` fits both."""

    SHE = "she"
    HE = "he"
    THEY = "they"


class People(Facts):
    """Names for one person somebody may ask for, such as 'mother' and 'mum'."""

    pronoun: Pronoun
    names: list[Text] = Field(..., min_length=1)


class TakingBack(Facts):
    """Words that take back what was told of a person's health.

    Attributes:
        mistake: it was never so.
        whole: whole sentences that deny what was told last.
        over: it is over; counts for the conditions named in `stoppable`.
        too_recent: beside these, what is over still counts.
        stoppable: conditions that end when a medicine is stopped.
        looked_at: who or what has looked, beside words of `clear`.
        clear: it was found not to be so; counts for the conditions of `shown_by_looking`.
        beside: words that may stand with those of `looked_at` and `clear`, and no others.
        shown_by_looking: conditions that a test or a clinician can rule out.
        born: a pregnancy is over; `unborn`: beside these it is not.
        not_so: words beside which nothing is taken back: 'maybe it was a joke'.
        waits: words beside which nothing is taken back, nor told: 'I wish I weren't'.
    """

    mistake: list[Text]
    whole: list[Text]
    over: list[Text]
    too_recent: list[Text]
    stoppable: list[Id]
    looked_at: list[Text]
    clear: list[Text]
    beside: list[Text]
    shown_by_looking: list[Id]
    born: list[Text]
    unborn: list[Text]
    not_so: list[Text]
    waits: list[Text]


class Takes(str, Enum):
    """A kind of answer that a question of ours takes."""

    DAYS = "days"
    COURSE = "course"
    HEALTH = "health"
    SCORE = "score"
    ILLNESS = "illness"


class OwnQuestion(Facts):
    """A question of ours, by the key of the answer that holds it."""

    key: Text
    takes: list[Takes] = Field(..., min_length=1)


class Meant(Facts):
    """What a message must hold so that it is taken for what the model takes it for.

    Attributes:
        intent: what the model takes it for.
        starts: how one of its words begins, or the words that it holds.
        names: kinds of mentions of which one is enough: 'complaint'.
    """

    intent: Id
    starts: list[Text] = Field(..., min_length=1)
    names: list[Id] = []


class AnswerWords(Facts):
    """How people answer; `none` and `agrees` are whole sentences, `around` says nothing."""

    none: list[Text]
    agrees: list[Text]
    better: list[Text]
    worse: list[Text]
    same: list[Text]
    around: list[Text]


class ToldFile(Facts):
    """data/told.yml as a whole.

    Attributes:
        me_too: words by which one has what somebody else has.
        so_does: words by which somebody else has what one has.
        approves: words of such a yes.
        clinicians: whose yes lifts what was held back for something we do not know.
        no_yes: words beside which there was no such yes.
        meant: what a message must hold to be taken for one of these intents.
    """

    version: int
    people: list[People]
    me_too: list[Text]
    so_does: list[Text]
    clinicians: list[Text]
    approves: list[Text]
    no_yes: list[Text]
    taking_back: TakingBack
    questions: list[OwnQuestion]
    meant: list[Meant]
    answers: AnswerWords
