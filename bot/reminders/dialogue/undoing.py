"""Putting back what was just cancelled, changed or left out: 'undo', 'put it back'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reminders.dialogue.choosing import shift_in
from bot.reminders.dialogue.saying import Answer, Pending, Saying
from bot.reminders.schedules import Schedule
from bot.reminders.storage.records import Reminder
from bot.text.json_types import JsonObject
from bot.text.number_words import in_words

_UNDO = re.compile(
    r"\b(?:undo|restore|revert|reinstate|un ?delete|un ?cancel)\b|\bas (?:it|they) (?:was|were)\b"
    r"|\b(?:put|bring|get|want|have|give me|take) (?:it|that|them|those|that one|my \w+|everything)"
    r" back\b|\bput back\b|\bdid(?:n'?t| not) mean (?:that|to|it)\b|\bback (?:again )?please\b",
    re.IGNORECASE,
)


class Undoing(Saying):
    """Keeps what was there before, with the conversation, until it goes on."""

    def _undo_of(self, reminders: Sequence[Reminder]) -> Pending:
        """What is pending after a change: how it was before."""
        return {"ask": "undo", "undo": [_plain(reminder) for reminder in reminders]}

    def _undone(self, text: str, pending: Pending) -> Answer | None:
        """All as it was, if that is wanted."""
        kept = pending.get("undo")
        if not kept or not _UNDO.search(text) or shift_in(text):
            return None
        back = [self._store.put_back(_reminder(self._asker.sender, each)) for each in kept]
        if len(back) > 1:
            count = f"{in_words(len(back))} reminders"
            return self._say("all_put_back", ("Show my reminders",), None, count=count)
        told = self._told_of(_plain(back[0]), back[0].schedule)
        following = self._next(back[0])
        just = {"ask": "just_set", "id": back[0].id}
        return self._say("put_back", ("Show my reminders",), just, next=following, **told)


def _plain(reminder: Reminder) -> JsonObject:
    schedule = reminder.schedule
    return {
        "id": reminder.id, "kind": reminder.kind, "points": list(reminder.points),
        "schedule": schedule.to_plain() if schedule else None, "subject": reminder.subject,
        "state": reminder.state, "paused_until": reminder.paused_until,
        "fired": reminder.fired, "created": reminder.created,
    }  # fmt: skip


def _reminder(sender: str, plain: JsonObject) -> Reminder:
    schedule = plain["schedule"]
    return Reminder(**{
        **plain, "sender": sender, "points": tuple(plain["points"]),
        "schedule": Schedule.from_plain(schedule) if schedule else None,
    })  # fmt: skip
