"""What the components share that learn once and then judge the signs in each message."""

from __future__ import annotations

from abc import abstractmethod
from functools import cache
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.safety.default import default_book
from bot.safety.wording.languages import Languages
from bot.safety.wording.normalise import languages_of, plain_words
from bot.understanding.components.transcript import OWN_WORDS
from bot.understanding.learning.sign_model import Array

# The two sentence featurizers of bot/config.yml.
_FEATURIZERS = 2
LearntT = TypeVar("LearntT")


class SignJudge(GraphComponent, Generic[LearntT]):
    """Keeps what was learnt with the model. Subclasses learn, read it again, and judge."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learnt: LearntT | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._learnt = learnt

    @classmethod
    @abstractmethod
    def read(cls, folder: Path) -> LearntT:
        """What was learnt, from the folder that `train` wrote."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
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
    ) -> Self:
        """Make the component with what was learnt."""
        with model_storage.read_from(resource) as folder:
            learnt = cls.read(folder)
        return cls(config, model_storage, resource, learnt)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing here helps others to learn."""
        return training_data

    def is_foreign(self, message: Message) -> bool:
        """Whether the person's own words are in another language than English."""
        return _languages().is_foreign(plain_words(own_words(message)))


@cache
def _languages() -> Languages:
    """Read when a message is judged: learning does not depend on the rules of signs."""
    return languages_of(default_book().reading)


def own_words(message: Message) -> str:
    """What the person said, before the transcript was made of it."""
    return str(message.get(OWN_WORDS) or message.get(TEXT) or "")


def vectors_of(message: Message) -> tuple[Array, Array] | None:
    """Both sentence vectors, scaled to length 1; None for a message without text."""
    if not message.get(TEXT):
        return None
    dense = [f for f in message.features if f.type == FEATURE_TYPE_SENTENCE and f.is_dense()]
    vectors = [np.asarray(f.features, dtype=np.float32).reshape(-1) for f in dense]
    if len(vectors) != _FEATURIZERS:
        return None
    first, second = (v / np.float32(max(float(np.linalg.norm(v)), 1e-9)) for v in vectors)
    return first, second
