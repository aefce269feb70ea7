"""The conversations that are at hand, so that they are not read again for every turn."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.runtime.storage.turn_table import NOTHING, Turn, Version

# How many, and how many events of all of them together, each of about a kilobyte.
_MOST = 10_000
_MOST_EVENTS = 60_000


@dataclass
class Conversation:
    """One that is at hand: its newest session.

    Attributes:
        tracker: the session; None where nothing was said yet.
        count: how many of the tracker's events were saved: those beyond are of a turn that broke
            off.
        version: the one in the database that it goes on from; None where that is not known.
        unwritten: the turns that could not be written yet, oldest first.
    """

    tracker: DialogueStateTracker | None = None
    count: int = 0
    version: Version | None = NOTHING
    unwritten: list[Turn] = field(default_factory=list)

    def goes_on_with(self, tracker: DialogueStateTracker) -> None:
        """Take a tracker that was saved."""
        self.tracker, self.count = tracker, len(tracker.events)

    def tracker_for(self, sender: str, domain: Domain) -> DialogueStateTracker | None:
        """The tracker, without what a turn that broke off left in it."""
        if self.tracker is not None and len(self.tracker.events) != self.count:
            saved = list(self.tracker.events)[: self.count]
            self.tracker = DialogueStateTracker.from_events(sender, saved, domain.slots)
        return self.tracker


class AtHand:
    """Conversations of late, up to a number of events; those that are not written whole stay."""

    def __init__(self) -> None:
        self._by_sender: OrderedDict[str, Conversation] = OrderedDict()
        self._counts: dict[str, int] = {}
        self._events = 0
        self.unwritten: dict[str, None] = {}

    def get(self, sender: str) -> Conversation | None:
        """The conversation, if it is at hand."""
        kept = self._by_sender.get(sender)
        if kept is not None:
            self._by_sender.move_to_end(sender)
        return kept

    def keep(self, sender: str, kept: Conversation) -> None:
        """Put a conversation at hand, as it is now."""
        self._by_sender[sender] = kept
        self._by_sender.move_to_end(sender)
        self._events += kept.count - self._counts.get(sender, 0)
        self._counts[sender] = kept.count
        if kept.unwritten:
            self.unwritten[sender] = None
        else:
            self.unwritten.pop(sender, None)
        while self._is_full and self._drop_oldest(sender):
            pass

    def forget(self, sender: str) -> None:
        """Let a conversation go."""
        self._by_sender.pop(sender, None)
        self._events -= self._counts.pop(sender, 0)
        self.unwritten.pop(sender, None)

    @property
    def _is_full(self) -> bool:
        return self._events > _MOST_EVENTS or len(self._by_sender) > _MOST

    def _drop_oldest(self, but: str) -> bool:
        """Let the oldest go that can be read again; False where there is none."""
        for sender in self._by_sender:
            if sender != but and sender not in self.unwritten:
                self.forget(sender)
                return True
        return False
