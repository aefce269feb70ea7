"""Setting a reminder: what is missing is asked for, and nothing counts before it is agreed to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.answers.builder import join
from bot.answers.reply import Reply
from bot.reminders.cards import (
    ReminderListCard,
)
from bot.reminders.dialogue.choosing import (
    is_medicine,
    kind_in,
    says,
    shift_in,
)
from bot.reminders.dialogue.saying import (
    NO,
    SHORT,
    YES,
    Answer,
    Pending,
    clock_at,
)
from bot.reminders.dialogue.showing import Showing
from bot.reminders.dialogue.subject import subject_in, tells_of_pressing
from bot.reminders.dialogue.undoing import Undoing
from bot.reminders.language.grammar.items import Clocked
from bot.reminders.language.phrases import read
from bot.reminders.language.pieces import Pieces
from bot.reminders.language.plans import Question, apart, plan
from bot.reminders.language.zones import place_of
from bot.reminders.schedules import Schedule
from bot.reminders.storage.records import quiet_end
from bot.reminders.wording import day_in_words, ordinal, time_in_words
from bot.reminders.words import plain_card
from bot.text.number_words import in_words

_SHORTEST_MONTH = 28


class Setting(Showing, Undoing):
    """Reads schedules back, and sets what is agreed to."""

    def _set(self, text: str) -> Answer:
        if is_medicine(text, self._words):
            return self._say("medicine")
        told = self._place_told(text)
        subject = subject_in(text, self._now, self._words)
        kind = kind_in(text, self._words)
        if subject and tells_of_pressing(subject) and not kind.presses:
            # Words about pressing are told only where what speaks against it is looked up.
            subject = None if kind.after_session else subject
            kind = kind if kind.after_session else self._words.kinds[0]
        points = self._asker.named
        if not points and re.search(r"\b(?:it|this|that|these|them|those)\b", text.lower()):
            points = self._asker.points
        limits = self._words.limits
        count = len(self._store.of(self._asker.sender))
        if count >= limits.most_active:
            return self._say("too_many", count=in_words(count), most=in_words(limits.most_active))
        pending = {"ask": "when", "kind": kind.id, "points": list(points), "pieces": None,
                   "place": told, "subject": subject}  # fmt: skip
        pieces = read(text, self._now, self._words)
        if kind.after_session and not pieces.has_time:
            said, usual = self._confirm(pending, None), limits.after_session_minutes
            is_other = pieces.lead and pieces.lead != usual
            return self._with_note(said, "after_session_only", minutes=usual) if is_other else said
        return self._planned(pending, pieces)

    def _settled(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """An answer to 'when?', 'morning or evening?' or 'shall I?'."""
        if pending.get("schedule") and not shift_in(text):
            said = self._corrected(text, pending)
        else:
            said = self._with_added(text, intent, pending)
        if said is not None:
            return said
        told = self._place_told(text)
        is_short = len(text.split()) <= SHORT and not self._asker.named
        newer = read(text, self._now, self._words, is_answer=is_short)
        if pending["ask"] == "half":
            newer = _half(text, newer, pending)
        earlier = Pieces.from_plain(pending["pieces"]) if pending.get("pieces") else Pieces()
        shift = shift_in(text)
        if pending.get("schedule") and shift:
            moved = Schedule.from_plain(pending["schedule"]).moved(shift)
            return self._planned(pending, Pieces.of(moved))
        if not newer.is_empty:
            told = told or bool(pending.get("place"))
            return self._planned({**pending, "place": told}, earlier.with_newer(newer))
        if told and pending.get("schedule"):
            moved_to = Schedule.from_plain(pending["schedule"]).in_zone(self._zone)
            return self._confirm({**pending, "place": True}, moved_to)
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
                "say_yes_or_no", (YES, NO), pending, **self._told_of(pending, schedule)
            )
        if intent in ("nlu_fallback", "out_of_scope", "affirm", "set_reminder"):
            return self._planned(pending, earlier)
        return None

    def _planned(self, pending: Pending, pieces: Pieces) -> Answer:
        """Read a schedule back, or ask what is missing."""
        planned = plan(pieces, self._now, self._zone, self._words)
        pending = {**pending, "pieces": pieces.to_plain()}
        if isinstance(planned, Question) and planned.id == "ask_session":
            said = self._beside_session(pending, pieces)
            if said:
                return said
        if isinstance(planned, Schedule):
            if pieces.lead:
                # What is said of it next means the reminder, and no longer the session.
                pending["pieces"] = Pieces.of(planned).to_plain()
            whole, least = _with_kept(planned, pending), self._words.limits.least_minutes_between
            if pending.get("kept") and whole.least_minutes_between < least:
                return self._confirm(pending, apart(whole, least), "too_often", pieces.unread)
            said = self._confirm(pending, whole, unread=pieces.unread)
            is_chosen = pieces.spread and pieces.every
            return self._with_note(said, "spread") if is_chosen else said
        if planned.proposal is not None:
            pending["pieces"] = Pieces.of(planned.proposal).to_plain()
            proposal = _with_kept(planned.proposal, pending)
            return self._confirm(pending, proposal, planned.id, pieces.unread)
        pending = {**pending, "ask": "when", "schedule": None}
        if planned.id == "ask_half":
            first, last = (time_in_words(time) for time in planned.halves)
            titles = (first.capitalize(), last.capitalize())
            return self._say("ask_half", titles, {**pending, "ask": "half"}, first=first, last=last)
        if planned.id in ("not_a_time", "past"):
            kept = replace(pieces, odd="", is_past=False, times=(), parts=())
            pending["pieces"] = kept.to_plain()
        if planned.id == "too_many_a_day":
            most = in_words(self._words.limits.most_a_day)
            return self._say("too_many_a_day", (), pending, most=most)
        when = self._days_of(pieces)
        usual = ("At 8 in the morning", "After lunch", "At 7 in the evening")
        asked = self._say(planned.id, usual, pending, what=planned.what, when=when)
        return replace(asked, reply=self._with_unread(asked.reply, pieces.unread))

    def _beside_session(self, pending: Pending, pieces: Pieces) -> Answer | None:
        """'An hour before my session': of the one reminder of pressing that repeats."""
        mine = [
            r for r in self._store.of(self._asker.sender)
            if r.schedule and r.schedule.repeats and self._words.kind(r.kind).presses
        ]  # fmt: skip
        if len(mine) != 1 or mine[0].schedule is None:
            return None
        session = mine[0].schedule
        schedule = session.moved(pieces.lead)
        pending = {**pending, "pieces": Pieces.of(schedule).to_plain()}
        said = self._confirm(pending, schedule)
        return self._with_note(said, "before_session", when=session.in_words(self._now))

    def _corrected(self, text: str, pending: Pending) -> Answer | None:
        """What was proposed, with what is said of it now."""
        raise NotImplementedError

    def _with_added(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """An answer, and what is to come besides."""
        raise NotImplementedError

    def _with_note(self, said: Answer, saying: str, **values: object) -> Answer:
        return replace(said, reply=self._with_line(said.reply, saying, **values))

    def _days_of(self, pieces: Pieces) -> str:
        """The days that were said, for 'At what time ...?'."""
        noon = plan(
            replace(pieces, times=(Clocked(23, 59),), odd=""), self._now, self._zone, self._words
        )
        if isinstance(noon, Question):
            return ""
        return noon.in_words(self._now).partition(" at ")[0]

    def _confirm(
        self,
        pending: Pending,
        schedule: Schedule | None,
        question: str = "confirm",
        unread: Sequence[str] = (),
    ) -> Answer:
        pending = {
            **pending,
            "ask": "confirm",
            "schedule": schedule.to_plain() if schedule else None,
        }
        told = self._told_of(pending, schedule)
        if question == "confirm" and schedule and not self._is_place_sure(pending):
            asks = "confirm_told" if pending.get("place") else "confirm_place"
            question, told = asks, {**told, "place": place_of(schedule.zone)}
        said = self._say(question, (YES, NO), pending, **told)
        said = replace(said, reply=self._with_unread(said.reply, unread))
        for saying, values in self._notes(schedule) if schedule else ():
            said = self._with_note(said, saying, **values)
        return said

    def _with_unread(self, reply: Reply, unread: Sequence[str]) -> Reply:
        """With what was not understood before it, so that nothing is left out silently."""
        if not unread:
            return reply
        written, spoken = self._words.saying("not_understood").filled(what=join(list(unread)))
        return replace(
            reply, written=f"{written} {reply.written}", spoken=f"{spoken} {reply.spoken}"
        )

    def _notes(self, schedule: Schedule) -> Iterator[tuple[str, dict[str, object]]]:
        """What is said beside a schedule: its first time, odd hours, months without the day."""
        first = schedule.next_after(self._now)
        if first and schedule.repeats and schedule.next_times(self._now, 2)[1:]:
            yield "first", {"first": self._moment(first.timestamp())}
        number = max((n for part in schedule.parts for n in part.month_days), default=0)
        if number > _SHORTEST_MONTH:
            yield "short_months", {"number": ordinal(number)}
        for wall, is_twice in schedule.changed_clocks(self._now)[:2]:
            day = day_in_words(wall.date(), self._now.date())
            values: dict[str, object] = {
                "day": day[:1].upper() + day[1:],
                "when": time_in_words(wall.time()),
            }
            if is_twice:
                yield "clock_doubled", values
                continue
            there = wall.replace(tzinfo=ZoneInfo(schedule.zone)).astimezone(dt.UTC)
            comes = there.astimezone(ZoneInfo(schedule.zone)).time()
            yield "clock_skipped", {**values, "first": time_in_words(comes)}

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
        undo: Pending = {}
        if target and schedule:
            undo = self._undo_of([target])
            reminder = self._store.reschedule(target, schedule)
            word = "changed"
        else:
            points = pending.get("points") or ()
            about = pending.get("subject")
            reminder = self._store.add(sender, pending["kind"], points, schedule, about)
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
            last = time_in_words(clock_at(quiet[1] if quiet else 0))
            said = replace(said, reply=self._with_line(said.reply, "in_quiet", last=last))
        return replace(said, pending={**undo, "ask": "just_set", "id": reminder.id})


def _with_kept(schedule: Schedule, pending: Pending) -> Schedule:
    """With the other times of the same reminder, which stay as they are."""
    if not pending.get("kept"):
        return schedule
    kept = Schedule.from_plain(pending["kept"])
    skips = tuple(sorted({*kept.skips, *schedule.skips}))
    return Schedule.of_parts([*kept.parts, *schedule.parts], skips)


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
