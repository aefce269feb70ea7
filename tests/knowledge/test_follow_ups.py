"""Words that lean on an earlier answer are found, and only where they are meant."""

import pytest

from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import finish
from bot.dialogue.follow_up_cues import adds_nothing, chosen_in, cue_in, is_foreign
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.follow_ups import Cue
from bot.messages.answer_key import AnswerKey, Kind

CATALOGUE = Catalogue.load()
WORDS = CATALOGUE.follow_ups


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_simpler_is_shorter_each_time_and_detail_is_longer(point):
    told = PointAnswers(CATALOGUE).locate(point)
    answers = FollowUpAnswers(CATALOGUE)
    simpler = answers.simpler(finish(told, CATALOGUE).reply)
    simplest = answers.simpler(finish(simpler, CATALOGUE).reply)
    detail = answers.detail(point)
    assert len(simplest.written) <= len(simpler.written) < len(told.written) < len(detail.written)
    assert point.location.professional in detail.written
    for caution in map(CATALOGUE.caution, point.cautions):
        if caution.always_say:
            assert caution.written in detail.written
    first = next((c.spoken for c in map(CATALOGUE.caution, point.cautions) if c.always_say), "")
    assert first in simpler.written
    assert first in simplest.written


@pytest.mark.parametrize(("said", "meant"), [
    ("the second one", "BL52"), ("and the LAST one?", "BL40"), ("the other one please", "BL52"),
    ("how long for number three", "BL40"), ("where is it", None), ("for the last week", None),
    ("the first time i press", None),
])  # fmt: skip
def test_which_of_a_list_is_meant(said, meant):
    assert chosen_in(said, ["BL23", "BL52", "BL40"], "BL23", WORDS) == meant


def test_a_place_that_the_list_does_not_have_is_none_of_it():
    assert chosen_in("the third one", ["LR3", "BL60"], "LR3", WORDS) == ""


@pytest.mark.parametrize(("said", "cue"), [
    ("say it simpler", Cue.SIMPLER), ("ok, more detail please", Cue.DETAIL),
    ("what else?", Cue.ELSE), ("but why that one?", Cue.WHY), ("both?", Cue.BOTH),
    ("sorry, that was my sister", Cue.NOT_ME), ("Forget that.", Cue.FORGET_THAT),
    ("my doctor said it's fine", Cue.DOCTOR_AGREED), ("why does my back hurt", None),
    ("what else helps against pain in the hip", None), ("where is LI4", None),
])  # fmt: skip
def test_what_a_short_message_asks_of_the_answer_before(said, cue):
    assert cue_in(said, WORDS) is cue


@pytest.mark.parametrize(("said", "mentions", "nothing_else"), [
    ("no, I meant the knee", ["knee"], True), ("and on the foot?", ["foot"], True),
    ("what about LI4", ["LI4"], True), ("what is LI4 for", ["LI4"], False),
    ("how do i press LI4", ["LI4"], False), ("my knee is swollen", ["knee"], False),
])  # fmt: skip
def test_a_place_alone_is_told_from_a_question_of_its_own(said, mentions, nothing_else):
    assert adds_nothing(said, mentions, WORDS) is nothing_else


@pytest.mark.parametrize("said", [
    "wo ist der punkt an der hand", "dónde está el punto", "где точка", "où est le point",
])  # fmt: skip
def test_another_language_is_noticed(said):
    assert is_foreign(said, WORDS)


@pytest.mark.parametrize("said", [
    "where is Hegu", "um la la la", "my low back hurts", "合谷 where", "de quervain pain in thumb",
    "qwrtz plmk", "is zusanli good for me", "how do i use the mat",
])  # fmt: skip
def test_english_is_not_taken_for_another_language(said):
    assert not is_foreign(said, WORDS)


def test_simpler_after_a_condition_tells_no_steps():
    from bot.answers.people import Person

    point = CATALOGUE.point("LI4")
    person = Person.from_ids(["pregnancy"], CATALOGUE)
    told = finish(PointAnswers(CATALOGUE).locate(point), CATALOGUE).reply
    assert FollowUpAnswers(CATALOGUE, person).simpler(told).key == AnswerKey(Kind.WITHHELD, "LI4")


def test_small_words_of_other_languages_are_not_the_commonest_english_ones():
    assert not {"the", "on", "in", "my", "is", "hand", "me", "no", "a"} & set(WORDS.foreign)
