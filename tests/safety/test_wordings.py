"""Every wording of the fact base, and wordings of our own, against the detector."""

import pytest

from bot.safety import Tier
from tests.safety.conftest import wordings

FILES = ("facts", "paraphrases", "paraphrases_2", "paraphrases_3", "paraphrases_4")
FACTS = wordings("facts")
FIRE = [
    (tier, text)
    for name in FILES
    for tier, texts in wordings(name)["fire"].items()
    for text in texts
]
QUIET = [text for name in FILES for text in wordings(name)["quiet"]]


@pytest.mark.parametrize(("tier", "text"), FIRE)
def test_a_red_flag_has_its_tier_or_a_higher_one(detector, tier, text):
    screening = detector.screen(text)
    assert screening.tier is not None
    assert screening.tier >= Tier(tier)


@pytest.mark.parametrize("text", QUIET)
def test_an_ordinary_message_raises_nothing(detector, text):
    assert detector.screen(text).findings == ()


@pytest.mark.parametrize("text", FACTS["despite_negation"])
def test_negation_words_that_deny_nothing(detector, text):
    assert detector.screen(text).tier >= Tier.URGENT


@pytest.mark.parametrize("example", FACTS["scope"], ids=lambda example: example["text"])
def test_the_reach_of_negation_and_of_other_people(detector, example):
    fired = {finding.flag_id for finding in detector.screen(example["text"]).findings}
    assert set(example["fires"]) <= fired
    assert not fired & set(example["not"])
    if not example["fires"]:
        assert not fired


@pytest.mark.parametrize(
    "message",
    [
        "i cannot controle my bowel any more",
        "my leggs dont work and my back hurts",
        "hard to brethe and my cheast is tight",
        "there is no feeling betwen my legs",
        "i have lost controll of my blader",
    ],
)
def test_a_misspelt_sign_is_still_a_sign(detector, message):
    assert detector.screen(message).tier is Tier.EMERGENCY


@pytest.mark.parametrize(
    "message",
    ["hot water botle for my back", "my shouder blaids are tite", "is the pont on my hant good"],
)
def test_a_slip_of_the_finger_makes_no_sign(detector, message):
    assert detector.screen(message).top is None
