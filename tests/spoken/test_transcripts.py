"""What was heard of spoken sentences, asked of the assistant.

The transcripts are committed, so that no recogniser is needed here (tests/spoken/generate.py).
Asked is what the assistant's own recogniser heard; `make spoken-set` asks all.
"""

from dataclasses import replace

import pytest

from bot.knowledge.schema.red_flags import Tier
from bot.messages.answer_key import AnswerKey
from bot.messages.message import Message, ReplyParts
from bot.safety.handover import HEARD_KEY
from tests.spoken.asked import RECOGNISERS, Row, ask_all, figures, rows, word_errors
from tests.spoken.spoken_set import Sentence
from tests.spoken.voices import NOISES

QUIET = ("none", "quiet")


@pytest.fixture(scope="module")
def found(talk_raw):
    """Of the sentences and voices that nothing was tuned with: signs in the quiet and in the
    loudest noise, and every fifth clip of the rest."""
    held_out = [row for row in rows() if not row[0].is_tuning]
    signs = [row for row in held_out if row[0].part == "signs" and row[1]["noise"] != "room"]
    rest = [row for row in held_out if row[0].part != "signs"][::5]
    heard = {HEARD_KEY: True}

    def say(text):
        return [Message.from_json(message) for message in talk_raw(text, metadata=heard)]

    return ask_all(say, signs + rest, by=("ours",))


def of(found, *parts, noises=tuple(NOISES)):
    return [row for row in found if row.sentence.part in parts and row.noise in noises]


def share(found, of_what):
    return sum(map(of_what, found)) / len(found)


def test_the_set_is_large_and_balanced():
    held_out = [clip for sentence, clip in rows() if not sentence.is_tuning]
    tuning = [clip for sentence, clip in rows() if sentence.is_tuning]
    assert len(held_out) >= 400
    assert not {clip["voice"] for clip in held_out} & {clip["voice"] for clip in tuning}
    for noise in NOISES:
        own = [clip for clip in held_out if clip["noise"] == noise]
        assert len(own) == len(held_out) / len(NOISES)
        assert len({clip["voice"] for clip in own}) >= 6
    assert all(set(RECOGNISERS) < set(clip) for clip in held_out)


def test_signs_said_in_the_quiet_are_met(found):
    signs = of(found, "signs", noises=QUIET)
    assert share(signs, lambda row: row.is_met) >= 0.95
    assert [row.heard for row in signs if row.is_wrong] == []


def test_what_is_said_in_the_quiet_is_answered_nearly_as_if_it_were_typed(found):
    own = [row for row in found if row.noise in QUIET and row.sentence.part != "others"]
    assert share(own, lambda row: row.is_met) >= share(own, lambda row: row.is_met_clean) - 0.1
    assert share(own, lambda row: row.is_wrong) <= 0.1


def test_a_sign_lost_in_loud_noise_is_never_lost_in_silence(found):
    lost = [row for row in of(found, "signs", noises=("loud",)) if not row.is_met]
    assert [row.heard for row in lost if row.is_wrong] == []


def test_no_answer_is_of_another_point_than_the_one_asked_for(found):
    wrong = [
        (row.sentence.text, row.heard)
        for row in of(found, "codes", "names", "pinyin")
        if row.clarity == "clear"
        for message in row.messages
        if is_of_another_point(message, row.sentence.wanted.split(":")[1])
    ]
    assert len(wrong) <= len(found) * 0.01, wrong


def is_of_another_point(message, code):
    key = message.reply.key
    told = key and not key.marks and key.kind in ("locate", "press", "long", "purpose")
    return bool(told) and str(key).partition(":")[2] not in (code, "any")


def test_who_asks_for_something_else_is_not_told_about_a_taught_point(found):
    assert [row.heard for row in of(found, "others") if row.is_wrong] == []


def test_hardly_a_sentence_without_a_sign_raises_an_alarm_however_it_is_heard(found):
    others = [row for row in found if row.sentence.part != "signs" and row.is_met_clean]
    assert share(others, lambda row: row.is_false_alarm) <= 0.02


def test_a_garbled_sign_is_one_where_it_was_heard(talk_raw):
    heard = talk_raw("I cannot fill anything down bellow.", metadata={HEARD_KEY: True})
    assert [m["custom"]["reply"]["kind"] for m in heard] == ["red_flag"]


def test_word_errors_count_words():
    assert word_errors("Where is L I four?", "where is LI4") == (0, 4)
    assert word_errors("my back hurts", "my bag hurts a lot") == (3, 3)


def test_right_asked_back_and_wrong_are_told_apart():
    def reply(kind, key=""):
        return [
            Message.of("", ReplyParts(kind=kind, key=AnswerKey.parse(key), tier=Tier.EMERGENCY))
        ]

    row = Row(Sentence("x", "codes", "Where is L I four?", "locate:LI4"), "v", "none", "ours",
              "where is LI4", "clear", True, True, reply("answer", "locate:LI4"))  # fmt: skip
    assert (row.is_asked, row.is_wrong) == (False, False)
    missed = replace(row, is_met=False, messages=reply("answer", "locate:LI11"))
    assert (missed.is_asked, missed.is_wrong) == (False, True)
    assert replace(missed, clarity="doubtful").is_asked
    assert replace(missed, messages=reply("failure")).is_asked
    assert replace(missed, messages=[], clarity="nothing").is_asked
    assert replace(missed, messages=reply("red_flag")).is_false_alarm
    assert figures([row, missed]).right == figures([row, missed]).wrong == 1
