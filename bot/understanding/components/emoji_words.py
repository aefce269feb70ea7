"""A message of nothing but emoji still says something: a wave is a greeting."""

from __future__ import annotations

import re

_MEANINGS = {
    "hello": "👋🤗",
    "yes": "👍👌✅🆗",
    "no": "👎❌🙅",
    "thank you": "🙏❤💚💙😊🙂☺👏🥰😍",
    "goodbye": "💤😴",
    "my back hurts": "🤕😣😖😩😫😢😭😞😔",
}
_WORDS = {emoji: words for words, many in _MEANINGS.items() for emoji in many}
_LETTER = re.compile(r"\w")


def emoji_in_words(text: str) -> str:
    """What the first known emoji says, if `text` holds no letter or digit; else `text` itself."""
    if _LETTER.search(text):
        return text
    return next((_WORDS[sign] for sign in text if sign in _WORDS), text)
