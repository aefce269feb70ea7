"""Which of several readings of a recording is taken."""

import math

import pytest

from bot.voice.names.choosing import Chooser, NameReading
from bot.voice.names.likely_words import LikelyWords, plain_words

LIKELY = LikelyWords(
    ["where is the point on my hand", "what can i press", "how long should i hold LI4",
     "my back hurts and my legs are numb", "where is the gate of life"]
)  # fmt: skip


def choose(*readings, alarms=lambda text: "limp" in text):
    """The choice among readings, each a row of texts; those that begin with '-' are untold."""
    made = []
    for texts in readings:
        is_told = texts[0] != "-"
        own = [text for text in texts if text != "-"]
        made.append(NameReading(tuple((t, -0.3 - 0.05 * n) for n, t in enumerate(own)), is_told))
    return Chooser(LIKELY, alarms).choose(made)


def test_what_people_would_say_wins_over_what_only_sounds_like_it():
    found = choose(
        ["Where is the plank on my hand?", "Where is the point on my hand?"],
        ["-", "Where is the plank on my hand?", "Where is the plan on my hand?"],
    )
    assert found.text == "Where is the point on my hand?"


def test_what_the_recognisers_agree_on_wins_over_what_one_of_them_wrote():
    found = choose(["What can I risk?"], ["What can I risk?"], ["-", "What can I brisk?"])
    assert found.text == "What can I risk?"
    assert found.agreement > 0.8


@pytest.mark.parametrize("sign", [["My legs are limp."], ["My legs are limp.", "Legs are limp."]])
def test_a_sign_in_a_fair_share_of_the_readings_is_taken_and_doubted(sign):
    found = choose(["My legs are none."], ["-", "My legs are none."], sign)
    assert "limp" in found.text
    assert found.is_feared


def test_a_sign_in_one_text_of_many_is_not():
    rows = [["My legs are done.", "My legs are dumb."]] * 5
    found = choose(*rows, ["My legs are done.", "My legs are down.", "My legs are limp."])
    assert found.text == "My legs are done."


def test_a_code_counts_only_where_a_number_was_heard_without_being_told_codes():
    assert "LI4" not in choose(["How long should I hold LI4?"], ["-", "How long hold lie?"]).text
    assert "LI4" in choose(["How long should I hold LI4?"], ["-", "How long hold lie four?"]).text


def test_what_only_the_expected_words_hold_is_known_as_such():
    found = choose(["Where is the gate of life?"] * 2, ["-", "Who has a date tonight?"])
    assert found.text == "Where is the gate of life?"
    assert found.untold < 0.5


def test_a_text_that_goes_in_circles_is_taken_only_where_there_is_no_other():
    circle = "how long should I, " * 12
    assert choose([circle, "how long should I hold LI4?"], ["-", "four"]).text != circle
    assert choose([circle]).text == circle


def test_nothing_is_chosen_where_nothing_was_read():
    assert choose() is None
    assert choose([" ", "..."]) is None


def test_likely_words_add_up_to_no_more_than_everything():
    words = {"where", "what", "how", "my", "is", "point", "unheard", "<>"}
    shares = [math.exp(LIKELY([word])) ** 2 for word in words]
    assert sum(shares) < 1
    assert plain_words("I can not feel it any more, GB-20") == [
        "i", "can't", "feel", "it", "anymore", "gb", "20"
    ]  # fmt: skip


def test_of_like_codes_the_one_that_is_taught_wins():
    readings = [NameReading((("Hold GB14", -0.30), ("Hold GV14", -0.32)), False)]
    assert Chooser(LIKELY, lambda text: False).choose(readings).text == "Hold GB14"
    knows = {"Hold GV14": True, "Hold GB14": False}.__getitem__
    assert Chooser(LIKELY, lambda text: False, knows).choose(readings).text == "Hold GV14"


def test_a_word_that_nobody_is_known_to_say_is_strange_but_not_in_the_name_of_a_point():
    def is_strange(text):
        readings = [NameReading(((text, -0.2),), is_told) for is_told in (True, False)]
        points = {"How long hold Jianjing": ["GB21"]}
        chooser = Chooser(
            LIKELY, lambda text: False, lambda text: points.get(text, ()), LIKELY.is_known
        )
        return chooser.choose(readings).is_strange

    assert is_strange("My salary hurts")
    assert not is_strange("My back hurts")
    assert not is_strange("How long hold Jianjing")
