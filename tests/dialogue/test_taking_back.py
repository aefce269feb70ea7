"""What a message takes back of what was told, and what it leaves as it is."""

import pytest

from bot.dialogue.persons import ToldCondition
from bot.dialogue.taking_back import Saying, TakenBack, TakingBackReader
from bot.knowledge.catalogue import Catalogue

READER = TakingBackReader(Catalogue.load().told)
JUST_NOW = Saying(is_recent=True, is_answer=True)
MINE = ToldCondition("blood_thinners")
HERS = ToldCondition("blood_thinners", "your aunt")
BONES = ToldCondition("osteoporosis", "your aunt")
PREGNANT = ToldCondition("pregnancy")


@pytest.mark.parametrize(
    "text",
    [
        "I came off my bike in June",
        "I came off the horse on Sunday",
        "I gave up smoking last year",
        "I quit my job in spring",
        "we stopped the car twice",
        "I'm off to bed",
        "I don't take sugar",
        "I finished the report on Friday",
        "I used to take the bus",
        "still on them, I never stopped taking them",
    ],
)
def test_what_ends_something_else_ends_no_medicine(text):
    assert READER.read(text, [MINE], JUST_NOW).told == ()


@pytest.mark.parametrize(
    "text",
    [
        "I came off it in June",
        "the clinic took me off them months ago",
        "I no longer take the tablets",
        "I finished the tablets in March",
        "I've stopped",
    ],
)
def test_a_medicine_that_is_meant_ends(text):
    assert READER.read(text, [MINE], JUST_NOW).told == (MINE,)


def test_one_persons_words_take_back_only_what_is_theirs():
    assert READER.read("I don't take them", [HERS], JUST_NOW).told == ()
    assert READER.read("she no longer takes them", [MINE], JUST_NOW).told == ()
    assert READER.read("she came off them in May", [MINE, HERS], JUST_NOW).told == (HERS,)


@pytest.mark.parametrize("text", ["the x-ray was clear", "her scan came back clear"])
def test_a_clear_scan_leaves_what_was_told(text):
    assert READER.read(text, [BONES], JUST_NOW) == TakenBack(stays=(BONES,))


@pytest.mark.parametrize(
    "text",
    [
        "the blood test came back fine",
        "my scan was clear",
        "I was born in Leeds",
        "my sister gave birth last week",
        "it was a mistake to lift that box",
    ],
)
def test_a_pregnancy_stays_beside_what_says_nothing_of_it(text):
    assert READER.read(text, [PREGNANT], JUST_NOW).told == ()


@pytest.mark.parametrize(
    "text", ["the test was negative", "my period came after all", "she was born on Friday"]
)
def test_a_pregnancy_ends_with_what_shows_it(text):
    assert READER.read(text, [PREGNANT], JUST_NOW).told == (PREGNANT,)


def test_a_bare_no_answers_only_what_was_just_said():
    lately = Saying(is_recent=True)
    assert READER.read("I don't", [PREGNANT], lately).told == ()
    assert READER.read("I'm not", [PREGNANT], JUST_NOW).told == (PREGNANT,)
