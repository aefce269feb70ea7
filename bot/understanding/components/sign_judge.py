"""Rasa component: how likely a message tells of a warning sign, and of which kind.

What is asked, and of whom, stands in bot/understanding/learning/judges.py. What follows from the
judgement, RedFlagGuard decides; this component alone never raises or ends an alarm.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.schema.data_files import DATA_DIR
from bot.safety.default import default_book, default_detector
from bot.safety.screening import Screening
from bot.safety.wording.languages import Languages
from bot.safety.wording.normalise import languages_of, plain_words
from bot.understanding.components.second_features import SecondSentenceFeaturizer, second_encoder
from bot.understanding.components.transcript import AS_SAID, OWN_WORDS
from bot.understanding.encoders.sign_reader import sign_reader
from bot.understanding.learning.judges import Judges, Read
from bot.understanding.learning.nearness import label_of
from bot.understanding.learning.sign_model import Array, Exemplar

SIGN_JUDGEMENT = "sign_judgement"
_ALONE = "seen_alone"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SignJudge(GraphComponent):
    """Sets SIGN_JUDGEMENT, a Judgement, on each message with text."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        judges: Judges | None = None,
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._judges = judges

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignJudge:
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
    ) -> SignJudge:
        """Make the component with what was learnt."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Judges.load(folder, sign_reader()))

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind the second encoder's vectors."""
        return [SecondSentenceFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and the data files.

        Raises:
            DataError: a data file is wrong.
        """
        examples = [
            Exemplar(message.get(TEXT), vector, label_of(message.get(INTENT)))
            for message in training_data.intent_examples
            if (vector := _vector_of(message)) is not None
        ]
        encode = second_encoder().encode
        self._judges = Judges.taught(examples, DATA_DIR, encode, sign_reader(), default_detector())
        with self._storage.write_to(self._resource) as folder:
            self._judges.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing here helps others to learn."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message with text."""
        for message in messages:
            vector = _vector_of(message)
            if self._judges and vector is not None:
                words = own_words(message)
                is_foreign = _languages().is_foreign(plain_words(words))
                as_said = message.get(AS_SAID)
                if as_said:  # a sign is never corrected away
                    vector = second_encoder().encode(as_said)
                read = Read(words, as_said or message.get(TEXT), seen_alone(message), is_foreign)
                message.set(SIGN_JUDGEMENT, self._judges.judge(read, vector))
        return messages


@cache
def _languages() -> Languages:
    return languages_of(default_book().reading)


def own_words(message: Message) -> str:
    """What the person said, before the transcript was made of it."""
    return str(message.get(OWN_WORDS) or message.get(TEXT) or "")


def seen_alone(message: Message) -> Screening:
    """What the patterns see in the message by itself; looked for once."""
    seen: Screening | None = message.get(_ALONE)
    if seen is None:
        seen = default_detector().screen(own_words(message))
        message.set(_ALONE, seen)
    return seen


def _vector_of(message: Message) -> Array | None:
    """The second encoder's vector, scaled to length 1; None for a message without text."""
    if not message.get(TEXT):
        return None
    dense = [f for f in message.features if f.type == FEATURE_TYPE_SENTENCE and f.is_dense()]
    if not dense:
        return None
    vector = np.asarray(dense[-1].features, dtype=np.float32).reshape(-1)
    scaled: Array = vector / np.float32(max(float(np.linalg.norm(vector)), 1e-9))
    return scaled
