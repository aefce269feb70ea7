"""Changing what was proposed before it is agreed to, so that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.reminders.dialogue.finding import target_and_time, times_at
from bot.reminders.dialogue.managing import Managing, in_half
from bot.reminders.dialogue.parts import (
    adds_to_it,
    after_yes,
    apart_from_added,
    corrects,
    drops,
    keeps,
    says_only,
    sets_it,
)
from bot.reminders.dialogue.saying import SHORT, Answer, Pending
from bot.reminders.language.phrases import adds, read
from bot.reminders.language.pieces import Pieces
from bot.reminders.language.zones import only_tells_where
from bot.reminders.schedules import Schedule


class Correcting(Managing):
    """Takes up what somebody says to a schedule that was read back to them."""

    def _said_yes(self, text: str, pending: Pending) -> Answer | None:
        """'Yes, but not on Sundays', 'yes, and where is LI4?': set, and what follows it is kept."""
        rest = after_yes(text)
        if pending["ask"] == "confirm" and sets_it(text):
            rest = rest or ""
            rest = "" if read(rest, self._now, self._words).is_empty else rest
        if rest is None or pending["ask"] != "confirm":
            return None
        said = self._corrected(rest, pending) if pending.get("schedule") else None
        if said is not None and (said.pending or {}).get("ask") != "confirm":
            return said
        if (
            said is not None
            and said.pending
            and (said.reply.key.subject not in _AGREEABLE or said.pending["pieces"]["unread"])
        ):
            return said
        if said is None and self._place_told(rest):
            pending = self._elsewhere(pending)
            rest = "" if only_tells_where(rest) else rest
        done = self._agreed(said.pending if said and said.pending else pending)
        return done if said is not None else replace(done, beside=rest)

    def _corrected(self, text: str, pending: Pending) -> Answer | None:
        """What was proposed, with what is said of it now; None where nothing is said of it.

        Some of its times may be named, kept, or added to.
        """
        if not pending.get("schedule"):
            return None
        if self._place_told(text):
            pending = self._elsewhere(pending)
        schedule = Schedule.from_plain(pending["schedule"])
        before, after = target_and_time(text)
        named = times_at(before, schedule.all_times, self._now, self._words) if before else ()
        newer = read(after if named else text, self._now, self._words, is_answer=_is_short(text))
        if named and newer.is_empty and drops(after):
            left = schedule.with_times(set(schedule.all_times) - set(named))
            return self._planned({**pending, "kept": None}, Pieces.of(left)) if left else None
        if named and (newer.is_empty or keeps(after)):
            return self._planned(pending, Pieces.from_plain(pending["pieces"]))
        if before and not named and keeps(text):
            told = read(before, self._now, self._words)
            return self._added(pending, schedule, told) if told.times else None
        if newer.is_empty:
            return None
        if adds_to_it(text) and newer.has_time:
            return self._added(pending, schedule, newer)
        newer = _instead_of_days(newer, schedule)
        newer = _in_their_halves(newer, named or schedule.all_times)
        if not (named or newer.has_days or newer.step or newer.parts or says_only(text)):
            named = _nearest(newer, schedule.all_times)
        kept = schedule.with_times(set(schedule.all_times) - set(named)) if named else None
        if kept is None or len(named) == len(schedule.all_times):
            earlier = Pieces.from_plain(pending["pieces"])
            earlier = Pieces.of(schedule) if pending.get("kept") else earlier
            return self._planned({**pending, "kept": None}, earlier.with_newer(newer))
        changed = schedule.with_times(named)
        earlier = Pieces.of(changed) if changed else Pieces()
        return self._planned({**pending, "kept": kept.to_plain()}, earlier.with_newer(newer))

    def _added(self, pending: Pending, schedule: Schedule, newer: Pieces) -> Answer:
        """All that was proposed, and what is told now besides, on the same days or its own."""
        pieces = Pieces.of(schedule)
        more = replace(pieces, others=()).with_newer(replace(newer, others=()))
        more = replace(more, others=newer.others)
        return self._planned({**pending, "kept": schedule.to_plain()}, more)

    def _with_added(self, text: str, intent: str, pending: Pending) -> Answer | None:
        """'In the morning, and a second one at 4': the answer first, then what is added."""
        head, tail = apart_from_added(text)
        if not head:
            return None
        said = self._settled(head, intent, pending)
        settled = said.pending if said else None
        if not settled or settled.get("ask") != "confirm":
            return None
        return self._corrected(f"and another one {tail}", settled) or said

    def _is_correction(self, text: str, pending: Pending) -> bool:
        """Whether words that tell a time are said of what was proposed, whatever else they seem."""
        if pending["ask"] not in ("confirm", "half", "when"):
            return False
        told = read(text, self._now, self._words)
        if pending.get("schedule"):
            all_times = Schedule.from_plain(pending["schedule"]).all_times
            before, _ = target_and_time(text)
            if before and times_at(before, all_times, self._now, self._words):
                return True
        return not told.is_empty and (corrects(text) or adds(text) or keeps(text))

    def _elsewhere(self, pending: Pending) -> Pending:
        """What was proposed, on the clocks of the place that was just told."""
        changed = {**pending, "place": True}
        for name in ("schedule", "kept"):
            if pending.get(name):
                changed[name] = Schedule.from_plain(pending[name]).in_zone(self._zone).to_plain()
        return changed


# Sayings that propose what was asked for, and nothing else in its place.
_AGREEABLE = ("confirm", "confirm_place", "confirm_told")


def _instead_of_days(newer: Pieces, schedule: Schedule) -> Pieces:
    """'Tuesday, not Monday', said of Monday and Thursday, leaves the Thursday."""
    days, gone = {*schedule.days}, {*newer.but_days}
    if schedule.also or not newer.days or not gone or not gone < days:
        return newer
    return replace(newer, every="week", days=tuple(sorted(days - gone | {*newer.days})),
                   but_days=(), date=None)  # fmt: skip


def _is_short(text: str) -> bool:
    return len(text.split()) <= SHORT


def _in_their_halves(newer: Pieces, times: Iterable[object]) -> Pieces:
    """'Make it 9', said of 8 in the evening, stays in the evening."""
    halves = {time.hour >= 12 for time in times}  # type: ignore[attr-defined]
    if newer.parts or len(halves) != 1:
        return newer
    is_pm = halves.pop()
    return replace(newer, times=tuple(in_half(time, is_pm) for time in newer.times))


def _nearest(newer: Pieces, times: tuple) -> tuple:  # type: ignore[type-arg]
    """Which of several times fewer new ones stand for: those of the same half of the day."""
    if not newer.times or len(newer.times) >= len(times):
        return ()
    found = []
    for clocked in newer.times:
        both = [clocked] if clocked.is_sure else [clocked, clocked.other]
        found.append(min(times, key=lambda time: min(
            abs(time.hour * 60 + time.minute - each.hour * 60 - each.minute) for each in both
        )))  # fmt: skip
    return tuple(dict.fromkeys(found))
