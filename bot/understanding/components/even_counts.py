"""Rasa component: makes the counts of a long and of a short message weigh the same.

A long message has many character n-grams. As plain counts they drown the sentence vectors beside
them, and the more so the longer the message. Scaled to one length they do not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class EvenCounts(GraphComponent):
    """Scales each sparse sentence feature of a message to the same length."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind the featurizer that counts."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings. `scale`: the length of the vector of counts."""
        return {"scale": 1.0}

    def __init__(self, scale: float) -> None:
        self._scale = scale

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EvenCounts:
        """Make the component; it learns nothing of its own."""
        return cls(float(config["scale"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Scale the counts of each message. Without any known n-gram they stay zero."""
        for message in messages:
            message.features = [self._evened(feature) for feature in message.features]
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Scale the counts of the training examples."""
        self.process(training_data.training_examples)
        return training_data

    def _evened(self, feature: Features) -> Features:
        counts = feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE
        if not counts or not feature.is_sparse():
            return feature
        length = float(np.linalg.norm(feature.features.data)) or 1.0  # a sentence is one row
        scaled = feature.features * (self._scale / length)
        return Features(scaled, feature.type, feature.attribute, feature.origin)
