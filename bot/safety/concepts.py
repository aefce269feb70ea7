"""Finding the concepts of data/red_flags.yml in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.safety.wording.normalise import Sentence
from bot.safety.wording.patterns import PatternLanguage

_BEGINNING = 3


@dataclass(frozen=True)
class ConceptPlace:
    """Where a concept stands: first and last word, counted in all words of the sentence."""

    first: int
    last: int


class ConceptMatcher:
    """Finds concepts; a quick look at the words decides which need a search at all."""

    def __init__(self, language: PatternLanguage, concepts: Mapping[str, Iterable[str]]) -> None:
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._by_word: dict[str, set[str]] = {}
        self._by_beginning: dict[str, set[tuple[str, str]]] = {}
        self._always: set[str] = set()
        for name, patterns in concepts.items():
            listed = list(patterns)
            self._compiled[name] = language.compile(listed)
            for pattern in listed:
                self._file(name, language.signal_words(pattern))

    def possible(self, sentence: Sentence) -> set[str]:
        """Concepts that may be in this sentence; all others are not."""
        names = set(self._always)
        for word in {word.text for word in sentence.words}:
            names |= self._by_word.get(word, frozenset())
            for beginning, name in self._by_beginning.get(word[:_BEGINNING], ()):
                if word.startswith(beginning):
                    names.add(name)
        return names

    def find(self, sentence: Sentence, names: Iterable[str]) -> dict[str, list[ConceptPlace]]:
        """Where the named concepts stand."""
        brief = sentence.brief
        starts, position = [], 0
        for word in brief.split(" "):
            starts.append(position)
            position += len(word) + 1
        found: dict[str, list[ConceptPlace]] = {}
        for name in names:
            for match in self._compiled[name].finditer(brief):
                first = bisect_right(starts, match.start()) - 1
                last = bisect_right(starts, max(match.start(), match.end() - 1)) - 1
                place = ConceptPlace(sentence.kept[first], sentence.kept[last])
                found.setdefault(name, []).append(place)
        return found

    def _file(self, name: str, signals: set[str]) -> None:
        if not signals or any(len(word.rstrip("*")) < 1 for word in signals):
            self._always.add(name)
        for word in signals:
            if "*" not in word:
                self._by_word.setdefault(word, set()).add(name)
            elif len(word) > _BEGINNING:
                entry = (word.partition("*")[0], name)
                self._by_beginning.setdefault(word[:_BEGINNING], set()).add(entry)
            else:
                self._always.add(name)
