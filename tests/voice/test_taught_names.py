"""Taught names tried against the sound. Here the sound is a word, and fits like its letters."""

import jellyfish
import pytest

from bot.knowledge.catalogue import Catalogue
from bot.voice.names.choosing import Chooser, NameReading, named_of
from bot.voice.names.point_questions import point_questions
from bot.voice.names.taught_names import TaughtNames

NAMES = [["LI4", "LI4"], ["LI4", "Hegu"], ["GB21", "Jianjing"], ["ST36", "Zusanli"]]
FRAMES = [
    ["where is", ""],
    ["what is", "good for"],
    ["what is", ""],
    ["how long should i hold", ""],
    ["tell me how to press", ""],
    ["i want to press", ""],
]


@pytest.fixture
def names():
    return TaughtNames(FRAMES, NAMES)


def scorer(said):
    """Fits as well as its letters are those of what was said; silence fits all words alike."""

    def score(texts, model, is_sound):
        return [
            -2.0 * jellyfish.levenshtein_distance(t, said) if is_sound else -10.0 for t in texts
        ]

    return score


def asked(names, *texts):
    return [(one.text[one.start : one.end], one.naming("_")) for one in names.questions([texts])]


@pytest.mark.parametrize(
    ("text", "name", "question"),
    [
        ("Where is the Ann Jing?", "the Ann Jing", "Where is _?"),
        ("What is her goo good for?", "her goo", "What is _ good for?"),
        ("Please show her how to press wheeze on.", "wheeze on", "Please show her how to press _."),
        ("How long should I go with him?", "", "How long should I hold _?"),
    ],
)
def test_where_a_name_stands_is_found(names, text, name, question):
    assert asked(names, text)[0] == (name, question)


@pytest.mark.parametrize(
    "text", ["Where is it? Where is Hegu?", "My legs are numb.", "Is it?", "Where is", ""]
)
def test_where_none_is_asked_for_none_is_tried(names, text):
    assert asked(names, text) == []


def test_what_most_readings_have_around_it_comes_first(names):
    first = names.questions([["What is this?"], ["What is he good for?"], ["What is it good for?"]])
    assert first[0].naming("_") == "What is _ good for?"


def test_the_name_that_fits_the_sound_is_found_whatever_was_written(names):
    questions = names.questions([["Where is joining?"]])
    tried = names.tried(questions, ["Where is joining?"], 2, scorer("Where is Jianjing?"))
    assert (tried["text"], tried["code"]) == ("Where is Jianjing?", "GB21")
    assert tried["gain"] > 0
    assert tried["lead"] > 0
    other = names.tried(questions, ["Where is joining?"], 2, scorer("Where is joining?"))
    assert other["gain"] < 0


def test_a_frame_that_was_misheard_by_some_is_put_right(names):
    questions = names.questions([["What is Hegu?", "What is Hegu good for?"]])
    tried = names.tried(questions, ["What is Hegu?"], 1, scorer("What is Hegu good for?"))
    assert tried["text"] == "What is Hegu good for?"


def choice(text, named, alarms=lambda text: False, likely=-5.0):
    readings = [NameReading(((text, -0.2),), is_told) for is_told in (True, False)]
    found = {"text": "Where is Hegu?", "code": "LI4", "gain": named, "lead": 0.0}

    def points(text):
        return {code for code in ("LI4", "GB21") if code in text}

    chooser = Chooser(lambda words: likely, alarms, points)
    return chooser.choose(readings, named_of({"named": found}))


def chosen(*args, **changes):
    return choice(*args, **changes).text


def test_a_name_that_fits_is_taken_and_one_that_does_not_is_not():
    assert chosen("Where is the goo?", -3.0) == "Where is Hegu?"
    assert chosen("Where is the goo?", -12.0) == "Where is the goo?"
    assert chosen("Where is the", -3.0, likely=-2.0) == "Where is Hegu?"


def test_words_that_make_sense_and_other_codes_are_not_given_up_for_a_guess():
    assert chosen("Where is the doctor?", -3.0, likely=-2.0) == "Where is the doctor?"
    assert chosen("Where is the doctor?", 9.0, likely=-2.0) == "Where is Hegu?"
    assert chosen("Where is LI20?", -3.0) == "Where is LI20?"


def test_another_taught_point_is_given_up_where_a_name_fits_better():
    assert chosen("Where is GB21?", 3.0) == "Where is Hegu?"
    assert chosen("Where is LI4?", 3.0) == "Where is LI4?"


def test_a_taught_point_is_doubted_where_another_fits_better_though_neither_fits_well():
    assert choice("Where is GB21?", -12.0).text == "Where is GB21?"
    assert choice("Where is GB21?", -12.0).is_strange
    assert not choice("Where is LI4?", -12.0).is_strange


def test_a_sign_is_never_given_up_for_a_name():
    assert chosen("Where is numb?", 20.0, alarms=lambda text: "numb" in text) == "Where is numb?"


def test_the_names_and_questions_are_those_of_our_data():
    made = point_questions(Catalogue.load())
    assert ["where is", ""] in made["frames"]
    assert ["what is", "good for"] in made["frames"]
    assert {"LI4", "LI 4", "Hegu", "Joining Valley"} <= {name for _, name in made["names"]}
