"""Whose condition somebody tells of."""

import pytest

from bot.understanding.mentions.finder import default_finder


def told(text):
    """The last condition in a text that counts: whose it is."""
    return [m.whose for m in default_finder().find(text) if m.role == "declared"][-1]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("my wife is pregnant", "your wife"),
        ("My pregnant wife has a sore back", "your wife"),
        ("our daughter is 20 weeks pregnant", "your daughter"),
        ("it's for my older sister, she has osteoporosis", "your sister"),
        ("my mother takes warfarin, can she press LI4", "your mother"),
        ("i ask for my nan who has a pacemaker", "your nan"),
        ("my mother-in-law is on blood thinners", "your mother-in-law"),
        ("she's expecting, where can she press", "that person"),
        ("it's for my 9 year old", "that person"),
        ("dad takes warfarin", "your dad"),
        ("the wife has osteoporosis", "your wife"),
        ("her doctor put her on warfarin", "that person"),
        ("she gets clot injections", "that person"),
        ("my mother had a hip replacement last month", "your mother"),
        ("my husband had a stent put in and takes clopidogrel", "your husband"),
        ("i'm a mum and I have osteoporosis", ""),
        ("i asked her about my warfarin", ""),
        ("he put me on warfarin", ""),
        ("i'm pregnant", ""),
        ("i am pregnant, can my husband press it", ""),
        ("my wife thinks i am pregnant", ""),
        ("my wife and i are trying for a baby", ""),
        ("we're expecting", ""),
        ("i have my blood thinners to take", ""),
        ("my husband is fit but i have osteoporosis", ""),
        ("my doctor says it is osteoporosis", ""),
        ("pregnant", ""),
        ("my osteoporosis is bad", ""),
    ],
)
def test_whose_it_is(text, who):
    assert told(text) == who
