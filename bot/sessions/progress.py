"""How somebody's pain went over the sessions they have done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.reply import Reply
from bot.messages.answer_key import AnswerKey, Kind
from bot.sessions.history import Record, SessionTrend, trend
from bot.sessions.replies import SessionAnswers

_SHOWN_SCORES = 5


class ProgressAnswers(SessionAnswers):
    """Builds the answer to 'how am I doing?', for one person."""

    def progress(self, records: Sequence[Record]) -> Reply:
        """How the pain scores went over the sessions done."""
        if not records:
            return replace(self.only("no_history"), suggestions=("Help me do a session",))
        shown = list(records[-_SHOWN_SCORES:])
        count = len(records)
        scores = [self._score_line(record) for record in shown]
        written, spoken = self.say(
            "history",
            sessions="one session" if count == 1 else f"{count} sessions",
            last=records[-1].day,
            scores="\n".join(line for line, _ in scores),
        )
        way, first, last = trend(records)
        lines, voice = [written], [spoken, scores[-1][1]]
        if way is not SessionTrend.UNKNOWN:
            told, heard = self.say(way.value, first=first, now=last)
            lines.append(told)
            voice.append(heard)
        return Reply(
            AnswerKey(Kind.SESSION, f"progress:{way.value or 'unknown'}"), "\n\n".join(lines),
            " ".join(part for part in voice if part), "general",
            ("Help me do a session", "When should I see a doctor?"),
        )  # fmt: skip

    def _score_line(self, record: Record) -> tuple[str, str]:
        if record.before is None or record.after is None:
            return self.say("history_no_score", date=record.day)
        return self.say("history_score", date=record.day, before=record.before, after=record.after)
