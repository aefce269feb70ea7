"""Rasa component: how near a message lies to the red-flag examples, against look-alikes.

Learns from the red_flag_* examples of data/nlu.yml on one side, and the sentences of
data/look_alikes.yml and all other examples on the other. It reuses the vector of the sentence
featurizer, so that a message costs no second call of the sentence model. What follows from the
nearness, RedFlagGuard decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.data_files import DATA_DIR
from bot.knowledge.look_alikes import load_look_alikes
from bot.understanding.sentence_features import SentenceFeaturizer, encoder_for
from bot.understanding.sign_model import HARMLESS, Array, Exemplar, SignModel

SIGN_NEARNESS = "sign_nearness"
_RED = "red_flag_"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SignNearness(GraphComponent):
    """Sets SIGN_NEARNESS on each message: the probability of each tier, and of HARMLESS."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: SignModel | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind the sentence vectors."""
        return [SentenceFeaturizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignNearness:
        """Make the component, which then learns."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SignNearness:
        """Make the component with what was learnt."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, SignModel.load(folder))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings. `model_folder`: as of the sentence featurizer; the two must agree."""
        return {"model_folder": None}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and the look-alikes.

        Raises:
            DataError: data/look_alikes.yml is wrong.
        """
        model = SignModel.learn([*self._examples(training_data), *self._look_alikes()])
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
        self._model = model
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message with text how near it lies to which tier."""
        for message in messages:
            vector = _vector_of(message)
            if self._model and vector is not None:
                message.set(SIGN_NEARNESS, self._model.nearness(message.get(TEXT), vector))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing here helps others to learn."""
        return training_data

    def _examples(self, training_data: TrainingData) -> Iterator[Exemplar]:
        for message in training_data.intent_examples:
            vector = _vector_of(message)
            if vector is not None:
                intent = message.get(INTENT)
                label = intent.removeprefix(_RED) if intent.startswith(_RED) else HARMLESS
                yield Exemplar(message.get(TEXT), vector, label)

    def _look_alikes(self) -> Iterator[Exemplar]:
        facts, _ = load_look_alikes(DATA_DIR)
        encoder = encoder_for(self._config["model_folder"])
        for kind in facts.look_alikes:
            for sentence in kind.sentences:
                yield Exemplar(sentence, encoder.encode(sentence), HARMLESS, look_alike=True)


def _vector_of(message: Message) -> Array | None:
    """The sentence vector, scaled to length 1; None for a message without text."""
    if not message.get(TEXT):
        return None
    for features in message.features:
        if features.type == FEATURE_TYPE_SENTENCE and features.is_dense():
            vector = np.asarray(features.features, dtype=np.float32).reshape(-1)
            return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-9))
    return None
