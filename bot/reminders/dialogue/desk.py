"""Where people set, change, hear of and cancel their reminders, in a few turns each.

Nothing counts before it was read back and agreed to. What is asked meanwhile is `pending`: plain
values, kept with the conversation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.builder import aloud, join
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.reminders import ReminderKind
from bot.reminders.cards import (
    ListedReminder,
    ReminderCalendarCard,
    ReminderControl,
    ReminderListCard,
)
from bot.reminders.dialogue.choosing import (
    Wish,
    cancels,
    chosen,
    is_medicine,
    kind_in,
    means_all,
    quiet_in,
    says,
    shift_in,
    wish_in,
)
from bot.reminders.dialogue.skipping import left_out, repeats
from bot.reminders.language.ending import Ending, ended, ending_in
from bot.reminders.language.phrases import read
from bot.reminders.language.pieces import Clocked, Pieces
from bot.reminders.language.plans import Question, plan
from bot.reminders.language.zones import place_of, zone_in
from bot.reminders.schedules import (
    Every,
    Schedule,
    moment_in_words,
    time_in_words,
)
from bot.reminders.storage.store import Reminder, ReminderStore, quiet_end
from bot.reminders.words import plain_card
from bot.text.number_words import in_words

Pending = dict[str, Any]

FEED_PATH = "/reminders/{secret}.ics"
_JUST_TOLD_SECONDS = 12 * 3600
_SHORT = 7
_QUESTION = re.compile(r"^(?:where|what|how|why|which|who|can|could|does|do|is|are|should)\b")
_TARGET = re.compile(
    r"remind|\bone\b|\bnumber\b|\b(?:first|second|third|fourth|last)\b", re.IGNORECASE
)
_ABOUT_REMINDERS = frozenset({
    "set_reminder", "cancel_reminder", "list_reminders", "pause_reminder",
})  # fmt: skip
# With these intents a message may still be the answer to what was asked.
_OPEN = _ABOUT_REMINDERS | {
    "affirm", "deny", "nlu_fallback", "out_of_scope", "continue_session", "stop_session",
    "ask_how_long", "goodbye", "thank", "greet", "report_pain", "session_time_left", "",
    "pause_session", "resume_session", "session_skip", "repeat_last", "confirm_forget",
}  # fmt: skip
# 'Do not remind me after Friday' sounds as if it told of quiet hours.
_ENDS = (Wish.CANCEL, Wish.QUIET)
_YES, _NO = "Yes", "No"


@dataclass(frozen=True)
class Asker:
    """Who asks, and where they are.

    Attributes:
        points: codes of the points talked about; `named` those named in this message.
        is_zone_sure: whether the zone is the person's own, and not only this machine's.
    """

    sender: str
    zone: str
    is_zone_sure: bool
    points: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is said, and what is asked meanwhile; None ends it."""

    reply: Reply
    pending: Pending | None = None


