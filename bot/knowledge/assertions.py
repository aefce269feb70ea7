"""Sentences that tell, or only mention, a warning sign: the same signs in both.

data/assertion_signs.yml holds signs, data/assertion_frames.yml the sentences around them, and
data/assertion_pairs.yml pairs that use the same alarming words. Since every sign stands in every
kind of sentence, the sign itself tells nothing; what can be learnt from them is whose it is, and
when. What people put around any message (a greeting, a list's mark) stands around sentences of
every kind, so that it tells nothing either.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.data_files import DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text

SIGNS_FILE = "assertion_signs.yml"
FRAMES_FILE = "assertion_frames.yml"
PAIRS_FILE = "assertion_pairs.yml"

_GAP = re.compile(r"\{(\w+)\}")
_SLOTS = ("noun", "clause", "past")
# 'No a fever', 'without a cough'.
_NO_ARTICLE = re.compile(r"\b(?:no|any|without|nor|of|or)\s*$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
_MENTION = re.compile(r"\[([^\[\]]+)\]")
# The draws are the same each time, so that the same files teach the same.
_SEED = 7
# The share of sentences with something before, and with something behind.
_AROUND = 0.25
_BETWEEN = (" ", " ", "\n")


class Says(str, Enum):
    """What a sentence says of a sign."""

    SIGN = "sign"
    DENIED = "denied"
    PAST = "past"
    OTHERS = "others"
    TOLD = "told"
    SUPPOSED = "supposed"
    NOTHING = "nothing"


class Who(str, Enum):
    """Of whom it is said."""

    I = "i"  # noqa: E741
    HE = "he"
    SHE = "she"


_FORMS: Mapping[Who, Mapping[str, str]] = {
    Who.I: {
        "i": "I", "my": "my", "me": "me", "myself": "myself", "am": "am", "was": "was",
        "have": "have", "do": "do", "dont": "don't", "go": "go", "s": "", "es": "",
    },
    Who.HE: {
        "i": "he", "my": "his", "me": "him", "myself": "himself", "am": "is", "was": "was",
        "have": "has", "do": "does", "dont": "doesn't", "go": "goes", "s": "s", "es": "es",
    },
    Who.SHE: {
        "i": "she", "my": "her", "me": "her", "myself": "herself", "am": "is", "was": "was",
        "have": "has", "do": "does", "dont": "doesn't", "go": "goes", "s": "s", "es": "es",
    },
}  # fmt: skip


class AssertionSign(Facts):
    """One sign in the words of many people.

    Attributes:
        only: of whom it can be said.
        noun: what one has.
        clause: what is so now.
        past: what was so.
    """

    id: Id
    only: list[Who] = [Who.I, Who.HE, Who.SHE]
    noun: list[Text] = Field(..., min_length=1)
    clause: list[Text] = Field(..., min_length=1)
    past: list[Text] = Field(..., min_length=1)


class AssertionSigns(Facts):
    """data/assertion_signs.yml as a whole."""

    version: int
    signs: list[AssertionSign] = Field(..., min_length=1)


class AssertionFrames(Facts):
    """Sentences of one kind, by the person in their gap."""

    id: Id
    says: Says
    i: list[Text] = []
    he: list[Text] = []
    she: list[Text] = []

    @property
    def sentences(self) -> Iterator[tuple[Who, str]]:
        """Every sentence with the person in its gap."""
        for who, texts in ((Who.I, self.i), (Who.HE, self.he), (Who.SHE, self.she)):
            yield from ((who, text) for text in texts)


class Around(Facts):
    """What stands around any message, whatever it says."""

    before: list[Text] = Field(..., min_length=1)
    after: list[Text] = Field(..., min_length=1)


class AssertionFramesFile(Facts):
    """data/assertion_frames.yml as a whole."""

    version: int
    frames: list[AssertionFrames] = Field(..., min_length=1)
    around: Around


class AssertionPair(Facts):
    """Two sentences with the same words, in square brackets, of which one is a sign."""

    none: Text
    sign: Text


class AssertionPairs(Facts):
    """Pairs of one kind."""

    id: Id
    pairs: list[AssertionPair] = Field(..., min_length=1)


class AssertionPairsFile(Facts):
    """data/assertion_pairs.yml as a whole."""

    version: int
    pairs: list[AssertionPairs] = Field(..., min_length=1)


@dataclass(frozen=True)
class Assertion:
    """A whole sentence, and what it says of the sign in it."""

    text: str
    says: Says


def assertions(folder: Path, each: int) -> list[Assertion]:
    """The sentences of a data folder, always the same ones.

    Args:
        folder: the data folder.
        each: with how many signs each frame is filled.

    Raises:
        DataError: a file is missing or has the wrong shape.
    """
    signs, _ = load_facts(folder / SIGNS_FILE, AssertionSigns)
    frames, _ = load_facts(folder / FRAMES_FILE, AssertionFramesFile)
    pairs, _ = load_facts(folder / PAIRS_FILE, AssertionPairsFile)
    drawn = random.Random(_SEED)
    made = [
        Assertion(_filled(text, who, sign, drawn), kind.says)
        for kind in frames.frames
        for who, text in kind.sentences
        for sign in _some(signs.signs, who, each, drawn)
    ]
    for group in pairs.pairs:
        for pair in group.pairs:
            made.append(Assertion(_MENTION.sub(r"\1", pair.none), Says.NOTHING))
            made.append(Assertion(_MENTION.sub(r"\1", pair.sign), Says.SIGN))
    return [replace(one, text=_surrounded(one.text, frames.around, drawn)) for one in made]


def assertion_problems(folder: Path) -> Iterator[Problem]:
    """What is wrong in the three files, beyond their shape.

    Raises:
        DataError: a file is missing or has the wrong shape.
    """
    signs, file = load_facts(folder / SIGNS_FILE, AssertionSigns)
    yield from _unknown_forms(signs, file)
    frames, file = load_facts(folder / FRAMES_FILE, AssertionFramesFile)
    yield from _wrong_gaps(frames, file)
    pairs, file = load_facts(folder / PAIRS_FILE, AssertionPairsFile)
    yield from _wrong_brackets(pairs, file)


def _some(
    signs: Sequence[AssertionSign], who: Who, each: int, drawn: random.Random
) -> list[AssertionSign]:
    able = [sign for sign in signs if who in sign.only]
    return drawn.sample(able, min(each, len(able)))


def _filled(text: str, who: Who, sign: AssertionSign, drawn: random.Random) -> str:
    gap = _GAP.search(text)
    if gap is None:
        return text
    phrases: Sequence[str] = getattr(sign, gap[1])
    phrase = _GAP.sub(lambda form: _FORMS[who][form[1]], drawn.choice(phrases))
    before = text[: gap.start()]
    if _NO_ARTICLE.search(before):
        phrase = _ARTICLE.sub("", phrase)
    if not before.strip() and text[gap.end() :][:1] != text[gap.end() :][:1].upper():
        phrase = phrase[0].upper() + phrase[1:]
    return f"{before}{phrase}{text[gap.end() :]}"


def _surrounded(text: str, around: Around, drawn: random.Random) -> str:
    if drawn.random() < _AROUND:
        text = f"{drawn.choice(around.before)}{drawn.choice(_BETWEEN)}{text}"
    if drawn.random() < _AROUND:
        text = f"{text}{drawn.choice(_BETWEEN)}{drawn.choice(around.after)}"
    return text


def _unknown_forms(facts: AssertionSigns, file: DataFile) -> Iterator[Problem]:
    known = _FORMS[Who.I]
    for index, sign in enumerate(facts.signs):
        for slot in _SLOTS:
            for n, phrase in enumerate(getattr(sign, slot)):
                for form in _GAP.findall(phrase):
                    if form not in known:
                        yield file.problem(
                            ("signs", index, slot, n),
                            f"'{{{form}}}' is no form that changes with the person.",
                            f"Use one of {', '.join(f'{{{name}}}' for name in known)}.",
                        )


def _wrong_gaps(facts: AssertionFramesFile, file: DataFile) -> Iterator[Problem]:
    for index, kind in enumerate(facts.frames):
        for who in Who:
            for n, text in enumerate(getattr(kind, who.value)):
                gaps = _GAP.findall(text)
                if len(gaps) != 1 or gaps[0] not in _SLOTS:
                    yield file.problem(
                        ("frames", index, who.value, n),
                        f"'{text}' has not exactly one gap for a sign.",
                        "Write {noun}, {clause} or {past} once.",
                    )


def _wrong_brackets(facts: AssertionPairsFile, file: DataFile) -> Iterator[Problem]:
    for index, group in enumerate(facts.pairs):
        for n, pair in enumerate(group.pairs):
            for side in ("none", "sign"):
                if len(_MENTION.findall(getattr(pair, side))) != 1:
                    yield file.problem(
                        ("pairs", index, "pairs", n, side),
                        "The alarming words are not marked.",
                        "Put square brackets around them, once.",
                    )
