"""What is looked up: which reminders there are, which were missed, the calendar, quiet hours."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from bot.reminders.cards import (
    ReminderCalendarCard,
    ReminderControl,
    ReminderListCard,
)
from bot.reminders.dialogue.choosing import (
    quiet_in,
)
from bot.reminders.dialogue.finding import chosen, means_all
from bot.reminders.dialogue.saying import (
    JUST_TOLD_SECONDS,
    Answer,
    Pending,
    Saying,
    clock_at,
)
from bot.reminders.language.phrases import read
from bot.reminders.language.plans import plan
from bot.reminders.schedules import Schedule
from bot.reminders.wording import time_in_words
from bot.reminders.words import plain_card
from bot.text.number_words import in_words

FEED_PATH = "/reminders/{secret}.ics"


class Showing(Saying):
    """Shows what is kept, and puts off what was just told."""

    def _snoozed(self, text: str) -> Answer | None:
        told = self._store.last_shown(self._asker.sender, JUST_TOLD_SECONDS)
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
            if due is None or not isinstance(planned, Schedule) or planned.repeats:
                return None
            seconds = due.timestamp() - self._store.now()
        due_at = self._store.once(replace(told, zone=self._zone), seconds)
        return self._say("snoozed", ("Show my reminders",), when=self._moment(due_at))

    def _snoozed_one(self, text: str) -> Answer | None:
        """'Snooze reminder 2': its next time comes so much later; None where none is named."""
        mine = self._store.of(self._asker.sender)
        named = chosen(text, mine, self._now, self._words) or []
        if len(named) != 1 or means_all(text) or not named[0].next_due or named[0].is_paused:
            return None
        (reminder,) = named
        told = self._store.last_shown(self._asker.sender, JUST_TOLD_SECONDS)
        delay = read(text, self._now, self._words).delay or self._words.limits.snooze_minutes * 60
        if reminder.schedule is None or (told and told.reminder == reminder.id):
            return None
        due = dt.datetime.fromtimestamp(reminder.next_due or 0.0, dt.UTC)
        later = Schedule.at(due + dt.timedelta(seconds=delay), self._zone)
        if reminder.schedule.repeats:
            self._store.reschedule(reminder, reminder.schedule.without([due], self._now))
            about = (reminder.kind, reminder.points, later, reminder.subject)
            self._store.add(self._asker.sender, *about)
        else:
            self._store.reschedule(reminder, later)
        first, when = self._moment(due.timestamp()), self._moment(due.timestamp() + delay)
        return self._say("snoozed_next", ("Show my reminders",), first=first, when=when)

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
            first, last = (time_in_words(clock_at(minute)) for minute in told)
            return self._say("quiet_set", ("Turn off quiet hours",), first=first, last=last)
        if quiet and re.search(r"\b(?:what|which|when|show|do i)\b", said):
            first, last = (time_in_words(clock_at(minute)) for minute in quiet)
            return self._say("quiet_is", ("Turn off quiet hours",), first=first, last=last)
        return self._say("quiet_how" if not re.search(r"\bwhat\b", said) else "quiet_none")
