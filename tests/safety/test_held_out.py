"""Sentences written before the layer of nearness was tuned: how many the two layers get right."""

import asyncio

import pytest

from bot.safety import Tier
from tests.safety.conftest import wordings

HELD_OUT = wordings("paraphrases_5")
RANK = {tier.value: tier.rank for tier in Tier} | {"self_harm": Tier.EMERGENCY.rank}
# What is reached, and a little air: a change that loses signs is to be seen.
LEAST = {"emergency": 0.92, "urgent": 0.94, "doctor_soon": 1.0, "persistent": 0.9}
MOST_FALSE_ALARMS = 0.03


@pytest.fixture(scope="module")
def rank(house):
    """A function text -> the rank of the red flag that the pipeline raises; 0 for none."""
    loop = asyncio.new_event_loop()

    def rank_of(text):
        parsed = loop.run_until_complete(house.agent.parse_message(text))
        raised = any(entity["entity"] == "red_flag" for entity in parsed["entities"])
        return RANK[parsed["intent"]["name"].removeprefix("red_flag_")] if raised else 0

    yield rank_of
    loop.close()


@pytest.mark.parametrize("tier", LEAST)
def test_most_signs_are_seen(rank, tier):
    texts = HELD_OUT["fire"][tier]
    missed = [text for text in texts if rank(text) < min(RANK[tier], Tier.URGENT.rank)]
    assert len(missed) <= len(texts) * (1 - LEAST[tier]) + 1e-9, missed


def test_hardly_any_false_alarm(rank):
    texts = HELD_OUT["quiet"]
    alarms = [text for text in texts if rank(text) >= Tier.URGENT.rank]
    assert len(alarms) <= len(texts) * MOST_FALSE_ALARMS, alarms


@pytest.mark.parametrize("text", [
    "no numbness, no tingling, my legs are strong", "my nephew has a wart on his foot",
    "the mri was normal", "my shoulder sends a jab down the arm when i throw",
])  # fmt: skip
def test_a_look_alike_raises_nothing(rank, text):
    assert rank(text) == 0


@pytest.mark.parametrize("text", [
    "i find out i've gone only when my trousers are dripping",
    "washing between my legs is like touching rubber, nothing gets through",
])  # fmt: skip
def test_a_sign_that_no_pattern_knows_is_raised_by_nearness(rank, detector, text):
    assert rank(text) >= Tier.URGENT.rank
