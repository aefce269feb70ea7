"""What is believed of what a recogniser writes down."""

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.safety.default import default_detector
from bot.voice.hearing import Clarity, judged
from bot.voice.prompt import recogniser_prompt

PROMPT = recogniser_prompt(Catalogue.load())


def written(text, **changes):
    answer = {"text": text, "seconds": 3.0, "is_cut": False, "speech_seconds": 2.0,
              "confidence": 0.9, "no_speech": 0.02, "repetition": 0.9}  # fmt: skip
    return {**answer, **changes}


def test_clear_words_are_believed():
    heard = judged(written(" Where is LI4? "), PROMPT)
    assert (heard.text, heard.clarity) == ("Where is LI4?", Clarity.CLEAR)


@pytest.mark.parametrize(
    "answer",
    [
        written("My chest hurts and I cannot breathe.", speech_seconds=0.0),
        written("Thank you for watching!", confidence=0.4),
        written("Thank you.", no_speech=0.9),
        written("you", confidence=0.3),
        written("[BLANK_AUDIO]"),
        written("(music playing)"),
        written("♪ la la ♪"),
        written(" . . . "),
        written("how do I find it? I would like to know more about", confidence=0.4),
        written("I can't feel my legs", confidence=0.1),
    ],
    ids=lambda answer: answer["text"],
)
def test_what_nobody_said_is_nothing_and_raises_no_alarm(answer):
    heard = judged(answer, PROMPT)
    assert heard.is_nothing
    assert heard.text == ""


def test_thanks_that_were_said_are_heard():
    assert judged(written("Thank you.")).text == "Thank you."


@pytest.mark.parametrize(
    "changes", [{"confidence": 0.4}, {"no_speech": 0.8}, {"repetition": 5.0}, {"above_noise": 9.0}]
)
def test_doubtful_words_are_kept_and_doubted(changes):
    heard = judged(written("I cannot feel my legs", **changes), PROMPT)
    assert heard.clarity is Clarity.DOUBTFUL
    assert "feel my legs" in heard.text


def test_a_text_that_goes_in_circles_ends():
    heard = judged(written("where is " + "were " * 80, repetition=9.0))
    assert len(heard.text.split()) < 6


def test_the_prompt_names_every_code_and_nothing_that_alarms():
    for point in Catalogue.load().points:
        assert point.code in PROMPT
        assert point.names.pinyin not in PROMPT
    assert not default_detector().screen(PROMPT).findings
    assert len(PROMPT) < 600
