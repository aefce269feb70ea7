"""What is remembered of a person's pain between messages and days: since when, and how bad."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.safety.pain.durations import LIMIT_DAYS
from bot.safety.pain.report import PainReport

# Pain that was not mentioned for so many days counts as new when it is mentioned again.
_NEW_AFTER = datetime.timedelta(days=14)
# Somebody who was told to see a doctor is not told again at every mention of the pain.
_TOLD_FOR = datetime.timedelta(days=7)


@dataclass(frozen=True)
class PainMemory:
    """One person's pain.

    Attributes:
        began: the day it began, as far as was told; at the latest the day it was first spoken of.
        spoken_of: the last day it was spoken of.
        score: the last score from 0 to 10.
        advised: the last day a red-flag message was given.
    """

    began: datetime.date | None = None
    spoken_of: datetime.date | None = None
    score: float | None = None
    advised: datetime.date | None = None

    def after(self, report: PainReport, today: datetime.date) -> PainMemory:
        """The memory after one more message, of the day `today`."""
        if report.gone:
            return PainMemory(advised=self.advised)
        keeps = not report.scores or (report.of_before and self.score is not None)
        memory = replace(self, score=self.score if keeps else report.scores[-1])
        if not report.present and report.days is None:
            return memory
        began = None if self._is_old(report, today) else self.began
        told = today - datetime.timedelta(days=report.days or 0)
        return replace(memory, began=min(began or told, told), spoken_of=today)

    def lasts_too_long(self, report: PainReport, today: datetime.date) -> bool:
        """Whether pain told of earlier and told of again has lasted for days.

        Somebody who only mentions the pain, and was told to see a doctor a few days ago, is not
        told again.
        """
        if report.gone or not report.present or self._is_old(report, today) or not self.began:
            return False
        if (today - self.began).days < LIMIT_DAYS:
            return False
        return report.goes_on or not self._was_advised(today)

    def advised_on(self, day: datetime.date) -> PainMemory:
        """The memory after a red-flag message on `day`."""
        return replace(self, advised=day)

    def has_risen(self, report: PainReport) -> bool:
        """Whether the newest score is above an earlier one of the message, or the remembered."""
        scores = report.scores
        if len(scores) > 1:
            return scores[-1] > scores[0]
        if not scores or self.score is None:
            return False
        return scores[0] < self.score if report.of_before else scores[0] > self.score

    def _is_old(self, report: PainReport, today: datetime.date) -> bool:
        """Whether what is remembered belongs to an earlier pain."""
        silent = today - self.spoken_of if self.spoken_of else datetime.timedelta()
        return silent > _NEW_AFTER and not report.goes_on

    def _was_advised(self, today: datetime.date) -> bool:
        return self.advised is not None and today - self.advised < _TOLD_FOR

    def to_plain(self) -> dict[str, Any]:
        """In plain values that JSON can hold; what is unknown is left out."""
        days = {"began": self.began, "spoken_of": self.spoken_of, "advised": self.advised}
        plain: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
        return plain if self.score is None else {**plain, "score": self.score}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any] | None) -> PainMemory:
        """What `to_plain` gave; nothing for None."""
        plain = plain or {}
        days = {
            name: datetime.date.fromisoformat(plain[name])
            for name in ("began", "spoken_of", "advised")
            if plain.get(name)
        }
        return cls(**days, score=plain.get("score"))


NOTHING_KNOWN = PainMemory()
