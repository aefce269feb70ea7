"""Whether a message can mean what the model takes it for, by the words it holds."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from bot.knowledge.schema.told import ToldFile
from bot.text.phrases import normalised


def can_mean(intent: str, text: str, named: Collection[str], words: ToldFile) -> bool:
    """Whether a message holds a word, or names a thing, that belongs to an intent.

    Args:
        intent: what the model takes the message for; those not listed need nothing.
        named: the kinds of what the message mentions, such as 'complaint'.
    """
    for needed in words.meant:
        if needed.intent == intent:
            is_said = _starts(tuple(needed.starts)).search(normalised(text))
            return bool({*needed.names} & {*named} or is_said)
    return True


@lru_cache(maxsize=16)
def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w'-])(?:{listed})")
