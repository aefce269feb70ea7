"""What the words around a finding make of it: denied, over, asked about, somebody else's past."""

from __future__ import annotations

from bot.knowledge.red_flags import Context
from bot.safety.words import compile_patterns


class ContextReader:
    """Reads the sentence around a finding with the words of data/red_flags.yml."""

    def __init__(self, words: Context) -> None:
        self._not_negating = compile_patterns(words.not_negating)
        self._negating = compile_patterns(words.negating)
        self._ends_negation = compile_patterns(words.ends_negation)
        self._resolved = compile_patterns(words.resolved)
        self._present = compile_patterns(words.present)
        self._other_person = compile_patterns(words.other_person)
        self._other_history = compile_patterns(words.other_person_history)
        self._asking = compile_patterns(words.asking)
        self._personal = compile_patterns(words.personal)
        self._passing = compile_patterns(words.passing)
        self._harmless = compile_patterns(words.harmless)

    def harmless_in(self, text: str) -> list[tuple[int, int]]:
        """Places of idioms and other wordings that only look alarming."""
        return [match.span() for match in self._harmless.finditer(text)]

    def is_negated(self, sentence: str, start: int) -> bool:
        """Whether what begins at `start` is denied ('no fever', 'never had any numbness')."""
        before = sentence[:start]
        for end in self._ends_negation.finditer(before):
            before = " " * end.end() + before[end.end() :]
        before = self._not_negating.sub(lambda match: "x" * len(match[0]), before)
        matches = list(self._negating.finditer(before))
        if not matches:
            return False
        between = before[matches[-1].end() :]
        return len(between.replace(",", " ").split()) <= 5

    def held_back_by(
        self, sentence: str, history_counts: bool = False, passing_counts: bool = False
    ) -> str | None:
        """Why a finding in this sentence is no present sign of its own, or None."""
        if not passing_counts and self._passing.search(sentence):
            return "passing"
        # 'fine now' speaks of the end, not of the present.
        present = self._present.search(self._resolved.sub("", sentence))
        someone_else = self._other_person.search(sentence)
        if someone_else and not present and self._other_history.search(sentence):
            return "other person's history"
        if not history_counts and self._resolved.search(sentence) and not present:
            return "resolved"
        if self._asking.search(sentence) and not self._personal.search(sentence):
            return "information question"
        return None
