"""A message made plain for matching: words, sentences, one spelling for one thing.

What people type or say differs in a hundred ways that mean nothing: articles, 'really', 'can not'
or 'unable to', accents, misspelt long words, the names of points ('bladder 40'). All that is evened
out here, so that the patterns of data/red_flags.yml can stay short.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from bot.knowledge.schema.red_flags import Reading
from bot.safety.wording.languages import Languages
from bot.safety.wording.spelling import Speller
from bot.text.number_words import ONES, TENS
from bot.text.ordinary_words import ordinary_words

# Chinese and Japanese have no spaces: each of their signs is a word, and so is an emoji.
_SIGN = "\u3040-\u30ff\u4e00-\u9fff"
_EMOJI = "\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
_PIECES = re.compile(
    rf"\d+(?:[.,]\d+)?|[{_SIGN}{_EMOJI}]|[^\W\d_{_SIGN}]+(?:['’‘`´ʼ][^\W\d_{_SIGN}]+)*"
    r"|[.!?;:,\n\r…()。！？؟]|\s-+\s|—|–"
)
_PICTURE = re.compile(f"[{_EMOJI}]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_UNACCENTED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ß": "ss"})
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_LONGEST_WORD = 30
_LONGEST_SENTENCE = 45
_OVERLAP = 15
_TIMES = frozenset(
    [
        "time",
        "times",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "yr",
        "yrs",
        "hour",
        "hours",
        "night",
        "nights",
        "minute",
        "minutes",
        "year",
        "years",
        "wk",
        "wks",
        "am",
        "pm",
    ]
)
POINT = "pointname"


class Word(NamedTuple):
    """A word made plain and its place in the message. `comma`: a comma follows."""

    text: str
    start: int
    end: int
    comma: bool = False


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence. `kept` are the places of the words that patterns see."""

    words: tuple[Word, ...]
    kept: tuple[int, ...]

    @property
    def full(self) -> str:
        """All words, with commas."""
        return " ".join(word.text + "," * word.comma for word in self.words)

    @cached_property
    def is_silent(self) -> bool:
        """Whether no word is left that a pattern could know: they are all English."""
        return not any(word.text[0].isascii() for word in self.words)

    @property
    def brief(self) -> str:
        """The words that patterns see, with commas."""
        words = self.words
        return " ".join(words[n].text + "," * words[n].comma for n in self.kept)


class Normaliser:
    """Turns messages into sentences by the rules of data/red_flags.yml, `reading`.

    `signs` are the words of the signs, which are recognised misspelt too.
    """

    def __init__(self, rules: Reading, signs: Iterable[str] = ()) -> None:
        self._speller = Speller(rules.spelling, rules.spelling_keep, signs)
        self._languages = languages_of(rules)
        self._left_out = frozenset(rules.left_out)
        self._organs = frozenset(rules.organs)
        self._codes = frozenset(rules.codes)
        # By the first word, and the second where there is one: for 'back' alone there are many.
        self._rewrites: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        self._begins: set[str] = set()
        for target, sources in rules.rewrites.items():
            for source in sources:
                self._file(source, target)
        foreign = [language.says for language in rules.languages.values()]
        for says in (*foreign, rules.emoji):
            for target, sources in says.items():
                for source in sources:
                    self._file(" ".join(plain_words(source)), target)
        for name in rules.point_names:
            self._file(name, POINT)
        for entries in self._rewrites.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def sentences(self, text: str) -> list[Sentence]:
        """The sentences of a message; overlong ones in overlapping parts, repeated ones once."""
        found: dict[str, Sentence] = {}
        split = list(_split(_INVISIBLE.sub("", text)))
        said = {word.text for words in split for word in words}
        # The English speller would make signs of German words ('Blase'); but an English sentence
        # in a message of several languages is corrected.
        is_foreign = self._languages.is_foreign(said)
        unspelt, spelt = {word: word for word in said}, dict[str, str]()
        for words in split:
            is_kept = is_foreign and not self._languages.is_english({word.text for word in words})
            for part in _parts(self._evened(words, unspelt if is_kept else spelt)):
                sentence = self._sentence(part)
                found.pop(sentence.full, None)
                found[sentence.full] = sentence
        return list(found.values())

    def pattern_words(self, pattern: str) -> str:
        """A pattern without the words that are left out of sentences too."""
        return " ".join(w for w in pattern.split() if w not in self._left_out) or pattern

    def _file(self, source: str, target: str) -> None:
        words = tuple(source.split())
        self._rewrites.setdefault(words[:2], []).append((words, target))
        self._begins.add(words[0])

    def _sentence(self, words: list[Word]) -> Sentence:
        kept = tuple(n for n, word in enumerate(words) if word.text not in self._left_out)
        return Sentence(tuple(words), kept)

    def _evened(self, words: list[Word], spelt: dict[str, str]) -> list[Word]:
        """`spelt` collects the words looked up for this message; nothing is kept longer."""
        for word in words:
            if word.text not in spelt:
                spelt[word.text] = self._speller.correct(word.text)
        words = [
            Word(spelt[w.text], w.start, w.end, w.comma)
            for w in words
            if not _PICTURE.match(w.text) or w.text in self._begins
        ]
        return self._rewritten(self._without_points(self._rewritten(words)))

    def _rewritten(self, words: list[Word]) -> list[Word]:
        out: list[Word] = []
        texts = tuple(word.text for word in words)
        at = 0
        while at < len(words):
            source, target = self._rewrite_at(texts, at)
            if source:
                last = at + len(source) - 1
                start, end, comma = words[at].start, words[last].end, words[last].comma
                *first, final = target.split()
                out += [Word(text, start, end) for text in first]
                out.append(Word(final, start, end, comma))
                at = last + 1
            else:
                out.append(words[at])
                at += 1
        return out

    def _rewrite_at(self, texts: tuple[str, ...], at: int) -> tuple[tuple[str, ...], str]:
        """The longest rule for the words from `at` on; an empty one where there is none."""
        if texts[at] in self._begins:
            for key in (texts[at : at + 2], texts[at : at + 1]):
                for source, target in self._rewrites.get(key, ()):
                    if texts[at : at + len(source)] == source:
                        return source, target
        return (), ""

    def _without_points(self, words: list[Word]) -> list[Word]:
        """'bladder 40', 'kidney meridian', 'gb thirty' become one harmless word."""
        out: list[Word] = []
        at = 0
        while at < len(words):
            text = words[at].text
            size = 0
            if text in self._organs or text in self._codes:
                size = _name_length(words, at, text in self._organs)
            if size:
                last = words[at + size - 1]
                out.append(Word(POINT, words[at].start, last.end, last.comma))
                at += size
            else:
                out.append(words[at])
                at += 1
        return out


