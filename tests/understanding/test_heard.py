"""Sloppy and spoken messages: what is found in them, what is not, and how long that takes."""

import re
import time
from pathlib import Path

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.text.ordinary_words import ordinary_words
from bot.understanding.components.transcript import as_catalogue_text
from bot.understanding.mentions.finder import clean, default_finder
from bot.understanding.mentions.names.misspellings import Mender
from bot.understanding.mentions.names.standard_names import STANDARD_NAMES
from bot.understanding.mentions.names.word_sets import words as word_set

HEARD = yaml.safe_load((Path(__file__).parent / "heard.yml").read_text(encoding="utf-8"))
ROWS = [row for half in HEARD.values() for row in half]
OTHERS = STANDARD_NAMES - {
    re.sub(r"\W", "", name.lower())
    for point in Catalogue.load().points
    for name in (point.names.pinyin, *point.aliases)
}


def found(text):
    return [f"{m.kind} {m.value}" for m in default_finder().find(clean(text))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:40])
def test_everything_is_found_in_order_and_nothing_else(row):
    assert found(row["text"]) == row["find"]


@pytest.mark.parametrize("change", [str.upper, lambda text: f"🙏 {text} 😩", lambda t: f"um, {t}"])
def test_capitals_pictures_and_fillers_change_nothing(change):
    changed = [change(row["text"]) for row in ROWS]
    wrong = [text for text, row in zip(changed, ROWS, strict=True) if found(text) != row["find"]]
    assert wrong == []


ORDINARY = word_set(
    "hop need food ark sou thing list fist wist uncle angle lover but fame home tried pen pan "
    "pane pin lag log boil heat heard hurt stares stork prostate sold arc hope fold stiffen"
)


@pytest.mark.parametrize("word", sorted(ORDINARY))
def test_an_ordinary_word_never_becomes_another(word):
    for frame in ("i need some {} today", "it is a {}", "my {} hurts", "press {} now"):
        assert found(frame.format(word)) == [], frame


def test_sore_never_becomes_sole():
    assert found("a sore place") == []


@pytest.mark.parametrize("name", sorted(OTHERS - {"xingjian"}))
def test_the_name_of_another_point_is_never_taken_for_ours(name):
    taught = {point.code for point in Catalogue.load().points}
    assert not {text.split()[1] for text in found(f"where is {name}")} & taught


def test_numbers_that_count_something_are_no_points():
    for text in (
        "press my liver 3 times",
        "lie eleven hours in bed",
        "b 40 minutes later",
        "hold st36 and 25 seconds of rest",
        "my bladder, 40 years old now",
    ):
        points = [one for one in found(text) if one.startswith("point")]
        assert points == (["point ST36"] if "st36" in text else []), text


def test_a_correction_is_taken_out_of_the_text():
    text, entities = as_catalogue_text("points on the hand, no, the foot please", default_finder())
    assert text == "points on the foot please"
    assert [e["value"] for e in entities] == ["foot"]
    text, _ = as_catalogue_text("where is gb thirteen, I mean thirty?", default_finder())
    assert text == "where is GB30?"
    text, _ = as_catalogue_text("not on my hand but on my foot", default_finder())
    assert text == "foot"


def test_a_misspelt_mention_is_written_right_and_the_own_word_kept():
    text, entities = as_catalogue_text("My UPER back and Sholder", default_finder())
    assert text == "My upper back and shoulder"
    assert [e["mention"] for e in entities] == ["UPER back", "Sholder"]
    for entity in entities:
        assert text[entity["start"] : entity["end"]].lower() in ("upper back", "shoulder")


def test_misspelt_words_are_put_right_and_others_left_as_they_were_written():
    text, _ = as_catalogue_text("My Lower Back, the one wiht a probelm", default_finder())
    assert text == "My Lower Back, the one with a problem"


def test_places_in_a_mended_text_lead_back_to_the_original():
    mender = Mender([("area", "upper back"), ("area", "shoulder")], [], [], ordinary_words())
    mended = mender.mend("my uper back and sholder ok")
    assert mended.text == "my upper back and shoulder ok"
    for word, original in (("upper back", "uper back"), ("shoulder", "sholder"), ("ok", "ok")):
        start = mended.text.index(word)
        first, last = mended.origin(start, start + len(word))
        assert "my uper back and sholder ok"[first:last] == original


def seconds_to_read(text):
    """Of the processor, the least of some tries: something else may disturb one of them."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        default_finder().find(text)
        tries.append(time.process_time() - began)
    return min(tries)


def test_odd_words_take_only_some_times_as_long_as_plain_ones():
    odd = clean(" ".join(f"{a}{b}kla{c}" for a in "bdfgh" for b in "aeiou" for c in "lmnpr") * 3)
    plain = clean("my back has been a bit stiff since i moved house, where could i press. " * 30)
    # It is three times.
    assert seconds_to_read(odd[:2000]) < 12 * seconds_to_read(plain[:2000])


def test_a_name_that_is_also_ordinary_talk_counts_with_capitals_only():
    def points(text):
        return [m.value for m in default_finder().find(clean(text)) if m.kind == "point"]

    assert points("Is Shoulder Well safe for me?") == ["GB21"]
    assert points("I did not sleep on my shoulder well") == []


@pytest.mark.parametrize("characters", ["腎俞", "肾俞", "合谷"])
def test_a_name_in_chinese_is_found_in_either_script(characters):
    found = default_finder().find(clean(f"{characters}在哪里"))
    assert [m.value for m in found if m.kind == "point"] == [
        {"合谷": "LI4"}.get(characters, "BL23")
    ]


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("👋", "hello"),
        ("👍🏽", "yes"),
        ("🤕!!", "my back hurts"),
        ("👋 LI4", "👋 LI4"),
        ("??", "??"),
    ],
)
def test_a_message_of_emoji_alone_is_read_as_words(message, read):
    assert as_catalogue_text(message, default_finder())[0] == read
