"""Subjects that a message names and that outrank what the model takes it for: cupping, a jaw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.knowledge.schema.answers import Answer, Variant
from bot.knowledge.schema.topics import Topic
from bot.text.phrases import ASKING, normalised

# A message of so few words is about the subject that it names.
_FEW = 6
_MOST = 2
# A word of so few letters begins too many others.
_SHORT = 4
_ASKS = re.compile(
    rf"(?:^|\b(?:and|but|so|then|or) ){ASKING}\b|^(?:and|or|what about|how about|what if|any)\b"
    r"|\bhow (?:long|often|much|many|soon)\b"
    r"|\b(?:sw(?:ears?|ore) by|heard (?:of|about)|read (?:of|about)|recommends?|suggests?)\b"
    r"|\b(?:tell me|explain|not understand|don't understand|understand not|meaning|means)\b"
)


def subjects_in(text: str, answers: Iterable[Answer]) -> list[tuple[Answer, Variant]]:
    """The subjects that a question or a short message is about, in their order.

    Args:
        text: the person's words.
    """
    said = normalised(text)
    if not ("?" in text or len(said.split()) <= _FEW or _ASKS.search(said)):
        return []
    found: list[tuple[int, Answer, Variant]] = []
    for answer in answers:
        for variant in answer.variants:
            if not variant.outranks:
                continue
            hit = _starts(variant.words).search(said)
            if hit and (not variant.beside or _starts(variant.beside).search(said)):
                found.append((hit.start(), answer, variant))
    # If two begin at the same place, the one that needs more words is meant.
    found.sort(key=lambda each: (each[0], -len(each[2].beside)))
    places = {place: (answer, variant) for place, answer, variant in reversed(found)}
    return [places[place] for place in sorted(places)][:_MOST]


def variant_of(
    topic: Topic, text: str, answers: Iterable[Answer]
) -> tuple[Answer | None, Variant | None]:
    """The answer to a topic, and the variant that fits the person's words; None where none is.

    Args:
        topic: what the reader of questions takes the message for.
        text: the person's words.
    """
    said = normalised(text)
    fits: tuple[int, Answer | None, Variant | None] = (-1, None, None)
    for answer in answers:
        if topic in answer.topics and fits[0] < 1:
            fits = (1, answer, None)
        for variant in answer.variants:
            is_own = topic in variant.topics
            if not is_own and (variant.topics or topic not in answer.topics):
                continue
            words = [word for word in variant.words if _starts([word]).search(said)]
            rank = 2 + max(map(len, words)) if words else _unasked(variant, topic)
            if rank > fits[0]:
                fits = (rank, answer, variant)
    return fits[1], fits[2]


def _unasked(variant: Variant, topic: Topic) -> int:
    """How well a variant fits its first topic where none of its words is there; -1 if not at all.

    The one that has no words is the general one.
    """
    return int(not variant.words) if variant.topics[:1] == [topic] else -1


def _starts(words: Sequence[str]) -> re.Pattern[str]:
    return _compiled(tuple(words))


@lru_cache(maxsize=2048)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(_pattern, words))})")


def _pattern(word: str) -> str:
    """A short word is a whole one: TENS is not how 'tension' begins."""
    return re.escape(word) + (r"s?(?!\w)" if len(word) <= _SHORT else "")
