"""Rasa component: reads a message the way the catalogue spells things.

Every mention of a point becomes its WHO code in the text ('el eye four' -> 'LI4'), so that the
intent model sees one spelling, and every mention becomes an entity. The person's own words are
kept beside, since safety checks must never depend on a rewriting.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.components.emoji_words import emoji_in_words
from bot.understanding.mentions.finder import MentionFinder, clean, default_finder
from bot.understanding.mentions.mention import Mention

OWN_WORDS = "own_words"

_FILLERS = re.compile(r"(?<![\w'])(?:u+m+|u+h+|e+r+m+|h+m+)(?![\w'])[,.]*\s*", re.IGNORECASE)


def as_catalogue_text(text: str, finder: MentionFinder) -> tuple[str, list[dict[str, Any]]]:
    """Rewrite `text` with WHO codes.

    Returns the rewritten text and its entities in Rasa's form, with `mention` holding the
    person's own word (needed to explain old numbers such as B47).
    """
    text = emoji_in_words(clean(text))
    parts: list[str] = []
    entities: list[dict[str, Any]] = []
    position = length = 0
    for mention in finder.find(text):
        between = _FILLERS.sub("", text[position : mention.start])
        word = mention.value if mention.kind == "point" else _spelled_right(mention)
        parts += [between, word]
        start = length + len(between)
        length = start + len(word)
        position = mention.end
        entities.append(_entity(mention, start, length))
    rest = _FILLERS.sub("", text[position:])
    rewritten = "".join([*parts, rest])
    # A text without words cannot be understood, so 'hmm' alone stays what it is.
    return rewritten if rewritten.strip() else text, entities


def _spelled_right(mention: Mention) -> str:
    """The person's own words, capitals and all, unless they were misspelt."""
    return mention.text if mention.text.lower() == mention.written else mention.written


def _entity(mention: Mention, start: int, end: int) -> dict[str, Any]:
    entity = {
        "entity": mention.kind,
        "value": mention.value,
        "start": start,
        "end": end,
        "mention": mention.text,
        "extractor": "CatalogueTranscript",
    }
    entity |= {"role": mention.role} if mention.role else {}
    return entity | ({"whose": mention.whose} if mention.whose else {})


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class CatalogueTranscript(GraphComponent):
    """Normalises the text and sets the entities. First in the pipeline."""

    def __init__(self, finder: MentionFinder) -> None:
        self._finder = finder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueTranscript:
        """Make the component; it has no settings and learns nothing."""
        return cls(default_finder())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def process(self, messages: list[Message]) -> list[Message]:
        """Rewrite each message and set its entities."""
        for message in messages:
            own_words = message.get(TEXT)
            if not own_words:
                continue
            text, entities = as_catalogue_text(own_words, self._finder)
            message.set(OWN_WORDS, own_words)
            message.set(TEXT, text, add_to_output=True)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Rewrite the examples in the same way, so that the model learns what it will see."""
        for message in training_data.training_examples:
            own_words = message.get(TEXT)
            if own_words:
                message.set(TEXT, as_catalogue_text(own_words, self._finder)[0])
        return training_data
