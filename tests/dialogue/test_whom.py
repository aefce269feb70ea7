"""For whom a message asks, and whose a warning sign is."""

import pytest

from bot.dialogue.persons import SELF, Persons, ToldCondition
from bot.dialogue.sign_owner import disowned_to, somebody_else_in
from bot.dialogue.whom import UNCLEAR, asked_for
from bot.knowledge.catalogue import Catalogue

WORDS = Catalogue.load().told
AUNT = Persons((ToldCondition("osteoporosis", "your aunt"),), ("your aunt",))


@pytest.mark.parametrize(
    "text",
    [
        "I mean me this time, not my aunt. Where should I press?",
        "She is coping. New topic, about me: my hip aches, what can I press?",
        "The brittle bones are my aunt's, not mine. I want a point for my own neck.",
        "I'm not the one with thin bones. Which stretches are good?",
        "mine is lower down, what helps there?",
        "my back hurts as well",
        "I've got a stiff neck now. What helps?",
        "as for my back, which point?",
        "and me?",
        "for myself please",
    ],
)
def test_whoever_turns_to_themselves_is_meant(text):
    assert asked_for(text, False, AUNT, WORDS) == SELF


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("And for my aunt?", "your aunt"),
        ("Which points help the neck? For her, I mean.", "your aunt"),
        ("can my aunt press LI4", "your aunt"),
        ("and for grandma?", "your grandma"),
        ("me and my aunt both want a point", UNCLEAR),
        ("does she need it softer?", "your aunt"),
        ("she likes it soft", UNCLEAR),
        ("where is LI4", None),
        ("I asked the nurse and she said it's fine. where is LI4", None),
    ],
)
def test_others_are_meant_where_they_are_asked_for(text, who):
    assert asked_for(text, False, AUNT, WORDS) == who


def test_what_is_told_of_another_beside_an_own_question_does_not_turn_away():
    own = AUNT.asking_for(SELF)
    said = "Her doctor comes at five. Where is BL40?"
    assert asked_for(said, False, own, WORDS) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "I care for my uncle, he is 80 and he fell. Could I press something for him?",
            "your uncle",
        ),
        ("nan cannot feel her legs, what can I do", "your nan"),
        ("my brother has a fever with it, should I call somebody?", "your brother"),
        ("She slipped on the stairs, I forgot to say", "your aunt"),
    ],
)
def test_a_carer_tells_of_somebody_elses_sign(text, who):
    assert somebody_else_in(text, ("your aunt",)) == (who,)


@pytest.mark.parametrize(
    "text",
    [
        "my husband says that my legs are numb",
        "my dad fell, and I fell too",
        "what can I do, I can't feel my feet, my daughter is here",
        "I need to wee all the time, says my wife",
        "I want to die, and my mother does not care",
        "my husband has to carry me",
    ],
)
def test_what_may_be_ones_own_sign_is_ones_own(text):
    assert somebody_else_in(text, ("your aunt",)) == ()


def test_a_sign_is_handed_to_whose_it_is():
    assert disowned_to("the fall was my uncle's, not mine") == ("your uncle",)
    assert disowned_to("my uncle fell as well") == ()
