"""An answer in other words, where it was given before: a third time, or withheld once more."""

from __future__ import annotations

from dataclasses import replace

from actions.turn import Turn
from bot.answers.builder import join, small
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import Withhold
from bot.messages.answer_key import AnswerKey, Kind, Mark

# Answers that may well be said again: a step of a session, what was asked for once more.
AS_IT_IS = (Kind.SESSION, Kind.REMINDER, Kind.DETAIL, Kind.SPELT)
_ONCE_MORE = (Mark.SIMPLE, Mark.REPEAT, Mark.CARD)
# Answers that are said whole each time, and what is not said when they are said again.
_WHOLE = (Kind.WITHHELD, Kind.DECLARED, Kind.SAFETY)
# What is said to who tells that a clinician agreed.
_AGREED = AnswerKey(Kind.SAY, "doctor_agreed")
_CHECKED = AnswerKey(Kind.TOPIC, "been_checked")
_THANKS = "Thank you for telling me. "


class Varying:
    """Words an answer anew for one turn."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self._general = GeneralAnswers(catalogue, turn.person, turn.heard)

    def varied(self, reply: Reply) -> Reply:
        """What has just been said is said in other words: a third time, or withheld once more."""
        lately, key = self._turn.answer_keys[-2:], reply.key
        # In a session the same step may well be told again.
        if key.is_of(*AS_IT_IS) or key.is_marked(*_ONCE_MORE):
            return reply
        if key.is_of(Kind.WITHHELD) and (agreed := self._agreed()):
            return agreed
        if key == _CHECKED and self._turn.person.everything_withheld_by and (yes := self._agreed()):
            # That settles the alarm, and not what is withheld.
            return replace(yes, key=AnswerKey.joined((key, _AGREED)))
        if key == _CHECKED and self._turn.clinician_says_yes:
            said = self._general.say("checked_and_agreed", reply.suggestions)
            return replace(said, key=AnswerKey.joined((key, said.key)))
        again = key.marked(Mark.AGAIN)
        if key.is_of(Kind.WITHHELD) and lately and lately[-1].is_of(Kind.WITHHELD):
            point = self._catalogue.point(key.only(Kind.WITHHELD))
            person = self._turn.person
            condition = person.withheld_by(point) if point else person.everything_withheld_by
            if condition and lately != (again, key):
                answers = FollowUpAnswers(self._catalogue, person)
                return answers.still_withheld(point, condition)
        if lately != (key, key):
            return self._anew(reply)
        said = self._general.said_again(reply)
        return replace(said, key=again)

    def _agreed(self) -> Reply | None:
        """What is said instead of 'until a doctor agrees' to who told that one does.

        It is not said of what was told after that.
        """
        offers = ("What else can help my back?", "When should I see a doctor?")
        if self._turn.clinician_says_yes and not self._turn.tells_new:
            return self._kept_in_mind(self._general.say("doctor_agreed", offers))
        told = [
            _AGREED in key.parts
            for key in self._turn.heard.in_order
            if key.kind is Kind.DECLARED or _AGREED in key.parts
        ]
        if self._turn.tells_new or not (told and told[-1]):
            return None
        return self._kept_in_mind(self._general.say("doctor_agreed_again", offers))

    def _kept_in_mind(self, reply: Reply) -> Reply:
        """The reply with all that still limits the answers: a yes is about one thing."""
        limits = [c for c in self._turn.person.conditions if c.withhold is not Withhold.NOTHING]
        line = self._catalogue.wording("kept_in_mind")
        what = join([small(condition.name) for condition in limits])
        kept = line.written.format(what=what).removeprefix("Thank you. ")
        if self._turn.heard.says(kept):
            return reply
        return replace(
            reply,
            written=f"{reply.written}\n\n{kept}",
            guidance=limits[0].guidance if limits else reply.guidance,
        )

    def _anew(self, reply: Reply) -> Reply:
        """The reply without what was said before; what was said in just these words is said so."""
        if self._turn.slot("session") or reply.key.is_of(Kind.WHY_WITHHELD):
            return reply
        if reply.written in self._turn.heard.texts:
            line = self._catalogue.wording("heard_before")
            return replace(
                reply,
                written=f"{line.written} {reply.written.removeprefix(_THANKS)}",
                spoken=f"{line.spoken} {reply.spoken.removeprefix(_THANKS)}",
            )
        if reply.key.is_of(*_WHOLE) or reply.key.others:
            return reply
        kept = {condition.reason for condition in self._turn.person.conditions}
        return replace(reply, written=self._turn.heard.without_old(reply.written, kept))
