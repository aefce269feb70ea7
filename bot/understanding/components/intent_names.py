"""Rasa component: teaches the name of each intent as one more example of it.

Whoever names an intent 'card_arrival' has said what it is about, in words that people use. Where
examples are few this tells neighbours apart (docs/architecture.md has the figures).
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class IntentNames(GraphComponent):
    """Stands before the tokenizer, so that the names become examples like all others."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentNames:
        """Make the component; it learns nothing of its own."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples and, for each intent, its name in plain words."""
        names = sorted({str(m.get(INTENT)) for m in training_data.intent_examples if m.get(TEXT)})
        spoken = [Message({TEXT: _words_of(name), INTENT: name}) for name in names]
        return training_data.merge(TrainingData(spoken))

    def process(self, messages: list[Message]) -> list[Message]:
        """Nothing happens to what people say."""
        return messages


def _words_of(name: str) -> str:
    """An intent's name as words, without a retrieval intent's slash."""
    return " ".join(name.replace("_", " ").replace("/", " ").split())
