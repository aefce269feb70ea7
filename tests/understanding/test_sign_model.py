"""The small classifier behind the nearness layer."""

import numpy as np
import pytest

from bot.understanding.encoders.sign_reader import NONE
from bot.understanding.learning.sign_model import Exemplar, SignModel


def _vector(*values):
    vector = np.zeros(8, dtype=np.float32)
    vector[: len(values)] = values
    return vector / np.linalg.norm(vector)


@pytest.fixture(scope="module")
def model():
    return SignModel.learn(
        [
            *[Exemplar("my legs are numb", _vector(1, 0.1 * n), "emergency") for n in range(4)],
            *[Exemplar("no numbness", _vector(1, -0.1 * n), NONE, True) for n in range(4)],
            *[Exemplar("a fever", _vector(0, 0, 1, 0.1 * n), "urgent") for n in range(4)],
            *[Exemplar("where is the point", _vector(0, 1), NONE) for _ in range(4)],
        ]
    )


def test_words_tell_apart_what_the_vector_cannot(model):
    same = _vector(1)
    sign = model.nearness("my legs are numb", same)["emergency"]
    denied = model.nearness("no numbness", same)["emergency"]
    assert sign > 0.8
    assert denied < 0.3


@pytest.mark.parametrize("text", ["", "   ", "日本語", "zzz " * 1000, "’’’"])
def test_probabilities_add_up_whatever_is_said(model, text):
    assert sum(model.nearness(text, _vector(0, 0, 1)).values()) == pytest.approx(1)


def test_what_was_learnt_survives_saving(model, tmp_path):
    model.save(tmp_path)
    again = SignModel.load(tmp_path)
    text, vector = "my legs are not numb", _vector(1, 1)
    assert again.nearness(text, vector) == pytest.approx(model.nearness(text, vector))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        SignModel.load(tmp_path)
