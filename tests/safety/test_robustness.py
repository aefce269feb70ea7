"""Odd input never raises, and the end of a long text is seen."""

import pytest

from bot.safety import Tier


@pytest.mark.parametrize("text", [
    "", " ", "\n\n", "😭", "😭 can't pee 😭", "\x00\x01\x02", "\ud800", "'''", "’’’", "....", ",,,",
    "(((", "[a-z]+", "\\", "%s {0}", "١٢٣", "日本語", "ß", "İ", "a" * 100_000, "1 " * 50_000,
    "cant " * 20_000, "no " * 1000, "\u200b", "½ ², 3½", "ﬁ", "e\u0301", "NaN", "/restart",
])  # fmt: skip
def test_odd_input_raises_nothing(detector, text):
    detector.screen(text, (text, ""), asked_duration=True)


@pytest.mark.parametrize("filler", ["my back is sore. ", "la la la ", "x", "where is bl40, "])
def test_the_end_of_a_long_text_is_seen(detector, filler):
    text = filler * (100_000 // len(filler)) + " . i can't feel when i wipe"
    assert detector.screen(text).tier is Tier.EMERGENCY


def test_a_sign_in_the_middle_of_a_long_story_is_seen(detector):
    story = "and then i went to the shop and came home again " * 400
    assert detector.screen(f"{story} i cannot pee {story}").tier is Tier.EMERGENCY


@pytest.mark.parametrize("text", [
    "I CAN’T FEEL MY GROIN", "i can`t feel my groin", "i cant  feel\tmy groin",
    "i can\u200b't feel my groin", "I ćan't feel my groin", "i lost control of my blader",
    "numness in my crotch", "incontinant", "pregnent and bleeding",
    "¿dónde está el punto de la mano?\nnumness around my back passage",
])  # fmt: skip
def test_spelling_does_not_matter(detector, text):
    assert detector.screen(text).tier is Tier.EMERGENCY
