"""A sign is gone where that very sign is denied, and where nothing else is."""

import pytest

from bot.safety.denied_signs import default_denials
from bot.safety.pain.durations import says_worse
from bot.safety.settling import default_settling

GONE = [
    ("there is a tight pressure in my chest", "I don't have any pressure in my chest"),
    ("numb between my legs since lunch", "I can feel everything down there"),
    ("both of my legs are numb", "my legs are not numb"),
    ("I can't wee since last night", "I can wee normally"),
    ("I fell off a ladder and my back hurts", "I never fell off a ladder"),
    ("my calf is swollen", "my calf isn't swollen"),
    ("I have a fever and a sore back", "I don't have a fever"),
    ("I have a fever and a sore back", "my temperature is normal"),
    ("both legs tingle and my back hurts", "no, it is only the left leg"),
    ("my left leg is numb", "it's not numb, just a bit sore"),
    ("I can't breathe properly", "I have no trouble breathing"),
    ("I have osteoporosis and my back hurts", "but I did not fall"),
]
STANDS = [
    ("there is a tight pressure in my chest", "no pressure in my leg"),
    ("there is a tight pressure in my chest", "I have no pressure in my chest any more"),
    ("numb between my legs since lunch", "my legs are not numb"),
    ("both of my legs are numb", "my left leg is not numb"),
    ("I can't wee since last night", "no chest pain though"),
    ("I can't wee since last night", "I can wee normally but it still leaks"),
    ("I have a fever and a sore back", "not much of a fever"),
    ("I have a fever and a sore back", "my wife says I have no fever"),
    ("I have a fever and a sore back", "do I have no fever?"),
    ("I have a fever and a sore back", "no fever"),
    ("pain in my jaw and arm and I am sweating", "no chest pain"),
    ("tearing pain in my back came suddenly", "it is not sudden"),
    ("I fell off a ladder and my back hurts", "no blood though"),
    ("my face is drooping", "I have no headache"),
    ("my face is drooping", "my speech is not slurred"),
    ("both legs tingle and my back hurts", "my legs are not weak"),
    ("both legs are numb and tingling", "my legs are not numb"),
    ("there is a tight pressure in my chest", "my chest is not burning"),
    ("I have a fever and a sore back", "I have a fever, yes, no chills"),
]


@pytest.mark.parametrize(("told", "denied"), GONE)
def test_a_sign_that_is_denied_itself_is_gone(told, denied):
    assert default_denials().gone([(told,)], [denied])


@pytest.mark.parametrize(("told", "denied"), STANDS)
def test_what_is_denied_of_something_else_leaves_a_sign(told, denied):
    assert not default_denials().gone([(told,)], [denied])


def test_each_of_two_signs_is_denied_or_none_is_gone():
    told = [("I have a fever and a sore back",), ("I have a fever and a sore back", "I can't wee")]
    denials = default_denials()
    assert not denials.gone(told, ["I don't have a fever"])
    assert denials.gone(told, ["I don't have a fever", "I can wee normally"])


def test_what_no_rule_knows_is_not_denied_away():
    fever = ("I have a fever and a sore back",)
    assert not default_denials().gone([("",), fever], ["I don't have a fever"])
    assert not default_denials().gone([], ["I don't have a fever"])


@pytest.mark.parametrize(
    "text",
    [
        "That's not what I meant. I only gasp because I am heavy",
        "you got me wrong, it's just that I am out of shape",
        "you misunderstood, I haven't phoned anyone",
        "not what I meant, nobody is coming",
        "I shall see the doctor this afternoon",
        "the nurse is going to look at me on Monday",
        "I am waiting for a scan, it will be fine",
        "I'd rather not see a doctor, I'm fine",
    ],
)
def test_refusing_meaning_to_and_explaining_away_settle_nothing(text):
    assert default_settling().read(text) is None


@pytest.mark.parametrize(
    "text",
    ["they have sent a crew", "I've dialled 112", "my son is driving me to casualty now",
     "the medics are here", "ok calling now"],
)  # fmt: skip
def test_help_that_was_called_is_heard(text):
    assert default_settling().tells_of_help(text)


@pytest.mark.parametrize(
    "text",
    ["I don't want to bother the medics", "I'll ring the surgery tomorrow", "maybe I should call",
     "no ambulance please, I'm not calling", "the doctor can see me at three", "thank you"],
)  # fmt: skip
def test_help_that_is_refused_or_put_off_is_none(text):
    assert not default_settling().tells_of_help(text)


@pytest.mark.parametrize(
    ("text", "worse"),
    [
        ("it hurts more", True), ("the ache got stronger", True), ("more pain", True),
        ("it was 3 before and 6 after", True), ("from a 2 to a 5", True), ("it hurts less", False),
        ("it was 6 before and 3 after", False), ("no more pain", False), ("it isn't worse", False),
    ],
)  # fmt: skip
def test_more_pain_is_worse_in_any_words(text, worse):
    assert says_worse(text) is worse
