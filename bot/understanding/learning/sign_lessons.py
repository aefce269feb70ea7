"""What the judges of warning signs learn from.

Nearness learns what a sign sounds like: from the red_flag_* examples of data/nlu.yml, against the
look-alikes of data/look_alikes.yml and all other examples.
The confirmer learns whose a sign is, and when, from sentences in which the same signs are told,
denied, long over, feared, read out or meant as a joke (bot/knowledge/assertions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bot.knowledge.assertions import assertions
from bot.knowledge.schema.look_alikes import load_look_alikes
from bot.understanding.encoders.many import side_by_side
from bot.understanding.learning.sign_model import HARMLESS
from bot.understanding.learning.two_models import Lesson, Sentence, Vectors

# What nearness tells apart, beside HARMLESS: the alarming kinds, and two milder ones.
ALARMING = ("emergency", "self_harm", "urgent")
MILD = ("doctor_soon", "persistent")
RED = "red_flag_"
# With how many signs each frame is filled.
_EACH = 2
# The last steps change no judgement by more than 0.02; without them it is learnt in half the time.
# Of the confirmer's sentences, made of parts, words that stand in one alone teach nothing.
_LEAST, _TOLERANCE = 2, 0.5
_EVERY_WORD, _FINELY = 1, 0.05

Encode = Callable[[str], Vectors]


class Labelled(NamedTuple):
    """A text and what it teaches."""

    text: str
    label: str


def label_of(intent: str) -> str:
    """What an example of an intent teaches nearness: its tier, or HARMLESS."""
    return intent.removeprefix(RED) if intent.startswith(RED) else HARMLESS


def nearness_lesson(examples: Iterable[Sentence], folder: Path, encode: Encode) -> Lesson:
    """Signs against what is none.

    Args:
        examples: those of all intents, each with its `label_of`.
        folder: the data folder.
        encode: gives the vectors of a text.

    Raises:
        DataError: a data file is wrong.
    """
    facts, _ = load_look_alikes(folder)
    known = [Labelled(t, HARMLESS) for kind in facts.look_alikes for t in kind.sentences]
    return Lesson([*examples, *_encoded(known, encode)], _EVERY_WORD, _FINELY)


def confirmer_lesson(folder: Path, encode: Encode) -> Lesson:
    """Signs that are told, against signs that are only mentioned.

    Raises:
        DataError: a data file is wrong.
    """
    known = [Labelled(one.text, one.says.value) for one in assertions(folder, _EACH)]
    return Lesson(list(_encoded(known, encode)), _LEAST, _TOLERANCE)


def _encoded(known: list[Labelled], encode: Encode) -> Iterator[Sentence]:
    vectors = side_by_side(encode, (one.text for one in known))
    for one, found in zip(known, vectors, strict=True):
        yield Sentence(one.text, one.label, found, look_alike=True)
