"""Putting misspelt words of the catalogue right: 'uper back', 'siatika', 'fome roller'.

Only what is no English word is changed, and only into a word of the catalogue that is nearer than
every common English word. An ordinary word is never changed, with one exception: part of the name
of a tool or place whose other part is there, and only for a word that sounds the same
('acupressure matt').
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import jellyfish

from bot.text.ordinary_words import OrdinaryWords
from bot.understanding.mentions.names.word_sets import words as word_set

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_HYPHEN = re.compile(r"(?<=[a-z])[-_](?=[a-z])")
_SHORTEST, _LONGEST = 3, 20
# A short word is only believed where a part of the body can stand.
_SHORT = 4
_PLACE_BEFORE = word_set(
    "my your his her our their the a of behind under above below on in at left right both inner "
    "outer upper lower sore stiff tight bad and or"
)
_PLACE_AFTER = word_set("pain point points ache aches hurts hurt joint muscle muscles")
# Words of phrases that say nothing about what the phrase is about.
_EMPTY = word_set(
    "a an the my your his her our their i i'm im is are am was were be been on in at of for to by "
    "with and or from that this no not it can't cant can cannot could do does have has had get "
    "got just too very all out up down off over under after before during since same only year "
    "old little one two first"
)
_SAME_SOUND, _SAME_VOWELS, _SWAPPED, _OTHER_FIRST_LETTER = -0.6, -0.3, -0.2, 0.3
# 'preganat' is meant for 'pregnant' sooner than for 'pregant', which the catalogue also knows.
_CATALOGUE_SLIP = 0.3
_SAME_LETTER_SOUND = -0.05
_SAME_LETTERS_SAID = 0.11
_CONTEXT_COST = 1.5
# Letters that stand for the same sound: 'ancle', 'siatika', 'stomack'.
_SAME_LETTERS = str.maketrans("kqzy", "ccsi")


@dataclass(frozen=True)
class Mended:
    """A text put right, and how to get from a place in it to the place in the original."""

    text: str
    changes: tuple[tuple[int, int, int], ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that became `start`..`end`.

        A span that cuts through a changed word takes in the whole of it.
        """
        return self._back(start, False), self._back(end, True)

    def _back(self, place: int, is_end: bool) -> int:
        shift = 0
        for begin, old, new in self.changes:
            if place < begin or (place == begin and not is_end):
                break
            if place < begin + new or (is_end and place == begin + new):
                inside = begin - shift
                if place == begin:
                    return inside
                return inside + old if is_end else inside
            shift += new - old
        return place - shift


class Mender:
    """Knows the words of the catalogue's phrases, and which of them stand beside each other.

    `phrases` pairs an entity kind with a phrase; `names` are the names of the meridians, and
    `terms` texts of our own, whose words are never changed.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        names: Iterable[str],
        terms: Iterable[str],
        ordinary: OrdinaryWords,
    ) -> None:
        self._ordinary = ordinary
        # What the assistant itself says is spelled right, and no slip for something else.
        self._terms = frozenset(w for term in terms for w in _WORD.findall(term.lower()))
        self._beside: dict[tuple[str, str], set[str]] = {}
        alone: set[str] = set()
        targets: set[str] = set()
        phrases = [*phrases, *(("point", name) for name in names)]
        for kind, phrase in phrases:
            words = _WORD.findall(phrase.lower())
            if len(words) == 1:
                alone.add(words[0])
            targets.update(w for w in words if w not in _EMPTY and "'" not in w)
            for pair in pairwise(words):
                if not _EMPTY.intersection(pair):
                    self._beside.setdefault(pair, set()).add(kind)
        # A misspelling in the catalogue is recognised as it stands, and never aimed at, unless it
        # stands for the whole ('siatica').
        self._known = frozenset(w for w in targets if w in ordinary or w in alone)
        self._kept = (self._known | self._terms) - {"".join(pair) for pair in self._beside}
        self._kept |= {word for word in self._known if word in ordinary}
        self._joined = {"".join(pair): pair for pair in self._beside}
        self._near: dict[str, list[str]] = {}
        self._sounding: dict[str, list[str]] = {}
        for target in self._known:
            if len(target) < _SHORTEST or not target.isascii() or not _vowels(target):
                continue
            for variant in _shortened(target, _allowed(target)):
                self._near.setdefault(variant, []).append(target)
            self._sounding.setdefault(_sound(target), []).append(target)

    def mend(self, text: str) -> Mended:
        """`text`, in small letters, with the words put right that can be."""
        text = self._without_hyphens(text)
        places = list(_WORD.finditer(text))
        words = [place[0] for place in places]
        better: dict[int, str] = {}
        unsure: list[int] = []
        for n, word in enumerate(words):
            if word in self._kept or not _SHORTEST <= len(word) <= _LONGEST or "'" in word:
                continue
            if word in self._ordinary:
                unsure.append(n)
            elif word in self._joined:
                better[n] = " ".join(self._joined[word])
            elif word.isascii():
                unsure.append(n)
                found = self._nearest(word, words[max(0, n - 1) : n], words[n + 1 : n + 2])
                if found:
                    better[n] = found
        for n in unsure:
            found = self._beside_neighbour(words, better, n)
            if found:
                better[n] = found
        self._join_two(words, better)
        return _changed(text, places, better)

    def _without_hyphens(self, text: str) -> str:
        def spaced(match: re.Match[str]) -> str:
            before = _WORD.search(text[max(0, match.start() - _LONGEST) : match.start()][::-1])
            after = _WORD.match(text, match.end())
            pair = (before[0][::-1] if before else "", after[0] if after else "")
            return " " if pair in self._beside else match[0]

        return _HYPHEN.sub(spaced, text) if "-" in text or "_" in text else text

    def _nearest(self, word: str, before: list[str], after: list[str]) -> str | None:
        """The catalogue's word that is meant, if no common word is as near."""
        ranked = sorted(
            (_cost(word, t) + _CATALOGUE_SLIP * (t not in self._ordinary), t)
            for t in self._candidates(word)
            if _may_be(word, t)
        )
        if not ranked or ranked[0][0] > _limit(word):
            return None
        cost, target = ranked[0]
        if any(_cost(word, other) <= cost for other in self._ordinary.near(word)
               if other != target and other not in self._known):  # fmt: skip
            return None
        sounds_it = cost <= _SAME_LETTERS_SAID and len(word) >= _SHORT
        if len(word) <= _SHORT and not (
            sounds_it or _PLACE_BEFORE.intersection(before) or _PLACE_AFTER.intersection(after)
        ):
            return None
        return target

    def _beside_neighbour(self, words: list[str], better: dict[int, str], n: int) -> str | None:
        """The word that makes a phrase of the catalogue together with a neighbour."""
        word = words[n]
        previous = better.get(n - 1, words[n - 1] if n else "").split()[-1:]
        following = better.get(n + 1, words[n + 1] if n + 1 < len(words) else "").split()[:1]
        is_word = word in self._ordinary
        best: tuple[float, str] | None = None
        for target in self._candidates(word):
            kinds = set()
            for near in previous:
                kinds |= self._beside.get((near, target), set())
            for near in following:
                kinds |= self._beside.get((target, near), set())
            if is_word:
                same = _sound(word) == _sound(target) and word[0] == target[0]
                said_alike = _vowels(word) == _vowels(target)
                fits = same and (kinds == {"tool"} or (kinds == {"area"} and said_alike))
            else:
                fits = bool(kinds) and (len(word) > _SHORT or _starts_alike(word, target))
            cost = _cost(word, target)
            # 'Massage' is also a verb, and anything can follow it: 'can i massage boils'.
            limit = _SAME_SOUND + 1.0 if is_word and "massage" in previous else _CONTEXT_COST
            if fits and cost <= limit and (best is None or (cost, target) < best):
                best = (cost, target)
        return best[1] if best else None

    def _join_two(self, words: list[str], better: dict[int, str]) -> None:
        """'accu pressure', 'war fering': one long word that was heard as two."""
        for n, (one, other) in enumerate(pairwise(words)):
            joined = one + other
            if (
                not 8 <= len(joined) <= _LONGEST
                or n in better
                or n + 1 in better
                or one in self._known
                or other in self._known
                or (one in self._ordinary and other in self._ordinary)
            ):
                continue
            for target in self._candidates(joined):
                if len(target) >= 8 and _cost(joined, target) <= _limit(joined):
                    better[n], better[n + 1] = target, ""
                    break

    def _candidates(self, word: str) -> Iterator[str]:
        seen = {word}
        for variant in _shortened(word, 2 if len(word) >= 7 else 1):
            for target in self._near.get(variant, ()):
                if target not in seen:
                    seen.add(target)
                    yield target
        for target in self._sounding.get(_sound(word), ()):
            if target not in seen:
                seen.add(target)
                yield target


