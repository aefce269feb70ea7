"""One sentence, read: which concepts stand in it, and which of them count."""

from __future__ import annotations

from functools import cached_property

from bot.safety.concepts import ConceptMatcher, ConceptPlace
from bot.safety.context import NEGATED, ContextReader, SentenceContext
from bot.safety.wording.normalise import Sentence


class SentenceReading:
    """The concepts of a sentence, split into those that count and those held back."""

    def __init__(
        self,
        sentence: Sentence,
        matcher: ConceptMatcher,
        contexts: ContextReader,
        wanted: frozenset[str] | None = None,
        noted: bool = False,
        anew: bool = True,
        grown_up: bool = False,
    ) -> None:
        self._noted = noted
        self._grown_up = grown_up
        self._anew = anew
        self.sentence = sentence
        self._wanted = wanted
        self._contexts = contexts
        self._matcher = matcher
        self._reasons: dict[tuple[ConceptPlace, str], str | None] = {}

    @cached_property
    def places(self) -> dict[str, list[ConceptPlace]]:
        """Where every wanted concept stands, whether it counts or not."""
        if self.sentence.is_silent:
            return {}
        names = self._matcher.possible(self.sentence)
        if self._wanted is not None:
            names &= self._wanted
        return self._matcher.find(self.sentence, names)

    @cached_property
    def _context(self) -> SentenceContext:
        return self._contexts.read(self.sentence, self._noted, self._anew, self._grown_up)

    def reason(self, place: ConceptPlace, name: str) -> str | None:
        """What holds a finding back; None when it counts."""
        if (place, name) not in self._reasons:
            self._reasons[place, name] = self._context.held_back(place, name)
        return self._reasons[place, name]

    def standing(self, name: str) -> list[ConceptPlace]:
        """Where the concept stands and counts."""
        return [place for place in self.places.get(name, ()) if self.reason(place, name) is None]

    def says(self, name: str) -> bool:
        """Whether the concept stands here and is not denied: 'no diet' is no diet."""
        places = self.places.get(name, ())
        return any(self.reason(place, name) != NEGATED for place in places)

    def span(self, place: ConceptPlace) -> tuple[int, int]:
        """The characters of the message that `place` covers."""
        words = self.sentence.words
        return words[place.first].start, words[place.last].end
