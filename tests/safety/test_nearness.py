"""The second layer by itself: what it raises when the patterns see nothing."""

import asyncio

import pytest

from bot.safety import RedFlagDetector, Screening


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i cant feel when i wipe", "red_flag_emergency"),
        ("i lost control of my bladder", "red_flag_emergency"),
        ("i want to die", "red_flag_self_harm"),
    ],
)
def test_a_sign_that_the_patterns_miss_is_raised_by_the_judges(
    assistant, monkeypatch, text, intent
):
    monkeypatch.setattr(RedFlagDetector, "screen", lambda *_, **__: Screening())
    parsed = asyncio.run(assistant.agent.parse_message(text))
    assert parsed["intent"]["name"] == intent
    assert "judges" in {entity.get("layer") for entity in parsed["entities"]}
