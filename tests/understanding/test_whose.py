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


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("one of my patients takes apixaban", "your patients"),
        ("one of them's on warfarin, should he press it", "that person"),
        ("three of them asked. one's on apixaban for his heart", "that person"),
        ("a lady here is on steroids", "that person"),
        ("somebody at work is pregnant", "that person"),
        ("i'm a healthy man on warfarin", ""),
        ("i am a lady of sixty with a pacemaker", ""),
        ("i'm on one of those blood thinners", ""),
        ("a friend told me i may be pregnant", ""),
        ("she had our baby six weeks ago, low back sore", "that person"),
        ("there is no child, i'm eighty-one", ""),
    ],
)
def test_others_who_are_not_named(text, who):
    assert told(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "my late husband george had a slipped disc in 1979",
        "my dad had a slipped disc in 2002, how long does mine take",
        "i had the baby on my arm",
        "i had my baby 20 years ago",
    ],
)
def test_what_is_over_is_told_of_nobody(text):
    assert not [m for m in default_finder().find(text) if m.role == "declared"]
