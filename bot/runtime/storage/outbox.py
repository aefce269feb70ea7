"""Warning signs that are not stored yet.

A sign is written here before anything else is tried, and goes when the conversation that holds it
is stored. So it stands after a kill, and also where no room was left on the disk.
"""

from __future__ import annotations

import datetime
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.knowledge.schema.red_flags import Tier
from bot.runtime.storage.slot_file import SlotFile
from bot.safety.handover import ScreeningSummary
from bot.text.json_types import JsonObject

FILE = "signs.held"
# Characters of a person's words that are held.
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
        self._file = SlotFile(folder, FILE)
        self._lock = threading.Lock()
        self._slots: dict[str, int] = {}
        self._signs: dict[str, HeldSign] = {}
        for slot, record in self._file.records():
            sign = _sign_of(record)
            if sign is not None:
                self._signs[sign.sender], self._slots[sign.sender] = sign, slot

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
            slot = self._slots.get(sign.sender)
            self._slots[sign.sender] = self._file.put(slot, asdict(sign))

    def release(self, sender: str) -> None:
        """Let a sign go, which is stored, or whose person is forgotten.

        Raises:
            OSError: it could not be taken out of the file; it is still there after a start.
        """
        with self._lock:
            self._signs.pop(sender, None)
            slot = self._slots.pop(sender, None)
            if slot is not None:
                self._file.clear(slot, sender)


def _sign_of(record: JsonObject | None) -> HeldSign | None:
    try:
        sign = HeldSign(**record) if record else None
        _ = sign and (sign.found, datetime.date.fromisoformat(sign.day))
    except (ValueError, TypeError):
        return None
    return sign
