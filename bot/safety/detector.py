"""The red-flag detector: patterns over plain text, read in their context, over the conversation.

The rule by which findings are combined: every flag is looked for in every sentence of the newest
message; a flag is held back only when all its findings are denied, over, somebody else's past or
merely asked about; of what remains the highest tier wins. When in doubt the flag stands.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.red_flags import Flag, RedFlagBook, Tier
from bot.safety.context import ContextReader
from bot.safety.durations import Course, read_course
from bot.safety.words import Sentence, Vocabulary, plain, sentences

Span = tuple[int, int]

_SELF_HARM = "self_harm"
_ABOUT_PAIN = re.compile(
    r"\b(?:pain\w*|hurt\w*|ach(?:e|es|ing|y)|backache|sore\w*|stiff\w*|sciatica|spasms?|lumbago)\b"
)


@dataclass(frozen=True)
class Finding:
    """A flag that was found. `start` and `end` are places in the text made plain."""

    flag_id: str
    tier: Tier
    why: str
    say: str
    layer: str
    start: int
    end: int


@dataclass(frozen=True)
class HeldBack:
    """A flag whose words were there, and what kept it from counting."""

    flag_id: str
    reason: str


@dataclass(frozen=True)
class Screening:
    """The result for one message. Findings come highest tier first."""

    findings: tuple[Finding, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    known_to_doctor: bool = False

    @property
    def top(self) -> Finding | None:
        """The finding that decides what is said."""
        return self.findings[0] if self.findings else None

    @property
    def tier(self) -> Tier | None:
        """The highest tier found."""
        return self.top.tier if self.top else None

    @property
    def is_self_harm(self) -> bool:
        """Whether the message for thoughts of self-harm is the right one."""
        return bool(self.top and self.top.flag_id.startswith(_SELF_HARM))


@dataclass(frozen=True)
class _Rule:
    flag: Flag
    combinations: tuple[tuple[str, ...], ...]


class _Reading:
    """One sentence, with what was found in it so far."""

    def __init__(
        self, text: str, start: int, vocabulary: Vocabulary, context: ContextReader
    ) -> None:
        self.text, self.start = text, start
        self._vocabulary, self._context = vocabulary, context
        self._found: dict[tuple[str, bool], Span | None] = {}

    @cached_property
    def possible(self) -> set[str]:
        """Names of concepts and phrases that may be in the sentence."""
        return self._vocabulary.possible(self.text)

    @cached_property
    def _harmless(self) -> list[Span]:
        return self._context.harmless_in(self.text)

    def standing(self, name: str, always: bool = False) -> Span | None:
        """Where a concept stands without being denied; `always`: denied or not."""
        if name not in self.possible:
            return None
        if (name, always) not in self._found:
            self._found[name, always] = self._search(name, always)
        return self._found[name, always]

    def mentions(self, name: str) -> bool:
        """Whether a concept's words are there at all."""
        return name in self.possible and any(self._vocabulary.find(name, self.text))

    def span(self, names: tuple[str, ...], flag: Flag) -> Span | None:
        """Where all the concepts stand together, close enough, none of them denied."""
        if not self.possible.issuperset(names):
            return None
        spans = []
        for name in names:
            span = self.standing(name, flag.always)
            if span is None:
                return None
            spans.append(span)
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        return (start, end) if len(self.text[start:end].split()) <= flag.within else None

    def _search(self, name: str, always: bool) -> Span | None:
        for start, end in self._vocabulary.find(name, self.text):
            if any(begin <= start < stop for begin, stop in self._harmless):
                continue
            if always or not self._context.is_negated(self.text, start):
                return start, end
        return None


_COURSE_FLAGS = ("persistent", "worsening")
_NEIGHBOURS = 2
_EARLIER = 4
_SHORT = 40


