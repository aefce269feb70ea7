"""Rasa component: what a message asks or tells, as the reader of questions reads it.

Each likely topic is marked for the actions. Where the reader is sure and the intent classifier took
the message for something else, the intent becomes that of the topic: the classifier knows sentences
that are like its examples, the reader what is meant in other words. Warning signs are the guard's,
which stands behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.topics import LIKELY, PROBABLE, SURE, TOPIC_ENTITY, intents_of
from bot.knowledge.schema.topics import Moment, Topic
from bot.safety.handover import MOMENT_KEY
from bot.text.clauses import clauses
from bot.understanding.components.sign_judge import own_words
from bot.understanding.components.transcript import AS_MEANT
from bot.understanding.encoders.question_reader import question_reader

_RED, _UNCLEAR = "red_flag_", "nlu_fallback"
# A session, or the question of deleting, hears these first; no topic stands for them.
_STEERING = frozenset({
    "continue_session", "pause_session", "stop_session", "resume_session", "session_skip",
    "session_time_left", "session_slower", "session_back", "confirm_forget",
})  # fmt: skip
_RANKING = "intent_ranking"
# A part by itself may seem to ask what the whole does not.
_SURE_OF_A_PART, _SHOWS = 0.8, 0.1


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class QuestionTopics(GraphComponent):
    """Adds an entity TOPIC_ENTITY for each likely topic, and sets the intent where it is sure."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionTopics:
        """Make the component; it learns nothing at a start."""
        return cls()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message with text."""
        for message in messages:
            if message.get(TEXT):
                self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        read = _read(_words_of(message), _moment_of(message))
        likely = sorted((t for t in read if read[t] >= LIKELY), key=lambda topic: -read[topic])
        marks = [
            {"entity": TOPIC_ENTITY, "value": topic.value, "confidence_entity": read[topic]}
            for topic in likely
        ]
        if marks:
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *marks], add_to_output=True)
        best = likely[0] if likely else None
        classified = message.get(INTENT) or {}
        intent, confidence = str(classified.get("name") or ""), classified.get("confidence") or 0
        intents = intents_of(best) if best else ()
        if best is None or not intents or intent.startswith(_RED) or intent in _STEERING:
            return
        if any(intent in intents_of(topic) for topic in likely):
            return
        if read[best] >= (PROBABLE if intent == _UNCLEAR else max(SURE, confidence)):
            _set_intent(message, intents[0], read[best])


def _words_of(message: Message) -> str:
    """What was said; with codes where points are named, whose English names mean other things."""
    names_a_point = any(e.get("entity") == "point" for e in message.get(ENTITIES) or [])
    return str(message.get(TEXT) if names_a_point else message.get(AS_MEANT) or own_words(message))


def _read(text: str, moment: Moment) -> Mapping[Topic, float]:
    """The topics of a text, as a whole and in its parts; of several, the whole may show but one."""
    reader = question_reader()
    found = dict(reader.read(text, moment))
    parts = clauses(text)
    for part in parts if len(parts) > 1 else ():
        for topic, probability in reader.read(part, moment).items():
            if probability >= _SURE_OF_A_PART and found[topic] >= _SHOWS:
                found[topic] = max(found[topic], probability)
    return found


def _moment_of(message: Message) -> Moment:
    """The moment that the gateway passed on; the start of a talk without it."""
    passed_on = (message.get("metadata") or {}).get(MOMENT_KEY)
    return Moment(passed_on) if passed_on in tuple(Moment) else Moment.START


def _set_intent(message: Message, name: str, confidence: float) -> None:
    ranking = [each for each in message.get(_RANKING) or [] if each["name"] != name]
    first = {"name": name, "confidence": confidence}
    message.set(INTENT, first, add_to_output=True)
    message.set(_RANKING, [first, *ranking], add_to_output=True)
