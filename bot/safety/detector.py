"""The red-flag detector: concepts over plain text, read in their context, over the conversation.

Every flag is looked for in every sentence of the newest message. A flag is held back only when each
of its findings is denied, over, somebody else's past, or merely asked about. Of what remains the
highest tier wins. No text is kept or logged.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.knowledge.schema.red_flags import Flag, RedFlagBook
from bot.safety.combinations import FlagRule, RuleVerdict, judge, phrases_of, rules_of
from bot.safety.concepts import ConceptMatcher
from bot.safety.context import ContextReader
from bot.safety.pain.durations import read_course, speaks_of_pain
from bot.safety.pain.memory import NOTHING_KNOWN, PainMemory
from bot.safety.pain.report import read_pain
from bot.safety.reading import SentenceReading
from bot.safety.screening import Finding, HeldBack, Screening
from bot.safety.wording.disguises import Undisguiser, plain_letters
from bot.safety.wording.normalise import Normaliser, Sentence
from bot.safety.wording.patterns import PatternLanguage
from bot.text.ordinary_words import ordinary_words
from bot.text.second_thoughts import as_meant

_PERSISTENT, _WORSENING, _SELF_HARM = "persistent", "worsening", "self_harm"
_NEIGHBOURS = 2
_EARLIER_MESSAGES = 6
_EARLIER_CHARACTERS = 1500
_PLENTY = 100
_SCORED_CHARACTERS = 2000
_GUESSED_CHARACTERS = 10_000
_LAYER = "pattern"
# What sits, goes or spreads somewhere, without a name, after pain was spoken of.
_IT_MOVES = re.compile(
    r"(?P<before>(?:^|[.!?;,\n] *|\b(?:and|but|now|then|also|today|suddenly|that) +)"
    r"(?:(?:and|but|now|then|also|today|suddenly|oh) +)*)(?:it|this) ?"
    r"(?P<verb>(?:'s|\u2019s|s|is|has|have|sits|feels|goes|went|moves|moved|gets|got|comes|came|"
    r"shoots|runs|spreads|spread|creeps|crept|pulls|reaches|reached|travels|started)\b"
    r"(?: +[\w']+){0,3}? +"
    r"(?:in|into|to|down|up|across|through|round|around|at|behind|between|under|over|on)\b)",
    re.IGNORECASE,
)
_SIGN_WORD = re.compile(r"(?<![<\w*])(?:[a-z]{3,}\*|[a-z]{4,}(?![\w*>]))")


class RedFlagDetector:
    """Finds red flags in a message, given the conversation so far."""

    def __init__(
        self, book: RedFlagBook, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self._today = today
        self._normaliser = Normaliser(book.reading, _sign_words(book))
        self._undisguiser = Undisguiser(ordinary_words(), _sign_words(book), book.reading.masked)
        plain = self._normaliser.pattern_words
        language = PatternLanguage(book.words, plain)
        phrases = {phrases_of(flag): flag.phrases for flag in book.flags if flag.phrases}
        self._matcher = ConceptMatcher(language, {**book.concepts, **phrases})
        self._contexts = ContextReader(book.context, PatternLanguage(book.words))
        self._flags = {flag.id: flag for flag in book.flags}
        self._rules_with: dict[str, list[FlagRule]] = {}
        for flag in book.flags:
            for rule in rules_of(flag):
                for name in rule.names:
                    self._rules_with.setdefault(name, []).append(rule)
        self._wanted_above = lru_cache(maxsize=8)(self._concepts_above)

    def screen(
        self,
        text: str,
        earlier: Sequence[str] = (),
        asked_duration: bool = False,
        pain: PainMemory = NOTHING_KNOWN,
    ) -> Screening:
        """What is alarming in `text`.

        Args:
            text: the newest message, of any length and content.
            earlier: the messages before it, newest last; they can complete a sign, never make one.
            asked_duration: whether the person was just asked how long the pain has lasted.
            pain: what is remembered of the person's pain.
        """
        text = plain_letters(text)
        screening = self._screen(text, earlier, asked_duration, pain)
        for guessed in (
            self._undisguiser.undisguised(text[:_GUESSED_CHARACTERS]),
            self._with_pain_named(text[:_GUESSED_CHARACTERS], earlier, asked_duration, pain),
        ):
            if guessed is None:
                continue
            beneath = self._screen(guessed, earlier, asked_duration, pain)
            if _rank(beneath) > _rank(screening):
                findings = tuple(replace(f, start=0, end=len(text)) for f in beneath.findings)
                screening = replace(beneath, findings=findings)
        return screening

    def _with_pain_named(
        self, text: str, earlier: Sequence[str], asked_duration: bool, pain: PainMemory
    ) -> str | None:
        """The text with 'the pain' for what moves, where pain was spoken of; else None.

        'And then it shot into my arm.'
        """
        named = _IT_MOVES.sub(r"\g<before>the pain \g<verb>", text)
        if named == text:
            return None
        before = (
            sentence
            for message in earlier[-_EARLIER_MESSAGES:]
            for sentence in self._normaliser.sentences(message[-_EARLIER_CHARACTERS:])
        )
        return named if _is_pain_known(before, asked_duration, pain) else None

    def readings(self, text: str) -> list[SentenceReading]:
        """The sentences of a message, each with the concepts that stand in it."""
        return self._read_earlier(plain_letters(text)[-_EARLIER_CHARACTERS:])

    def _screen(
        self, text: str, earlier: Sequence[str], asked_duration: bool, pain: PainMemory
    ) -> Screening:
        sentences = self._normaliser.sentences(text)
        if not sentences:
            return Screening(pain=pain)
        before = [
            reading
            for message in earlier[-_EARLIER_MESSAGES:]
            for reading in self._read_earlier(message[-_EARLIER_CHARACTERS:])
        ]
        found: dict[str, Finding] = {}
        held: dict[str, HeldBack] = {}
        readings: list[SentenceReading] = []
        anew = len(sentences) > _PLENTY or any(map(self._tells_anew, sentences))
        grown_up = self._is_grown_up(sentences, before)
        for index, sentence in enumerate(sentences):
            wanted = self._still_wanted(found) if index >= _PLENTY else None
            after = sentences[index + 1].full if index + 1 < len(sentences) else ""
            noted = not sentence.is_silent and self._contexts.notes(after)
            reading = self._read(sentence, wanted, noted, anew, grown_up)
            readings.append(reading)
            nearby = [*readings[max(0, index - _NEIGHBOURS) : index], *before]
            for verdict in self._verdicts(reading, nearby):
                flag = verdict.rule.flag
                if verdict.reason:
                    held[flag.id] = HeldBack(flag.id, verdict.reason)
                else:
                    found.setdefault(flag.id, _finding(verdict, reading))
        if found and len(sentences) > _PLENTY:
            return _screening(found, held, False, pain)
        today = self._today()
        in_pain = _is_pain_known((one.sentence for one in before), asked_duration, pain)
        # How long and how strong is read of what was meant; signs, of all that was said.
        meant = as_meant(text)
        told = self._told(sentences if meant == text else self._normaliser.sentences(meant))
        present = [sentence for sentence in told if not self._contexts.is_past(sentence.full)]
        course = read_course(present, today, in_pain, asked_duration)
        report = read_pain(meant[:_SCORED_CHARACTERS], told, present, course, in_pain)
        is_long = (course.is_long and not course.is_better) or pain.lasts_too_long(report, today)
        is_worse = (course.is_worse and not report.has_fallen) or pain.has_risen(report)
        for finding in self._course_findings(is_worse, is_long, readings):
            found.setdefault(finding.flag_id, finding)
        return _screening(found, held, course.is_known, pain.after(report, today))

    def _read(
        self,
        sentence: Sentence,
        wanted: frozenset[str] | None = None,
        noted: bool = False,
        anew: bool = True,
        grown_up: bool = False,
    ) -> SentenceReading:
        return SentenceReading(
            sentence, self._matcher, self._contexts, wanted, noted, anew, grown_up
        )

    def _is_grown_up(
        self, sentences: Sequence[Sentence], before: Iterable[SentenceReading]
    ) -> bool:
        """Whether the person told it, with this message or in one of the last ones."""
        newest = [one.full for one in sentences[:_PLENTY]]
        if any(map(self._contexts.says_young, newest)):
            return False
        told = (*newest, *(one.sentence.full for one in before))
        return any(map(self._contexts.says_grown_up, told))

    def _tells_anew(self, sentence: Sentence) -> bool:
        return not sentence.is_silent and self._contexts.tells_anew(sentence.full)

    def _still_wanted(self, found: dict[str, Finding]) -> frozenset[str]:
        """In a very long message: only the concepts of flags that would still change the answer."""
        return self._wanted_above(max((finding.tier.rank for finding in found.values()), default=0))

    def _concepts_above(self, rank: int) -> frozenset[str]:
        flags = [f for f in self._flags.values() if f.tier.rank > rank or f.id == _SELF_HARM]
        names = {name for flag in flags for rule in rules_of(flag) for name in rule.names}
        return frozenset(names.union(*(flag.unless for flag in flags)))

    def _read_earlier(self, message: str) -> list[SentenceReading]:
        sentences = self._normaliser.sentences(message)
        anew = any(map(self._tells_anew, sentences))
        return [self._read(sentence, anew=anew) for sentence in sentences]

    def _verdicts(
        self, reading: SentenceReading, before: list[SentenceReading]
    ) -> Iterator[RuleVerdict]:
        done: set[str] = set()
        names = sorted(reading.places)
        for name in names:
            for rule in self._rules_with.get(name, ()):
                if rule.flag.id in done:
                    continue
                verdict = judge(rule, reading, before)
                if verdict is None:
                    continue
                if any(map(reading.says, rule.flag.unless)):
                    verdict = RuleVerdict(rule, verdict.places, "harmless wording")
                if verdict.reason is None:
                    done.add(rule.flag.id)
                yield verdict

    def _told(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        return [
            sentence
            for sentence in sentences
            if not sentence.is_silent and not self._contexts.only_asked(sentence.full)
        ]

    def _course_findings(
        self, is_worse: bool, is_long: bool, readings: list[SentenceReading]
    ) -> Iterator[Finding]:
        start, end = readings[0].sentence.words[0].start, readings[-1].sentence.words[-1].end
        if is_worse:
            yield _course_finding(self._flags[_WORSENING], start, end)
        if is_long:
            yield _course_finding(self._flags[_PERSISTENT], start, end)


def _is_pain_known(before: Iterable[Sentence], asked_duration: bool, pain: PainMemory) -> bool:
    """Whether pain was spoken of, in the sentences before or in what is remembered."""
    return asked_duration or pain.began is not None or any(map(speaks_of_pain, before))


def _rank(screening: Screening) -> int:
    return screening.tier.rank if screening.tier else 0


def _screening(
    found: dict[str, Finding], held: dict[str, HeldBack], known: bool, pain: PainMemory
) -> Screening:
    remaining = tuple(entry for name, entry in held.items() if name not in found)
    return Screening(tuple(sorted(found.values(), key=_order)), remaining, known, pain)


def _finding(verdict: RuleVerdict, reading: SentenceReading) -> Finding:
    flag = verdict.rule.flag
    spans = [reading.span(place) for place in verdict.places]
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    names = tuple(name for name in verdict.rule.names if not name.startswith("phrases of "))
    return Finding(flag.id, flag.tier, flag.why, flag.say, _LAYER, start, end, names)


def _course_finding(flag: Flag, start: int, end: int) -> Finding:
    return Finding(flag.id, flag.tier, flag.why, flag.say, "duration", start, end, ("course",))


def _order(finding: Finding) -> tuple[int, bool, int]:
    return -finding.tier.rank, finding.flag_id != _SELF_HARM, finding.start


def _sign_words(book: RedFlagBook) -> Iterator[str]:
    """The words and beginnings of words in the patterns of all signs, without the shortest."""
    for patterns in (*book.words.values(), *book.concepts.values()):
        for pattern in patterns:
            yield from _SIGN_WORD.findall(pattern)
