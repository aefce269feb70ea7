"""How near a message lies to the examples of warning signs, by the second encoder's vectors.

There a sentence lies near its translation, so the English examples of the intents, and the
look-alikes of data/look_alikes.yml, teach every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.knowledge.look_alikes import load_look_alikes
from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.sign_reader import NONE
from bot.understanding.learning.sign_model import Array, Exemplar, SignModel

RED = "red_flag_"
# Smaller steps change no judgement by more than 0.02.
_FINELY = 0.05

Encode = Callable[[str], Array]


def label_of(intent: str) -> str:
    """What an example of an intent teaches: its tier, or NONE."""
    return intent.removeprefix(RED) if intent.startswith(RED) else NONE


def learn_nearness(examples: Iterable[Exemplar], folder: Path, encode: Encode) -> SignModel:
    """Signs against what is none.

    Args:
        examples: those of all intents, each with its `label_of`.
        folder: the data folder.
        encode: gives the vector of a text.

    Raises:
        DataError: a data file is wrong.
    """
    facts, _ = load_look_alikes(folder)
    texts = [text for kind in facts.look_alikes for text in kind.sentences]
    known = [
        Exemplar(text, vector, NONE, look_alike=True)
        for text, vector in zip(texts, side_by_side(encode, texts), strict=True)
    ]
    return SignModel.learn([*examples, *known], tolerance=_FINELY)
