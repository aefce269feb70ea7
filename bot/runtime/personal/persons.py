"""What is kept of one person, in all places together: found, told as a whole, deleted."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.privacy.audit import Act, AuditLog
from bot.privacy.codes import PersonCodes
from bot.privacy.personal_data import PersonalData
from bot.privacy.quiet_log import log_failure
from bot.text.json_types import JsonObject
from bot.version import release

logger = logging.getLogger(__name__)

OPERATOR, PERSON = "operator", "person"


@dataclass(frozen=True)
class Found:
    """A person of whom something is kept.

    Attributes:
        sender: the id of their conversation.
        code: what they can read out.
        last: when there was something of them last; None where that is not known.
        places: the names of the places that keep something.
    """

    sender: str
    code: str
    last: datetime.datetime | None
    places: tuple[str, ...]


class StillKept(Exception):
    """Raised where places could not delete; the message names them."""


class Persons:
    """Finds, tells and deletes what is kept of persons, and writes down that it was done.

    Args:
        places: everything that keeps something, the conversations last.
        codes: makes the codes of persons.
        audit: where it is written down.
        now: the time, in seconds since 1970.
    """

    def __init__(
        self,
        places: Sequence[PersonalData],
        codes: PersonCodes,
        audit: AuditLog,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._places = places
        self._codes = codes
        self._audit = audit
        self._now = now

    async def find(self, wanted: str, who: str = OPERATOR) -> Found | None:
        """The person with an id or a code; None where nothing is kept of one.

        Raises:
            Exception: a place cannot be read.
        """
        last: dict[str, float] = {}
        for place in self._places:
            for sender, at in (await place.contacts()).items():
                last[sender] = max(at, last.get(sender, at))
        named = [wanted] if wanted in last else [s for s in last if self._codes.is_of(s, wanted)]
        for sender in named or [wanted]:
            kept = await self._kept(sender)
            code = self._codes.of(sender)
            if kept:
                self._audit.note(Act.FOUND, code, who)
                newest = last.get(sender)
                moment = datetime.datetime.fromtimestamp(newest, datetime.UTC) if newest else None
                return Found(sender, code, moment, tuple(kept))
        return None

    async def copy(self, sender: str, who: str = OPERATOR) -> JsonObject:
        """Everything that is kept of a person, as plain values.

        Raises:
            Exception: a place cannot be read.
        """
        kept = await self._kept(sender)
        code = self._codes.of(sender)
        self._audit.note(Act.EXPORTED, code, who)
        made = datetime.datetime.fromtimestamp(self._now(), datetime.UTC)
        return {
            "about": "Everything that this assistant keeps of you.",
            "code": code,
            "made": made.isoformat(timespec="seconds"),
            "release": release(),
            "kept": kept,
        }

    async def erase(self, sender: str, who: str | None = OPERATOR, soon: bool = False) -> None:
        """Delete everything that is kept of a person, in every place; their sessions end.

        Args:
            who: by whom; None where that is written down already.
            soon: whether remnants in large files may wait for the night.

        Raises:
            StillKept: a place could not delete. The others have.
        """
        failed: list[str] = []
        for place in self._places:
            try:
                await place.erase([sender])
                if await place.kept_of(sender):
                    failed.append(place.name)
                await place.wipe(soon)
            except Exception as error:
                log_failure(logger, "a person could not be deleted", error)
                failed.append(place.name)
        if failed:
            raise StillKept(", ".join(dict.fromkeys(failed)))
        if who:
            self._audit.note(Act.ERASED, self._codes.of(sender), who)

    async def erased_elsewhere(self, code: str, at_hand: Iterable[str]) -> list[str]:
        """Let go of what this process still holds of somebody whom a command deleted.

        Args:
            at_hand: whose ids this process knows.

        Returns:
            The ids of that person.
        """
        theirs = [sender for sender in at_hand if self._codes.is_of(sender, code)]
        for sender in theirs:
            await self.erase(sender, None, soon=True)
        return theirs

    async def _kept(self, sender: str) -> JsonObject:
        kept = {place.name: await place.kept_of(sender) for place in self._places}
        return {name: content for name, content in kept.items() if content}
