"""The project's own red flags and the detector over them, each made once in a process."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import RedFlagBook, load_red_flags
from bot.safety.detector import RedFlagDetector


@lru_cache(maxsize=1)
def default_book() -> RedFlagBook:
    """The rules that are in force in this process."""
    return load_red_flags(DATA_DIR / "red_flags.yml")


@lru_cache(maxsize=1)
def default_detector() -> RedFlagDetector:
    """The detector that the gateway and the pipeline share."""
    return RedFlagDetector(default_book())
