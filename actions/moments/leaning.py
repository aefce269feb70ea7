"""Words on what was said before, which no phrase tells: 'which one is that', 'and then?'."""

from __future__ import annotations

import re

from actions.guided import Answered, keeping
from actions.turn import Turn
from bot.answers.fields import FieldAnswers
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.points import PointAnswers
from bot.dialogue.subjects import variant_of
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import Kind
from bot.text.phrases import normalised

_WORD = re.compile(r"[a-z]+")
_STEM = 5
# So begin words that say nothing of what was talked about.
_COMMON = frozenset({
    "what", "when", "where", "which", "there", "somet", "anyth", "about", "said", "say", "told",
    "tell", "befor", "earli", "again", "have", "that", "this", "with", "your", "from", "thing",
    "just", "were", "was", "you", "the", "and", "did",
})  # fmt: skip
_OFFERED = 2
_INTERVIEW = "report_pain"


class Leaning:
    """The answer to one message that leans on the conversation before it."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        told = (catalogue, turn.person, turn.heard)
        self._points = PointAnswers(*told)
        self._fields = FieldAnswers(*told)
        self._general = GeneralAnswers(*told)
        self._follow_ups = FollowUpAnswers(*told)

    def taken(self) -> Answered | None:
        """The answer; None where the message does not lean, or on nothing."""
        answers = {
            Topic.WHY: self._why,
            Topic.WHAT_SAID: self._what_said,
            Topic.WHICH_MEANT: self._which_meant,
            Topic.CHECKS_BACK: self._in_short,
            Topic.THEN_WHAT: self._then_what,
            Topic.NOT_MEANT: self._not_meant,
        }
        for topic in self._turn.sure_topics:
            answered = answers[topic]() if topic in answers else None
            if answered:
                return answered
        return None

    def _why(self) -> Answered | None:
        """Why we ask, where we have just asked."""
        if self._turn.last_key.topic != _INTERVIEW:
            return None
        answer, variant = variant_of(Topic.WHY_ASK, self._turn.text, self._catalogue.answers)
        return Answered(self._general.told(answer, variant)) if answer else None

    def _what_said(self) -> Answered | None:
        """What was said of the thing that the person names."""
        asked = _stems(self._turn.text)
        best: tuple[int, str] = (0, "")
        for reply in reversed(self._turn.heard.replies):
            for part in str(reply.get("written") or "").split("\n\n"):
                shared = len(asked & _stems(part))
                if shared > best[0]:
                    best = (shared, part)
        if not best[1]:
            return None
        return Answered(self._general.quoted(best[1]))

    def _which_meant(self) -> Answered | None:
        """Which point the last answer was about."""
        point = self._turn.point
        return Answered(self._points.locate(point), keeping([point])) if point else None

    def _in_short(self) -> Answered | None:
        """The core of the last answer, to who makes sure that they understood it."""
        last = self._turn.last_reply
        return Answered(self._follow_ups.simpler(last)) if last else None

    def _then_what(self) -> Answered | None:
        """The next thing worth knowing about the point: how to press it, how long, how often."""
        point, last = self._turn.point, self._turn.last_key.kind
        if point and last in (Kind.FIND, Kind.LOCATE):
            return Answered(self._points.how_to_press(point), keeping([point]))
        if point and last in (Kind.PRESS, Kind.LONG):
            return Answered(self._fields.field(Kind.OFTEN, point), keeping([point]))
        return None

    def _not_meant(self) -> Answered | None:
        """Who asked for something else is asked for it in other words, or offered what it was."""
        turn = self._turn
        if turn.signs or turn.area or turn.complaint or turn.named_codes:
            return None  # that is about a warning, or says what was meant
        choices = filter(None, map(self._catalogue.choice, turn.likely_intents))
        offers = tuple(choices)[:_OFFERED]
        return Answered(self._general.say("asked_something_else", offers))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(normalised(text)) if len(word) > 2} - _COMMON
