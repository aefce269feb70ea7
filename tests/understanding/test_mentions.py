"""What is found in a message: codes however they are spelled, places, complaints, conditions."""

import pytest

from bot.understanding.components.transcript import as_catalogue_text
from bot.understanding.mentions.finder import clean, default_finder


@pytest.fixture(scope="module")
def finder():
    return default_finder()


def values(finder, text, kind="point"):
    return [m.value for m in finder.find(clean(text)) if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("where is LI4", "LI4"),
        ("where is li-4?", "LI4"),
        ("li 4 location", "LI4"),
        ("L14 please", "LI4"),
        ("el eye four", "LI4"),
        ("l i for how long", "LI4"),
        ("large intestine four", "LI4"),
        ("find Hegu", "LI4"),
        ("find Hégǔ", "LI4"),
        ("合谷在哪里", "LI4"),
        ("B23", "BL23"),
        ("UB-23", "BL23"),
        ("bladder twenty three", "BL23"),
        ("bladder twenty-three", "BL23"),
        ("be el uh twenty three", "BL23"),
        ("B L forty", "BL40"),
        ("gee bee thirty", "GB30"),
        ("gall bladder 34", "GB34"),
        ("triple warmer five", "TE5"),
        ("sj5", "TE5"),
        ("TW 5", "TE5"),
        ("liver three", "LR3"),
        ("LV3", "LR3"),
        ("zusanli", "ST36"),
        ("zoo san lee", "ST36"),
        ("B47", "BL52"),
        ("bladder 54", "BL40"),
        ("BL47", "BL47"),
    ],
)
def test_a_point_is_found_however_it_is_spelled(finder, text, code):
    assert values(finder, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "take vitamin b 12",
        "my stomach for two days",
        "i lost control of my bladder two times",
        "be forty minutes late",
        "it hurts when i sit",
        "kidney stones",
        "room 4",
        "li",
    ],
)
def test_ordinary_words_are_no_points(finder, text):
    assert values(finder, text) == []


def test_two_points_are_found_in_order(finder):
    assert values(finder, "where is LI4 and where is gb thirty") == ["LI4", "GB30"]


@pytest.mark.parametrize(
    ("text", "press", "complaint"),
    [
        ("point on my hand for back pain", "hand", "back_pain"),
        ("foot points lower back", "foot", None),
        ("what helps sciatica", None, "sciatica"),
    ],
)
def test_places_and_complaints(finder, text, press, complaint):
    found = finder.find(clean(text))
    places = [m.value for m in found if m.kind == "area" and m.role == "press"]
    assert (places[0] if places else None) == press
    complaints = [m.value for m in found if m.kind == "complaint"]
    assert (complaints[0] if complaints else None) == complaint


def test_where_it_hurts_is_told_from_where_to_press(finder):
    found = finder.find(clean("a point on my hand for my knee"))
    assert {m.value: m.role for m in found if m.kind == "area"} == {
        "hand": "press",
        "knee": "hurts",
    }


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("i'm pregnant", "declared"),
        ("pregnant, which point?", "declared"),
        # How "I am" is often heard.
        ("in 5 months pregnant", "declared"),
        ("is it safe in early pregnancy", "asked"),
        ("i am not pregnant", "negated"),
        ("im not pregnant by the way", "negated"),
        ("is it safe for pregnant women", "asked"),
        ("i take blood thinners", "declared"),
        ("can i press it if i take warfarin", "declared"),
        ("is it ok for people on warfarin", "asked"),
        ("my father had cancer", "asked"),
        ("my boyfriend had diabetes", "asked"),
        ("since my mother died i have high blood pressure", "declared"),
        ("my son was born with epilepsy", "declared"),
        ("my wife is pregnant", "declared"),
    ],
)
def test_a_condition_is_declared_asked_or_denied(finder, text, role):
    roles = [m.role for m in finder.find(clean(text)) if m.kind == "condition"]
    assert roles
    assert set(roles) == {role}


def test_the_text_is_rewritten_with_codes_and_keeps_the_own_words(finder):
    text, entities = as_catalogue_text("um where is  el eye four on my hand", finder)
    assert text == "where is LI4 on my hand"
    for entity in entities:
        shown = text[entity["start"] : entity["end"]]
        assert shown in (entity["value"], entity["mention"])
    assert entities[0]["mention"] == "el eye four"


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("which spot is three fingers above the wrist crease", []),
        ("it lies one thumb wide from the spine, right?", []),
        ("2 fingers below the knee cap", []),
        ("shall I press with two fingers", ["hands"]),
        ("can I use four fingers on my back", ["hands"]),
        ("I have a lacrosse ball from my son", ["hard_ball"]),
        ("do I put two fingers over the sore spot", ["hands"]),
    ],
)
def test_fingers_that_measure_are_no_tool(finder, text, tools):
    assert [m.value for m in finder.find(text) if m.kind == "tool"] == tools
