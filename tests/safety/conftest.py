"""The detector on the real data, with a fixed date: Saturday, 21 November 2026."""

import datetime
from pathlib import Path

import pytest
import yaml

from bot.knowledge.data_files import DATA_DIR
from bot.knowledge.red_flags import load_red_flags
from bot.safety import RedFlagDetector

TODAY = datetime.date(2026, 11, 21)
HERE = Path(__file__).parent


def wordings(name):
    """One of the YAML files beside the tests."""
    return yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def detector():
    return RedFlagDetector(load_red_flags(DATA_DIR / "red_flags.yml"), today=lambda: TODAY)
