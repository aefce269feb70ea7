"""Misspelt everyday words are read; what is no slip stays as it is."""

import pytest

from bot.understanding.mentions.everyday_spelling import everyday_speller


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hwo offten cna i do it", "how often can i do it"),
        ("waht do i pres for teh back", "what do i pres for the back"),
        ("is it sfae to pres hrad", "is it safe to pres hard"),
    ],
)
def test_slips_are_put_right(said, meant):
    assert everyday_speller().spelled(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "my neighbour couldnt lift the litres of paint",
        "Is Zusanli near the knee, asks Okonkwo?",
        "dónde está el punto de la espalda",
        "ich habe es im rücken, wo drücke ich",
        "am I ok with apixaban and naproxen",
        "texting is bad for the neck",
    ],
)
def test_names_medicines_british_words_and_other_languages_stay(said):
    assert everyday_speller().spelled(said) == said
