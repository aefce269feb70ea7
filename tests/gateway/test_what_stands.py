"""What is said while a sign stands: it is named, asked about, and closed by nothing else."""

import asyncio

import pytest

from bot.gateway.messages import Incoming
from tests.gateway.test_gateway import answer, gateway_of

CALF = "my right calf is red and swollen since the train ride"
SADDLE = "since noon i cannot feel myself wipe between my legs"
DESPAIR = "i want to end my life"
WEEKS = "my lower back has ached for six weeks"


def talk(key="topic:ask_alternatives"):
    gateway = gateway_of(answer(key))

    def say(text):
        said = asyncio.run(gateway.exchange(Incoming(text, "someone", "test")))
        return "\n".join(m.text for m in said), [m.reply.tier.value for m in said if m.reply.tier]

    return say


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("why?", "calf"),
        ("what did i say that is so bad", "You wrote"),
        ("can it wait until sunday?", "No, please do not wait"),
        ("can i drive home?", "somebody else drive"),
        ("what do i tell them?", "Tell them about the swollen or sore calf"),
    ],
)
def test_what_is_asked_of_an_open_sign_is_answered(asked, told):
    say = talk("locate:LI4")
    say(CALF)
    text, tiers = say(asked)
    assert told in text
    assert tiers == ["urgent"]


@pytest.mark.parametrize("asked", ["why?", "can it wait until sunday?", "can i drive there?"])
def test_an_emergency_answers_too_and_stays_one(asked):
    say = talk()
    say(SADDLE)
    first, tiers = say(asked)
    again, _ = say(asked)
    assert tiers == ["emergency"]
    assert "local emergency number" in first
    assert first != again


def test_a_harmless_answer_ends_with_one_line_that_names_the_sign():
    say = talk()
    say(CALF)
    text, tiers = say("is warmth good for my shoulder")
    assert "calf" in text
    assert tiers == []


def test_what_leads_to_pressing_is_withheld_and_the_sign_named():
    say = talk("press:LI4")
    say(CALF)
    text, tiers = say("how do i press LI4")
    assert "Please wait with pressing until somebody has looked at the swollen" in text
    assert tiers == ["urgent"]


def test_pain_that_lasts_is_told_once_and_the_question_is_answered():
    say = talk()
    text, tiers = say(f"{WEEKS}. is warmth good for it?")
    assert tiers == ["persistent"]
    assert "answer" in text
    _, tiers = say(f"{WEEKS}. is a walk good for it?")
    assert tiers == []


CLOSES_NOTHING = [
    "thanks", "i have no fever", "can we talk about something else", "it is only my age",
    "that's not what i meant, do you know a good joke?", "never mind", "forget i said it",
    "that's not what i meant. where is LI4", "my friend thinks i am exaggerating", "i feel fine",
    "i will see a doctor on friday", "why?", "can it wait?", "nobody is coming", "ok",
    "will the doctor be here soon?", "my nurse said acupressure is fine", "delete that",
    "should i have a scan? my cousin's was clear", "i had a scan last year, it was clear",
    "/greet", "start again", "what sign?", "i'm on hold",
]  # fmt: skip


@pytest.mark.parametrize("words", CLOSES_NOTHING)
@pytest.mark.parametrize("sign", [SADDLE, DESPAIR])
def test_an_alarm_is_not_lost(sign, words):
    say = talk("topic:deny_red_flags")
    say(sign)
    say(words)
    _, tiers = say("which pillow is best")
    assert tiers == ["emergency"]


@pytest.mark.parametrize(
    "words",
    ["forget i said it, i didn't mean it like that", "i didn't mean it", "it came out wrong",
     "that's not what i meant, good night"],
)  # fmt: skip
def test_what_is_taken_back_of_dark_thoughts_closes_nothing(words):
    say = talk("topic:deny_red_flags")
    say(DESPAIR)
    assert say(words)[1] == ["emergency"]
    assert say("what helps a stiff neck")[1] == ["emergency"]


def test_a_test_that_found_nothing_settles_the_sign_and_a_tap_brings_it_not_back():
    say = talk("topic:been_checked")
    say(CALF)
    _, tiers = say("the doctor did an ultrasound, no clot, pressing is ok but not that leg")
    assert tiers == []
    assert say("i have none of these signs.")[1] == []


def test_tapping_away_dark_thoughts_leaves_the_emergency_of_before():
    say = talk("topic:deny_red_flags")
    say(SADDLE)
    say(DESPAIR)
    text, tiers = say("/deny_red_flags")
    assert tiers == ["emergency"]
    assert "numbness between the legs" in text
