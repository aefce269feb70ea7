"""For how long something is kept of persons, and the work of deleting it after that."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from bot.privacy.personal_data import PersonalData
from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)

KEEP_DAYS = 30
# With 0 days nothing outlasts the session, which is over when nothing was said for so long.
SESSION_SECONDS = 1_800.0
_DAY = 86_400.0
_NIGHT = 3
# How many are deleted at once, so that nobody waits long who writes meanwhile.
_AT_ONCE = 200


def next_night(now: float) -> float:
    """When it is night next where the machine is, in seconds since 1970: few people write then."""
    today = datetime.datetime.fromtimestamp(now)
    night = today.replace(hour=_NIGHT, minute=0, second=0, microsecond=0)
    return (night if night > today else night + datetime.timedelta(days=1)).timestamp()


@dataclass(frozen=True)
class Retention:
    """For how many days after the last contact something is kept; 0 is to the session's end."""

    days: int = KEEP_DAYS

    @property
    def seconds(self) -> float:
        """The same in seconds."""
        return self.days * _DAY if self.days else SESSION_SECONDS


class Purging:
    """Deletes what is kept of persons who were not in contact for long.

    A person counts as a whole: while they are in contact at one place, nothing of them is deleted
    at another, so that what was told of an illness outlasts no advice that builds on it.

    Args:
        places: everything that keeps something, the conversations last.
        retention: for how long.
        now: the time, in seconds since 1970.
        gone: told whose data were deleted.
        allowed: gives who allowed it, where that is asked: what is kept of anybody else does not
            outlast the session.
    """

    def __init__(
        self,
        places: Sequence[PersonalData],
        retention: Retention,
        now: Callable[[], float] = time.time,
        gone: Callable[[Sequence[str]], None] = lambda senders: None,
        allowed: Callable[[], Collection[str]] | None = None,
    ) -> None:
        self._places = places
        self._retention = retention
        self._now = now
        self._gone = gone
        self._allowed = allowed

    async def once(self) -> int:
        """Delete what is too old, and give of how many persons that was.

        Raises:
            Exception: something too old is still kept. What could be deleted is.
        """
        before = self._now() - self._retention.seconds
        soonest = self._now() - SESSION_SECONDS
        last: dict[str, float] = {}
        for place in self._places:
            for sender, at in (await place.contacts()).items():
                last[sender] = max(at, last.get(sender, at))
        silent = [sender for sender, at in last.items() if at < before]
        failures: list[Exception] = []
        await self._erased(silent, before, failures)
        if self._allowed is not None:
            kept = self._allowed()
            over = [s for s, at in last.items() if before <= at < soonest and s not in kept]
            await self._erased(over, soonest, failures)
            silent += over
        for place in self._places:
            await self._tried(place.erase_old(before), failures)
        for place in self._places:
            await self._tried(place.wipe(), failures)
        if failures:
            raise failures[0]
        return len(silent)

    async def _erased(
        self, senders: Sequence[str], before: float, failures: list[Exception]
    ) -> None:
        for start in range(0, len(senders), _AT_ONCE):
            some = senders[start : start + _AT_ONCE]
            for place in self._places:
                await self._tried(place.erase(some, before), failures)
            self._gone(some)

    async def wipe_soon(self) -> None:
        """Take what was just deleted out of the files, where that takes a moment only."""
        for place in self._places:
            await self._tried(place.wipe(soon=True), [])

    async def _tried(self, work: Awaitable[None], failures: list[Exception]) -> None:
        try:
            await work
        except Exception as error:  # the other places can be emptied all the same
            log_failure(logger, "what is too old could not be deleted", error)
            failures.append(error)
