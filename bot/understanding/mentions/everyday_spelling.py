"""Putting misspelt everyday words right: 'wehre shuold i presss'.

Only what is no word is changed, and only into a word that people use in messages to us. Words of
the catalogue, names and other languages stay as they are. Warning signs never depend on it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

import jellyfish

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.data_files import DATA_DIR
from bot.text.ordinary_words import OrdinaryWords, ordinary_words
from bot.understanding.mentions.names.word_sets import words as word_set

# What people write to us; the words that stand there.
_MESSAGES = ("question_messages.yml", "nlu.yml")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EXAMPLE = re.compile(r"^\s*- (.+)$", re.MULTILINE)
_ASCII = re.compile(r"[a-z]+")
_SHORTEST, _LONGEST, _LONG = 3, 18, 6
# How often a word must stand in the messages to be what somebody meant by a short one.
_OFTEN = 15
# The same for slips that are common, and for others.
_SELDOM, _NOW_AND_THEN = 2, 4
# What is written so in several messages is how people write.
_A_HABIT = 2
# A text in which fewer words are known, or can be, may be in another language.
_MOST_STRANGE = 0.1
_LEAST_ENGLISH = 0.15
_ENGLISH = word_set(
    "a the i it is are was my me you to of in on at for do does can could how what which where "
    "when why who and or but not no with this that have has i'm im u be from there one any some if "
    "so"
)
# How Americans write it, whose words the list has.
_BRITISH = (("our", "or"), ("tre", "ter"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("sce", "ske"))
_ENDINGS = ("s", "es", "ed", "ing", "y", "ey", "ish", "like")
_SHORT_STEM = 4
_LIKELY_SLIP, _FIRST_LETTER, _OTHER_LENGTH = -2.0, 1.5, 0.2
_PER_LETTER = 2.5


class EverydaySpeller:
    """Knows the words of messages.

    Args:
        used: how often each word stands in messages.
        kept: words that are never changed.
    """

    def __init__(self, used: Counter[str], kept: Iterable[str], ordinary: OrdinaryWords) -> None:
        self._ordinary = ordinary
        self._used = {word: count for word, count in used.items() if word in ordinary}
        self._kept = frozenset(kept) | {w for w, count in used.items() if count >= _A_HABIT}
        self._near: dict[str, list[str]] = {}
        for word in self._used:
            if len(word) >= _SHORTEST and _ASCII.fullmatch(word):
                for variant in _shortened(word, _slips(word)):
                    self._near.setdefault(variant, []).append(word)
        self._best = lru_cache(maxsize=4096)(self._found)

    def spelled(self, text: str) -> str:
        """`text` with its misspelt words put right."""
        return with_words(text, self.corrections(text))

    def corrections(self, text: str) -> dict[str, str]:
        """The misspelt words of a text, in small letters, and what was meant.

        None where the text may be no English.

        Args:
            text: the whole of what was said.
        """
        better: dict[str, str] = {}
        shouts = text.isupper()
        known = strange = english = count = 0
        for place in _WORD.finditer(text):
            word = place[0].lower().replace("’", "'")
            count += 1
            english += word in _ENGLISH
            if self._is_known(word) or not _may_be_misspelt(place[0], place.start(), shouts):
                known += 1
            elif found := self._best(word):
                better[word] = found
            else:
                strange += 1
        is_english = english >= max(1, count * _LEAST_ENGLISH)
        return better if is_english and strange <= count * _MOST_STRANGE + 1 else {}

    def _is_known(self, word: str) -> bool:
        if word in self._ordinary or word in self._kept or "'" in word:
            return True
        # 'Couldnt', 'humour', 'texting': no list of words has them all.
        others = [word.replace(there, here) for there, here in _BRITISH if there in word]
        others += [f"{word[:-n]}'{word[-n:]}" for n in (1, 2)]
        others += [word[: -len(end)] for end in _ENDINGS if word.endswith(end)]
        return any(len(other) >= _SHORT_STEM and other in self._ordinary for other in others)

    def _found(self, word: str) -> str | None:
        candidates = {
            candidate
            for variant in _shortened(word, _slips(word))
            for candidate in self._near.get(variant, ())
        }
        ranked = sorted(
            (cost, candidate)
            for candidate in candidates
            if (cost := self._cost(word, candidate)) is not None
        )
        return ranked[0][1] if ranked else None

    def _cost(self, word: str, candidate: str) -> float | None:
        """How unlikely it is that a word was meant; None where it cannot have been."""
        letters = jellyfish.damerau_levenshtein_distance(word, candidate)
        used = self._used[candidate]
        if letters > _slips(word):
            return None
        # Letters in another order, or one left out, are commoner slips than wrong ones.
        is_likely = sorted(word) == sorted(candidate) or _is_within(word, candidate)
        is_short = len(word) <= _SHORTEST
        if not is_likely and (is_short or word[0] != candidate[0]):
            return None
        if used < (_OFTEN if is_short else _SELDOM if is_likely else _NOW_AND_THEN):
            return None
        cost = letters * _PER_LETTER - math.log(used)
        cost += _FIRST_LETTER * (word[0] != candidate[0])
        cost += _OTHER_LENGTH * abs(len(word) - len(candidate))
        return cost + _LIKELY_SLIP * is_likely


def with_words(text: str, better: Mapping[str, str]) -> str:
    """A text, or a part of one, with other words in place of some.

    Args:
        text: any text.
        better: words in small letters, and those that take their place.
    """

    def put(place: re.Match[str]) -> str:
        word = better.get(place[0].lower().replace("’", "'"))
        if word is None:
            return place[0]
        return word.upper() if place[0].isupper() else word

    return _WORD.sub(put, text) if better else text


def _may_be_misspelt(word: str, start: int, shouts: bool) -> bool:
    """Whether a word is no name and no abbreviation, which have capitals within a text."""
    if not _SHORTEST <= len(word) <= _LONGEST or not _ASCII.fullmatch(word.lower()):
        return False
    return word.islower() or shouts or (start == 0 and not word.isupper())


def _is_within(word: str, candidate: str) -> bool:
    """Whether the letters of a word stand in another in their order."""
    letters = iter(candidate)
    return all(letter in letters for letter in word)


def _slips(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


def _shortened(word: str, most: int) -> set[str]:
    found = {word}
    for count in range(1, most + 1):
        found.update("".join(kept) for kept in combinations(word, len(word) - count))
    return found


@lru_cache(maxsize=1)
def everyday_speller() -> EverydaySpeller:
    """The speller over the messages of our own data folder, made once."""
    used: Counter[str] = Counter()
    for name in _MESSAGES:
        text = (DATA_DIR / name).read_text(encoding="utf-8")
        for example in _EXAMPLE.finditer(text):
            used.update(word.lower().replace("’", "'") for word in _WORD.findall(example[1]))
    vocabulary = Catalogue.load().vocabulary()
    kept = {
        word.lower() for _, _, phrases in vocabulary for p in phrases for word in _WORD.findall(p)
    }
    return EverydaySpeller(used, kept, ordinary_words())
