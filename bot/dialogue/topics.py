"""The topics of a message, as the reader of questions marked them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.knowledge.schema.topics import Topic
from bot.text.json_types import JsonObject

TOPIC_ENTITY = "topic"
# A topic from SURE on is what the message is about, whatever else it looks like; one below LIKELY
# is not in it. PROBABLE is enough where nothing else is known of the message.
SURE, PROBABLE, LIKELY = 0.7, 0.5, 0.25


def topics_in(entities: Iterable[JsonObject]) -> Mapping[Topic, float]:
    """The likely topics of a message, likeliest first, with their probabilities.

    Args:
        entities: those of the message.
    """
    known = {topic.value: topic for topic in Topic}
    return {
        known[str(each["value"])]: float(each.get("confidence_entity") or 0)
        for each in entities
        if each.get("entity") == TOPIC_ENTITY and each.get("value") in known
    }
