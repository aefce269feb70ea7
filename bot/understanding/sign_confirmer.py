"""Rasa component: whether a sign that is spoken of is somebody's here, and now.

Patterns and nearness know what a sign sounds like; both are nearly blind to whose it is. This one
learns from sentences in which the same signs are told, denied, long over, feared, read out or
meant as a joke (bot/knowledge/assertions.py). It reuses the second sentence vector. What follows
from its judgement, RedFlagGuard decides; it alone never raises or ends an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.assertions import Says, assertions
from bot.knowledge.data_files import DATA_DIR
from bot.safety.default import default_book
from bot.safety.normalise import languages_of, plain_words
from bot.understanding.nearness import vectors_of
from bot.understanding.second_features import SecondSentenceFeaturizer, second_encoder
from bot.understanding.sign_model import Exemplar, SignModel
from bot.understanding.transcript import OWN_WORDS

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
class SignConfirmer(GraphComponent):
    """Sets SIGN_TOLD on each message."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, model: SignModel | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model
        self._languages = languages_of(default_book().reading)

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind the second sentence vector."""
        return [SecondSentenceFeaturizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignConfirmer:
        """Make the component, which then learns."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SignConfirmer:
        """Make the component with what was learnt."""
        with model_storage.read_from(resource) as folder:
            model = SignModel.load(folder)
        return cls(model_storage, resource, model)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the assertions; the examples of intents teach nothing here.

        Raises:
            DataError: a file of assertions is wrong.
        """
        self._model = SignModel.learn(list(exemplars()), _LEAST, _TOLERANCE)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message with text."""
        for message in messages:
            vectors = vectors_of(message)
            own_words = str(message.get(OWN_WORDS) or message.get(TEXT) or "")
            if self._model and vectors is not None and not self._is_foreign(own_words):
                judged = self._model.nearness(own_words, vectors[1])
                message.set(SIGN_TOLD, judged[Says.SIGN.value])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing here helps others to learn."""
        return training_data

    def _is_foreign(self, own_words: str) -> bool:
        return self._languages.is_foreign(plain_words(own_words))
