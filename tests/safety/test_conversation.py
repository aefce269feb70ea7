"""Signs that only the conversation as a whole shows."""

import pytest

from bot.safety import Tier


@pytest.mark.parametrize(
    ("earlier", "text", "flag"),
    [
        (["my back hurts"], "and i'm shivering", "fever_with_back_pain"),
        (["i had breast cancer"], "my back hurts", "cancer_history"),
        (["my back hurts", "which point"], "i had breast cancer two years ago", "cancer_history"),
        (["i take warfarin"], "fell on my back yesterday", "bleeding_risk"),
        (["i'm pregnant"], "i'm bleeding", "pregnancy_emergency"),
        (["i have a stiff neck"], "and a fever, light hurts my eyes", "stiff_neck_fever"),
        (["i've got a fever"], "i'm confused and my heart is racing", "sepsis_signs"),
        (["my back hurts"], "for about six weeks", "persistent"),
        (["my leg has been weak since polio"], "it got much weaker", "leg_weakness_one_side"),
        (["my leg has always been weak"], "now i can't lift it", "leg_weakness_one_side"),
    ],
)
def test_earlier_messages_complete_a_sign(detector, earlier, text, flag):
    fired = {finding.flag_id for finding in detector.screen(text, earlier).findings}
    assert flag in fired


def test_an_old_flag_does_not_fire_again(detector):
    earlier = ["i can't feel my groin", "i can't pee"]
    assert detector.screen("thanks, where is LI4", earlier).tier is None


def test_what_was_denied_earlier_completes_nothing(detector):
    assert detector.screen("my back hurts", ["i never had cancer"]).tier is None


def test_a_sign_over_two_sentences(detector):
    screening = detector.screen("I had prostate cancer. Lately my back aches.")
    assert screening.top.flag_id == "cancer_history"


def test_the_highest_tier_comes_first(detector):
    screening = detector.screen("my back has hurt for 3 weeks and now i can't pee")
    assert screening.tier is Tier.EMERGENCY
    tiers = [finding.tier for finding in screening.findings]
    assert tiers == sorted(tiers, reverse=True)
    assert "persistent" in {finding.flag_id for finding in screening.findings}


def test_thoughts_of_self_harm_lead(detector):
    screening = detector.screen("my chest hurts and i want to die")
    assert screening.is_self_harm
    assert screening.top.flag_id == "self_harm"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no chest pain", "negated"),
        ("what is cauda equina and what is chest pain", "information question"),
        ("what if my groin goes numb", "hypothetical"),
        ("i had a fever last month but it's gone", "resolved"),
        ("my uncle had chest pain", "other person"),
        ("my leg was numb for a minute", "passing"),
    ],
)
def test_what_holds_a_flag_back_is_said(detector, text, reason):
    screening = detector.screen(text)
    assert screening.findings == ()
    assert reason in {held.reason for held in screening.held_back}


def test_a_finding_says_where_it_stands(detector):
    text = "Hello!  I really CAN'T feel my groin."
    finding = detector.screen(text).top
    assert text[finding.start : finding.end] == "CAN'T feel my groin"
    assert finding.concepts == ("numb", "saddle")


@pytest.mark.parametrize("text", ["bladder 40", "large intestine 4", "gall bladder thirty",
                                  "kidney meridian", "point number 5 on the bladder line",
                                  "kidney 3 for 2 weeks"])  # fmt: skip
def test_names_of_points_are_no_complaint(detector, text):
    assert detector.screen(f"i can't find {text}").findings == ()
