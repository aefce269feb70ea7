"""What everything that keeps data of persons can do, whatever it keeps them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class PersonalData(Protocol):
    """One place where something of persons is kept, such as the conversations.

    Attributes:
        name: what people call it, such as "conversations".
    """

    name: str

    async def contacts(self) -> Mapping[str, float]:
        """When there was something of each sender last, in seconds since 1970.

        Raises:
            Exception: the place cannot be read.
        """

    async def kept_of(self, sender: str) -> dict[str, Any]:
        """All that is kept of a sender, as plain values; empty where that is nothing.

        Raises:
            Exception: the place cannot be read.
        """

    async def erase(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete all that is kept of senders.

        Args:
            before: leaves out who has been in contact since then.

        Raises:
            Exception: something is still kept.
        """

    async def erase_old(self, before: float) -> None:
        """Delete single things that are older, where each has an age of its own.

        Raises:
            Exception: something is still kept.
        """

    async def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the files.

        Args:
            soon: only where that takes a moment; a large file waits for the night.

        Raises:
            Exception: a remnant may still be there.
        """
