"""What is said of reminders, in the words of data/reminders.yml."""

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
from bot.messages.answer_key import AnswerKey, Kind
from bot.reminders.cards import (
    ControlId,
    ListedReminder,
    ReminderControl,
)
from bot.reminders.language.zones import zone_in
from bot.reminders.schedules import Schedule
from bot.reminders.storage.records import Reminder
from bot.reminders.storage.store import ReminderStore
from bot.reminders.wording import moment_in_words
from bot.text.json_types import JsonObject
from bot.text.phrases import found, normalised

Pending = JsonObject
JUST_TOLD_SECONDS = 12 * 3600
SHORT = 7
YES, NO = "Yes", "No"


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
    """What is said, and what is asked meanwhile; None ends it.

    Attributes:
        beside: words of the message that are about something else, and want an answer, too.
    """

    reply: Reply
    pending: Pending | None = None
    beside: str = ""


class Saying:
    """Puts reminders into words, for one person in one turn."""

    def __init__(self, store: ReminderStore, catalogue: Catalogue, asker: Asker) -> None:
        self._store = store
        self._catalogue = catalogue
        self._words = catalogue.reminders
        self._asker = asker
        self._zone = asker.zone

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
        what = self._what(kind, pending.get("points") or (), pending.get("subject"))
        when = schedule.in_words(self._now) if schedule else self._after_each()
        return {"when": when, "what": what}

    def _what(self, kind: ReminderKind, points: Sequence[str], subject: str | None) -> str:
        known = [p for p in map(self._catalogue.point, points) if p]
        names = join([f"{p.code} ({p.names.pinyin})" for p in known])
        name = f"of {names}, and {kind.name}" if names and kind.presses else kind.name
        if not subject:
            return name
        # What no kind has a word for is told in the person's words alone.
        is_named = bool(names) or bool(found(normalised(subject), kind.words))
        return f'{name} ("{subject}")' if is_named else f'of "{subject}"'

    def _told_of_one(self, reminder: Reminder) -> dict[str, str]:
        about = {"kind": reminder.kind, "points": reminder.points, "subject": reminder.subject}
        return self._told_of(about, reminder.schedule)

    def _first(self, reminder: Reminder) -> str:
        return self._moment(reminder.next_due) if reminder.next_due else ""

    def _next(self, reminder: Reminder) -> str:
        """When the next one of several comes."""
        if not reminder.next_due or not reminder.schedule or not reminder.schedule.repeats:
            return ""
        return self._words.saying("next").filled(first=self._first(reminder))[0]

    def _moment(self, seconds: float) -> str:
        moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
        return moment_in_words(moment, self._zone, self._now)

    def _line(self, number: int, reminder: Reminder) -> tuple[str, str]:
        told = self._told_of_one(reminder)
        saying = "list_line_paused" if reminder.is_paused else "list_line"
        following = self._next(reminder)
        written, spoken = self._words.saying(saying).filled(number=number, next=following, **told)
        return written.strip(), spoken

    def _entry(self, number: int, reminder: Reminder) -> ListedReminder:
        told = self._told_of_one(reminder)
        asked: list[tuple[ControlId, str]] = [("change", "Change"), ("cancel", "Cancel")]
        if reminder.is_paused:
            asked.insert(0, ("on", "Turn on"))
        else:
            asked.insert(0, ("off", "Turn off"))
        if reminder.next_due and not reminder.is_paused:
            asked.insert(1, ("snooze", "Snooze"))
        controls = [
            ReminderControl(id=name, title=title, say=f"{title} reminder {number}")
            for name, title in asked
        ]
        due = reminder.next_due
        return ListedReminder(
            id=reminder.id, is_on=not reminder.is_paused, number=number,
            when=told["when"], what=told["what"],
            next=dt.datetime.fromtimestamp(due, dt.UTC).isoformat()
            if due and not reminder.is_paused else None,
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
        return Answer(Reply(AnswerKey(Kind.REMINDER, saying), written, spoken, "short", titles))

    def _say(
        self,
        saying: str,
        titles: tuple[str, ...] = (),
        pending: Pending | None = None,
        **values: object,
    ) -> Answer:
        written, spoken = self._words.saying(saying).filled(**values)
        written, spoken = _tidy(written), aloud(_tidy(spoken))
        return Answer(
            Reply(AnswerKey(Kind.REMINDER, saying), written, spoken, "short", titles), pending
        )


def _tidy(text: str) -> str:
    """Without the gaps that an empty value leaves."""
    text = text.replace("**** ", "").replace(" ?", "?")
    return re.sub(r" {2,}", " ", text).strip()


def clock_at(minute: int) -> dt.time:
    """The clock time of a minute of the day."""
    return dt.time(minute // 60 % 24, minute % 60)
