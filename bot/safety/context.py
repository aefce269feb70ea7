"""What the words around a finding do to it: denied, over, asked about, or somebody else's past.

The idea is that of ConText (Harkema et al. 2009): each modifier has a reach, and words like 'but'
end it. medspaCy implements it, but takes more than two seconds to import; a few lists do the same.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right

from bot.knowledge.schema.red_flags import CONCEPT_LISTS, Context
from bot.safety.concepts import ConceptPlace
from bot.safety.wording.normalise import Sentence
from bot.safety.wording.patterns import PatternLanguage

NEGATED = "negated"
RESOLVED = "resolved"
HISTORY = "history"
OTHER_PERSON = "other person"
HYPOTHETICAL = "hypothetical"
QUESTION = "information question"
PASSING = "passing"
HARMLESS = "harmless wording"

_REACH = 6
_LISTING = frozenset(("or", "nor", "and"))
_OPENING = 3
_OWN = re.compile(r"\b(?:my|im|ive|i have|i cant|i feel|i get|i lost)\b")
_THEY = re.compile(r"\b(?:his|her|he|she|hes|shes)\b")
_SEGMENT = re.compile(
    r"(?:^| )(?:but|however|although|though|except|whereas)(?=[, ]|$)"
    r"|(?: and|,) (?=(?:i|im|ive|my|now|its|he|she|hes|shes|then|today|also)(?=[, ]|$))"
    r"|(?: and|,) (?=(?:the |lower |upper )?(?:back|spine|legs?)(?=[, ]|$))"
    r"|(?<! if)(?<! when)(?<! that)(?<! because)(?<! since)(?<! where)(?<! what)(?<! how)(?<! as)"
    r"(?<! like)(?<! until)(?<! after)(?<! before)(?<! should)(?<! can)(?<! do)(?<! time)"
    r"(?<! case)(?<! than)(?<! which)(?<! while)(?<! and)(?<! if,) "
    r"(?=(?:i have|ive|i had|im|i cant|i feel|i lost|i keep|i got|i was|i woke|and now)(?=[, ]))"
)


class SentenceContext:
    """The context of one sentence, read once for all that is found in it."""

    def __init__(
        self,
        reader: ContextReader,
        sentence: Sentence,
        noted: bool = False,
        anew: bool = True,
        grown_up: bool = False,
    ) -> None:
        self._reader = reader
        self._grown_up = grown_up
        self._noted = noted
        self._anew = anew
        self._full = sentence.full
        self._starts: list[int] = []
        position = 0
        for word in self._full.split(" "):
            self._starts.append(position)
            position += len(word) + 1
        self._negated: list[bool] | None = None
        self._segments: list[tuple[int, int]] | None = None
        self._harmless: list[tuple[int, int]] | None = None
        self._long_known: list[tuple[int, int]] | None = None
        self._own_back: list[tuple[int, int]] | None = None

    def held_back(self, place: ConceptPlace, name: str) -> str | None:
        """Why the concept `name` at `place` is no present sign, or None."""
        reader = self._reader
        if self._is_harmless(place, name in reader.always):
            return HARMLESS
        if name in reader.always:
            return None
        if name in reader.long_known_holds and self._is_long_known(place):
            return HISTORY
        if name not in reader.never_negated and self._is_negated(place):
            return NEGATED
        if name in reader.of_the_child and self._is_own_back(place):
            return OTHER_PERSON
        segment, following = self._around(place)
        if (self._noted or reader.notes(self._full)) and not _OWN.search(segment):
            return HYPOTHETICAL
        return reader.about(segment, following, self._full, name)

    def _is_harmless(self, place: ConceptPlace, as_a_whole: bool) -> bool:
        """Whether a harmless wording touches the place; what always counts, it must cover."""
        if self._harmless is None:
            self._harmless = self._spans(self._reader.harmless)
        if as_a_whole:
            return any(f <= place.first and place.last <= last for f, last in self._harmless)
        return any(first <= place.last and place.first <= last for first, last in self._harmless)

    def _is_long_known(self, place: ConceptPlace) -> bool:
        """Whether it touches what is told of a whole life, in a message that tells nothing new."""
        if self._anew:
            return False
        if self._long_known is None:
            self._long_known = self._spans(self._reader.long_known)
        return any(first <= place.last and place.first <= last for first, last in self._long_known)

    def _is_own_back(self, place: ConceptPlace) -> bool:
        """Whether it is the back of the person, who is grown up."""
        if not self._grown_up:
            return False
        if self._own_back is None:
            self._own_back = self._spans(self._reader.own_back)
        return any(first <= place.last and place.first <= last for first, last in self._own_back)

    def _spans(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """The first and the last word of each hit."""
        hits = pattern.finditer(self._full)
        return [(self._word_at(hit.start()), self._word_at(hit.end() - 1)) for hit in hits]

    def _is_negated(self, place: ConceptPlace) -> bool:
        if self._negated is None:
            self._negated = self._reach_of_negation()
        return self._negated[place.first]

    def _reach_of_negation(self) -> list[bool]:
        reader, count = self._reader, len(self._starts)
        words = [word.rstrip(",") for word in self._full.split(" ")]
        silent = self._marked(reader.not_negating)
        ends = self._first_words(reader.ends_negation)
        negates = self._first_words(reader.negating)
        left, negated = 0, [False] * count
        for n in range(count):
            if n in ends:
                left = 0
            negated[n] = left > 0
            if n in negates and n not in silent:
                left = _REACH
            elif left and words[n] in _LISTING:
                left = max(left, _REACH - 1)
            elif left:
                left -= 1
        return negated

    def _marked(self, pattern: re.Pattern[str]) -> set[int]:
        marked: set[int] = set()
        for match in pattern.finditer(self._full):
            marked.update(range(self._word_at(match.start()), self._word_at(match.end() - 1) + 1))
        return marked

    def _first_words(self, pattern: re.Pattern[str]) -> set[int]:
        return {self._word_at(match.start()) for match in pattern.finditer(self._full)}

    def _word_at(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def _around(self, place: ConceptPlace) -> tuple[str, str]:
        """The part of the sentence around `place`, and the part that follows it."""
        if self._segments is None:
            cuts = [0, *(m.start() for m in _SEGMENT.finditer(self._full)), len(self._full)]
            self._segments = [(a, b) for a, b in itertools.pairwise(cuts) if b > a]
        begin = self._starts[place.first]
        end = self._starts[place.last]
        inside = [n for n, (a, b) in enumerate(self._segments) if a <= end and begin < b]
        first, last = inside[0], inside[-1]
        segment = self._full[self._segments[first][0] : self._segments[last][1]]
        following = ""
        if last + 1 < len(self._segments):
            following = self._full[slice(*self._segments[last + 1])]
        return segment.strip(), following.strip()


class ContextReader:
    """The modifiers of data/red_flags.yml, compiled."""

    def __init__(self, words: Context, language: PatternLanguage) -> None:
        compiled = {
            name: language.compile(patterns)
            for name, patterns in words.model_dump().items()
            if name not in CONCEPT_LISTS
        }
        self.not_negating = compiled["not_negating"]
        self.negating = compiled["negating"]
        self.ends_negation = compiled["ends_negation"]
        self.harmless = compiled["harmless"]
        self.long_known = compiled["long_known"]
        self.own_back = compiled["own_back"]
        self.of_the_child = frozenset(words.of_the_child)
        self.long_known_holds = frozenset(words.long_known_holds)
        self.never_negated = frozenset(words.never_negated)
        self.always = frozenset(words.always)
        self._conditions = frozenset(words.conditions)
        self._past_counts = frozenset(words.past_counts)
        self._passing_counts = frozenset(words.passing_counts)
        self._patterns = compiled

    def read(
        self, sentence: Sentence, noted: bool = False, anew: bool = True, grown_up: bool = False
    ) -> SentenceContext:
        """The context of one sentence.

        Args:
            noted: the next one says 'I'll look out for that'.
            anew: the message tells of something new, so that nothing in it is long known.
            grown_up: the person said that they are.
        """
        return SentenceContext(self, sentence, noted, anew, grown_up)

    def says_grown_up(self, sentence: str) -> bool:
        """Whether a sentence tells that the person is grown up."""
        return self._has("grown_up", sentence)

    def says_young(self, sentence: str) -> bool:
        """Whether a sentence tells that the person is a child."""
        return self._has("not_grown_up", sentence)

    def tells_anew(self, sentence: str) -> bool:
        """Whether a sentence tells of something new: worse, since yesterday, the other leg."""
        return self._has("anew", sentence)

    def notes(self, sentence: str) -> bool:
        """Whether a sentence says that signs are those to look out for."""
        return self._has("noted", sentence)

    def about(self, segment: str, following: str, sentence: str, name: str) -> str | None:
        """Why something in `segment` is no present sign; `following` is the part after it."""
        has = self._has
        if name not in self._passing_counts and has("passing", sentence):
            return PASSING
        present = has("present", self._patterns["resolved"].sub("", segment))
        if has("nobody_in_particular", segment) and not _OWN.search(segment):
            return OTHER_PERSON
        if has("other_person", segment) and has("other_person_past", segment) and not present:
            return OTHER_PERSON
        theirs = name in self._conditions and has("other_person", segment)
        if theirs and not _THEY.search(sentence):
            return OTHER_PERSON
        if name not in self._past_counts:
            if has("resolved", segment) and not present:
                return RESOLVED
            if has("resolved", following) and len(following.split()) <= 8:
                return RESOLVED
            if has("past", segment) and not present:
                return HISTORY
        supposed = has("hypothetical", sentence) or has("hypothetical_beside", segment)
        if supposed and not has("present", segment):
            return HYPOTHETICAL
        if self._only_asks(segment):
            return QUESTION
        return None

    def only_asked(self, sentence: str) -> bool:
        """Whether a sentence as a whole asks or supposes, and tells nothing."""
        supposed = self._has("hypothetical", sentence) or self._has("hypothetical_beside", sentence)
        return supposed or self._only_asks(sentence)

    def is_past(self, sentence: str) -> bool:
        """Whether a sentence as a whole is about something that is over."""
        return self._has("resolved", sentence) and not self._has(
            "present", self._patterns["resolved"].sub("", sentence)
        )

    def _only_asks(self, text: str) -> bool:
        """Whether a question opens the text and nothing personal is told as well.

        'is' in the middle of a sentence asks nothing; the 'I' of 'can I' tells nothing.
        """
        match = self._patterns["asking"].search(text)
        if match is None or text[: match.start()].count(" ") > _OPENING:
            match = self._patterns["asking_first"].search(text)
            if match is None or not self._only_opens(text[: match.start()]):
                return False
        return not self._has("personal", text[: match.start()] + text[match.end() :])

    def _only_opens(self, words: str) -> bool:
        """Whether words before a question are no more than 'so' or 'hello'."""
        return all(self._has("opening", word) for word in words.replace(",", " ").split())

    def _has(self, name: str, text: str) -> bool:
        return bool(text) and self._patterns[name].search(text) is not None
