"""What the red-flag patterns of a data folder raise, for the checks that ask them of many texts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.knowledge.schema.red_flags import load_red_flags
from bot.safety.detector import RedFlagDetector
from bot.safety.screening import Finding


class Alarms:
    """The patterns of one file; each text is screened once."""

    def __init__(self, detector: RedFlagDetector) -> None:
        self._detector = detector
        self.raised_by = lru_cache(maxsize=None)(self._top)

    def _top(self, text: str) -> Finding | None:
        return self._detector.screen(text).top


def alarms_of(folder: Path) -> Alarms:
    """The patterns in `folder`/red_flags.yml, made again only when the rules have changed.

    Raises:
        DataError: the file is missing or wrong.
    """
    book = load_red_flags(folder / "red_flags.yml")
    rules = book.model_dump_json()
    if rules not in _MADE:
        _MADE.clear()
        _MADE[rules] = Alarms(RedFlagDetector(book))
    return _MADE[rules]


_MADE: dict[str, Alarms] = {}
