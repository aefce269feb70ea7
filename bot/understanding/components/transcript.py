"""Rasa component: reads a message the way the catalogue spells things.

Every mention of a point becomes its WHO code in the text ('el eye four' -> 'LI4'), so that the
intent model sees one spelling, and every mention becomes an entity. The person's own words are
kept beside, since safety checks must never depend on a rewriting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.components.emoji_words import emoji_in_words
from bot.understanding.mentions.everyday_spelling import everyday_speller, with_words
from bot.understanding.mentions.finder import MentionFinder, clean, default_finder
from bot.understanding.mentions.mention import Mention

OWN_WORDS = "own_words"
# The text as it would be without putting anything right; set where that makes a difference.
AS_SAID = "as_said"
# What the person said with corrections made and everyday words spelled right, where that differs.
AS_MEANT = "as_meant"

_FILLERS = re.compile(r"(?<![\w'])(?:u+m+|u+h+|e+r+m+|h+m+)(?![\w'])[,.]*\s*", re.IGNORECASE)


def as_catalogue_text(text: str, finder: MentionFinder) -> tuple[str, list[dict[str, Any]]]:
    """Rewrite `text` with WHO codes, without what was corrected, and with words spelled right.

    Returns the rewritten text and its entities in Rasa's form, with `mention` holding the
    person's own word (needed to explain old numbers such as B47).
    """
    meant = finder.as_meant(in_plain_words(text))
    return _with_codes(meant, finder, everyday_speller().corrections(meant))


def in_plain_words(text: str) -> str:
    """One line of plain text, with words for emoji."""
    return emoji_in_words(clean(text))


def _with_codes(
    text: str, finder: MentionFinder, better: Mapping[str, str]
) -> tuple[str, list[dict[str, Any]]]:
    parts: list[str] = []
    entities: list[dict[str, Any]] = []
    position = length = 0
    for mention in finder.find(text):
        between = with_words(_FILLERS.sub("", text[position : mention.start]), better)
        word = mention.value if mention.kind == "point" else _spelled_right(mention)
        parts += [between, word]
        start = length + len(between)
        length = start + len(word)
        position = mention.end
        entities.append(_entity(mention, start, length))
    rest = with_words(_FILLERS.sub("", text[position:]), better)
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
            said = in_plain_words(own_words)
            meant = self._finder.as_meant(said)
            better = everyday_speller().corrections(meant)
            text, entities = _with_codes(meant, self._finder, better)
            message.set(OWN_WORDS, own_words)
            if better or meant != said:
                message.set(AS_SAID, _with_codes(said, self._finder, {})[0])
                message.set(AS_MEANT, with_words(meant, better))
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
