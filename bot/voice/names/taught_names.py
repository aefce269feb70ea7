"""Which taught point a spoken question asks for: each name is tried against the very sound.

To a recogniser the names of points are strange words, so it writes what is near: 'Where is
joining?' for Jianjing. Asked how probable each taught name is in that place, it knows them much
better. What it gives a name without any sound is taken off in part: rare words are improbable
anyway.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import jellyfish

from bot.text.json_types import JsonObject

# The part of the probability without sound that is taken off: of 0, 0.3, 0.5, 0.7, 0.85 and 1, this
# told names and other words apart best.
_TAKEN_OFF = 0.7
_MOST_WORDS = 7
_NEAREST = 6
# How many questions with a name the larger recogniser is asked about: it takes long.
_FINALISTS = 8
_QUESTIONS = 2
# How alike words must be to ones that are known, and how many there must be.
_NEAR = 0.68
_LEAST_WORDS_TO_BE_NEAR = 3
# How many words an end of a question has, and in how many questions it must stand.
_WORDS_OF_AN_END = 2
_TIMES_OF_AN_END = 2
_MOST_HEARD = 6
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_INSIDE = re.compile(r"[?!]\s")

# The logarithms of the probabilities of texts: by model, from the sound or from silence.
Score = Callable[[list[str], int, bool], list[float]]


@dataclass(frozen=True)
class PointQuestion:
    """A heard text that asks for a point by name; the name, however heard, is `text[start:end]`."""

    text: str
    start: int
    end: int

    def naming(self, name: str) -> str:
        """The same question with another name."""
        return self.text[: self.start] + name + self.text[self.end :]


class TaughtNames:
    """Tries the taught names.

    Args:
        frames: the words before and after the name in questions, with spaces between them.
        names: (code, name as it is said) of each taught point, several for each.
    """

    def __init__(self, frames: Iterable[Sequence[str]], names: Iterable[Sequence[str]]) -> None:
        self._frames: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        # How questions end before the name, whatever they begin with: '... how to press X'.
        ends: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
        for before, after in frames:
            words = tuple(before.split())
            self._frames[words].add(tuple(after.split()))
            if len(words) >= _WORDS_OF_AN_END:
                ends[words[-_WORDS_OF_AN_END:], tuple(after.split())] += 1
        self._ends: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        for (ending, follows), count in ends.items():
            if count >= _TIMES_OF_AN_END:
                self._ends[ending].add(follows)
        self._names = [(code, name) for code, name in names]
        self._unheard: list[float] | None = None

    def questions(self, readings: Iterable[Sequence[str]]) -> list[PointQuestion]:
        """What the readings have around a name, most often first; none where they ask for none.

        Where no reading has words that are known, those are given that are near.

        Args:
            readings: the texts of each, the likeliest first.
        """
        readings = list(readings)
        counts: Counter[tuple[str, str]] = Counter()
        found: dict[tuple[str, str], PointQuestion] = {}
        for texts in readings:
            for place, text in enumerate(texts):
                asked = self._question(text)
                if asked:
                    around = (bare_words(text[: asked.start]), bare_words(text[asked.end :]))
                    counts[around] += 2 if place == 0 else 1
                    found.setdefault(around, asked)
        if found:
            return [found[around] for around, _ in counts.most_common(_QUESTIONS)]
        near: dict[PointQuestion, float] = {}
        for text in dict.fromkeys(texts[0] for texts in readings if texts):
            for asked, likeness in self._near(text):
                near[asked] = max(likeness, near.get(asked, likeness))
        return sorted(near, key=near.__getitem__, reverse=True)[:_QUESTIONS]

    def tried(
        self, questions: Sequence[PointQuestion], heard: Iterable[str], models: int, score: Score
    ) -> JsonObject:
        """The name that fits best, and how well.

        Args:
            questions: what may be asked, the likeliest first.
            heard: what the readings wrote, the likeliest first.
            models: how many score.
            score: the logarithms of the probabilities of texts.

        Returns:
            the `text` with the name, its `code`, its `gain` over what was heard and its `lead`
            over the next point, as means of the models.
        """
        near = self._nearest(questions[0], score)
        asked = [(one, code, name) for one in questions for code, name in near]
        written = list(dict.fromkeys(heard))[:_MOST_HEARD]
        scores: dict[str, float] = defaultdict(float)

        def fit(one: tuple[PointQuestion, str, str]) -> float:
            return scores[one[0].naming(one[2])]

        for model in range(models):
            own = [one.naming(name) for one, _, name in asked]
            texts = list(dict.fromkeys(own + written))
            sounds, silences = (score(texts, model, is_sound) for is_sound in (True, False))
            for text, sound, silence in zip(texts, sounds, silences, strict=True):
                scores[text] += (sound - _TAKEN_OFF * silence) / models
            asked = sorted(asked, key=fit, reverse=True)[:_FINALISTS]
        question, code, name = asked[0]
        best = fit(asked[0])
        second = next((fit(one) for one in asked if one[1] != code), best)
        return {
            # 'LI 4' is a way to say it, not to write it.
            "text": question.naming(code if name.replace(" ", "") == code else name),
            "code": code,
            "gain": round(best - max(scores[text] for text in written), 2),
            "lead": round(best - second, 2),
        }

    def _question(self, text: str) -> PointQuestion | None:
        """The most words around a name that a text has of those that are known."""
        words = list(_WORD.finditer(text.lower()))
        said = tuple(word[0] for word in words)
        best: tuple[int, int, int] | None = None
        for before in range(len(said)):
            known = [(before + sum("'" in word for word in said[:before]), after)
                     for after in self._frames.get(said[:before], ())]  # fmt: skip
            ending = said[max(before - _WORDS_OF_AN_END, 0) : before]
            known += [(_WORDS_OF_AN_END, after) for after in self._ends.get(ending, ())]
            for count, after in known:
                end = len(said) - len(after)
                around = count + len(after)
                if (
                    around >= 2
                    and 1 <= end - before <= _MOST_WORDS
                    and said[end:] == after
                    and (best is None or around >= best[0])
                    and not _INSIDE.search(text[: words[end - 1].end()])
                ):
                    best = (around, words[before].start(), words[end - 1].end())
        return PointQuestion(text, *best[1:]) if best else None

    def _near(self, text: str) -> list[tuple[PointQuestion, float]]:
        """Frames that sound like the words of a text, with how alike they are, up to 1."""
        said = _WORD.findall(text.lower())
        found = []
        for before, afters in self._frames.items():
            if len(before) < _LEAST_WORDS_TO_BE_NEAR:
                continue
            for after in afters:
                for start in range(len(before) - 1, len(before) + 2):
                    for end in range(len(said) - len(after) - bool(after), len(said) + 1):
                        if not 1 <= end - start <= _MOST_WORDS:
                            continue
                        likeness = _alike((*said[:start], "", *said[end:]), (*before, "", *after))
                        if likeness >= _NEAR:
                            found.append((_made(before, after), likeness))
        return found

    def _nearest(self, question: PointQuestion, score: Score) -> list[tuple[str, str]]:
        """The best name of each of the points that fit best, by the first model alone."""
        if self._unheard is None:
            # Nearly the same in every question.
            self._unheard = score([f"Where is {name}?" for _, name in self._names], 0, False)
        heard = score([question.naming(name) for _, name in self._names], 0, True)
        best: dict[str, tuple[float, str]] = {}
        for (code, name), sound, silence in zip(self._names, heard, self._unheard, strict=True):
            value = (sound - _TAKEN_OFF * silence, name)
            best[code] = max(value, best.get(code, value))
        ranked = sorted(best.items(), key=lambda one: -one[1][0])
        return [(code, name) for code, (_, name) in ranked[:_NEAREST]]


def _alike(one: Iterable[str], other: Iterable[str]) -> float:
    """How alike two rows of words are, letter by letter: from 0 to 1."""
    first, second = " ".join(one), " ".join(other)
    return 1 - jellyfish.levenshtein_distance(first, second) / max(len(first), len(second))


def _made(before: Sequence[str], after: Sequence[str]) -> PointQuestion:
    """A question of known words, with an empty place for the name."""
    words = f"{' '.join('I' if word == 'i' else word for word in before)} "
    words = words[0].upper() + words[1:]
    return PointQuestion(f"{words}{' ' if after else ''}{' '.join(after)}?", len(words), len(words))


def bare_words(text: str) -> str:
    """The words of a text in small letters, with spaces between them, as frames are written."""
    return " ".join(_WORD.findall(text.lower()))
