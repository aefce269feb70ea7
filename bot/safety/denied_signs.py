"""Whether somebody denies the same signs that they told, or what the reason of an alarm says.

'I have no fever' about a fever, 'only the left leg' about both legs, 'I didn't fall' where the
reason spoke of a fall. A sign is what the rules of data/red_flags.yml make of the words that raised
it: it is gone when none of its rules holds without what is denied. What is denied of another place,
or of another feeling ('not numb' where legs tingle), what is over, lessened, asked, or somebody
else's opinion denies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import RedFlagBook, Tier
from bot.knowledge.settling import SettlingFile, load_settling
from bot.safety.combinations import FlagRule, phrases_of, rules_of
from bot.safety.concepts import ConceptPlace
from bot.safety.context import NEGATED
from bot.safety.default import default_book, default_detector
from bot.safety.detector import RedFlagDetector
from bot.safety.reading import SentenceReading
from bot.safety.wording.patterns import PatternLanguage

_SERIOUS = Tier.URGENT.rank
_NEGATORS = re.compile(r"(?:no|not|never|isnt|arent|wasnt|werent|dont|doesnt|didnt|aint)$")
# How far before the last word of a sign a 'not' may stand inside it: 'legs arent really numb'.
_INSIDE = 2
# Words that begin alike are one feeling, and so are these.
_STEM = 4
_HURTING = frozenset({"hurt", "pain", "ache", "achi", "sore"})
# 'It's not numb', without saying where: what was told is meant.
_OF_IT = re.compile(
    r"^(?:(?:no|oh|sorry|well|but|and|actually)[, ]+)*(?:its|it|they|theyre|that|thats) "
)
# 'No fever' alone may answer anything; 'I have no fever' is about oneself.
_FRAGMENT = re.compile(r"^(?:no|without)(?: (?!i\b|im\b|ive\b|my\b|its?\b)\w+){1,3}$")
_OWN = re.compile(r"\b(?:i|im|ive|my|me|mine|we|our)\b")
_Words = frozenset[str]


@dataclass(frozen=True)
class _Denied:
    """What one sentence denies: concepts and their words, and which places it speaks of.

    `opposed` are denied by saying the opposite, wherever they are; `of_it` says that it is about
    what was told, without naming it.
    """

    names: Mapping[str, list[_Words]]
    places: frozenset[str]
    opposed: frozenset[str]
    of_it: bool


@dataclass(frozen=True)
class _Told:
    """What was told: all concepts with their words, and what each flag's rules are made of."""

    words: Mapping[str, list[_Words]]
    flags: Mapping[str, list[set[str]]]


