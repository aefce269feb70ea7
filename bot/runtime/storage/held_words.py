"""What people told of their health while it could not be stored: held until it is."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from bot.privacy.quiet_log import log_failure
from bot.runtime.storage.lane import Lane, Unavailable
from bot.runtime.storage.slot_file import SLOT_BYTES, SlotFile, packed

logger = logging.getLogger(__name__)

FILE = "words.held"
_SECONDS = 0.5
_MOST_CHARACTERS = 500


class HeldWords:
    """Messages that are not stored yet, by sender; as many of the newest as there is room for.

    Args:
        folder: the state folder.
    """

    def __init__(self, folder: Path) -> None:
        self._lane = Lane("held-words", _SECONDS)
        self._words: dict[str, list[str]] = {}
        self._slots: dict[str, int] = {}
        self._file: SlotFile | None = None
        try:
            self._file = SlotFile(folder, FILE)
            for slot, record in self._file.records():
                if record is not None:
                    self._words[record["sender"]] = [str(each) for each in record.get("words", ())]
                    self._slots[record["sender"]] = slot
        except OSError as error:
            log_failure(logger, "what is told cannot be held in a file", error)
        self.of_before = dict(self._words)

    async def hold(self, sender: str, words: Iterable[str]) -> None:
        """Hold messages of somebody, beside those that are held."""
        held = self._words.get(sender, [])
        new = [text[:_MOST_CHARACTERS] for text in words if text[:_MOST_CHARACTERS] not in held]
        if not new or self._file is None:
            return
        kept = [*held, *new]
        while len(packed({"sender": sender, "words": kept})) > SLOT_BYTES and len(kept) > 1:
            kept.pop(0)
        self._words[sender] = kept
        record = {"sender": sender, "words": kept}
        try:
            self._slots[sender] = await self._lane.call(
                self._file.put, self._slots.get(sender), record
            )
        except Unavailable as error:  # the person is told that it may be forgotten
            log_failure(logger, "what was told could not be held", error.__cause__ or error)

    def of(self, sender: str) -> list[str]:
        """What is held of somebody."""
        return list(self._words.get(sender, ()))

    async def release(self, sender: str) -> None:
        """Hold nothing of somebody any longer: it is stored, or forgotten."""
        self.of_before.pop(sender, None)
        self._words.pop(sender, None)
        slot = self._slots.pop(sender, None)
        if slot is None or self._file is None:
            return
        try:
            await self._lane.call(self._file.clear, slot, sender)
        except Unavailable as error:  # it is noted once more after the next start
            log_failure(logger, "what was held could not be let go", error.__cause__ or error)
