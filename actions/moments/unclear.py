"""What is said to a message whose meaning is unclear: as much as can be told of it."""

from __future__ import annotations

import re

from actions.moments.interview import Interview
from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.told import Takes
from bot.messages.answer_key import AnswerKey, Kind
from bot.text.phrases import normalised

START_AGAIN = (
    "Where is the point on my hand?",
    "What helps lower back pain?",
    "When should I see a doctor?",
)
_ASKED_AGAIN = AnswerKey(Kind.TOPIC, "report_pain:ask_days")
_CHOICES = 3
_UNCLEAR = ("not_understood", "heard_you")
_WORDINGS = ("not_understood", "not_understood_again", "not_understood_third")
# Somebody, or something, and what they do or are.
_STATES = re.compile(
    r"\b(?:i|we|he|she|they|you|it)(?:'\w+)? \w+"
    r"|\b(?:my|our|the|his|her) \w+ (?:\w+ )?(?:is|was|are|were|had|has|have|did|does"
    r"|doesn't|went|thinks?|says?|said|reckons?|told|used|makes?)\b"
)


class Unclear:
    """One message that is not understood as a whole."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self._general = GeneralAnswers(catalogue, turn.person, turn.heard)

    def reply(self) -> Reply:
        """What was named is told; else what may be meant is offered; else ever more help."""
        turn, told = self._turn, (self._catalogue, self._turn.person, self._turn.heard)
        if turn.named_points:
            return PointAnswers(*told).locate(turn.named_points[0], turn.mention)
        tool = self._catalogue.tool(turn.tool)
        if tool and not turn.is_misread:
            return self._general.tool(tool)
        if (turn.area or turn.complaint) and not turn.is_misread:
            return PlaceAnswers(*told).find(turn.area, turn.complaint, turn.text)
        declared = turn.conditions("declared")
        if declared:
            return self._general.declared(declared)
        return self.still_open() or self._story() or self._asked_again()

    def still_open(self) -> Reply | None:
        """To what asks nothing, while a sign is not settled: that it still needs a doctor."""
        kind = self._turn.open_sign
        if not kind or self._turn.is_question:
            return None
        today = kind in ("urgent", "emergency")
        offers = (
            "I have been checked.",
            "When should I see a doctor?",
            "What else can help my back?",
        )
        return self._general.say("sign_open_today" if today else "sign_open", offers)

    def _story(self) -> Reply | None:
        """To what is told and asks nothing: that it was heard, and what is still asked."""
        turn = self._turn
        if turn.is_question or self._misses() or not _STATES.search(normalised(turn.text)):
            return None
        question = Interview(turn, self._catalogue).next()
        if question and turn.awaits(Takes.DAYS) and turn.last_key != _ASKED_AGAIN:
            return question
        return self._general.say("heard_you", START_AGAIN)

    def _asked_again(self) -> Reply:
        misses = self._misses()
        choices = filter(None, map(self._catalogue.choice, self._turn.likely_intents))
        offered = list(dict.fromkeys(choices))[:_CHOICES]
        if not misses and offered:
            return self._general.did_you_mean(offered)
        return self._general.say(_WORDINGS[min(misses, len(_WORDINGS) - 1)], START_AGAIN)

    def _misses(self) -> int:
        """How often in a row we have not understood."""
        misses = 0
        for key in reversed(self._turn.answer_keys):
            if not key.is_of(Kind.SAY) or not key.about.startswith(_UNCLEAR):
                break
            misses += 1
        return misses
