"""A file of slots of one length, whose room is taken beforehand and which is written in place.

On a full disk nothing can be added to a file, but what it has can be overwritten.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.privacy.private_files import private_file
from bot.privacy.private_store import private_folder
from bot.text.json_types import JsonObject

# Bytes of a slot, and how many there are. More lengthen the file, if there is room.
SLOT_BYTES = 4096
_SLOTS = 128


class SlotFile:
    """Records by slot, each of one sender.

    Args:
        folder: the state folder; it is made if it is not there.

    Raises:
        OSError: the file cannot be opened for writing, or has no room.
    """

    def __init__(self, folder: Path, name: str) -> None:
        path = private_file(private_folder(folder) / name)
        self._file = os.open(path, os.O_RDWR)
        size = os.fstat(self._file).st_size
        if size < _SLOTS * SLOT_BYTES:
            # Written, not only promised: some file systems promise more than they have.
            os.pwrite(self._file, bytes(_SLOTS * SLOT_BYTES - size), size)
            os.fsync(self._file)

    def records(self) -> Iterator[tuple[int, JsonObject | None]]:
        """Every slot with its record; None where it is free, or cut off by a kill."""
        return ((slot, self._at(slot)) for slot in range(self._end()))

    def put(self, slot: int | None, record: JsonObject) -> int:
        """Write a record into its slot, or a free one, and give that.

        Raises:
            OSError: it could not be written.
        """
        with self._alone():
            held = self._at(slot) if slot is not None else None
            if slot is None or held is None or held.get("sender") != record["sender"]:
                free = (place for place, there in self.records() if there is None)
                slot = next(free, self._end())
            self._write(slot, packed(record))
        return slot

    def clear(self, slot: int, sender: str) -> None:
        """Free the slot of a sender.

        Raises:
            OSError: it could not be written.
        """
        with self._alone():
            held = self._at(slot)
            if held is not None and held.get("sender") == sender:
                self._write(slot, b"")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes out, such as a chat in the terminal on the same folder."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _end(self) -> int:
        return os.fstat(self._file).st_size // SLOT_BYTES

    def _write(self, slot: int, content: bytes) -> None:
        os.pwrite(self._file, content[:SLOT_BYTES].ljust(SLOT_BYTES, b"\0"), slot * SLOT_BYTES)
        os.fsync(self._file)

    def _at(self, slot: int) -> JsonObject | None:
        content = os.pread(self._file, SLOT_BYTES, slot * SLOT_BYTES).rstrip(b"\0")
        try:
            record = json.loads(content) if content else None
        except ValueError:
            return None
        return (
            record if isinstance(record, dict) and isinstance(record.get("sender"), str) else None
        )


def packed(record: JsonObject) -> bytes:
    """A record as a slot holds it."""
    return json.dumps(record, ensure_ascii=False).encode()
