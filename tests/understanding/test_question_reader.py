"""The reader of questions: what it tells apart, its file, and what it learnt from."""

import pytest

from bot.dialogue.topics import SURE
from bot.knowledge.schema.topics import Topic
from bot.runtime import paths
from bot.understanding.encoders import question_reader as module
from bot.understanding.encoders.package_files import SentenceModelMissing
from bot.understanding.encoders.question_reader import question_reader
from tools.readers.question_lessons import question_lessons


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("would a bean bag out of the microwave do me any good", Topic.HEAT),
        ("a packet of peas out of the freezer on it, yes or no", Topic.COLD),
        ("can I still play football on Sunday", Topic.SPORT),
        ("my husband offered to push on it, can he", Topic.HELPER),
        ("the left one as well, or is one enough", Topic.WHICH_SIDE),
        ("who came up with all of this, where is it from", Topic.SOURCES),
        ("ten hours at the till, how ought I to stand", Topic.DESK),
        ("what on earth is a meridian", Topic.WHAT_IS_IT),
    ],
)
def test_a_topic_is_known_by_what_is_meant(text, topic):
    read = question_reader().read(text)
    assert max(read, key=read.get) is topic
    assert read[topic] >= SURE


def test_two_questions_are_two_topics():
    read = question_reader().read("where is it, and how long do I hold it")
    likeliest = sorted(read, key=read.get, reverse=True)[:2]
    assert set(likeliest) == {Topic.LOCATE_POINT, Topic.HOLD_TIME}


@pytest.mark.parametrize("text", ["", " ", "日本語", "zzz " * 1000, "\x00", "’’’"])
def test_it_is_sure_of_nothing_in_noise(text):
    read = question_reader().read(text)
    assert tuple(read) == tuple(Topic)
    assert all(0 <= probability <= 1 for probability in read.values())


def test_a_damaged_file_is_said(monkeypatch, tmp_path):
    damaged = tmp_path / "question_reader.onnx"
    damaged.write_bytes(module.READER_FILE.read_bytes()[:-1])
    monkeypatch.setattr(module, "READER_FILE", damaged)
    with pytest.raises(SentenceModelMissing, match="damaged"):
        question_reader.__wrapped__()


def test_every_topic_is_taught():
    taught = {topic for lesson in question_lessons(paths.DATA) for topic in lesson.told}
    assert taught == set(Topic)
