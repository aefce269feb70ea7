"""One tap closes what was shown last, and whoever speaks of it again is asked once more."""

import asyncio

import pytest

from bot.gateway.messages import Incoming
from tests.gateway.test_gateway import answer, gateway_of

FOOT = "my left foot went numb this morning"
SADDLE = "and now i cannot feel it when i wipe"
CHEST = "yesterday i had a tight feeling in my chest when i walked uphill"
TAP = "/deny_red_flags"


@pytest.fixture
def say():
    gateway = gateway_of(answer("topic:deny_red_flags"))
    return lambda text: asyncio.run(gateway.exchange(Incoming(text, "someone", "test")))


def tiers(messages):
    return [message.reply.tier.value for message in messages if message.reply.tier]


def test_a_tap_closes_only_the_sign_that_was_shown_last(say):
    assert tiers(say(FOOT)) == ["urgent"]
    assert tiers(say(SADDLE)) == ["emergency"]
    assert tiers(say(TAP)) == ["urgent"]
    assert tiers(say(TAP)) == []


def test_a_sign_that_was_tapped_away_opens_again_when_it_is_told_again(say):
    assert tiers(say(CHEST)) == ["emergency"]
    assert tiers(say(TAP)) == []
    assert tiers(say("what else helps a stiff back")) == []
    assert tiers(say("it was uphill, that tightness, is it worth seeing someone?")) == ["emergency"]
    assert tiers(say(TAP)) == []
    assert tiers(say("the tightness uphill again, is that so bad?")) == []


def test_a_tap_after_one_sign_told_twice_closes_both(say):
    say(FOOT)
    say("the left foot is numb, i said")
    assert tiers(say(TAP)) == []
