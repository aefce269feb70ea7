"""All 361 codes of the standard, typed and said: the same point, or none, and never another."""

import pytest

from actions.turn.untaught_codes import names_a_code
from bot.text.number_words import number_words
from bot.understanding.mentions.finder import default_finder

SIZES = {
    "LU": 11, "LI": 20, "ST": 45, "SP": 21, "HT": 9, "SI": 19, "BL": 67, "KI": 27, "PC": 9,
    "TE": 23, "GB": 44, "LR": 14, "GV": 28, "CV": 24,
}  # fmt: skip
NAMES = {
    "BL": "bladder", "GB": "gallbladder", "ST": "stomach", "LR": "liver", "KI": "kidney",
    "LI": "large intestine", "GV": "governing vessel", "SP": "spleen", "CV": "conception vessel",
}  # fmt: skip
WORDS = {value: word for word, value in number_words().items() if "-" not in word}


def codes(text):
    return [m.value for m in default_finder().find(text) if m.kind == "point"]


def agree(forms):
    found = [codes(f"where is {form}") for form in forms]
    assert all(one == found[0] for one in found), dict(zip(forms, found, strict=True))
    if not found[0]:
        assert all(names_a_code(form) for form in forms), forms
    return found[0]


@pytest.mark.parametrize("meridian", SIZES)
def test_the_letters_of_a_code_are_read_alike_however_the_number_is_said(meridian):
    assert sum(SIZES.values()) == 361
    for number in range(1, SIZES[meridian] + 1):
        said = WORDS[number]
        found = agree([
            f"{meridian}{number}", f"{meridian.lower()} {number}", f"{meridian} {said}",
            f"{meridian} {said.replace(' ', '-')}", f"{meridian[0]} {meridian[1]} {said}",
        ])  # fmt: skip
        assert found in ([], [f"{meridian}{number}"])


@pytest.mark.parametrize("meridian", NAMES)
def test_the_name_of_a_meridian_is_read_alike_however_the_number_is_said(meridian):
    for number in range(1, SIZES[meridian] + 1):
        said = WORDS[number]
        agree([f"{NAMES[meridian]} {n}" for n in (number, said, said.replace(" ", "-"))])


def test_a_number_that_is_over_before_minutes_are_counted_names_its_point():
    assert codes("press bladder sixty two minutes") == ["BL60"]