class SignDenials:
    """Reads denials by data/settling.yml, and by the contexts of data/red_flags.yml."""

    def __init__(self, book: RedFlagBook, detector: RedFlagDetector, facts: SettlingFile) -> None:
        words = facts.denials
        language = PatternLanguage({**facts.words, **book.words})
        self._detector = detector
        self._flags = {flag.id: flag for flag in book.flags if flag.tier.rank >= _SERIOUS}
        self._common = frozenset(words.common)
        self._one_thing = frozenset(words.one_thing)
        self._places = frozenset(words.where)
        self._groups = {
            name: frozenset(group for group, names in words.places.items() if name in names)
            for names in words.places.values()
            for name in names
        }
        self._opposites = [
            (
                language.compile(one.says),
                frozenset((*one.names, *(phrases_of(self._flags[id]) for id in one.phrases_of))),
            )
            for one in words.opposites
        ]
        self._undone = language.compile(words.undone)
        self._told_in = language.compile(words.told_in)
        self._facts = {
            flag.id: self._names_in(flag.why) & frozenset(words.facts)
            for flag in self._flags.values()
            if flag.tier is Tier.URGENT
        }

    def gone(self, raised: Sequence[Sequence[str]], since: Sequence[str]) -> frozenset[str]:
        """The ids of the signs that are gone; none unless all that were raised are.

        Args:
            raised: the messages that were answered with a warning, oldest first, each after those
                before it.
            since: the messages after the last of them, newest last.
        """
        told = self._told(raised)
        if not told.flags or not since:
            return frozenset()
        newest = self._standing(self._detector.readings(since[-1]))
        last = self._denied_in(since[-1])
        if not any(one.names or one.opposed for one in last):
            return frozenset()
        denied = [*(one for text in since[:-1] for one in self._denied_in(text)), *last]
        for flag_id, rules in told.flags.items():
            if any(newest.issuperset(rule.names) for rule in rules_of(self._flags[flag_id])):
                return frozenset()
            facts = self._facts.get(flag_id, frozenset())
            wrong = {fact for fact in facts if self._is_denied(fact, {fact}, denied, told)}
            # The reason falls with its facts: those that were told, and one that never was.
            if wrong and wrong >= facts & set(told.words):
                continue
            if not all(any(self._is_denied(n, rule, denied, told) for n in rule) for rule in rules):
                return frozenset()
        return frozenset(told.flags)

    def flags_of(self, raised: Sequence[Sequence[str]]) -> frozenset[str]:
        """The ids of the signs that were raised; none where one of them is not known.

        Args:
            raised: the messages that were met with a warning, each behind those before it.
        """
        return frozenset(self._told(raised).flags)

    def words_of(self, raised: Sequence[Sequence[str]]) -> frozenset[str]:
        """The beginnings of the words by which the signs were told, without places.

        Args:
            raised: the messages that were met with a warning, each behind those before it.
        """
        told = self._told(raised)
        made_of = {name for rules in told.flags.values() for rule in rules for name in rule}
        return frozenset(
            word
            for name in made_of - self._common - self._places
            for span in told.words.get(name, ())
            for word in span
        )

    def _told(self, raised: Sequence[Sequence[str]]) -> _Told:
        """What was told; no flags where one of the messages holds none that a rule knows."""
        words: dict[str, list[_Words]] = {}
        flags: dict[str, list[set[str]]] = {}
        for texts in raised:
            readings = [each for text in texts for each in self._detector.readings(text)]
            for name in self._standing(readings):
                spans = (self._words(r, place) for r in readings for place in r.standing(name))
                words.setdefault(name, []).extend(spans)
            found = self._detector.screen(texts[-1], texts[:-1]).findings
            serious = [self._flags[f.flag_id] for f in found if f.flag_id in self._flags]
            if not serious:
                return _Told(words, {})
            for flag in serious:
                met = [rule for rule in rules_of(flag) if set(words).issuperset(rule.names)]
                flags.setdefault(flag.id, []).extend(self._made_of(rule, readings) for rule in met)
        return _Told(words, flags if all(flags.values()) else {})

    def _words(self, reading: SentenceReading, place: ConceptPlace) -> _Words:
        """The beginnings of the words that stand for a feeling, without those for its place."""
        where = {
            n
            for name, places in reading.places.items()
            if name in self._places
            for each in places
            for n in range(each.first, each.last + 1)
        }
        texts = [
            reading.sentence.words[n].text
            for n in range(place.first, place.last + 1)
            if n not in where
        ]
        stems = {text[:_STEM] for text in texts if not _NEGATORS.fullmatch(text)}
        return frozenset("pain" if stem in _HURTING else stem for stem in stems)

    @staticmethod
    def _made_of(rule: FlagRule, readings: Sequence[SentenceReading]) -> set[str]:
        """The names of a rule; of a phrase also the concepts that its words touch."""
        names = set(rule.names)
        phrase = phrases_of(rule.flag)
        for reading in readings if phrase in names else ():
            for place in reading.places.get(phrase, ()):
                names |= {
                    name
                    for name, places in reading.places.items()
                    if any(_touch(place, other) for other in places)
                }
        return names

    def _standing(self, readings: Sequence[SentenceReading]) -> frozenset[str]:
        """What is told in sentences, and not denied by an inner 'not'."""
        return frozenset(
            name
            for reading in readings
            for name in reading.places
            if any(not _holds_not(reading, place) for place in reading.standing(name))
        )

    def _denied_in(self, text: str) -> list[_Denied]:
        found: list[_Denied] = []
        for reading in self._detector.readings(text):
            sentence = reading.sentence
            is_question = text[sentence.words[-1].end :].lstrip().startswith("?")
            is_told = not (is_question or _FRAGMENT.search(sentence.full))
            if not is_told or self._undone.search(sentence.full):
                continue
            of_a_story = self._of_a_story(reading)
            negated = {
                name: [self._words(reading, place) for place in places]
                for name, places in reading.places.items()
                if name not in self._common
                and all(
                    reading.reason(place, name) == NEGATED
                    or _holds_not(reading, place)
                    or of_a_story.issuperset(range(place.first, place.last + 1))
                    for place in places
                )
            }
            opposed = {
                name
                for pattern, names in self._opposites
                if pattern.search(sentence.full)
                for name in names
            }
            places = {name for name in reading.places if name in self._groups}
            of_it = bool(_OF_IT.search(sentence.full))
            found.append(_Denied(negated, frozenset(places), frozenset(opposed), of_it))
        return found

    def _of_a_story(self, reading: SentenceReading) -> frozenset[int]:
        """The words of the clauses that say where else a sign was: 'that was in a film'."""
        words, found, start = reading.sentence.words, set[int](), 0
        for n, word in enumerate(words):
            if word.comma or n + 1 == len(words):
                clause = " ".join(one.text for one in words[start : n + 1])
                if self._told_in.search(clause) and not _OWN.search(clause):
                    found.update(range(start, n + 1))
                start = n + 1
        return frozenset(found)

    def _is_denied(
        self, name: str, rule: Collection[str], denied: Iterable[_Denied], told: _Told
    ) -> bool:
        """Whether a concept of a rule is denied: all that was told of it, at the rule's place."""
        where = {group for each in rule for group in self._groups.get(each, ())}
        spans: list[_Words] = []
        for one in denied:
            if name in one.opposed:
                return True
            spoken_of = {group for each in one.places for group in self._groups[each]}
            if where & spoken_of or not where or (one.of_it and not spoken_of):
                spans += one.names.get(name, [])
        if not spans or name in self._one_thing:
            return bool(spans)
        return all(
            any(said & span or said == span for span in spans) for said in told.words.get(name, [])
        )

    def _names_in(self, text: str) -> frozenset[str]:
        return frozenset(n for reading in self._detector.readings(text) for n in reading.places)


def _holds_not(reading: SentenceReading, place: ConceptPlace) -> bool:
    """Whether 'not' stands right before the last word of a sign: 'my legs are not numb'."""
    words = reading.sentence.words
    before = words[max(place.first, place.last - _INSIDE) : place.last]
    return any(_NEGATORS.fullmatch(word.text) and not word.comma for word in before)


def _touch(one: ConceptPlace, other: ConceptPlace) -> bool:
    return one.first <= other.last and other.first <= one.last


@lru_cache(maxsize=1)
def default_denials() -> SignDenials:
    """The reader over the project's own rules and words, made once."""
    return SignDenials(default_book(), default_detector(), load_settling(DATA_DIR)[0])