class RedFlagDetector:
    """Finds red flags in a message, in the light of the conversation so far."""

    def __init__(
        self, book: RedFlagBook, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self._today = today
        self._context = ContextReader(book.context)
        flags = [flag for flag in book.flags if flag.id not in _COURSE_FLAGS]
        phrases = {_phrases_of(flag): flag.phrases for flag in flags}
        self._vocabulary = Vocabulary({**book.concepts, **phrases})
        self._flags = {flag.id: flag for flag in book.flags}
        self._rules_with: dict[str, list[_Rule]] = {}
        for flag in flags:
            combinations = [(_phrases_of(flag),), *(_names(c) for c in flag.fires)]
            rule = _Rule(flag, tuple(combinations))
            for name in {name for combination in combinations for name in combination}:
                self._rules_with.setdefault(name, []).append(rule)

    def screen(
        self, text: str, earlier: Sequence[str] = (), asked_duration: bool = False
    ) -> Screening:
        """What is alarming in `text`.

        Args:
            text: the newest message, of any length and content.
            earlier: the messages before it, newest last; they can complete a sign, never make one.
            asked_duration: whether the person was just asked how long the pain has lasted.
        """
        now = plain(text)
        before = [plain(message) for message in earlier[-_EARLIER:]]
        parts = [self._read(sentence) for sentence in _once(sentences(now))]
        earlier_parts = [self._read(part) for message in before for part in sentences(message)]
        found: dict[str, Finding] = {}
        held: dict[str, HeldBack] = {}
        for index, reading in enumerate(parts):
            nearby = parts[max(0, index - _NEIGHBOURS) : index]
            for finding, reason in self._in_sentence(reading, nearby, earlier_parts):
                if reason:
                    held[finding.flag_id] = HeldBack(finding.flag_id, reason)
                else:
                    found.setdefault(finding.flag_id, finding)
        course = read_course(now, self._today(), self._about_pain(now, before, asked_duration))
        findings = [*found.values(), *self._course_findings(course, parts)]
        findings.sort(key=lambda finding: (-finding.tier.rank, finding.start))
        return Screening(tuple(findings), tuple(held.values()), course.known_to_doctor)

    def _read(self, sentence: Sentence) -> _Reading:
        return _Reading(sentence.text, sentence.start, self._vocabulary, self._context)

    def _about_pain(self, now: str, before: list[str], asked: bool) -> bool:
        short = len(now.split()) <= 12
        return asked or (short and any(_ABOUT_PAIN.search(message) for message in before[-2:]))

    def _in_sentence(
        self, reading: _Reading, nearby: list[_Reading], before: list[_Reading]
    ) -> Iterator[tuple[Finding, str | None]]:
        rules = {
            rule.flag.id: rule
            for name in reading.possible
            for rule in self._rules_with.get(name, ())
        }
        for rule in rules.values():
            for names in rule.combinations:
                span = reading.span(names, rule.flag)
                if span is None and len(names) > 1:
                    span = self._completed(names, reading, [*nearby, *before])
                if span:
                    yield self._judged(rule.flag, reading, span)

    def _completed(
        self, names: tuple[str, ...], reading: _Reading, others: list[_Reading]
    ) -> Span | None:
        """The span in this sentence, one concept standing in what came before."""
        spans = {name: reading.standing(name) for name in names}
        missing = [name for name, span in spans.items() if span is None]
        if len(missing) != 1 or len(reading.text.split()) > _SHORT:
            return None
        for other in others:
            if other.standing(missing[0]) and not (
                self._context.held_back_by(other.text, history_counts=True)
            ):
                return next(span for span in spans.values() if span)
        return None

    def _judged(self, flag: Flag, reading: _Reading, span: Span) -> tuple[Finding, str | None]:
        finding = _finding(flag, reading.start + span[0], reading.start + span[1])
        if flag.always:
            return finding, None
        if any(reading.mentions(name) for name in flag.unless):
            return finding, "harmless wording"
        return finding, self._context.held_back_by(
            reading.text, flag.history_counts, flag.passing_counts
        )

    def _course_findings(self, course: Course, parts: list[_Reading]) -> Iterator[Finding]:
        if all(self._context.held_back_by(part.text, history_counts=True) for part in parts):
            return
        if course.worse:
            yield _finding(self._flags["worsening"], 0, 0)
        elif course.is_long and not course.better:
            yield _finding(self._flags["persistent"], 0, 0)


def _phrases_of(flag: Flag) -> str:
    return f"phrases of {flag.id}"


def _names(combination: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in combination.split(" + "))


def _once(parts: list[Sentence]) -> list[Sentence]:
    """Each different sentence once, the last of its kind: pasted text repeats itself."""
    return sorted({part.text: part for part in parts}.values(), key=lambda part: part.start)


def _finding(flag: Flag, start: int, end: int) -> Finding:
    return Finding(flag.id, flag.tier, flag.why, flag.say, "pattern", start, end)
