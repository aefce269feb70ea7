"""Changing, cancelling, ending, pausing and taking up reminders."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.answers.builder import aloud, join
from bot.reminders.dialogue.choosing import Wish, shift_in
from bot.reminders.dialogue.finding import (
    chosen,
    means_all,
    means_several,
    target_and_time,
    times_meant,
)
from bot.reminders.dialogue.saying import (
    JUST_TOLD_SECONDS,
    NO,
    SHORT,
    YES,
    Answer,
    Pending,
)
from bot.reminders.dialogue.setting import Setting
from bot.reminders.dialogue.skipping import left_out, repeats
from bot.reminders.language.ending import Ending, ended, ending_in
from bot.reminders.language.grammar.items import Clocked
from bot.reminders.language.phrases import read
from bot.reminders.language.pieces import Pieces
from bot.reminders.storage.records import Reminder
from bot.reminders.wording import time_in_words
from bot.text.number_words import in_words

# 'Do not remind me after Friday' sounds as if it told of quiet hours.
_ENDS = (Wish.CANCEL, Wish.QUIET)
# 'Turn it off from Friday' ends it then.
_OFF = re.compile(r"\boff\b|\bdisable\b|\bdeactivate\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:it|that|this|one|reminder|alarm)\b", re.IGNORECASE)
_OTHER = re.compile(r"\bthe other\b", re.IGNORECASE)
_AFTERNOON = range(1, 6)


class Managing(Setting):
    """Finds the reminders that are meant, and does with them what is wished."""

    def _changed(self, text: str, pending: Pending | None) -> Answer:
        reminders = self._store.of(self._asker.sender)
        before, after = target_and_time(text)
        targets = chosen(before, reminders, self._now, self._words) if before else None
        just = self._with_id((pending or {}).get("id"))
        target = reminders[0] if len(reminders) == 1 else None
        if targets is not None and len(targets) == 1:
            target = targets[0]
        elif just and (targets is None or (just in targets and not before)):
            target = just
        if target:
            return self._change(target, after or text, before)
        if targets == []:
            return self._say("no_such_one", ("Show my reminders",))
        return self._ask_which(targets or reminders, "change", after or text)

    def _change(self, reminder: Reminder, text: str, which: str = "") -> Answer:
        """Change a reminder, or those of its times that `which` names."""
        schedule, kept = reminder.schedule, None
        times = times_meant(which, reminder, self._now, self._words) if which else ()
        if schedule and times:
            kept = schedule.with_times(set(schedule.all_times) - set(times))
            schedule = schedule.with_times(times)
        pending: Pending = {
            "ask": "when", "kind": reminder.kind, "points": list(reminder.points),
            "target": reminder.id, "place": True, "subject": reminder.subject,
            "pieces": Pieces.of(schedule).to_plain() if schedule else None,
            "kept": kept.to_plain() if kept else None,
        }  # fmt: skip
        if schedule:
            self._zone = schedule.zone
            shift = shift_in(text)
            if shift:
                return self._planned(pending, Pieces.of(schedule.moved(shift)))
        newer = read(text, self._now, self._words, is_answer=len(text.split()) <= SHORT)
        if newer.is_empty:
            return self._say("change_what", (), pending)
        earlier = Pieces.of(schedule) if schedule else Pieces()
        if newer.times and not newer.parts and earlier.times:
            # 'Make it 9', of a reminder at 8 in the morning, stays in the morning.
            is_pm = earlier.times[0].hour >= 12
            newer = replace(newer, times=tuple(in_half(t, is_pm) for t in newer.times))
        return self._planned(pending, earlier.with_newer(newer))

    def _managed(self, text: str, wish: Wish, pending: Pending | None) -> Answer:
        reminders = self._store.of(self._asker.sender)
        if not reminders:
            return self._say("none", ("Remind me every morning",))
        if wish is Wish.RESUME:
            reminders = [r for r in reminders if r.is_paused]
            if not reminders:
                return self._say("none_paused", ("Show my reminders",))
        if wish is Wish.CANCEL and (skipped := self._skipped(text, reminders)):
            return skipped
        if ending := self._ending(text, wish):
            return self._ended_of(reminders, text, ending, pending)
        until, rest = self._until(text) if wish is Wish.PAUSE else (None, text)
        targets = chosen(rest, reminders, self._now, self._words)
        if targets is None:
            targets = self._meant(text, reminders, pending)
        is_all = means_several(rest) or len(reminders) < 2 or not _ONE.search(rest)
        if wish is not Wish.CANCEL and targets is None and is_all:
            targets = reminders
        if targets is None:
            return self._ask_which(reminders, wish.value, text)
        if not targets:
            return self._say("no_such_one", ("Show my reminders",))
        if len(targets) == 1 and wish is Wish.CANCEL and (cut := self._cut(rest, targets[0])):
            return cut
        if len(targets) > 1 and wish is Wish.CANCEL and not means_several(rest):
            return self._ask_which(targets, wish.value, text)
        return self._do(wish, targets, until, is_one=not means_several(rest))

    def _cut(self, text: str, reminder: Reminder) -> Answer | None:
        """'Cancel the evening one' takes one of several times of a reminder off."""
        times = times_meant(text, reminder, self._now, self._words)
        schedule = reminder.schedule
        left = schedule.with_times(set(schedule.all_times) - set(times)) if schedule else None
        if not times or left is None or left.next_after(self._now) is None:
            return None
        self._store.reschedule(reminder, left)
        gone = "at " + join([time_in_words(time) for time in times])
        undo = self._undo_of([reminder])
        when = left.in_words(self._now)
        return self._say("cut", ("Show my reminders",), undo, what=gone, when=when)

    def _skipped(self, text: str, reminders: Sequence[Reminder]) -> Answer | None:
        """'Cancel tomorrow's' leaves out that one time of what repeats, and says so."""
        meant = left_out(text, reminders, self._now, self._words)
        if not meant:
            return None
        changed = []
        for reminder, due in meant:
            if reminder.schedule and repeats(reminder):
                less = reminder.schedule.without(due, self._now)
                changed.append(self._store.reschedule(reminder, less))
            else:
                self._store.cancel([reminder.id])
        times = sorted(moment.timestamp() for _, due in meant for moment in due)
        coming = min((r for r in changed if r.next_due), key=_due, default=None)
        following = self._next(coming) if coming else ""
        when = join(list(dict.fromkeys(map(self._moment, times))))
        undo = self._undo_of([reminder for reminder, _ in meant])
        return self._say("skipped", ("Show my reminders",), undo, when=when, next=following)

    def _ending(self, text: str, wish: Wish) -> Ending | None:
        """On which day to come a reminder is to be ended, if one was named."""
        is_ended = wish in _ENDS or (wish is Wish.PAUSE and bool(_OFF.search(text)))
        return ending_in(text, self._now, self._words) if is_ended else None

    def _ended_of(
        self, reminders: Sequence[Reminder], text: str, ending: Ending, pending: Pending | None
    ) -> Answer:
        targets = chosen(ending.rest, reminders, self._now, self._words)
        if targets is None:
            is_all = means_all(ending.rest) or re.search(r"\b(?:reminders|them)\b", ending.rest)
            targets = list(reminders) if is_all else self._meant(ending.rest, reminders, pending)
        if targets is None:
            return self._ask_which(reminders, Wish.CANCEL.value, text)
        if not targets:
            return self._say("no_such_one", ("Show my reminders",))
        return self._ended(targets, ending)

    def _ended(self, targets: Sequence[Reminder], ending: Ending) -> Answer:
        """'Cancel it from tomorrow': it comes until then, and is told back."""
        left = []
        for reminder in targets:
            less = reminder.schedule and ended(reminder.schedule, ending.last, self._now)
            if less:
                left.append(self._store.reschedule(reminder, less))
                if reminder.is_paused:
                    self._store.pause([left[-1]], reminder.paused_until)
            else:
                self._store.cancel([reminder.id])
        if not left:
            return self._cancelled(targets)
        if len(targets) > 1:
            return self._listed()
        told, undo = self._told_of_one(left[0]), self._undo_of(targets)
        following = self._next(left[0])
        schedule = left[0].schedule
        if schedule and len(schedule.next_times(self._now, 2)) == 1:
            # 'Today at 7' alone would not say that it ends.
            return self._say("last_time", ("Show my reminders",), undo, next=following, **told)
        return self._say("changed", ("Show my reminders",), undo, next=following, **told)

    def _meant(
        self, text: str, reminders: Sequence[Reminder], pending: Pending | None
    ) -> list[Reminder] | None:
        """The only one, the one just set, or the one just told."""
        if len(reminders) == 1:
            return list(reminders)
        just = self._with_id((pending or {}).get("id"))
        if just and _OTHER.search(text):
            return [r for r in reminders if r.id != just.id]
        if just:
            return [just]
        told = self._store.last_shown(self._asker.sender, JUST_TOLD_SECONDS)
        same = [r for r in reminders if told and r.id == told.reminder]
        if same and re.search(r"\b(?:this|these|that|it)\b", text.lower()):
            return same
        return None

    def _do(
        self,
        wish: Wish,
        targets: Sequence[Reminder],
        until: float | None = None,
        is_one: bool = True,
    ) -> Answer:
        if wish is Wish.CANCEL:
            everything = len(targets) > 1
            if everything:
                ids = [r.id for r in targets]
                count = in_words(len(targets))
                return self._say(
                    "cancel_all_ask", (YES, NO), {"ask": "cancel_all", "ids": ids}, count=count
                )
            return self._cancelled(targets)
        if wish is Wish.RESUME:
            undo = {**self._undo_of(targets), "id": targets[0].id}
            back = self._store.resume(targets)
            if is_one and len(back) == 1:
                told, following = self._told_of_one(back[0]), self._next(back[0])
                return self._say("on_one", ("Show my reminders",), undo, next=following, **told)
            times = [r for r in back if r.next_due]
            first = self._first(min(times, key=lambda r: r.next_due or 0)) if times else "later"
            return self._say("resumed", ("Show my reminders",), first=first)
        undo = {**self._undo_of(targets), "id": targets[0].id}
        self._store.pause(targets, until)
        if until is None and is_one and len(targets) == 1:
            told = self._told_of_one(targets[0])
            return self._say("off_one", ("Turn it on", "Show my reminders"), undo, **told)
        if until is None:
            return self._say("paused", ("Resume my reminders",))
        when = self._moment(until)
        return self._say("paused_until", ("Resume my reminders",), when=when)

    def _cancelled(self, targets: Sequence[Reminder]) -> Answer:
        self._store.cancel([r.id for r in targets])
        told, undo = self._told_of_one(targets[0]), self._undo_of(targets)
        return self._say("cancelled", ("Show my reminders",), undo, **told)

    def _ask_which(self, reminders: Sequence[Reminder], do: str, text: str) -> Answer:
        fitting = {r.id for r in reminders}
        every = enumerate(self._store.of(self._asker.sender), 1)
        numbered = [(number, r) for number, r in every if r.id in fitting]
        lines = [self._line(number, r) for number, r in numbered]
        pending = {"ask": "which", "do": do, "text": text[:200], "ids": sorted(fitting)}
        titles = tuple(f"Number {number}" for number, _ in numbered[:3])
        said = self._say("which_one", titles, pending, list="")
        written = self._words.saying("which_one").filled(list="\n".join(w for w, _ in lines))[0]
        spoken = self._words.saying("which_one").filled(list=" ".join(s for _, s in lines[:3]))[1]
        return replace(said, reply=replace(said.reply, written=written, spoken=aloud(spoken)))

    def _which(self, text: str, pending: Pending, is_no: bool) -> Answer | None:
        if is_no:
            return self._listed()
        reminders = self._store.of(self._asker.sender)
        targets = chosen(text, reminders, self._now, self._words)
        if targets is None:
            return None
        # Of those that were asked about.
        targets = [r for r in targets if r.id in pending["ids"]] or targets
        if not targets:
            return self._say("no_such_one", ("Show my reminders",))
        if pending["do"] == "change":
            return self._change(targets[0], pending["text"], text)
        if ending := self._ending(pending["text"], Wish(pending["do"])):
            return self._ended(targets, ending)
        if len(targets) == 1 and Wish(pending["do"]) is Wish.CANCEL:
            return self._cut(text, targets[0]) or self._do(Wish.CANCEL, targets)
        until, _ = self._until(pending["text"])
        return self._do(Wish(pending["do"]), targets, until)

    def _until(self, text: str) -> tuple[float | None, str]:
        """Until when a pause lasts, and the text without that."""
        pattern = r"\b(?:for|until|till|this|today|tomorrow)\b.*"
        end = re.search(pattern, text.lower())
        if end is None:
            return None, text
        rest = text[: end.start()]
        pieces = read(end[0], self._now, self._words)
        last: dt.date | None = None
        if pieces.until:
            last = dt.date.fromisoformat(pieces.until)
            if end[0].startswith("for"):
                last += dt.timedelta(days=1)  # 'for a week' counts from tomorrow's date on
        elif pieces.date:
            last = dt.date.fromisoformat(pieces.date)
            if not end[0].startswith(("until", "till")):
                last += dt.timedelta(days=1)
        elif "weekend" in end[0]:
            ahead = 7 - self._now.weekday()
            last = self._now.date() + dt.timedelta(days=ahead)
        if last is None:
            if pieces.delay:
                return self._store.now() + pieces.delay, rest
            return None, text
        begin = dt.datetime.combine(last, dt.time(0), ZoneInfo(self._zone))
        return max(begin.timestamp(), self._store.now() + 60), rest


def in_half(clocked: Clocked, is_pm: bool) -> Clocked:
    """A bare hour in the half of the day of the earlier time; 'at 3' is hardly in the night."""
    if clocked.is_sure or clocked.hour in _AFTERNOON:
        return clocked
    return replace(clocked, hour=clocked.hour % 12 + (12 if is_pm else 0), is_sure=True)


def _due(reminder: Reminder) -> float:
    return reminder.next_due or 0.0
