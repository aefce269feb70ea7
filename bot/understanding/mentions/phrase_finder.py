"""Finding the phrases of the catalogue in a text, by spaCy's tokens.

Two things grow in spaCy with what people type: the time for a long row of signs without a space,
with the square of its length, and the list of all words ever seen, which is never emptied. So such
a row is read in pieces, and the list is begun anew when it has grown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

# No word and no hyphened row of words that a phrase could be in is longer.
_LONGEST = 80
_LONG = re.compile(rf"\S{{{_LONGEST}}}(?=\S)")
# Strange words, and what spaCy keeps of each: some 30 MB.
_MOST_NEW_STRINGS = 50_000


class PhraseFinder:
    """Finds phrases, whatever their capitals.

    Args:
        phrases: the phrases of each label.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._phrases = phrases
        self._begin()

    def find(self, text: str) -> list[Span]:
        """Where phrases stand in `text`; the longest where they overlap."""
        if len(self._nlp.vocab.strings) > self._most_strings:
            self._begin()
        found: list[Span] = filter_spans(self._matcher(self._read(text), as_spans=True))
        return found

    def _begin(self) -> None:
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for label, phrases in self._phrases.items():
            self._matcher.add(label, [self._nlp.make_doc(phrase) for phrase in phrases])
        self._most_strings = len(self._nlp.vocab.strings) + _MOST_NEW_STRINGS

    def _read(self, text: str) -> Doc:
        cuts = [0, *(match.end() for match in _LONG.finditer(text)), len(text)]
        if len(cuts) == 2:
            return self._nlp.make_doc(text)
        pieces = [self._nlp.make_doc(text[a:b]) for a, b in pairwise(cuts)]
        return Doc.from_docs(pieces, ensure_whitespace=False)
