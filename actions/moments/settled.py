"""Where the talk goes on once a sign is settled: at what the person asked, if it can be."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.asking import Asking
from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey, Kind
from bot.text.json_types import JsonObject

_SIGN = "red_flag"
# What the message that settles a sign is, and is answered as such.
_SETTLING = ("deny_red_flags", "been_checked", "help_is_coming")
# What is asked of us, and not done by the way.
_ANSWERED = ("ask_", "find_", "list_", "locate_", "report_pain")
_LIKELY = 0.2
_FEW_WORDS = 5
_PRESSED = "ask_how_to_press", "ask_how_long"


class Resumed:
    """What a message that settles a sign asks besides, or what was asked before the warning.

    Args:
        tracker: the conversation, with that message as the newest.
    """

    def __init__(self, tracker: Tracker, turn: Turn, catalogue: Catalogue) -> None:
        self._tracker = tracker
        self._turn = turn
        self._catalogue = catalogue

    def reply(self) -> Reply | None:
        """The answer; None where nothing was asked that can be answered."""
        words = len(self._turn.text.split())
        own = self._answer(self._tracker.latest_message, self._turn.text) if words else None
        if own and words > _FEW_WORDS:
            return own
        if not self._turn.was_misunderstood:
            return None
        raised = self._raised()
        return self._answer(raised.get("parse_data") or {}, str(raised["text"])) if raised else None

    def _raised(self) -> Mapping[str, Any] | None:
        """The message that raised the sign which was none; None for dark thoughts."""
        users = [event for event in self._tracker.events if event.get("event") == "user"]
        signs = [sign for sign in self._turn.signs if sign.kind != "standing"]
        last = signs[-1] if signs else None
        is_asked = last and last.kind in ("emergency", "urgent")
        return users[last.number - 1] if last and is_asked and users[last.number - 1 :] else None

    def _answer(self, parsed: Mapping[str, Any], text: str) -> Reply | None:
        """The answer to a message, without what it told of signs."""
        tracker = copy.copy(self._tracker)
        entities = [e for e in parsed.get("entities") or [] if not _tells_of_signs(e)]
        tracker.latest_message = {
            **parsed, "text": text, "entities": entities, "intent": _next_best(parsed),
        }  # fmt: skip
        turn = Turn(tracker, self._catalogue)
        if not (turn.is_question or turn.asks_more):
            return None
        taken = Asking(turn, self._catalogue).taken()
        return taken.reply if taken else self._by_intent(turn)

    def _by_intent(self, turn: Turn) -> Reply | None:
        told = (self._catalogue, turn.person, turn.heard)
        if turn.named_points:
            points = PointAnswers(*told)
            if turn.intent in _PRESSED:
                return points.how_to_press(turn.named_points[0])
            return points.locate(turn.named_points[0], turn.mention)
        if turn.area or turn.complaint:
            return PlaceAnswers(*told).find(turn.area, turn.complaint, turn.text)
        if not turn.intent.startswith(_ANSWERED):
            return None
        return GeneralAnswers(*told).topic(turn.intent, turn.text)


def after_no_sign(turn: Turn, catalogue: Catalogue) -> Reply:
    """What is said to who says that there is no sign: and only what is not known is asked."""
    general = GeneralAnswers(catalogue, turn.person, turn.heard)
    if turn.was_misunderstood and turn.signs:
        told = general.say("taken_wrong")
    else:
        answer = catalogue.answer("deny_red_flags")
        told = general.told(answer) if answer else general.say("taken_wrong")
        is_told = bool(turn.slot("complaint")) or turn.has_told_where
        asked = catalogue.wording("what_now" if is_told else "where_and_how_long")
        told = Reply(
            told.key, f"{told.written} {asked.written}", f"{told.spoken} {asked.spoken}",
            told.guidance, () if is_told else told.suggestions,
        )  # fmt: skip
    key = AnswerKey(Kind.TOPIC, "deny_red_flags")
    return Reply(key, told.written, told.spoken, "safety_information", told.suggestions)


def _tells_of_signs(entity: JsonObject) -> bool:
    return str(entity.get("entity")).startswith((_SIGN, "sign_", "settled"))


def _next_best(parsed: Mapping[str, Any]) -> JsonObject:
    """The likeliest intent of a message that is neither a sign nor settles one."""
    others = [
        ranked
        for ranked in parsed.get("intent_ranking") or []
        if not str(ranked["name"]).startswith(_SIGN) and ranked["name"] not in _SETTLING
    ]
    best = others[0] if others else {}
    is_likely = float(best.get("confidence") or 0) >= _LIKELY
    return dict(best) if is_likely else {"name": "nlu_fallback", "confidence": 1.0}
