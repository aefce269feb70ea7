"""What a reminder says when it is due: the precautions that matter to this person, now.

What was told since it was set counts: a condition takes points away or all pressing, and a warning
sign makes it the advice to see a doctor.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from bot.answers.builder import aloud
from bot.answers.people import Person
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.reminders import ReminderKind
from bot.messages.answer_key import AnswerKey, Kind
from bot.reminders.cards import ReminderCard, ReminderControl
from bot.reminders.situation import Situation
from bot.reminders.storage.records import Occurrence
from bot.reminders.wording import moment_in_words
from bot.sessions.transitions import TROUBLE

_RECENT_SECONDS = 7 * 86_400
START = ReminderControl(id="start", title="Start a session", say="Start a session")
STOP = ReminderControl(id="stop", title="Stop these", say="Stop this reminder")


class ReminderWords:
    """Builds what reminders say."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._words = catalogue.reminders

    def told(self, occurrence: Occurrence, situation: Situation, now: float) -> Reply:
        """A reminder that is due."""
        return self._told(occurrence, situation, now, [])

    def told_late(self, missed: Sequence[Occurrence], situation: Situation, now: float) -> Reply:
        """Reminders that nobody was there for: the newest in full, the others counted."""
        newest = max(missed, key=lambda occurrence: occurrence.due)
        return self._told(newest, situation, now, missed)

    def is_missed(self, occurrence: Occurrence, now: float) -> bool:
        """Whether it is so late that the person was not there."""
        return bool(now - occurrence.due >= self._words.limits.missed_after_minutes * 60)

    def title(self, kind_id: str) -> str:
        """A few words for a kind of reminder."""
        return self._words.kind(kind_id).title

    def _told(
        self, occurrence: Occurrence, situation: Situation, now: float, missed: Sequence[Occurrence]
    ) -> Reply:
        kind = self._words.kind(occurrence.kind)
        key, written, spoken, guidance = self._content(kind, occurrence, situation, now)
        if missed:
            when = moment_in_words(_moment(occurrence.due), occurrence.zone, _moment(now))
            first_written, first_spoken = self._words.saying("missed").filled(when=when)
            written, spoken = [first_written, *written], [first_spoken, *spoken]
            more = len(missed) - 1 + sum(o.also for o in missed)
            if more:
                more_written, more_spoken = self._words.saying("missed_more").filled(count=more)
                written, spoken = [*written, more_written], [*spoken, more_spoken]
        controls = self._controls(kind, may_press=key == "told")
        card = ReminderCard(
            id=occurrence.id,
            kind=kind.id,
            title=kind.title,
            due=_moment(occurrence.due).isoformat(),
            missed=bool(missed),
            points=[p.code for p in self._allowed(occurrence, situation)] if key == "told" else [],
            controls=controls,
        )
        return Reply(
            AnswerKey(Kind.REMINDER, f"{key}:{kind.id}"),
            "\n\n".join(written), aloud(" ".join(spoken)), guidance,
            tuple(control.say for control in controls), plain_card(card),
        )  # fmt: skip

    def _content(
        self, kind: ReminderKind, occurrence: Occurrence, situation: Situation, now: float
    ) -> tuple[str, list[str], list[str], str]:
        """What it is, the written and the spoken lines, and which guidance belongs to it."""
        if situation.sign:
            written, spoken = self._words.saying("sign").filled()
            return "sign", [written], [spoken], "red_flag"
        if kind.presses and not situation.is_known:
            written, spoken = self._words.saying("unreadable").filled()
            return "unreadable", [written], [spoken], "general"
        person = Person.from_ids(situation.conditions, self._catalogue)
        points = [p for p in map(self._catalogue.point, occurrence.points) if p]
        allowed = self._allowed(occurrence, situation)
        withheld = person.everything_withheld_by
        if not withheld and points and not allowed:
            withheld = person.withheld_by(points[0])
        if kind.presses and withheld:
            written, _ = self._words.saying("withheld").filled(
                condition=withheld.name.lower(), why=withheld.reason
            )
            _, spoken = self._words.saying("withheld").filled(
                condition=withheld.name.lower(), why=withheld.reason_spoken
            )
            return "withheld", [written], [spoken], withheld.guidance
        opening = kind.opening[occurrence.turn % len(kind.opening)]
        written_lines, spoken_lines = [opening.written], [opening.spoken]
        if occurrence.subject:
            about = self._words.saying("own_words").filled(what=occurrence.subject)
            written_lines, spoken_lines = [about[0]], [about[1]]
        own = self._own_precautions(person, points, allowed) if kind.presses else []
        general = [(p.written, p.spoken) for p in kind.precautions]
        chosen = [lines[occurrence.turn % len(lines)] for lines in (own, general) if lines]
        if allowed and kind.presses:
            names = ", ".join(f"{p.code} ({p.names.pinyin})" for p in allowed)
            written_lines.append(f"**Your points:** {names}.")
        written_lines += [f"- {written}" for written, _ in chosen]
        spoken_lines += [spoken for _, spoken in chosen[:1]]
        if kind.presses:
            written_lines += self._last_session(situation, now)
        guidance = "general" if kind.presses else "short"
        if kind.presses and person.conditions:
            guidance = person.conditions[0].guidance
        return "told", written_lines, spoken_lines, guidance

    def _allowed(self, occurrence: Occurrence, situation: Situation) -> list[Point]:
        """The points of a reminder that nothing told by now takes away."""
        person = Person.from_ids(situation.conditions, self._catalogue)
        points = [p for p in map(self._catalogue.point, occurrence.points) if p]
        return [p for p in points if not person.withheld_by(p)]

    def _own_precautions(
        self, person: Person, points: Sequence[Point], allowed: Sequence[Point]
    ) -> list[tuple[str, str]]:
        """The precautions of this person and these points, most important first."""
        lines = []
        left_out = [p for p in points if p not in allowed]
        if left_out:
            condition = person.withheld_by(left_out[0])
            names = ", ".join(f"{p.code} ({p.names.pinyin})" for p in left_out)
            name = condition.name.lower() if condition else ""
            lines.append(self._words.saying("withheld_points").filled(points=names, condition=name))
        ids = [caution for condition in person.conditions for caution in condition.cautions]
        for caution in map(self._catalogue.caution, dict.fromkeys(ids)):
            lines.append((caution.written, caution.spoken))
        for point in allowed:
            for caution in map(self._catalogue.caution, point.cautions):
                if caution.always_say:
                    lines.append((caution.written, caution.spoken))
        return list(dict.fromkeys(lines))

    def _last_session(self, situation: Situation, now: float) -> list[str]:
        if not situation.records:
            return []
        last = situation.records[-1]
        if now - last.moment > _RECENT_SECONDS:
            return []
        if last.ended in TROUBLE or (
            last.before is not None and last.after is not None and last.after > last.before
        ):
            return [self._words.saying("session_more").filled()[0]]
        if last.before is not None and last.after is not None and last.after < last.before:
            told = self._words.saying("session_less").filled(before=last.before, after=last.after)
            return [told[0]]
        return []

    def _controls(self, kind: ReminderKind, may_press: bool) -> list[ReminderControl]:
        minutes = self._words.limits.snooze_minutes
        snooze = ReminderControl(
            id="snooze",
            title=f"In {minutes} minutes",
            say=f"Snooze for {minutes} minutes",
        )
        if not may_press:
            return [STOP]
        return [*([START] if kind.presses else []), snooze, STOP]


def every_reminder(catalogue: Catalogue) -> dict[str, Reply]:
    """All that reminders can say, under an address, to somebody without conditions."""
    words = ReminderWords(catalogue)
    said: dict[str, Reply] = {}
    for kind in catalogue.reminders.kinds:
        for turn in range(max(len(kind.opening), len(kind.precautions), 1)):
            due = Occurrence("-", "-", "-", kind.id, (), "UTC", turn, 0.0)
            said[f"reminder:{kind.id}:{turn}"] = words.told(due, Situation(), 0.0)
    for saying in catalogue.reminders.says:
        said[f"reminder:{saying.id}"] = Reply(
            AnswerKey(Kind.REMINDER, saying.id), saying.written, saying.spoken
        )
    return said


def plain_card(card: Facts) -> dict[str, object]:
    """A card as JSON, without what does not apply."""
    return dict(json.loads(card.model_dump_json(exclude_none=True)))


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
