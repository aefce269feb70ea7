"""The sessions somebody has done, and what their pain scores say over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from bot.sessions.state import Session
from bot.sessions.transitions import TROUBLE, End
from bot.text.json_types import JsonObject

_HOUR = 3600
# Two points on the scale of 0 to 10 are the least change that people in pain notice as one.
_CHANGE = 2
_RISING = 3


@dataclass(frozen=True)
class Record:
    """One session that is over.

    Attributes:
        date: when it ended, in ISO form.
        points: codes of the points gone through.
        tool: the tool whose guide it was.
        before: the pain before, from 0 to 10, if it was said.
        after: the pain after.
        ended: how it ended.
    """

    date: str
    points: tuple[str, ...] = ()
    tool: str | None = None
    before: int | None = None
    after: int | None = None
    ended: str = End.DONE.value

    def to_slot(self) -> JsonObject:
        """The record as JSON."""
        return {
            "date": self.date, "points": list(self.points), "tool": self.tool,
            "before": self.before, "after": self.after, "ended": self.ended,
        }  # fmt: skip

    @property
    def moment(self) -> float:
        """When it ended, in seconds since 1970."""
        return datetime.fromisoformat(self.date).timestamp()

    @property
    def day(self) -> str:
        """'21 November 2026'."""
        when = datetime.fromisoformat(self.date)
        return f"{when.day} {when.strftime('%B %Y')}"


class SessionTrend(str, Enum):
    """What the scores say over several sessions."""

    MORE = "trend_more"
    AFTER = "trend_after"
    LESS = "trend_less"
    SAME = "trend_same"
    UNKNOWN = ""


def record_of(session: Session, end: End, after: int | None, now: float) -> Record | None:
    """The record of a session that ends now; None if nothing was pressed and nothing went wrong."""
    if end is End.REFUSED or (not session.pressed and end.value not in TROUBLE):
        return None
    date = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    points = () if session.plan.tool else session.pressed
    return Record(date, points, session.plan.tool, session.before, after, end.value)


def records_in(value: Any) -> list[Record]:
    """The records in a slot, oldest first; what cannot be read is left out."""
    records = []
    for entry in value if isinstance(value, list) else []:
        try:
            record = Record(**{**entry, "points": tuple(entry.get("points") or ())})
            _ = record.moment
        except (AttributeError, TypeError, ValueError):
            continue
        records.append(record)
    return records


def with_record(value: Any, record: Record, most: int) -> list[JsonObject]:
    """The slot with one more record, and at most `most` of the newest."""
    return [r.to_slot() for r in [*records_in(value), record]][-most:]


def trouble_within(records: Sequence[Record], hours: int, now: float) -> bool:
    """Whether the last session ended badly less than so many hours ago."""
    return bool(
        records and records[-1].ended in TROUBLE and now - records[-1].moment < hours * _HOUR
    )


def on_the_same_day(records: Sequence[Record], now: float) -> int:
    """How many sessions were done on this day (UTC)."""
    today = datetime.fromtimestamp(now, UTC).date().isoformat()
    return sum(record.date.startswith(today) for record in records)


def trend(records: Sequence[Record]) -> tuple[SessionTrend, int, int]:
    """What the scores say, with the first and the last score before a session.

    Rising pain is said first: three scores in a row that rise, a last score clearly above the
    first, or pain that was stronger after each of the last two sessions.
    """
    before = [record.before for record in records if record.before is not None]
    after = [r.after > r.before for r in records if r.after is not None and r.before is not None]
    if len(before) < 2:
        return SessionTrend.UNKNOWN, 0, 0
    first, last = before[0], before[-1]
    rising = before[-_RISING:]
    steadily = len(rising) == _RISING and rising[0] < rising[1] < rising[2]
    if steadily or last - first >= _CHANGE:
        return SessionTrend.MORE, rising[0] if last <= first else first, last
    if after[-2:] == [True, True]:
        return SessionTrend.AFTER, first, last
    if first - last >= _CHANGE:
        return SessionTrend.LESS, first, last
    return SessionTrend.SAME, first, last
