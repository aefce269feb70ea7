"""What people correct does not count; warning signs in it still do."""

import pytest

from bot.safety.default import default_detector
from bot.text.second_thoughts import as_meant
from bot.understanding.mentions.finder import default_finder


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("three weeks. correction: four days", "four days"),
        ("nudge me at six, no, quarter past six", "nudge me at quarter past six"),
        ("right, sorry, left", "left"),
        ("I'm 48, no, 49", "I'm 49"),
        ("it's a 7, sorry, 5 out of 10", "it's a 5 out of 10"),
        ("two, no, three weeks", "three weeks"),
        ("three weeks, sorry, four", "four weeks"),
        ("since Monday, no wait, Thursday", "since Thursday"),
    ],
)
def test_what_is_right_takes_the_place_of_what_was_wrong(said, meant):
    assert as_meant(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "hold for 30 seconds, wait 10 seconds and go on",
        "no. two weeks",
        "Is it three weeks? No, two days",
        "press 30 seconds on the left, then right",
        "sorry to ask again, how long, 20 seconds?",
        "no pain today, no, none",
    ],
)
def test_what_corrects_nothing_is_left_alone(said):
    assert as_meant(said) == said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("my upper back aches, no hang on, my hip", "my hip aches"),
        ("how do I press BL40, sorry, BL60?", "how do I press BL60?"),
        ("my neck hurts, sorry, my shoulder too", "my neck hurts, sorry, my shoulder too"),
        ("I'm not pregnant, no, diabetic", "I'm not pregnant, no, diabetic"),
    ],
)
def test_places_points_and_conditions_are_corrected_alike(said, meant):
    assert default_finder().as_meant(said) == meant


def test_the_duration_that_was_meant_is_remembered():
    pain = default_detector().screen("my back has hurt for six weeks, no wait, two days").pain
    assert pain.began is not None
    assert pain.spoken_of is not None
    assert (pain.spoken_of - pain.began).days == 2


def test_a_sign_is_not_corrected_away():
    told = default_detector().screen("numb between the legs, sorry, I mean my hip is sore")
    assert "ces_saddle_numbness" in {finding.flag_id for finding in told.findings}
