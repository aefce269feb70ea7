"""How long, and whether it gets worse. Today is Saturday, 21 November 2026."""

import pytest

from bot.safety import Tier


@pytest.mark.parametrize("text", [
    "my back hurts since tuesday", "my back hurts since last month", "back ache for ages",
    "my back has been sore going on three weeks", "back pain on and off since spring",
    "my back hurts for too weeks", "back pain 6 wks", "back hurts since september",
    "four days of back pain", "back pain for nearly a week", "sore back since monday",
    "my back has been hurting over a month", "back pain since 2019", "chronic back pain",
    "it keeps coming back, my back pain", "my back hurts every day", "a fortnight of back pain",
    "my back started hurting ten days ago",
])  # fmt: skip
def test_long_lasting_pain(detector, text):
    assert detector.screen(text).tier >= Tier.PERSISTENT


@pytest.mark.parametrize("text", [
    "my back hurts since thursday", "my back hurts since yesterday", "back pain for two days",
    "my back aches since this morning", "sore back since last night", "back pain for 3 hours",
    "my back started hurting two days ago", "back pain for a few days",
])  # fmt: skip
def test_pain_of_a_few_days(detector, text):
    assert detector.screen(text).tier is None


@pytest.mark.parametrize("text", [
    "how long do i press, my back hurts", "press for 2 weeks", "10 minutes a day",
    "i have a desk job for 20 years and my back is stiff today", "how many weeks until it works",
    "how many weeks until my back stops hurting", "i am 40 years old and my back is sore",
    "remind me in 5 days", "2 weeks",
])  # fmt: skip
def test_durations_of_other_things(detector, text):
    assert detector.screen(text).tier is None


@pytest.mark.parametrize("text", ["2 weeks", "for about six weeks", "since may", "a month or so"])
def test_a_bare_answer_counts_when_it_was_asked_for(detector, text):
    assert detector.screen(text, asked_duration=True).tier is Tier.PERSISTENT


@pytest.mark.parametrize("text", ["two days", "since yesterday", "a few days"])
def test_a_short_answer_does_not(detector, text):
    assert detector.screen(text, asked_duration=True).tier is None


@pytest.mark.parametrize("text", [
    "my back has hurt for 3 weeks but it's nearly gone", "back pain for two weeks, easing now",
    "my back is better than last week",
])  # fmt: skip
def test_getting_better(detector, text):
    assert detector.screen(text).tier is None


@pytest.mark.parametrize("text", [
    "it's getting worse", "my back is worse than yesterday", "the pain is spreading",
    "two days of back pain and it gets worse every hour",
])  # fmt: skip
def test_getting_worse(detector, text):
    fired = {finding.flag_id for finding in detector.screen(text).findings}
    assert "worsening" in fired


@pytest.mark.parametrize("text", [
    "it isn't getting worse", "will pressing make it worse", "what if it gets worse",
])  # fmt: skip
def test_not_getting_worse(detector, text):
    assert detector.screen(text).tier is None


def test_long_known_pain_that_a_doctor_has_seen(detector):
    screening = detector.screen("i've had back pain for years, seen the doctor, same as usual")
    assert screening.known_to_doctor
    assert screening.tier is Tier.PERSISTENT


def test_months_of_pain_are_no_child(detector):
    flags = {f.flag_id for f in detector.screen("my back has hurt for three months").findings}
    assert flags == {"persistent"}


@pytest.mark.parametrize(
    "message",
    [
        "its hurting more since i began the session",
        "there is more pain since yesterday evening",
        "the ball made my back hurt more",
        "aching more after the massage",
    ],
)
def test_hurting_more_is_getting_worse(detector, message):
    assert detector.screen(message, ["my back hurts"]).tier is Tier.PERSISTENT
