"""The features that the intent is told by."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.understanding.components import second_features
from bot.understanding.components.even_counts import EvenCounts
from bot.understanding.components.intent_names import IntentNames
from bot.understanding.components.second_features import second_encoder
from bot.understanding.encoders.package_files import SentenceModelMissing, check_hash


def message(*counts):
    vector = Features(np.ones((1, 3)), "sentence", TEXT, "vector")
    sequence = Features(csr_matrix(np.ones((2, 3))), "sequence", TEXT, "counts")
    return Message(
        {TEXT: "x"},
        features=[Features(csr_matrix([counts]), "sentence", TEXT, "counts"), sequence, vector],
    )


def test_counts_of_long_and_short_messages_weigh_the_same():
    short, long, empty = message(1, 0, 0), message(40, 30, 0), message(0, 0, 0)
    EvenCounts(5).process([short, long, empty])
    lengths = [
        float(np.linalg.norm(m.get_sparse_features(TEXT)[1].features.toarray()))
        for m in (short, long, empty)
    ]
    assert lengths == pytest.approx([5, 5, 0])
    sequence, sentence = long.get_sparse_features(TEXT)
    assert sentence.features.toarray().tolist() == [[4, 3, 0]]
    assert sequence.features.sum() == 6
    assert long.get_dense_features(TEXT)[1].features.sum() == 3


def test_the_name_of_an_intent_is_one_more_example_of_it():
    told = TrainingData([Message({TEXT: "my card is late", INTENT: "card_arrival"})])
    taught = IntentNames().process_training_data(told).intent_examples
    assert {(m.get(TEXT), m.get(INTENT)) for m in taught} == {
        ("my card is late", "card_arrival"),
        ("card arrival", "card_arrival"),
    }


def test_the_second_model_hears_what_is_meant():
    encode = second_encoder().encode
    meant, same, other = map(encode, [
        "my lower back hurts", "I have an ache in the small of my back", "play me some jazz",
    ])  # fmt: skip
    assert meant.shape == (512,)
    assert np.linalg.norm(meant) == pytest.approx(1, abs=1e-3)
    assert meant @ same > meant @ other + 0.2
    assert np.isfinite(encode("")).all()
    assert np.isfinite(encode("back " * 10000)).all()


def test_a_missing_or_changed_model_is_named_with_the_remedy(tmp_path, monkeypatch):
    with pytest.raises(SentenceModelMissing, match=r"weights\.npz.*make setup"):
        check_hash(tmp_path / "weights.npz", "")
    (tmp_path / "weights.npz").write_bytes(b"changed")
    with pytest.raises(SentenceModelMissing, match="make clean setup"):
        check_hash(tmp_path / "weights.npz", "0" * 64)
    monkeypatch.setattr(second_features, "_PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(SentenceModelMissing, match="make setup"):
        second_features.SecondEncoder()
