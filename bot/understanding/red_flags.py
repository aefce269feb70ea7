"""Rasa component: a red flag overrules the intent. Two layers decide, in this order.

1. The patterns. The channel layer has usually screened the message already, with the earlier
   messages of the conversation, and hands its finding over in the message's metadata. A finding is
   never held back here, whatever the tier: of the signs it was tried on, nearness would have
   silenced one in twenty-five.
2. Nearness (bot/understanding/nearness.py), for what the patterns do not know, and for what they
   take for pain that lasts when there is more to it. It raises a flag
   when the three alarming kinds together reach _NEAR, or _NEAR_WITH_VOTE if the intent classifier,
   too, is sure of a red flag; the likeliest of the three is the one. The milder two need
   _NEAR_MILD.
   It raises nothing where the patterns saw a sign and held it back (denied, over, somebody else's,
   only asked about), for the sentence vector is nearly blind to that.

The classifier's vote alone raises nothing: without look-alikes to learn from, it is sure of a red
flag in almost any talk between doctor and patient. Where it votes so in vain, its next best counts.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.safety_messages import WHY_UNKNOWN
from bot.safety.default import default_detector
from bot.safety.detector import RedFlagDetector
from bot.safety.handover import METADATA_KEY, handover
from bot.understanding.nearness import SIGN_NEARNESS
from bot.understanding.transcript import OWN_WORDS

_NEAR = 0.62
_NEAR_WITH_VOTE = 0.5
_SURE_VOTE = 0.98
_NEAR_MILD = 0.85
_ALARMING = ("emergency", "self_harm", "urgent")
_MILD = ("doctor_soon", "persistent")
_RED = "red_flag_"
_LAYER = "nearness"
_RANKING = "intent_ranking"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class RedFlagGuard(GraphComponent):
    """Sets the intent to red_flag_... where the detector, or nearness to known signs, says so."""

    def __init__(self, detector: RedFlagDetector) -> None:
        self._detector = detector

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagGuard:
        """Make the component; it learns nothing."""
        return cls(default_detector())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrule the intent of each message where needed."""
        for message in messages:
            if message.get(TEXT):
                self._guard(message)
        return messages

    def _guard(self, message: Message) -> None:
        metadata = message.get("metadata") or {}
        found = metadata.get(METADATA_KEY)
        if found is None:
            found = handover(self._detector.screen(_own_words(message)))
        near = self._near(message) if not found or found["tier"] in _MILD else None
        if found and near not in _ALARMING:
            intent = f"red_flag_{'self_harm' if found['self_harm'] else found['tier']}"
            self._overrule(message, intent, found)
            return
        if near:
            tier = "emergency" if near == "self_harm" else near
            found = {"flag": f"{_RED}{near}", "tier": tier, "layer": _LAYER, "why": WHY_UNKNOWN}
            self._overrule(message, f"{_RED}{near}", found)
        elif ((message.get(INTENT) or {}).get("name") or "").startswith(_RED):
            self._next_best(message)

    def _near(self, message: Message) -> str | None:
        """The kind of red flag that nearness raises, if any."""
        nearness = message.get(SIGN_NEARNESS)
        if not nearness:
            return None
        kinds: tuple[str, ...] = _ALARMING
        votes = (r["confidence"] for r in message.get(_RANKING) or [] if r["name"].startswith(_RED))
        enough = _NEAR_WITH_VOTE if sum(votes) >= _SURE_VOTE else _NEAR
        if sum(nearness.get(kind, 0.0) for kind in _ALARMING) < enough:
            kinds = _MILD
            if sum(nearness.get(kind, 0.0) for kind in _MILD) < _NEAR_MILD:
                return None
        if self._detector.screen(_own_words(message)).held_back:
            return None
        return max(kinds, key=lambda kind: nearness.get(kind, 0.0))

    def _overrule(self, message: Message, intent: str, found: dict[str, Any]) -> None:
        ranked = [r for r in message.get(_RANKING) or [] if r["name"] != intent]
        verdict = {"name": intent, "confidence": 1.0}
        message.set(INTENT, verdict, add_to_output=True)
        message.set(_RANKING, [verdict, *ranked], add_to_output=True)
        end = len(message.get(TEXT))
        marks = [
            {"entity": "red_flag", "value": found["flag"], "layer": found["layer"]},
            {"entity": "red_flag_why", "value": found["why"]},
        ]
        placed = [{**m, "start": 0, "end": end, "extractor": "RedFlagGuard"} for m in marks]
        entities = [*(message.get(ENTITIES) or []), *placed]
        message.set(ENTITIES, entities, add_to_output=True)

    def _next_best(self, message: Message) -> None:
        """The classifier half-suspects a red flag: the best other intent is answered."""
        others = [r for r in message.get(_RANKING) or [] if not r["name"].startswith(_RED)]
        if others:
            message.set(INTENT, others[0], add_to_output=True)


def _own_words(message: Message) -> str:
    """What the person said, before the transcript was made of it."""
    return str(message.get(OWN_WORDS) or message.get(TEXT))
