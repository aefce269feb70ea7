"""What is believed of what a recogniser writes down."""

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.safety.default import default_detector
from bot.voice.hearing import Clarity, judged
from bot.voice.names.choosing import NameChoice, repetition
from bot.voice.names.prompt import recogniser_prompt

PROMPT = recogniser_prompt(Catalogue.load())


def heard(text, agreement=0.9, untold=0.9, probability=0.9, is_feared=False, **changes):
    own = {name: changes.pop(name) for name in ("is_strange", "fit") if name in changes}
    answer = {"is_cut": False, "speech_seconds": 2.0, "no_speech": 0.02, **changes}
    choice = NameChoice(text, agreement, untold, probability, is_feared, repetition(text), **own)
    return judged(answer, choice, PROMPT)


def test_clear_words_are_believed():
    found = heard(" Where is LI4? ")
    assert (found.text, found.clarity) == ("Where is LI4?", Clarity.CLEAR)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("My chest hurts and I cannot breathe.", {"speech_seconds": 0.0}),
        ("Thank you for watching!", {"probability": 0.4}),
        ("Thank you.", {"no_speech": 0.9}),
        ("you", {"probability": 0.3}),
        ("[BLANK_AUDIO]", {}),
        ("(music playing)", {}),
        ("♪ la la ♪", {}),
        (" . . . ", {}),
        ("how do I find it? I would like to know more about", {"probability": 0.4}),
        ("I can't feel my legs", {"probability": 0.1}),
    ],
)
def test_what_nobody_said_is_nothing_and_raises_no_alarm(text, changes):
    found = heard(text, **changes)
    assert found.is_nothing
    assert found.text == ""


def test_where_no_reading_has_words_nothing_was_heard():
    assert judged({"is_cut": True, "speech_seconds": 2.0, "no_speech": 0.1}, None).is_nothing


def test_thanks_that_were_said_are_heard():
    assert heard("Thank you.").text == "Thank you."


def test_a_name_that_fits_the_sound_well_is_believed_though_no_reading_has_it():
    assert heard("Where is Jianjing?", 0.3, 0.2, 0.1, fit=9.0).clarity is Clarity.CLEAR


@pytest.mark.parametrize(
    "changes",
    [
        {"probability": 0.3},
        {"agreement": 0.3},
        {"untold": 0.2},
        {"is_feared": True},
        {"is_strange": True},
        {"fit": -2.0},
        {"no_speech": 0.8},
        {"above_noise": 4.0},
    ],
)
def test_doubtful_words_are_kept_and_doubted(changes):
    found = heard("I cannot feel my legs", **changes)
    assert found.clarity is Clarity.DOUBTFUL
    assert "feel my legs" in found.text


def test_a_text_that_goes_in_circles_ends():
    found = heard("where is " + "were " * 80)
    assert found.clarity is Clarity.DOUBTFUL
    assert len(found.text.split()) < 6


def test_the_prompt_names_every_code_no_pinyin_and_nothing_that_alarms():
    for point in Catalogue.load().points:
        assert point.code in PROMPT
        # One name is the same in English.
        assert point.names.pinyin not in PROMPT.replace("Kunlun Mountains", "")
    assert not default_detector().screen(PROMPT).findings
    assert len(PROMPT) < 900
