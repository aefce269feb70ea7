"""Rasa component: whether a sign that is spoken of is somebody's here, and now.

Patterns and nearness know what a sign sounds like; both are nearly blind to whose it is. This one
learns from sentences in which the same signs are told, denied, long over, feared, read out or
meant as a joke (bot/knowledge/assertions.py). It reuses the second sentence vector. What follows
from its judgement, RedFlagGuard decides; it alone never raises or ends an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.assertions import Says, assertions
from bot.knowledge.schema.data_files import DATA_DIR
from bot.understanding.components.second_features import SecondSentenceFeaturizer, second_encoder
from bot.understanding.components.sign_judge import SignJudge, own_words, vectors_of
from bot.understanding.learning.sign_model import Exemplar, SignModel

# The probability that a sign in the message is told of somebody here and now; not set where the
# message is in another language than the sentences that were learnt from.
SIGN_TOLD = "sign_told"
# With how many signs each frame is filled.
_EACH = 4
# Words that stand in one sentence alone teach nothing, and the last steps change no judgement by
# more than 0.02; without them it is learnt in half the time.
_LEAST, _TOLERANCE = 2, 0.5


def exemplars() -> Iterator[Exemplar]:
    """The sentences to learn from, with the second vector.

    Raises:
        DataError: a file of assertions is wrong.
    """
    encoder = second_encoder()
    for one in assertions(DATA_DIR, _EACH):
        yield Exemplar(one.text, encoder.encode(one.text), one.says.value, look_alike=True)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SignConfirmer(SignJudge[SignModel]):
    """Sets SIGN_TOLD on each message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind the second sentence vector."""
        return [SecondSentenceFeaturizer]

    @classmethod
    def read(cls, folder: Path) -> SignModel:
        """The model, from the folder that `train` wrote."""
        return SignModel.load(folder)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the assertions; the examples of intents teach nothing here.

        Raises:
            DataError: a file of assertions is wrong.
        """
        self._learnt = SignModel.learn(list(exemplars()), _LEAST, _TOLERANCE)
        with self._storage.write_to(self._resource) as folder:
            self._learnt.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message with text."""
        for message in messages:
            vectors = vectors_of(message)
            if self._learnt and vectors is not None and not self.is_foreign(message):
                judged = self._learnt.nearness(own_words(message), vectors[1])
                message.set(SIGN_TOLD, judged[Says.SIGN.value])
        return messages