_LABELS = frozenset(("number", "no", "point", "points", "nr"))
_LINES = frozenset(
    (
        "meridian",
        "meridians",
        "channel",
        "channels",
        "line",
        "point",
        "points",
        "transporter",
        "shu",
        "qi",
        "chi",
    )
)
_NUMBER_WORDS = frozenset((*ONES, *TENS))


def is_number(text: str) -> bool:
    """Whether a word is a number in digits or letters."""
    return text[0].isdigit() or text in _NUMBER_WORDS


def _name_length(words: list[Word], at: int, organ: bool) -> int:
    """How many words from `at` on make up a point's name; 0 if they are none."""
    after = at + 1
    while after < len(words) and words[after].text in _LABELS and organ:
        after += 1
    if after < len(words) and is_number(words[after].text) and not words[after - 1].comma:
        second = after + 1
        if second < len(words) and words[second].text in _NUMBER_WORDS:
            second += 1
        if second >= len(words) or words[second].text not in _TIMES:
            return second - at
    if organ and at + 1 < len(words) and words[at + 1].text in _LINES:
        return 2
    return 0


def languages_of(rules: Reading) -> Languages:
    """The other languages of data/red_flags.yml."""
    known: set[str] = set()
    for language in rules.languages.values():
        for text in (*language.known_by, *chain.from_iterable(language.says.values())):
            known.update(plain_words(text))
    return Languages(word for word in known if word not in ordinary_words())


def plain_words(text: str) -> list[str]:
    """All words of a text: lower case, without accents and apostrophes."""
    return [word.text for words in _split(text) for word in words]


@dataclass(frozen=True)
class PlainSentence:
    """The plain words of a sentence, with commas, and its place in the message."""

    text: str
    start: int
    end: int


def plain_sentences(text: str) -> list[PlainSentence]:
    """The sentences of a text in plain words: lower case, without accents and apostrophes.

    Args:
        text: a message; nothing in it is corrected or reworded.
    """
    return [
        PlainSentence(
            " ".join(word.text + "," * word.comma for word in words), words[0].start, words[-1].end
        )
        for words in _split(_INVISIBLE.sub("", text))
    ]


def _split(text: str) -> Iterator[list[Word]]:
    words: list[Word] = []
    for piece in _PIECES.finditer(text):
        found = piece[0]
        if found[0].isalnum() or _PICTURE.match(found):
            words.append(Word(_plain(found), piece.start(), piece.end()))
        elif found == ",":
            if words:
                last = words.pop()
                words.append(Word(last.text, last.start, last.end, True))
        elif words:
            yield words
            words = []
    if words:
        yield words


def _plain(word: str) -> str:
    if "\u4e00" <= word <= "\u9fff" and len(word) == 1:
        return word  # one of 20,000 signs that have no other form
    word = word[:_LONGEST_WORD].lower()
    if _PICTURE.match(word):
        return word
    if not word.isascii():
        bare = _APOSTROPHES.sub("", word).translate(_UNACCENTED)
        decomposed = unicodedata.normalize("NFKD", bare)
        word = "".join(char for char in decomposed if char.isalnum()) or "x"
    return _APOSTROPHES.sub("", word).replace(",", ".")


def _parts(words: list[Word]) -> Iterable[list[Word]]:
    if len(words) <= _LONGEST_SENTENCE:
        return [words] if words else []
    step = _LONGEST_SENTENCE - _OVERLAP
    ends = range(0, max(1, len(words) - _OVERLAP), step)
    return [words[start : start + _LONGEST_SENTENCE] for start in ends]
