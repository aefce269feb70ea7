"""Ages, denials and unknown conditions in the words of different people."""

import pytest

from bot.understanding.mentions.ages import ages_in
from bot.understanding.mentions.finder import default_finder


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("im 15", 15),
        ("I'm fifteen and my back hurts", 15),
        ("i am thirteen and a half", 13),
        ("she's 12", 12),
        ("my son is eleven", 11),
        ("my 9-year-old wants to try", 9),
        ("15 y/o girl here", 15),
        ("i turn 16 in may", 15),
        ("not 16 yet", 15),
        ("almost sixteen", 15),
        ("im 16 in four weeks", 15),
        ("I'm sixteen next month", 15),
        ("she is 16 on Friday", 15),
        ("i'll be 17 in two years", 15),
        ("basically sixteen", 15),
        ("just turned 17 in May", 17),
        ("i'm in year nine", 15),
        ("im in 7th grade", 15),
        ("he is at primary school", 15),
        ("aged 14", 14),
        ("i am 79 and stiff", 79),
        ("i meant 51", 51),
    ],
)
def test_an_age_is_read_in_any_wording(said, years):
    assert [age.years for age in ages_in(said)] == [years]


@pytest.mark.parametrize(
    "said",
    [
        "im 15 weeks pregnant",
        "my pain is 7 out of 10",
        "i'm 8/10 today",
        "i am 5 foot 2",
        "i'm 10 minutes away",
        "he is 13 stone",
        "i was 15 when it began",
        "it is 12 now",
        "my mattress is 12 years old",
        "a 9 year old injury",
        "hold it for 15 seconds",
        "where is LI 4",
        "i am 10 years sober",
        "year 2020 was bad",
        "3 times a day",
        "im 25 kg overweight",
    ],
)
def test_other_numbers_are_no_age(said):
    assert ages_in(said) == []


@pytest.mark.parametrize("said", ["nearly eighteen", "i'll be 17 in May", "about to turn 18"])
def test_an_age_to_come_makes_nobody_grown_up(said):
    assert not any(age.is_grown_up for age in ages_in(said))


def roles(said):
    return [(m.value, m.role) for m in default_finder().find(said) if m.kind == "condition"]


@pytest.mark.parametrize(
    "said",
    [
        "i'm not pregnant",
        "no i am not pregnant any more",
        "not pregnant",
        "i am no longer pregnant",
        "she isn't pregnant",
        "i was never pregnant",
        "im not actually pregnant",
    ],
)
def test_what_a_person_denies_of_themselves_is_denied(said):
    assert roles(said) == [("pregnancy", "negated")]


@pytest.mark.parametrize(
    "said",
    [
        "what is not safe in pregnancy",
        "why not in pregnancy",
        "is it not ok when pregnant",
        "it's not that bad in pregnancy",
        "which points are not for pregnancy",
        "this is not about pregnancy",
        "tell me what not to do in pregnancy",
    ],
)
def test_a_question_denies_nothing(said):
    assert ("pregnancy", "negated") not in roles(said)


@pytest.mark.parametrize(
    "said", ["don't forget i'm pregnant", "do not tell my boss i am pregnant", "no, i am pregnant"]
)
def test_what_is_told_beside_a_no_is_told(said):
    assert roles(said) == [("pregnancy", "declared")]


def test_all_of_a_list_are_denied():
    found = roles("i have no pacemaker, epilepsy or cancer")
    assert {role for _, role in found} == {"negated"}
    assert len(found) == 3


@pytest.mark.parametrize(
    "said",
    [
        "i have Marfan syndrome",
        "i've got Crohn's disease",
        "she has a rare disorder",
        "i was diagnosed with something called POTS",
        "i live with cystinosis",
    ],
)
def test_an_illness_we_do_not_know_is_heard(said):
    assert ("something_told", "declared") in roles(said)


@pytest.mark.parametrize(
    "said",
    [
        "i have a desk job",
        "i have back pain",
        "i have a question",
        "i have sciatica",
        "i've got time",
        "i have lower back ache and stiffness",
        "do you have a point for my knee",
    ],
)
def test_an_ordinary_thing_is_no_illness(said):
    assert "something_told" not in {value for value, _ in roles(said)}


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("my period's nine days late", "pregnancy"),
        ("period two weeks overdue", "pregnancy"),
        ("I haven't had my period", "pregnancy"),
        ("I'm ten days late", "pregnancy"),
        ("I have injections in my tummy against clots", "blood_thinners"),
        ("a jab every evening to stop blood clots", "blood_thinners"),
        ("I came home from hospital after a knee operation", "recent_surgery"),
        ("I had my hip replaced three weeks ago", "recent_surgery"),
    ],
)
def test_what_is_told_in_other_words_is_heard(said, condition):
    assert (condition, "declared") in roles(said)


@pytest.mark.parametrize(
    "said",
    [
        "my period is never late",
        "i am two weeks late with my exercises",
        "I came home from work after a long day",
        "I had a jab for my holidays",
    ],
)
def test_what_only_sounds_like_it_is_no_condition(said):
    assert roles(said) == []


@pytest.mark.parametrize("said", ["nobody is pregnant", "I'm not the one with osteoporosis"])
def test_who_says_nobody_denies(said):
    assert {role for _, role in roles(said)} == {"negated"}
