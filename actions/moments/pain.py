"""What is said to somebody who tells of pain: a question, and one point meanwhile."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.moments.interview import INTENT
from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.places import PlaceAnswers, asks_for_several
from bot.answers.reply import Reply
from bot.dialogue.persons import SOMEBODY
from bot.knowledge.catalogue import Catalogue
from bot.text.json_types import Slots

_WHAT_TO_PRESS = re.compile(
    r"\b(?:what|which|where)\b[^.?!]*\b(?:press|push|rub|massage|try|helps?)\b", re.IGNORECASE
)


def _of(who: str, text: str) -> str:
    """The same of somebody else: 'I am sorry that your mother is in pain'."""
    return text.replace("that you are in pain", f"that {who} is in pain", 1)


class PainTold:
    """The answer to one message that tells of pain."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        told = (catalogue, turn.person, turn.heard)
        self._general = GeneralAnswers(*told)
        self._places = PlaceAnswers(*told)
        area, complaint = (None, turn.complaint) if turn.complaint else (turn.area, None)
        self._area = area
        self._complaint = complaint or (None if area else turn.slot("complaint") or "back_pain")

    def reply(self) -> Reply:
        """The question of data/answers.yml, then a point for the place or complaint."""
        turn = self._turn
        if turn.tells_new and not (turn.area or turn.complaint):
            return self._general.declared(turn.conditions("declared"))
        asked = self._general.topic(INTENT, turn.text)
        who = turn.persons.asks_for
        if asked and who and who != SOMEBODY:
            asked = replace(asked, written=_of(who, asked.written), spoken=_of(who, asked.spoken))
        one = not (asks_for_several(turn.text) or _WHAT_TO_PRESS.search(turn.text))
        # What was asked already is not asked again.
        if asked is None or turn.heard.says(asked.written.split("\n\n")[0]):
            return self._places.find(self._area, self._complaint, turn.text)
        return self._places.with_points(
            asked, self._area, self._complaint, turn.text, only_best=one
        )

    def remember(self) -> Slots:
        """Keep the complaint and the points offered."""
        return {
            "complaint": self._complaint,
            **self._turn.offered(self._area, self._complaint),
        }