class Desk:
    """Serves one person in one turn."""

    def __init__(self, store: ReminderStore, catalogue: Catalogue, asker: Asker) -> None:
        self._store = store
        self._catalogue = catalogue
        self._words = catalogue.reminders
        self._asker = asker
        self._zone = asker.zone

    def answered(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """The answer to what was asked; None if the person talks about something else."""
        ask = pending["ask"]
        if ask == "just_set":
            return self._after_setting(text, intent, pending)
        is_other = intent not in _OPEN and (
            len(text.split()) > _SHORT or _QUESTION.match(text.lower()) or self._asker.named
        )
        if is_other:
            return None
        is_no = says(text, self._words.no_words) or (intent == "deny" and len(text.split()) < 4)
        if ask == "cancel_all":
            if says(text, self._words.yes_words) or intent == "affirm":
                self._store.cancel(pending["ids"])
                return self._say("cancelled_all")
            return self._listed() if is_no or cancels(text) else None
        if ask == "which":
            return self._which(text, pending, is_no)
        if cancels(text) and means_all(text):
            return None
        if is_no or (cancels(text) and intent != "set_reminder"):
            changed = self._with_id(pending.get("target"))
            if changed and changed.schedule:
                when = changed.schedule.in_words(self._now)
                return self._say("left_as_it_was", when=when)
            return self._say("not_set")
        return self._settled(text, intent, pending)

    def asked(self, text: str, intent: str, pending: Pending | None = None) -> Answer:
        """The answer to a message about reminders."""
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
        if wish is Wish.LIST:
            return self._listed()
        if wish is Wish.SNOOZE:
            snoozed = self._snoozed(text)
            if snoozed:
                return snoozed
        if wish is Wish.CHANGE and self._store.of(self._asker.sender):
            return self._changed(text, pending)
        return self._set(text)

    def unavailable(self) -> Answer:
        """The reminders cannot be reached."""
        return self._say("not_now")

    # Setting

    def _set(self, text: str) -> Answer:
        if is_medicine(text, self._words):
            return self._say("medicine")
        told = self._place_told(text)
        kind = kind_in(text, self._words)
        points = self._asker.named
        if not points and re.search(r"\b(?:it|this|that|these|them|those)\b", text.lower()):
            points = self._asker.points
        limits = self._words.limits
        count = len(self._store.of(self._asker.sender))
        if count >= limits.most_active:
            return self._say("too_many", count=in_words(count), most=in_words(limits.most_active))
        pending = {"ask": "when", "kind": kind.id, "points": list(points), "pieces": None,
                   "place": told}  # fmt: skip
        if kind.after_session:
            return self._confirm(pending, None)
        return self._planned(pending, read(text, self._now, self._words))

    def _settled(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """An answer to 'when?', 'morning or evening?' or 'shall I?'."""
        told = self._place_told(text)
        is_short = len(text.split()) <= _SHORT and not self._asker.named
        newer = read(text, self._now, self._words, is_answer=is_short)
        if pending["ask"] == "half":
            newer = _half(text, newer, pending)
        earlier = Pieces.from_plain(pending["pieces"]) if pending.get("pieces") else Pieces()
        shift = shift_in(text)
        if pending.get("schedule") and shift:
            moved = Schedule.from_plain(pending["schedule"]).moved(shift)
            return self._planned(pending, Pieces.of(moved))
        if not newer.is_empty:
            return self._planned({**pending, "place": told}, earlier.with_newer(newer))
        if told and pending.get("schedule"):
            moved_to = replace(Schedule.from_plain(pending["schedule"]), zone=self._zone)
            return self._confirm(pending, moved_to)
        agrees = says(text, self._words.yes_words) or (intent == "affirm" and is_short)
        if pending["ask"] == "confirm" and agrees:
            return self._agreed(pending)
        if intent == "set_reminder" and len(text.split()) > 3:
            return None
        if pending["ask"] == "confirm":
            if intent not in ("nlu_fallback", "out_of_scope", "affirm", "deny"):
                return None
            schedule = Schedule.from_plain(pending["schedule"]) if pending["schedule"] else None
            return self._say(
                "say_yes_or_no", (_YES, _NO), pending, **self._told_of(pending, schedule)
            )
        if intent in ("nlu_fallback", "out_of_scope", "affirm", "set_reminder"):
            return self._planned(pending, earlier)
        return None

    def _planned(self, pending: Pending, pieces: Pieces) -> Answer:
        """Read a schedule back, or ask what is missing."""
        planned = plan(pieces, self._now, self._zone, self._words)
        pending = {**pending, "pieces": pieces.to_plain()}
        if isinstance(planned, Schedule):
            return self._confirm(pending, planned)
        if planned.proposal is not None:
            pending["pieces"] = Pieces.of(planned.proposal).to_plain()
            return self._confirm(pending, planned.proposal, planned.id)
        pending = {**pending, "ask": "when", "schedule": None}
        if planned.id == "ask_half":
            first, last = (time_in_words(time) for time in planned.halves)
            titles = (first.capitalize(), last.capitalize())
            return self._say("ask_half", titles, {**pending, "ask": "half"}, first=first, last=last)
        if planned.id in ("not_a_time", "past", "one_by_one"):
            kept = replace(pieces, odd="", is_past=False, is_mixed=False, times=(), parts=())
            pending["pieces"] = kept.to_plain()
        if planned.id == "too_many_a_day":
            most = in_words(self._words.limits.most_a_day)
            return self._say("too_many_a_day", (), pending, most=most)
        when = self._days_of(pieces)
        usual = ("At 8 in the morning", "After lunch", "At 7 in the evening")
        return self._say(planned.id, usual, pending, what=planned.what, when=when)

    def _days_of(self, pieces: Pieces) -> str:
        """The days that were said, for 'At what time ...?'."""
        noon = plan(
            replace(pieces, times=(Clocked(23, 59),), odd=""), self._now, self._zone, self._words
        )
        if isinstance(noon, Question):
            return ""
        return noon.in_words(self._now).partition(" at ")[0]

    def _confirm(
        self, pending: Pending, schedule: Schedule | None, question: str = "confirm"
    ) -> Answer:
        pending = {
            **pending,
            "ask": "confirm",
            "schedule": schedule.to_plain() if schedule else None,
        }
        told = self._told_of(pending, schedule)
        if question == "confirm" and schedule and not self._is_place_sure(pending):
            question, told = "confirm_place", {**told, "place": place_of(schedule.zone)}
        return self._say(question, (_YES, _NO), pending, **told)

    def _agreed(self, pending: Pending) -> Answer:
        """Set what was agreed to, or change what it was about."""
        schedule = Schedule.from_plain(pending["schedule"]) if pending["schedule"] else None
        sender, target = self._asker.sender, self._with_id(pending.get("target"))
        moment = self._now.astimezone(dt.UTC)
        if schedule and schedule.next_after(moment) is None:
            # It took longer to agree than there was time: 'in two minutes' begins now.
            return self._say(
                "past", (), {**pending, "ask": "when", "schedule": None, "pieces": None}
            )
        if target and schedule:
            reminder = self._store.reschedule(target, schedule)
            word = "changed"
        else:
            points = pending.get("points") or ()
            reminder = self._store.add(sender, pending["kind"], points, schedule)
            word = "set"
        told = {**self._told_of(pending, schedule), "next": self._next(reminder)}
        if word == "set" and schedule and not self._is_place_sure(pending):
            word, told = "set_place", {**told, "place": place_of(schedule.zone)}
        said = self._say(word, ("Cancel it", "Show my reminders"), None, **told)
        mine = self._store.of(sender)
        entries = [self._entry(n, r) for n, r in enumerate(mine, 1) if r.id == reminder.id]
        card = plain_card(ReminderListCard(reminders=entries))
        said = replace(said, reply=replace(said.reply, card=card))
        quiet = self._store.person(self._asker.sender).quiet
        if (
            reminder.next_due
            and quiet_end(reminder.next_due, quiet, self._zone) != reminder.next_due
        ):
            last = time_in_words(_clock(quiet[1] if quiet else 0))
            said = replace(said, reply=self._with_line(said.reply, "in_quiet", last=last))
        return replace(said, pending={"ask": "just_set", "id": reminder.id})

    def _after_setting(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """'No, cancel it', 'make it 9', just after a reminder was set."""
        reminder = self._with_id(pending["id"])
        if reminder is None:
            return None
        is_short = len(text.split()) <= _SHORT
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
        corrects = re.match(
            r"(?:no|actually|sorry|rather|better|i mean|i meant|wait)\b", text.lower()
        )
        if intent not in _OPEN or not (wish is Wish.CHANGE or corrects):
            return None
        before, _ = _target_and_time(text)
        aimed = chosen(before, self._store.of(self._asker.sender), self._now, self._words)
        if before and aimed is not None and reminder not in aimed:
            return None
        changed = self._change(reminder, text)
        return changed if changed.pending or intent in _ABOUT_REMINDERS else None

    # Changing

    def _changed(self, text: str, pending: Pending | None) -> Answer:
        reminders = self._store.of(self._asker.sender)
        before, after = _target_and_time(text)
        targets = chosen(before, reminders, self._now, self._words) if before else None
        just = self._with_id((pending or {}).get("id"))
        if len(reminders) == 1:
            return self._change(reminders[0], after or text)
        if targets is not None and len(targets) == 1:
            return self._change(targets[0], after or text)
        if just and targets is None:
            return self._change(just, after or text)
        if targets == []:
            return self._say("no_such_one", ("Show my reminders",))
        return self._ask_which(reminders, "change", after or text)

    def _change(self, reminder: Reminder, text: str) -> Answer:
        pending: Pending = {
            "ask": "when", "kind": reminder.kind, "points": list(reminder.points),
            "target": reminder.id, "place": True,
            "pieces": Pieces.of(reminder.schedule).to_plain() if reminder.schedule else None,
        }  # fmt: skip
        if reminder.schedule:
            self._zone = reminder.schedule.zone
            shift = shift_in(text)
            if shift:
                return self._planned(pending, Pieces.of(reminder.schedule.moved(shift)))
        newer = read(text, self._now, self._words, is_answer=len(text.split()) <= _SHORT)
        if newer.is_empty:
            return self._say("change_what", (), pending)
        earlier = Pieces.of(reminder.schedule) if reminder.schedule else Pieces()
        if newer.times and not newer.times[0].is_sure and not newer.parts and earlier.times:
            # 'Make it 9', of a reminder at 8 in the morning, stays in the morning.
            is_pm = earlier.times[0].hour >= 12
            newer = replace(newer, times=tuple(
                replace(t, hour=t.hour + (12 if is_pm else 0), is_sure=True) for t in newer.times
            ))  # fmt: skip
        return self._planned(pending, earlier.with_newer(newer))

    # Cancelling, pausing, resuming

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
        if wish is not Wish.CANCEL and targets is None:
            targets = reminders
        if targets is None:
            return self._ask_which(reminders, wish.value, text)
        if not targets:
            return self._say("no_such_one", ("Show my reminders",))
        return self._do(wish, targets, until)

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
        return self._say("skipped", ("Show my reminders",), when=when, next=following)

    def _ending(self, text: str, wish: Wish) -> Ending | None:
        """On which day to come a reminder is to be ended, if one was named."""
        return ending_in(text, self._now, self._words) if wish in _ENDS else None

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
        told = self._told_of({"kind": left[0].kind, "points": left[0].points}, left[0].schedule)
        following = self._next(left[0])
        schedule = left[0].schedule
        if schedule and len(schedule.next_times(self._now, 2)) == 1:
            # 'Today at 7' alone would not say that it ends.
            return self._say("last_time", ("Show my reminders",), None, next=following, **told)
        return self._say("changed", ("Show my reminders",), None, next=following, **told)

    def _meant(
        self, text: str, reminders: Sequence[Reminder], pending: Pending | None
    ) -> list[Reminder] | None:
        """The only one, the one just set, or the one just told."""
        if len(reminders) == 1:
            return list(reminders)
        just = self._with_id((pending or {}).get("id"))
        if just:
            return [just]
        told = self._store.last_shown(self._asker.sender, _JUST_TOLD_SECONDS)
        same = [r for r in reminders if told and r.id == told.reminder]
        if same and re.search(r"\b(?:this|these|that|it)\b", text.lower()):
            return same
        return None

    def _do(self, wish: Wish, targets: Sequence[Reminder], until: float | None = None) -> Answer:
        if wish is Wish.CANCEL:
            everything = len(targets) > 1
            if everything:
                ids = [r.id for r in targets]
                count = in_words(len(targets))
                return self._say(
                    "cancel_all_ask", (_YES, _NO), {"ask": "cancel_all", "ids": ids}, count=count
                )
            return self._cancelled(targets)
        if wish is Wish.RESUME:
            back = self._store.resume(targets)
            times = [r for r in back if r.next_due]
            first = self._first(min(times, key=lambda r: r.next_due or 0)) if times else "later"
            return self._say("resumed", ("Show my reminders",), first=first)
        self._store.pause(targets, until)
        if until is None:
            return self._say("paused", ("Resume my reminders",))
        when = self._moment(until)
        return self._say("paused_until", ("Resume my reminders",), when=when)

    def _cancelled(self, targets: Sequence[Reminder]) -> Answer:
        self._store.cancel([r.id for r in targets])
        first = targets[0]
        told = self._told_of({"kind": first.kind, "points": first.points}, first.schedule)
        return self._say("cancelled", ("Show my reminders",), None, **told)

    def _ask_which(self, reminders: Sequence[Reminder], do: str, text: str) -> Answer:
        lines = [self._line(number, r) for number, r in enumerate(reminders, 1)]
        pending = {"ask": "which", "do": do, "text": text[:200]}
        titles = tuple(f"Number {number}" for number in range(1, min(len(reminders), 3) + 1))
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
        if not targets:
            return self._say("no_such_one", ("Show my reminders",))
        if pending["do"] == "change":
            return self._change(targets[0], pending["text"])
        if ending := self._ending(pending["text"], Wish(pending["do"])):
            return self._ended(targets, ending)
        return self._do(Wish(pending["do"]), targets)

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
        elif pieces.date and not pieces.date.startswith("--"):
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

    # Putting off, looking up

    def _snoozed(self, text: str) -> Answer | None:
        told = self._store.last_shown(self._asker.sender, _JUST_TOLD_SECONDS)
        pieces = read(text, self._now, self._words)
        if told is None:
            if pieces.is_empty:
                pending: Pending = {
                    "ask": "when",
                    "kind": self._words.kinds[0].id,
                    "points": [],
                    "pieces": None,
                    "place": False,
                }
                return self._say("nothing_to_snooze", (), pending)
            return None
        seconds: float = self._words.limits.snooze_minutes * 60
        if pieces.delay is not None:
            seconds = max(pieces.delay, self._words.limits.least_minutes_ahead * 60)
        elif not pieces.is_empty:
            planned = plan(pieces, self._now, self._zone, self._words)
            due = planned.next_after(self._now) if isinstance(planned, Schedule) else None
            if due is None or not isinstance(planned, Schedule) or planned.every is not Every.ONCE:
                return None
            seconds = due.timestamp() - self._store.now()
        due_at = self._store.once(replace(told, zone=self._zone), seconds)
        return self._say("snoozed", ("Show my reminders",), when=self._moment(due_at))

    def _missed(self) -> Answer:
        limits = self._words.limits
        missed = self._store.missed(self._asker.sender, limits.missed_after_minutes * 60)
        if not missed:
            return self._say("missed_none", ("Show my reminders",))
        lines = [
            self._words.saying("missed_line").filled(
                when=self._moment(o.due), what=self._words.kind(o.kind).title
            )
            for o in missed[: limits.most_active]
        ]  # fmt: skip
        return self._said_list("missed_list", lines, ("Start a session", "Show my reminders"))

    def _listed(self) -> Answer:
        reminders = self._store.of(self._asker.sender)
        if not reminders:
            return self._say("none", ("Remind me every morning",))
        lines = [self._line(number, r) for number, r in enumerate(reminders, 1)]
        card = ReminderListCard(
            reminders=[self._entry(number, r) for number, r in enumerate(reminders, 1)]
        )
        count = f"{in_words(len(reminders))} reminder{'s' if len(reminders) > 1 else ''}"
        said = self._said_list("list", lines, ("Pause my reminders", "Calendar link"), count=count)
        # 'No, cancel it' just after the only one was shown.
        only = {"ask": "just_set", "id": reminders[0].id} if len(reminders) == 1 else None
        return Answer(replace(said.reply, card=plain_card(card)), only)

    def _calendar(self, anew: bool) -> Answer:
        secret = self._store.feed(self._asker.sender, anew)
        card = ReminderCalendarCard(
            address=FEED_PATH.format(secret=secret),
            controls=[ReminderControl(id="new_link", title="New link", say="New calendar link")],
        )
        said = self._say("calendar_new" if anew else "calendar", ("Show my reminders",))
        address = f"{said.reply.written}\n\n`{card.address}`"
        return replace(said, reply=replace(said.reply, written=address, card=plain_card(card)))

    def _quiet(self, text: str) -> Answer:
        sender, said = self._asker.sender, text.lower()
        quiet = self._store.person(sender).quiet
        if re.search(r"\b(?:off|no quiet|remove|delete|cancel|end)\b", said):
            self._store.note(sender, quiet=None)
            return self._say("quiet_off")
        told = quiet_in(text, self._now, self._zone, self._words)
        if told:
            self._store.note(sender, quiet=told)
            first, last = (time_in_words(_clock(minute)) for minute in told)
            return self._say("quiet_set", ("Turn off quiet hours",), first=first, last=last)
        if quiet and re.search(r"\b(?:what|which|when|show|do i)\b", said):
            first, last = (time_in_words(_clock(minute)) for minute in quiet)
            return self._say("quiet_is", ("Turn off quiet hours",), first=first, last=last)
        return self._say("quiet_how" if not re.search(r"\bwhat\b", said) else "quiet_none")

    # Helpers

    @property
    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self._store.now(), ZoneInfo(self._zone))

    def _place_told(self, text: str) -> bool:
        """Whether the person says where they are; then that is kept."""
        zone = zone_in(text)
        if zone is None:
            return False
        self._zone = zone
        self._store.note(self._asker.sender, zone=zone)
        return True

    def _is_place_sure(self, pending: Mapping[str, Any]) -> bool:
        return (self._asker.is_zone_sure and not pending.get("place")) or bool(
            pending.get("target")
        )

    def _with_id(self, reminder_id: Any) -> Reminder | None:
        return next((r for r in self._store.of(self._asker.sender) if r.id == reminder_id), None)

    def _told_of(self, pending: Mapping[str, Any], schedule: Schedule | None) -> dict[str, str]:
        """What is to be said when."""
        kind = self._words.kind(pending["kind"])
        if schedule is None:
            return {
                "when": self._after_each(),
                "what": self._what(kind, pending.get("points") or ()),
            }
        return {
            "when": schedule.in_words(self._now),
            "what": self._what(kind, pending.get("points") or ()),
        }

    def _what(self, kind: ReminderKind, points: Sequence[str]) -> str:
        known = [p for p in map(self._catalogue.point, points) if p]
        names = join([f"{p.code} ({p.names.pinyin})" for p in known])
        return f"of {names}, and {kind.name}" if names and kind.presses else kind.name

    def _first(self, reminder: Reminder) -> str:
        return self._moment(reminder.next_due) if reminder.next_due else ""

    def _next(self, reminder: Reminder) -> str:
        """When the next one of several comes."""
        if not reminder.next_due or not reminder.schedule or reminder.schedule.every is Every.ONCE:
            return ""
        return self._words.saying("next").filled(first=self._first(reminder))[0]

    def _moment(self, seconds: float) -> str:
        moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
        return moment_in_words(moment, self._zone, self._now)

    def _line(self, number: int, reminder: Reminder) -> tuple[str, str]:
        told = self._told_of({"kind": reminder.kind, "points": reminder.points}, reminder.schedule)
        saying = "list_line_paused" if reminder.is_paused else "list_line"
        following = self._next(reminder)
        written, spoken = self._words.saying(saying).filled(number=number, next=following, **told)
        return written.strip(), spoken

    def _entry(self, number: int, reminder: Reminder) -> ListedReminder:
        told = self._told_of({"kind": reminder.kind, "points": reminder.points}, reminder.schedule)
        controls = [
            ReminderControl(id="change", title="Change", say=f"Change reminder {number}"),
            ReminderControl(id="cancel", title="Cancel", say=f"Cancel reminder {number}"),
        ]
        if reminder.is_paused:
            resume = ReminderControl(id="resume", title="Resume", say=f"Resume reminder {number}")
            controls.insert(0, resume)
        due = reminder.next_due
        return ListedReminder(
            number=number, when=told["when"], what=told["what"],
            next=dt.datetime.fromtimestamp(due, dt.UTC).isoformat() if due else None,
            paused=reminder.is_paused, controls=controls,
        )  # fmt: skip

    def _after_each(self) -> str:
        minutes = self._words.limits.after_session_minutes
        return self._words.saying("after_session_on").filled(minutes=minutes)[0]

    def _with_line(self, reply: Reply, saying: str, **values: object) -> Reply:
        written, spoken = self._words.saying(saying).filled(**values)
        return replace(
            reply, written=f"{reply.written} {written}", spoken=f"{reply.spoken} {spoken}"
        )

    def _said_list(
        self,
        saying: str,
        lines: Sequence[tuple[str, str]],
        titles: tuple[str, ...],
        **values: object,
    ) -> Answer:
        told = self._words.saying(saying)
        written = told.filled(list="\n".join(w for w, _ in lines), **values)[0]
        spoken = aloud(told.filled(list=" ".join(s for _, s in lines[:3]), **values)[1])
        return Answer(Reply(f"reminder:{saying}", written, spoken, "short", titles))

    def _say(
        self,
        saying: str,
        titles: tuple[str, ...] = (),
        pending: Pending | None = None,
        **values: object,
    ) -> Answer:
        written, spoken = self._words.saying(saying).filled(**values)
        written, spoken = _tidy(written), aloud(_tidy(spoken))
        return Answer(Reply(f"reminder:{saying}", written, spoken, "short", titles), pending)


def _tidy(text: str) -> str:
    """Without the gaps that an empty value leaves."""
    text = text.replace("**** ", "").replace(" ?", "?")
    return re.sub(r" {2,}", " ", text).strip()


def _due(reminder: Reminder) -> float:
    return reminder.next_due or 0.0


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)


def _half(text: str, newer: Pieces, pending: Pending) -> Pieces:
    """'Morning', 'pm' or 'the second one', where one of two clock times was asked for."""
    said = text.lower()
    earlier = Pieces.from_plain(pending["pieces"])
    is_pm = None
    if re.search(r"\b(?:pm|p\.m\.?|evening|afternoon|tonight|night|second|latter|later)\b", said):
        is_pm = True
    elif re.search(r"\b(?:am|a\.m\.?|morning|first|former|earlier)\b", said):
        is_pm = False
    if is_pm is None or newer.times or newer.delay is not None:
        return newer
    times = tuple(
        t if t.is_sure else replace(t, hour=t.hour % 12 + (12 if is_pm else 0), is_sure=True)
        for t in earlier.times
    )
    return replace(newer, times=times, parts=())


def _target_and_time(text: str) -> tuple[str, str]:
    """'Move the morning reminder' and 'to nine', apart."""
    parts = re.split(r"\b(?:to|at|into|make it|instead)\b", text, maxsplit=1, flags=re.IGNORECASE)
    if len(parts) == 2 and _TARGET.search(parts[0]):
        return parts[0], f"at {parts[1]}"
    return "", text
