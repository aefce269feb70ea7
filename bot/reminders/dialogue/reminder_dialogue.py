"""Where people set, change, hear of and cancel their reminders, in a few turns each.

Nothing counts before it was read back and agreed to. What is asked meanwhile is `pending`: plain
values, kept with the conversation.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.reminders.dialogue.choosing import Wish, cancels, says, wish_in
from bot.reminders.dialogue.correcting import Correcting
from bot.reminders.dialogue.finding import chosen, means_all, target_and_time
from bot.reminders.dialogue.parts import parted
from bot.reminders.dialogue.saying import (
    NO,
    SHORT,
    YES,
    Answer,
    Pending,
)
from bot.reminders.language.phrases import adds, read
from bot.reminders.language.zones import place_of
from bot.reminders.schedules import Schedule

_QUESTION = re.compile(r"^(?:where|what|how|why|which|who|can|could|does|do|is|are|should)\b")
_ABOUT_REMINDERS = frozenset({
    "set_reminder", "cancel_reminder", "list_reminders", "pause_reminder",
})  # fmt: skip
# With these intents a message may still be the answer to what was asked.
_OPEN = _ABOUT_REMINDERS | {
    "affirm", "deny", "nlu_fallback", "out_of_scope", "continue_session", "stop_session",
    "ask_how_long", "goodbye", "thank", "greet", "report_pain", "session_time_left", "",
    "pause_session", "resume_session", "session_skip", "repeat_last", "confirm_forget",
}  # fmt: skip


class ReminderDialogue(Correcting):
    """Serves one person in one turn."""

    def answered(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """The answer to what was asked; None if the person talks about something else."""
        mine, beside = parted(text, self._now, self._words)
        said = self._answered(mine, intent, pending)
        if said is None or not beside:
            return said
        return replace(said, beside=f"{said.beside} {beside}".strip())

    def _answered(self, text: str, intent: str, pending: Pending) -> Answer | None:
        ask = pending["ask"]
        if undone := self._undone(text, pending):
            return undone
        if ask == "undo":
            return None
        if ask == "just_set":
            return self._after_setting(text, intent, pending)
        if agreed := self._said_yes(text, pending):
            return agreed
        is_mine = self._is_correction(text, pending)
        is_other = (
            not is_mine
            and intent not in _OPEN
            and (len(text.split()) > SHORT or _QUESTION.match(text.lower()) or self._asker.named)
        )
        if is_other:
            return None
        is_no = says(text, self._words.no_words) or (intent == "deny" and len(text.split()) < 4)
        if ask == "cancel_all":
            if says(text, self._words.yes_words) or intent == "affirm":
                gone = [r for r in self._store.of(self._asker.sender) if r.id in pending["ids"]]
                self._store.cancel(pending["ids"])
                return self._say("cancelled_all", (), self._undo_of(gone))
            return self._listed() if is_no or cancels(text) else None
        if ask == "which":
            return self._which(text, pending, is_no)
        if cancels(text) and means_all(text):
            return None
        if is_mine and cancels(text) and (said := self._corrected(text, pending)):
            return said
        if is_no or (cancels(text) and intent != "set_reminder"):
            changed = self._with_id(pending.get("target"))
            if changed and changed.schedule:
                when = changed.schedule.in_words(self._now)
                return self._say("left_as_it_was", when=when)
            return self._say("not_set")
        return self._settled(text, intent, pending)

    def asked(
        self, text: str, intent: str, pending: Pending | None = None,
        waiting: Pending | None = None,
    ) -> Answer:  # fmt: skip
        """The answer to a message about reminders.

        Args:
            waiting: what was proposed before, and is not set yet.
        """
        text, beside = parted(text, self._now, self._words)
        said = self._asked(text, intent, pending, waiting)
        return replace(said, beside=beside) if beside else said

    def _asked(
        self, text: str, intent: str, pending: Pending | None, waiting: Pending | None
    ) -> Answer:
        wish = wish_in(text, intent)
        if wish is Wish.MISSED:
            return self._missed()
        if wish is Wish.CALENDAR:
            return self._calendar(bool(re.search(r"\bnew\b|\banother\b", text.lower())))
        if wish is Wish.QUIET and not self._ending(text, wish):
            return self._quiet(text)
        if wish is Wish.QUIET:
            wish = Wish.CANCEL
        if wish in (Wish.PAUSE, Wish.RESUME, Wish.CANCEL):
            return self._managed(text, wish, pending)
        if wish is Wish.LIST and adds(text) and read(text, self._now, self._words).has_time:
            wish = Wish.SET
        if wish is Wish.LIST:
            return self._listed_with(self.taken_up(waiting) if waiting else None)
        if wish is Wish.SNOOZE:
            snoozed = self._snoozed_one(text) or self._snoozed(text)
            if snoozed:
                return snoozed
        if wish is Wish.CHANGE and self._store.of(self._asker.sender):
            return self._changed(text, pending)
        return self._set(text)

    def _listed_with(self, open_one: Answer | None) -> Answer:
        """What is set, and after it what is not set yet."""
        if open_one is None or not self._store.of(self._asker.sender):
            return open_one or self._listed()
        listed = self._listed().reply
        reply = replace(
            open_one.reply,
            written=f"{listed.written}\n\n{open_one.reply.written}",
            spoken=f"{listed.spoken} {open_one.reply.spoken}",
            card=listed.card,
        )
        return replace(open_one, reply=reply)

    def taken_up(self, pending: Pending) -> Answer | None:
        """'Your reminder is not set yet: shall I?'; None where nothing waits for a yes."""
        if pending.get("ask") != "confirm" or pending.get("target"):
            return None
        schedule = Schedule.from_plain(pending["schedule"]) if pending.get("schedule") else None
        if schedule and schedule.next_after(self._now) is None:
            return None
        return self._say("not_set_yet", (YES, NO), pending, **self._told_of(pending, schedule))

    def placed(self, zone: str) -> Answer:
        """Somebody says where they are: what is set keeps its hours, on the clocks there."""
        mine = self._store.of(self._asker.sender)
        self._store.note(self._asker.sender, zone=zone)
        for reminder in mine:
            if reminder.schedule and reminder.schedule.zone == self._zone:
                there = reminder.schedule.in_zone(zone)
                due = reminder.schedule.next_after(self._now)
                if due and there.next_after(self._now) is None:
                    # The hour is over there already: better late than never.
                    there = Schedule.at(due, zone)
                self._store.reschedule(reminder, there)
                if reminder.is_paused:
                    self._store.pause([reminder], reminder.paused_until)
        self._zone = zone
        coming = [r for r in self._store.of(self._asker.sender) if r.next_due]
        following = self._next(min(coming, key=lambda r: r.next_due or 0.0)) if coming else ""
        return self._say(
            "place_set", ("Show my reminders",), None, place=place_of(zone), next=following
        )

    def unavailable(self) -> Answer:
        """The reminders cannot be reached."""
        return self._say("not_now")

    def _after_setting(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """'No, cancel it', 'make it 9', just after a reminder was set."""
        reminder = self._with_id(pending["id"])
        if reminder is None:
            return None
        is_short = len(text.split()) <= SHORT
        wish = wish_in(text, intent)
        ending = self._ending(text, wish)
        which = ending.rest if ending else text
        named = chosen(which, self._store.of(self._asker.sender), self._now, self._words)
        is_other = named is not None and (reminder not in named or means_all(which))
        if ending:
            return None if is_other else self._ended([reminder], ending)
        if says(text, ("no", "nope", "no wait", "no no", "wrong", "that's wrong")):
            return self._cancelled([reminder])
        if cancels(text) and is_short and (skipped := self._skipped(text, [reminder])):
            return skipped
        if wish in (Wish.QUIET, Wish.MISSED, Wish.CALENDAR, Wish.PAUSE, Wish.RESUME):
            return None
        if cancels(text) and is_short:
            return None if is_other else self._cancelled([reminder])
        told = read(text, self._now, self._words)
        if is_short and told.only_limits and not is_other:
            # 'Leave out Saturdays', 'only until Friday'.
            return self._change(reminder, text)
        corrects = re.match(
            r"(?:no|actually|sorry|rather|better|i mean|i meant|wait)\b", text.lower()
        )
        if intent not in _OPEN or not (wish is Wish.CHANGE or corrects):
            return None
        before, after = target_and_time(text)
        aimed = chosen(before, self._store.of(self._asker.sender), self._now, self._words)
        if before and aimed is not None and reminder not in aimed:
            return None
        # 'Push the evening one back to 7', of a reminder that comes in the morning, too.
        changed = self._change(reminder, after or text, before)
        return changed if changed.pending or intent in _ABOUT_REMINDERS else None