def _cost(word: str, target: str) -> float:
    """How far `word` is from `target`: letters wrong, less where the two sound alike."""
    swaps = jellyfish.damerau_levenshtein_distance(word, target)
    cost = float(swaps)
    same_sound = _sound(word) == _sound(target)
    if same_sound:
        cost += _SAME_SOUND
        if _vowels(word) == _vowels(target):
            cost += _SAME_VOWELS
    elif word[0] != target[0]:
        cost += _OTHER_FIRST_LETTER
    if word.translate(_SAME_LETTERS) == target.translate(_SAME_LETTERS):
        cost += _SAME_LETTER_SOUND
    if swaps < jellyfish.levenshtein_distance(word, target):
        cost += _SWAPPED
    return cost


def _may_be(word: str, target: str) -> bool:
    """Whether a short word has enough in common with `target` to be taken for it by itself."""
    if len(target) < _SHORT:
        return _cost(word, target) <= _SAME_LETTERS_SAID
    if len(word) > _SHORT + 1:
        return True
    return _starts_alike(word, target) and jellyfish.damerau_levenshtein_distance(word, target) <= 1


def _starts_alike(word: str, target: str) -> bool:
    return word[0] == target[0] or _sound(word) == _sound(target)


def _limit(word: str) -> float:
    if len(word) >= 9:
        return 2.0
    return 1.4 if len(word) >= 7 else 1.0


def _allowed(target: str) -> int:
    return 2 if len(target) >= 7 else 1


def _sound(word: str) -> str:
    # 'ch' is a k in 'ache' and 'stomach'; what is meant is the same either way.
    return jellyfish.metaphone(word.replace("ch", "k"))


def _vowels(word: str) -> str:
    return "".join(letter for letter in word if letter in "aeiouy")


def _shortened(word: str, most: int) -> set[str]:
    found = {word}
    for count in range(1, most + 1):
        found.update("".join(kept) for kept in combinations(word, len(word) - count))
    return found


def _changed(text: str, places: list[re.Match[str]], better: dict[int, str]) -> Mended:
    if not better:
        return Mended(text)
    parts: list[str] = []
    changes: list[tuple[int, int, int]] = []
    position = length = 0
    for n in sorted(better):
        start, end = places[n].span()
        if better[n] == "":
            continue
        if better.get(n + 1) == "":
            end = places[n + 1].end()
        parts += [text[position:start], better[n]]
        length += start - position
        changes.append((length, end - start, len(better[n])))
        length += len(better[n])
        position = end
    parts.append(text[position:])
    return Mended("".join(parts), tuple(changes))
