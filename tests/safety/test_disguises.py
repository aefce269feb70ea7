"""Signs are found in whatever letters they are typed, and ordinary words stay what they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.wording.disguises import plain_letters
from tests.safety.disguise_table import ALARMING, SIGNS, found_in, mark_of, own_signs, tier
from tests.safety.disguises import DISGUISES

OWN = own_signs()


@pytest.mark.parametrize("name", DISGUISES)
def test_signs_are_found_in_a_disguise(name):
    assert len(OWN) == SIGNS
    assert found_in(name, OWN) >= mark_of(name)


HARMLESS_TOGETHER = [
    "capitals", "zero-width spaces", "no-break spaces", "curly apostrophes", "variation selectors",
    "marks of direction", "exclamation marks",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    sign=st.sampled_from(OWN),
    names=st.lists(st.sampled_from(HARMLESS_TOGETHER), min_size=2, max_size=3, unique=True),
)
def test_disguises_add_up_to_nothing(sign, names):
    for name in names:
        sign = DISGUISES[name][1](sign)
    assert tier(sign) in ALARMING


@pytest.mark.parametrize(
    "text",
    ["болит спина", "πονάει η μέση μου", "não tenho dor", "dónde está el punto", "背中が痛い",
     "ألم في الظهر", "Schmerzen im Rücken", "naïve café", "LI4 & BL23"],
)  # fmt: skip
def test_other_languages_keep_their_letters(text):
    assert plain_letters(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "sewerslide is on my mind", "i am so suic1dal", "gonna k!ll myself", "thinking of su*cide",
        "i bought rope", "i have said my goodbyes", "i wantto die", "i want to unalive myself",
    ],
)  # fmt: skip
def test_words_for_suicide_are_heard_in_disguise(text):
    assert tier(text) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "where is LI4", "my l5 s1 disc", "i press bl-23 and gb-20", "ooooh that is nice", "a.b.c.",
        "see you l8r m8", "my wifi password is k1tt3n", "it's 5* service", "thx!!! so gooood",
        "the A.A. man came", "my flat is 2b or not 2b", "i bought rope for the tent",
    ],
)  # fmt: skip
def test_ordinary_words_stay_what_they_are(text):
    assert tier(text) is None
