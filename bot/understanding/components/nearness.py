"""Rasa component: how near a message lies to the red-flag examples, against look-alikes.

Learns from the red_flag_* examples of data/nlu.yml on one side, and the sentences of
data/look_alikes.yml and all other examples on the other. It reuses the vector of the sentence
featurizers, so that a message costs no second call of a sentence model. What follows from the
nearness, RedFlagGuard decides.

Two models learn from the same sentences: one from the vector of the first featurizer and the words,
one from the multilingual vector of the second and the words. They err at different sentences, so
what English is near to is their mean. What is not English the second judges alone: there a sentence
lies near its translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.look_alikes import load_look_alikes
from bot.understanding.components.second_features import SecondSentenceFeaturizer, second_encoder
from bot.understanding.components.sentence_features import SentenceFeaturizer, encoder_for
from bot.understanding.components.sign_judge import SignJudge, vectors_of
from bot.understanding.learning.sign_model import HARMLESS, Array, Exemplar, SignModel

SIGN_NEARNESS = "sign_nearness"
_RED = "red_flag_"


class Models(NamedTuple):
    """What was learnt from the vectors of the first featurizer, and from those of the second."""

    first: SignModel
    second: SignModel

    @classmethod
    def learn(cls, sentences: Sequence[tuple[Exemplar, Array]]) -> Models:
        """Fit both to the same sentences, each with its second vector beside it."""
        return cls(
            SignModel.learn([exemplar for exemplar, _ in sentences]),
            SignModel.learn([replace(exemplar, vector=second) for exemplar, second in sentences]),
        )

    def nearness(
        self, text: str, vectors: tuple[Array, Array], is_foreign: bool
    ) -> dict[str, float]:
        """The probability of each tier, and of HARMLESS; of foreign text by the second alone."""
        near = self.second.nearness(text, vectors[1])
        if is_foreign:
            return near
        first = self.first.nearness(text, vectors[0])
        return {label: (near[label] + first[label]) / 2 for label in near}


def label_of(intent: str) -> str:
    """What an example of an intent teaches: its tier, or HARMLESS."""
    return intent.removeprefix(_RED) if intent.startswith(_RED) else HARMLESS


def look_alikes(model_folder: str | None) -> Iterator[tuple[Exemplar, Array]]:
    """The sentences of data/look_alikes.yml, each with its second vector.

    Raises:
        DataError: the file is wrong.
    """
    facts, _ = load_look_alikes(DATA_DIR)
    first, second = encoder_for(model_folder), second_encoder()
    for kind in facts.look_alikes:
        for sentence in kind.sentences:
            exemplar = Exemplar(sentence, first.encode(sentence), HARMLESS, look_alike=True)
            yield exemplar, second.encode(sentence)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SignNearness(SignJudge[Models]):
    """Sets SIGN_NEARNESS on each message: the probability of each tier, and of HARMLESS."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind both sentence vectors."""
        return [SentenceFeaturizer, SecondSentenceFeaturizer]

    @classmethod
    def read(cls, folder: Path) -> Models:
        """Both models, from the folder that `train` wrote."""
        return Models(*(SignModel.load(folder / name) for name in Models._fields))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings. `model_folder`: as of the sentence featurizer; the two must agree."""
        return {"model_folder": None}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and the look-alikes.

        Raises:
            DataError: data/look_alikes.yml is wrong.
        """
        known = look_alikes(self._config["model_folder"])
        self._learnt = Models.learn([*self._examples(training_data), *known])
        with self._storage.write_to(self._resource) as folder:
            for name, model in self._learnt._asdict().items():
                (folder / name).mkdir()
                model.save(folder / name)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message with text how near it lies to which tier."""
        for message in messages:
            vectors = vectors_of(message)
            if self._learnt and vectors is not None:
                text, is_foreign = message.get(TEXT), self.is_foreign(message)
                message.set(SIGN_NEARNESS, self._learnt.nearness(text, vectors, is_foreign))
        return messages

    def _examples(self, training_data: TrainingData) -> Iterator[tuple[Exemplar, Array]]:
        """Each example, and its second vector."""
        for message in training_data.intent_examples:
            vectors = vectors_of(message)
            if vectors is not None:
                label = label_of(message.get(INTENT))
                yield Exemplar(message.get(TEXT), vectors[0], label), vectors[1]
