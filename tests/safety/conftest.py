"""The detector on the real data, with a fixed date: Saturday, 21 November 2026."""

import asyncio
import datetime
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import load_red_flags
from bot.safety import RedFlagDetector, Tier

TODAY = datetime.date(2026, 11, 21)
HERE = Path(__file__).parent


@cache
def wordings(name):
    """One of the YAML files beside the tests."""
    return yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def detector():
    return RedFlagDetector(load_red_flags(DATA_DIR / "red_flags.yml"), today=lambda: TODAY)


RANK = {tier.value: tier.rank for tier in Tier} | {"self_harm": Tier.EMERGENCY.rank}


@pytest.fixture(scope="module")
def rank(assistant):
    """A function text -> the rank of the red flag that the pipeline raises; 0 for none."""
    loop = asyncio.new_event_loop()

    def rank_of(text):
        parsed = loop.run_until_complete(assistant.agent.parse_message(text))
        raised = any(entity["entity"] == "red_flag" for entity in parsed["entities"])
        # A milder kind stands beside the question of the same message, whose intent it leaves.
        kind = parsed["intent"]["name"].removeprefix("red_flag_")
        return RANK.get(kind, Tier.PERSISTENT.rank) if raised else 0

    yield rank_of
    loop.close()
