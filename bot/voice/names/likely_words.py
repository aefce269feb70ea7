"""How likely a sentence is among what people say to the assistant: a small language model.

It is counted from the examples that the intent model learns from (data/nlu.yml), three words at a
time, with Witten-Bell smoothing. It writes nothing; it only weighs what a recogniser wrote.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from bot.knowledge.schema.data_files import DATA_DIR

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?\d*|\d+")
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\{[^}]*\}")
# About as many words as people use; what was never seen shares what is left.
_WORDS_OF_ENGLISH = 30_000
_EDGE = "<>"
_ALIKE = (
    (re.compile(r"\bany more\b"), "anymore"),
    (re.compile(r"\bcan ?not\b"), "can't"),
    (re.compile(r"[’`]"), "'"),
)


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, spelled one way."""
    text = text.lower().replace("-", " ")
    for pattern, spelled in _ALIKE:
        text = pattern.sub(spelled, text)
    return _WORD.findall(text)


class LikelyWords:
    """Counts of words, pairs and triples in `sentences`."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._seen: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            words = [_EDGE, _EDGE, *plain_words(sentence), _EDGE]
            for at in range(2, len(words)):
                for length in range(3):
                    self._seen[tuple(words[at - length : at])][words[at]] += 1
        self._totals = {before: sum(after.values()) for before, after in self._seen.items()}

    def is_known(self, word: str) -> bool:
        """Whether any sentence has the word."""
        return word in self._seen[()]

    def __call__(self, words: list[str]) -> float:
        """The mean logarithm of the probability of a word of the sentence; below zero."""
        row = [_EDGE, _EDGE, *words, _EDGE]
        logs = [math.log(self._probability(row[at - 2 : at], row[at])) for at in range(2, len(row))]
        return sum(logs) / len(logs)

    def _probability(self, before: list[str], word: str) -> float:
        probability = 1 / _WORDS_OF_ENGLISH
        for length in range(3):
            context = tuple(before[2 - length :])
            after = self._seen.get(context)
            if after:
                kinds, total = len(after), self._totals[context]
                probability = (after[word] + kinds * probability) / (total + kinds)
        return probability


@lru_cache(maxsize=1)
def examples(file: Path = DATA_DIR / "nlu.yml") -> tuple[str, ...]:
    """The committed examples of what people say, without markup."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)
    return tuple(
        _MARKUP.sub(r"\1\2", line.strip()[2:])
        for block in content["nlu"]
        for line in str(block.get("examples", "")).splitlines()
        if line.strip().startswith("- ")
    )


@lru_cache(maxsize=1)
def likely_words() -> LikelyWords:
    """The model of the committed examples. Takes about a second the first time."""
    return LikelyWords(examples())
