"""What is kept in transcripts, whoever said it: told as a whole, and deleted when it is old."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sql

from bot.channels.web.transcript import Transcript
from bot.channels.web.transcript_tables import entries, erasures, feedback, numbers, told
from bot.storage.home import wiped
from bot.text.json_types import JsonObject

_DAY = 86_400
# The numbering and the deletions of a session are known as long as a token for it can live: a keyed
# id and a count, and nothing that was said.
LONGEST_NUMBERING = 90 * _DAY


class TranscriptCare:
    """What is done with transcripts beside adding to them.

    Args:
        transcript: where they are.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def contacts(self) -> dict[str, float]:
        """When something was last said in each session."""
        wanted = sql.select(entries.c.sender, sql.func.max(entries.c.at))
        with self._transcript.engine.connect() as connection:
            newest = connection.execute(wanted.group_by(entries.c.sender))
            return {sender: float(at) for sender, at in newest}

    def kept_of(self, sender: str) -> JsonObject:
        """All that is kept of a session: its entries, and what was thought of answers."""
        said, more = self._transcript.after(sender, 0)
        while more:
            page, more = self._transcript.after(sender, said[-1]["seq"])
            said += page
        # That everything was deleted tells nothing of what it was.
        said = [entry for entry in said if entry.get("kind") != "erased"]
        mine = sql.select(feedback).where(feedback.c.sender == sender).order_by(feedback.c.at)
        with self._transcript.engine.connect() as connection:
            given = [_plain(row) for row in connection.execute(mine)]
        return {
            **({"entries": said} if said else {}),
            **({"feedback": given} if given else {}),
        }

    def erase_all(self, senders: Iterable[str], before: float | None = None) -> None:
        """Delete what sessions said; with `before`, of those that are silent since then.

        Without `before` their tokens end, too.
        """
        newest = self.contacts() if before is not None else {}
        for sender in senders:
            if before is None:
                self._transcript.erase(sender)
            elif newest.get(sender, before) < before:
                with self._transcript.engine.begin() as connection:
                    for table in (entries, feedback, told):
                        connection.execute(table.delete().where(table.c.sender == sender))

    def purge(self, before: float) -> None:
        """Delete what is older, and the numbering of sessions that no token opens any more."""
        with self._transcript.engine.begin() as connection:
            for table in (entries, feedback, told):
                connection.execute(table.delete().where(table.c.at < before))
            long_ago = min(before, self._transcript.now() - LONGEST_NUMBERING)
            for table in (numbers, erasures):
                connection.execute(table.delete().where(table.c.at < long_ago))

    def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file; `soon`, if that takes a moment.

        Raises:
            OSError: the file is in use, and a remnant may still be there.
        """
        wiped(self._transcript.engine, soon)


def _plain(row: Any) -> JsonObject:
    at = datetime.datetime.fromtimestamp(row.at, datetime.UTC)
    return {
        "at": at.isoformat(timespec="seconds"), "answer": row.seq, "value": row.value,
        "reason": row.reason or "", "about": row.about or "",
    }  # fmt: skip
