"""Rasa component: how likely a message tells of a warning sign, and of which kind.

Three judges are asked, of the message and of each of its sentences: the patterns, nearness, and
the confirmer (learning/sign_lessons.py says what the two learn from). What they say becomes one
probability (learning/sign_verdict.py). What follows from it, RedFlagGuard decides; this component
alone never raises or ends an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.assertions import Says
from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.sign_cases import sign_cases
from bot.safety.default import default_book, default_detector
from bot.safety.screening import Screening
from bot.safety.wording.normalise import languages_of, plain_words
from bot.text.sentences import sentences
from bot.understanding.components.second_features import SecondSentenceFeaturizer, second_encoder
from bot.understanding.components.sentence_features import SentenceFeaturizer, encoder_for
from bot.understanding.components.transcript import OWN_WORDS, as_catalogue_text
from bot.understanding.encoders.many import side_by_side
from bot.understanding.learning.sign_lessons import (
    ALARMING,
    confirmer_lesson,
    label_of,
    nearness_lesson,
)
from bot.understanding.learning.sign_verdict import Evidence, Judged, Verdict
from bot.understanding.learning.two_models import Sentence, TwoModels, Vectors, learn
from bot.understanding.mentions.finder import default_finder

SIGN_JUDGEMENT = "sign_judgement"
_ALONE = "seen_alone"
_SELF_HARM = "self_harm"
_NEARNESS, _CONFIRMER = "nearness", "confirmer"


@dataclass(frozen=True)
class Judgement:
    """What the judges say of a message.

    Attributes:
        near: the probability that it is of each kind of sign, or harmless; they add up to 1.
        kind: the likeliest alarming kind.
        probability: how likely a sign is told; None in a language in which nobody was judged.
    """

    near: dict[str, float]
    kind: str
    probability: float | None


@dataclass(frozen=True)
class Judges:
    """What was learnt, and how a text is judged with it."""

    nearness: TwoModels
    confirmer: TwoModels
    verdict: Verdict | None
    model_folder: str | None

    @classmethod
    def taught(cls, examples: Iterable[Sentence], model_folder: str | None) -> Judges:
        """Learn from the data files and the examples of intents.

        Args:
            examples: each with its `label_of`.
            model_folder: as of the sentence featurizer.

        Raises:
            DataError: a data file is wrong.
        """
        asked = cls.encoding(model_folder)
        nearness, confirmer = learn([
            nearness_lesson(examples, DATA_DIR, asked),
            confirmer_lesson(DATA_DIR, asked),
        ])  # fmt: skip
        judges = cls(nearness, confirmer, None, model_folder)
        cases = sign_cases(DATA_DIR)
        verdict = Verdict.learn(judges._all(cases.told), judges._all(cases.mentioned))
        return cls(nearness, confirmer, verdict, model_folder)

    @staticmethod
    def encoding(model_folder: str | None) -> Any:
        """A function from a text to its vectors."""
        first, second = encoder_for(model_folder), second_encoder()
        return lambda text: Vectors(first.encode(text), second.encode(text))

    def judge(
        self, own_words: str, text: str, vectors: Vectors, seen: Screening, is_foreign: bool
    ) -> Judgement:
        """Judge a message.

        Args:
            own_words: what the person said.
            text: the same as the catalogue spells it; `vectors` are of this.
            seen: what the patterns see in the message by itself.
            is_foreign: it is in another language than English.
        """
        near = self.nearness.judge(text, vectors, is_foreign)
        if is_foreign or self.verdict is None:
            return Judgement(near, _likeliest(near), None)
        evidence, kind = self._evidence(own_words, text, vectors, seen, near)
        return Judgement(near, kind, self.verdict.probability(evidence))

    def _evidence(
        self,
        own_words: str,
        text: str,
        vectors: Vectors,
        seen: Screening,
        near: dict[str, float],
    ) -> tuple[Evidence, str]:
        """All that is known of a message, and the likeliest kind of its most telling part."""
        whole = self._judged(text, vectors, near)
        parts = {whole: near}
        cut = sentences(own_words)
        if len(cut) > 1:
            encode = self.encoding(self.model_folder)
            for part in cut:
                found = encode(part)
                part_near = self.nearness.judge(part, found)
                parts[self._judged(part, found, part_near)] = part_near
            del parts[whole]
        told = max(parts, key=lambda part: part.both)
        evidence = Evidence(
            whole=whole,
            parts=tuple(parts),
            seen=seen.tier in (Tier.EMERGENCY, Tier.URGENT),
            held_back=bool(seen.held_back),
            despair=seen.is_self_harm,
        )
        return evidence, _likeliest(parts[told] if told.both > whole.both else near)

    def _judged(self, text: str, vectors: Vectors, near: dict[str, float]) -> Judged:
        told = self.confirmer.judge(text, vectors)[Says.SIGN.value]
        return Judged(sum(near[kind] for kind in ALARMING), told)

    def _all(self, messages: Iterable[str]) -> list[Evidence]:
        """The evidence of whole messages, each read as the pipeline reads it."""
        own_words = list(messages)
        texts = [as_catalogue_text(words, default_finder())[0] for words in own_words]
        vectors = side_by_side(self.encoding(self.model_folder), texts)
        made = []
        for words, text, found in zip(own_words, texts, vectors, strict=True):
            seen = default_detector().screen(words)
            near = self.nearness.judge(text, found)
            made.append(self._evidence(words, text, found, seen, near)[0])
        return made

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        self.nearness.save(folder / _NEARNESS)
        self.confirmer.save(folder / _CONFIRMER)
        if self.verdict:
            self.verdict.save(folder)

    @classmethod
    def load(cls, folder: Path, model_folder: str | None) -> Judges:
        """Read what `save` wrote.

        Raises:
            OSError: a file is missing.
        """
        return cls(
            TwoModels.load(folder / _NEARNESS),
            TwoModels.load(folder / _CONFIRMER),
            Verdict.load(folder),
            model_folder,
        )


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SignJudge(GraphComponent):
    """Sets SIGN_JUDGEMENT on each message with text."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        judges: Judges | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._judges = judges
        self._languages = languages_of(default_book().reading)

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
            judges = Judges.load(folder, config["model_folder"])
        return cls(config, model_storage, resource, judges)

    @classmethod
    def required_components(cls) -> list[type]:
        """It stands behind both sentence vectors."""
        return [SentenceFeaturizer, SecondSentenceFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings. `model_folder`: as of the sentence featurizer; the two must agree."""
        return {"model_folder": None}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and the data files.

        Raises:
            DataError: a data file is wrong.
        """
        examples = [
            Sentence(message.get(TEXT), label_of(message.get(INTENT)), vectors)
            for message in training_data.intent_examples
            if (vectors := vectors_of(message))
        ]
        self._judges = Judges.taught(examples, self._config["model_folder"])
        with self._storage.write_to(self._resource) as folder:
            self._judges.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing here helps others to learn."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message with text."""
        for message in messages:
            vectors = vectors_of(message)
            if self._judges and vectors:
                words = own_words(message)
                message.set(
                    SIGN_JUDGEMENT,
                    self._judges.judge(
                        words,
                        message.get(TEXT),
                        vectors,
                        seen_alone(message),
                        self._languages.is_foreign(plain_words(words)),
                    ),
                )
        return messages


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


def vectors_of(message: Message) -> Vectors | None:
    """Both sentence vectors, scaled to length 1; None for a message without text."""
    if not message.get(TEXT):
        return None
    dense = [f for f in message.features if f.type == FEATURE_TYPE_SENTENCE and f.is_dense()]
    vectors = [np.asarray(f.features, dtype=np.float32).reshape(-1) for f in dense]
    if len(vectors) != len(Vectors._fields):
        return None
    return Vectors(*(v / np.float32(max(float(np.linalg.norm(v)), 1e-9)) for v in vectors))


def _likeliest(near: dict[str, float]) -> str:
    return max(ALARMING, key=lambda kind: near.get(kind, 0.0))
