"""Quick ways through a long conversation.

Rasa goes through all events of a conversation with a dozen questions about each, seven times a
turn, and plays all of them again for every copy: 20 ms of the 500th turn. What comes out stays the
same.
"""

from __future__ import annotations

from copy import copy as copy_of
from typing import Any

from rasa.shared.core.events import (
    ActionReverted,
    ActiveLoop,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker

# Where they stand, events before them may not count.
_UNDOING = frozenset({ActionReverted, ActiveLoop, UserUtteranceReverted})
_BEGINNING = frozenset({Restarted, SessionStarted})


# As Rasa has them.
rasas_applied_events = DialogueStateTracker.applied_events
rasas_copy = DialogueStateTracker.copy


def use_quick_tracker() -> None:
    """Let every tracker of this process take the quick ways."""
    DialogueStateTracker.applied_events = applied_events
    DialogueStateTracker.copy = copy


def applied_events(tracker: DialogueStateTracker) -> list[Any]:
    """The events that count: those since the newest session began, without what was undone."""
    events = list(tracker.events)
    kinds = [type(event) for event in events]
    if not _UNDOING.isdisjoint(kinds):
        return list(rasas_applied_events(tracker))
    start = next((n for n in range(len(kinds), 0, -1) if kinds[n - 1] in _BEGINNING), 0)
    return events[start:]


def copy(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker of its own that is as this one is now."""
    made = tracker.init_copy()
    vars(made).update({n: value for n, value in vars(tracker).items() if n != "slots"})
    made.events = tracker.events.copy()
    return with_slots_of(made, tracker)


def with_slots_of(
    made: DialogueStateTracker, tracker: DialogueStateTracker
) -> DialogueStateTracker:
    """The tracker `made`, with slots of its own that are as another's are now."""
    for name, slot in tracker.slots.items():
        made.slots[name] = copy_of(slot)
    return made
