"""Rasa component: a red flag overrules the intent.

Last in the pipeline. The channel layer has usually screened the message already, with the earlier
messages of the conversation, and hands its finding over in the message's metadata.
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
from bot.understanding.transcript import OWN_WORDS

# How sure the classifier must be to raise a red flag that the patterns do not see. Below this it
# cries wolf at ordinary talk about health; above it, it misses paraphrases that it could catch. The
# milder tiers cost a person little when they are raised in vain.
_SURE = {
    "red_flag_emergency": 0.98,
    "red_flag_self_harm": 0.98,
    "red_flag_urgent": 0.98,
    "red_flag_doctor_soon": 0.9,
    "red_flag_persistent": 0.9,
}
_RANKING = "intent_ranking"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class RedFlagGuard(GraphComponent):
    """Sets the intent to red_flag_... where the detector, or a sure classifier, says so."""

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
            found = handover(self._detector.screen(message.get(OWN_WORDS) or message.get(TEXT)))
        if found:
            intent = f"red_flag_{'self_harm' if found['self_harm'] else found['tier']}"
            self._overrule(message, intent, found)
            return
        voted = (message.get(INTENT) or {}).get("name") or ""
        if not voted.startswith("red_flag_"):
            return
        if message.get(INTENT)["confidence"] >= _SURE[voted]:
            tier = voted.removeprefix("red_flag_")
            found = {"flag": voted, "tier": tier, "layer": "intent", "why": WHY_UNKNOWN}
            self._overrule(message, voted, found)
        else:
            self._next_best(message)

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
        others = [r for r in message.get(_RANKING) or [] if not r["name"].startswith("red_flag_")]
        if others:
            message.set(INTENT, others[0], add_to_output=True)
