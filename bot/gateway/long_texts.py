"""Looking for warning signs in texts of any length while other people are answered.

A usual message is screened at once, which takes some milliseconds. A longer one is screened in a
thread outside the event loop, one after the other, so that nobody else waits for it; those of
middling length have a thread of their own, so that they do not wait for the very long ones. The
time grows with the length, up to MOST_SCREENED: of a text beyond that, the beginning and the end
are screened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from bot.safety.detector import RedFlagDetector
from bot.safety.pain.memory import NOTHING_KNOWN, PainMemory
from bot.safety.screening import Screening

# Characters: what is screened at once, what is middling, and what is screened whole.
AT_ONCE = 2_000
_MIDDLING = 10_000
MOST_SCREENED = 100_000
# A cut ends the sentence before it.
_CUT = "\n"


@dataclass(frozen=True)
class ScreeningContext:
    """What a text is read in the light of, as `RedFlagDetector.screen` takes it."""

    earlier: Sequence[str] = ()
    asked_duration: bool = False
    pain: PainMemory = NOTHING_KNOWN


def screened(detector: RedFlagDetector, text: str, told: ScreeningContext) -> Screening:
    """The screening of a text, of its beginning and its end if it is very long."""
    half = MOST_SCREENED // 2
    read = text if len(text) <= MOST_SCREENED else text[:half] + _CUT + text[-half:]
    screening = detector.screen(read, told.earlier, told.asked_duration, told.pain)
    left_out = len(text) - len(read)
    if left_out <= 0:
        return screening
    moved = tuple(
        replace(f, start=f.start + left_out, end=f.end + left_out) if f.start > half else f
        for f in screening.findings
    )
    return replace(screening, findings=moved)


async def screened_aside(detector: RedFlagDetector, text: str, told: ScreeningContext) -> Screening:
    """The same, outside the event loop if the text is longer than a usual message."""
    if len(text) <= AT_ONCE:
        return screened(detector, text, told)
    work = partial(screened, detector, text, told)
    lane = _lane("middling" if len(text) <= _MIDDLING else "long")
    return await asyncio.get_running_loop().run_in_executor(lane, work)


@lru_cache(maxsize=2)
def _lane(name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"screening-{name}")
