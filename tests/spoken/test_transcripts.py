"""What real recognisers wrote of spoken sentences, asked of the assistant.

The transcripts are committed, so that no recogniser is needed here (tests/spoken/generate.py).
"""

import pytest

from tests.spoken.asked import ask_all, word_errors


@pytest.fixture(scope="module")
def found(talk_raw):
    return ask_all(talk_raw)


def of(found, *parts):
    """Clips of these parts by voices from which nothing was learned."""
    return [row for row in found if row.sentence.part in parts and not row.clip["training"]]


def test_the_set_holds_several_voices_noises_and_recognisers(found):
    for what, least in (("voice", 8), ("noise", 4), ("by", 2)):
        assert len({row.clip[what] for row in found}) >= least, what


def test_signs_said_in_the_quiet_are_all_met(found):
    heard = [r for r in of(found, "signs") if r.clip["by"] == "tiny" and is_quiet(r)]
    assert len(heard) >= 12
    assert [r.clip["heard"] for r in heard if not r.is_met] == []


def test_questions_by_a_clear_voice_in_the_quiet_are_answered_as_if_written(found):
    heard = [
        r
        for r in of(found, "questions", "codes")
        if r.clip["by"] == "tiny" and is_quiet(r) and not r.clip["voice"].startswith("espeak")
    ]
    assert len(heard) >= 5
    assert [r.clip["heard"] for r in heard if not r.is_met] == []


def test_a_sign_lost_in_noise_is_never_lost_in_silence(found):
    believed = [
        r.clip["heard"]
        for r in of(found, "signs")
        if not r.is_met and not is_quiet(r) and r.clip["clarity"] == "clear"
    ]
    assert believed == []


def is_quiet(row):
    return row.clip["noise"] in ("none", "quiet")


def test_no_answer_is_of_another_point_than_the_one_asked_for(found):
    wrong = [
        (row.sentence.text, row.clip["heard"])
        for row in found
        if row.sentence.part in ("codes", "names", "pinyin")
        for message in row.messages
        if is_of_another_point(message, row.sentence.wanted.split(":")[1])
    ]
    assert len(wrong) <= len(found) * 0.02, wrong


def is_of_another_point(message, code):
    key = str(((message.get("custom") or {}).get("reply") or {}).get("key", ""))
    kind, _, about = key.partition(":")
    return kind in ("locate", "press", "long", "purpose") and about not in (code, "any")


def test_harmless_sentences_raise_no_alarm_however_they_are_heard(found):
    alarms = [r.clip["heard"] for r in found if r.sentence.part == "harmless" and not r.is_met]
    assert alarms == []


def test_word_errors_count_words():
    assert word_errors("Where is L I four?", "where is LI4") == (0, 4)
    assert word_errors("my back hurts", "my bag hurts a lot") == (3, 3)
