"""How texts must be written: Latin letters that look like themselves, plain words, short speech."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from bot.knowledge.knowledge_files import KnowledgeFiles, Loaded, Place
from bot.knowledge.schema.changes import CHANGES
from bot.knowledge.schema.data_files import Problem
from bot.rasa_compat import package_resources

# At a reading age of twelve a text of the seventh school year is in reach (Flesch-Kincaid grade).
HARDEST_SCHOOL_YEAR = 7
# Speech synthesis says about 160 words a minute.
WORDS_PER_SECOND = 160 / 60
LONGEST_SPEECH_SECONDS = 20

# Texts that people read or hear. `professional` is for professionals, `says` quotes others.
_PLAIN_KEYS = frozenset({
    "lay", "find", "how", "posture", "note", "we_say", "why", "written", "spoken", "summary",
    "steps", "how_long", "never_on", "noted", "reason", "reason_spoken", "explain", "strength",
    "hold", "hold_spoken", "how_spoken", "why_this_rule", "studied", "location", "why_known",
})  # fmt: skip
_SPOKEN_KEYS = frozenset({"spoken", "reason_spoken", "hold_spoken", "how_spoken"})
# Words that no simpler word can replace count as short ones.
_KNOWN_WORDS = re.compile(r"\b(acupressure|physiotherapist|pharmacist|pregnan\w+)\b", re.IGNORECASE)
_FOREIGN_KEYS = frozenset({"characters"})
_TOO_SHORT_TO_GRADE = 12


def wording_problems(files: KnowledgeFiles) -> Iterator[Problem]:
    """Texts with look-alike letters, too hard to read, or too long to hear."""
    for loaded in files.all:
        for place, value in loaded.values():
            if isinstance(value, str):
                key = _key(place)
                yield from lookalikes(loaded, place, key, value)
                if key in _PLAIN_KEYS and place[0] != CHANGES:
                    yield from _too_hard(loaded, place, value)
                if key in _SPOKEN_KEYS:
                    yield from _too_long(loaded, place, value)


def _key(place: Place) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def lookalikes(loaded: Loaded[Any], place: Place, key: str, value: str) -> Iterator[Problem]:
    """Letters of other alphabets, and signs that nobody can see."""
    if key in _FOREIGN_KEYS:
        return
    for letter in dict.fromkeys(value):
        name = unicodedata.name(letter, "")
        if letter.isalpha() and not name.startswith("LATIN"):
            if re.search(r"[\u4e00-\u9fff]", letter):
                continue
            yield loaded.problem(
                place,
                f"'{letter}' in '{_short(value)}' looks like a Latin letter and is none ({name}).",
                "Type it again on an English keyboard.",
            )
        elif unicodedata.category(letter) in ("Cf", "Co", "Cn") or (
            unicodedata.category(letter) == "Cc" and letter not in "\n\t"
        ):
            yield loaded.problem(
                place,
                f"'{_short(value)}' holds a sign that cannot be seen ({name or hex(ord(letter))}).",
                "Delete the text and type it again.",
            )


def grade(text: str) -> float:
    """The school year in which a text can be read (Flesch-Kincaid), codes and marks left out."""
    text = re.sub(r"\b[A-Z]{1,3}\d+\b( \([^)]*\))?", "this", text)
    text = _KNOWN_WORDS.sub("doctor", text)
    text = re.sub(r"(?m)^\s*(?:-|\d+\.)\s+", "", re.sub(r"[*_#]", "", text))
    text = re.sub(r"(?<![.!?:;])\n+", ". ", text).replace("\n", " ").replace(" – ", ". ")
    package_resources.stand_in()
    import textstat

    return float(textstat.flesch_kincaid_grade(text))


def speaking_seconds(text: str) -> float:
    """How long a text takes to say."""
    return len(text.split()) / WORDS_PER_SECOND


def _too_hard(loaded: Loaded[Any], place: Place, text: str) -> Iterable[Problem]:
    if len(text.split()) < _TOO_SHORT_TO_GRADE:
        return
    school_year = int(grade(text))
    if school_year > HARDEST_SCHOOL_YEAR:
        yield loaded.problem(
            place,
            f"This text is too hard to read (school year {school_year}, at most "
            f"{HARDEST_SCHOOL_YEAR}): '{_short(text)}'.",
            "Use shorter sentences and shorter words.",
        )


def _too_long(loaded: Loaded[Any], place: Place, text: str) -> Iterable[Problem]:
    seconds = speaking_seconds(text)
    if seconds > LONGEST_SPEECH_SECONDS:
        yield loaded.problem(
            place,
            f"This takes {seconds:.0f} seconds to say (at most {LONGEST_SPEECH_SECONDS}): "
            f"'{_short(text)}'.",
            "Say the most important thing, and leave the rest to the written text.",
        )


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:47]}..."
