"""Warning signs that are not stored yet: one file whose room was taken beforehand.

A sign is written here before anything else is tried, and goes when the conversation that holds it
is stored. So it stands after a kill, and also where no room was left on the disk: the file has its
full length from the start, and is written in place.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.knowledge.schema.red_flags import Tier
from bot.privacy.private_files import private_file
from bot.privacy.private_store import private_folder
from bot.safety.handover import ScreeningSummary

FILE = "signs.held"
# Bytes of a sign, and how many there is room for. More lengthen the file, if there is room.
_BYTES = 4096
_ROOM = 128
_WORDS = 200


@dataclass(frozen=True)
class HeldSign:
    """A sign that was told.

    Attributes:
        text: the person's words, as far as there is room.
        day: on which it was told, an ISO date.
        about_self_harm: whether the message for thoughts of self-harm is the right one.
    """

    sender: str
    text: str
    day: str
    flag: str
    tier: str
    layer: str
    rules: str
    about_self_harm: bool

    @classmethod
    def of(cls, sender: str, text: str, day: str, found: ScreeningSummary) -> HeldSign:
        """A sign as it was found."""
        return cls(
            sender, text[:_WORDS], day, found.flag, found.tier.value, found.layer, found.rules,
            found.self_harm,
        )  # fmt: skip

    @property
    def found(self) -> ScreeningSummary:
        """What was found."""
        return ScreeningSummary(
            self.flag, Tier(self.tier), self.layer, self_harm=self.about_self_harm, rules=self.rules
        )


class Outbox:
    """The signs that are not stored yet, one for each conversation: the gravest.

    Args:
        folder: the state folder; it is made if it is not there.

    Raises:
        OSError: the file cannot be opened for writing, or has no room.
    """

    def __init__(self, folder: Path) -> None:
        path = private_file(private_folder(folder) / FILE)
        self._file = os.open(path, os.O_RDWR)
        size = os.fstat(self._file).st_size
        if size < _ROOM * _BYTES:
            # Written, not only promised: some file systems promise more than they have.
            os.pwrite(self._file, bytes(_ROOM * _BYTES - size), size)
            os.fsync(self._file)
        self._lock = threading.Lock()
        self._places: dict[str, int] = {}
        self._signs: dict[str, HeldSign] = {}
        for place, sign in self._stored():
            if sign is not None:
                self._signs[sign.sender], self._places[sign.sender] = sign, place

    def __len__(self) -> int:
        """How many signs wait."""
        return len(self._signs)

    def of(self, sender: str) -> HeldSign | None:
        """The sign of a conversation that is not stored yet."""
        return self._signs.get(sender)

    def all(self) -> list[HeldSign]:
        """All that are not stored yet."""
        return list(self._signs.values())

    def hold(self, sign: HeldSign) -> None:
        """Keep a sign until it is released. A graver one that is held stays.

        Raises:
            OSError: it could not be written; it is held in memory alone.
        """
        with self._lock:
            held = self._signs.get(sign.sender)
            if held and held.found.tier.rank > sign.found.tier.rank:
                return
            self._signs[sign.sender] = sign
            with self._alone():
                place = self._places.get(sign.sender)
                if place is None or self._at(place) is None:
                    place = self._free_place()
                self._write(place, json.dumps(asdict(sign), ensure_ascii=False).encode())
            self._places[sign.sender] = place

    def release(self, sender: str) -> None:
        """Let a sign go, which is stored, or whose person is forgotten.

        Raises:
            OSError: it could not be taken out of the file; it is still there after a start.
        """
        with self._lock:
            self._signs.pop(sender, None)
            place = self._places.pop(sender, None)
            if place is None:
                return
            with self._alone():
                held = self._at(place)
                if held is not None and held.sender == sender:
                    self._write(place, b"")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes out, such as a chat in the terminal on the same folder."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _free_place(self) -> int:
        return next((place for place, sign in self._stored() if sign is None), self._end())

    def _end(self) -> int:
        return os.fstat(self._file).st_size // _BYTES

    def _write(self, place: int, content: bytes) -> None:
        os.pwrite(self._file, content[:_BYTES].ljust(_BYTES, b"\0"), place * _BYTES)
        os.fsync(self._file)

    def _stored(self) -> Iterator[tuple[int, HeldSign | None]]:
        return ((place, self._at(place)) for place in range(self._end()))

    def _at(self, place: int) -> HeldSign | None:
        """The sign at a place; None where it is free, or cut off by a kill."""
        content = os.pread(self._file, _BYTES, place * _BYTES).rstrip(b"\0")
        try:
            sign = HeldSign(**json.loads(content)) if content else None
            _ = sign and (sign.found, datetime.date.fromisoformat(sign.day))
        except (ValueError, TypeError, KeyError):
            return None
        return sign
