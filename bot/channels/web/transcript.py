"""The transcript of every session of the web channel: what was said by both sides, in order.

An entry has the next number of its session. What a person says is stored before it is answered, and
its answers in one piece, so that a killed process loses nothing and doubles nothing.
"""

from __future__ import annotations

import datetime
import json
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from bot.channels.web import transcript_tables as tables
from bot.messages.message import Message
from bot.privacy.private_store import empty_log, private_engine, private_folder
from bot.privacy.quiet_log import log_failure
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

FILE = "transcripts.db"
PAGE = 100
# A page ends earlier where its entries are long, so that a phone need not wait for it.
_PAGE_CHARACTERS = 150_000

Entry = JsonObject

_UNASKED = 0


@dataclass(frozen=True)
class Asked:
    """A person's message, as it was stored."""

    seq: int
    id: str
    text: str
    metadata: JsonObject = field(default_factory=dict)


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of an answer. `about` is the answer's key, such as 'locate:LI4'."""

    at: datetime.datetime
    seq: int
    value: str
    reason: str
    about: str


class Transcript:
    """The transcripts of a state folder.

    Args:
        folder: where the file is, which is made if it is not there.
        now: the time, in seconds since 1970.

    Attributes:
        engine: opens the file.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.engine = private_engine(f"sqlite:///{private_folder(folder) / FILE}")
        self.now = now
        tables.metadata.create_all(self.engine)

    def ask(self, sender: str, asked_id: str, text: str, metadata: JsonObject) -> Asked:
        """Store what a person says; with an id that is there, the number it has."""
        with self.engine.begin() as connection:
            seq = self._seq_of(connection, sender, asked_id)
            if seq is None:
                content = {"text": text, "metadata": metadata}
                (seq,) = self._add(connection, sender, "person", [content], client_id=asked_id)
        return Asked(seq, asked_id, text, metadata)

    def seq_of(self, sender: str, asked_id: str) -> int | None:
        """The number of a person's message, if it is stored."""
        with self.engine.connect() as connection:
            return self._seq_of(connection, sender, asked_id)

    def answer(self, sender: str, asked: int, messages: Iterable[Message]) -> list[Entry]:
        """Store everything that was said to the message `asked`, or nothing of it."""
        contents = [{"message": message.to_json()} for message in messages]
        with self.engine.begin() as connection:
            numbers = self._add(connection, sender, "assistant", contents, answers=asked)
        return self._read(sender, numbers)

    def untold(self, sender: str, ids: Iterable[str]) -> list[str]:
        """Those of the ids under which nothing was told yet."""
        wanted = list(ids)
        known = sql.select(tables.told.c.id).where(
            tables.told.c.sender == sender, tables.told.c.id.in_(wanted)
        )
        with self.engine.connect() as connection:
            there = {row.id for row in connection.execute(known)}
        return [each for each in wanted if each not in there]

    def tell(self, sender: str, ids: Iterable[str], message: Message) -> list[Entry]:
        """Store something that nobody asked for; nothing, if one of its ids was told before."""
        try:
            with self.engine.begin() as connection:
                for each in ids:
                    row = {"sender": sender, "id": each, "at": self.now()}
                    connection.execute(tables.told.insert().values(**row))
                contents = [{"message": message.to_json()}]
                numbers = self._add(connection, sender, "assistant", contents, answers=_UNASKED)
        except sql.exc.IntegrityError:
            return []
        return self._read(sender, numbers)

    def note(self, sender: str, kind: str) -> Entry:
        """Store an entry of our own, such as the line between two conversations."""
        with self.engine.begin() as connection:
            numbers = self._add(connection, sender, "system", [{"kind": kind}])
        return self._read(sender, numbers)[0]

    def entry(self, sender: str, seq: int) -> Entry | None:
        """One entry, if it is there."""
        found = self._read(sender, [seq])
        return found[0] if found else None

    def after(self, sender: str, seq: int) -> tuple[list[Entry], bool]:
        """The next entries after a number, oldest first, and whether there are more."""
        wanted = (
            sql.select(tables.entries)
            .where(tables.entries.c.sender == sender, tables.entries.c.seq > seq)
            .order_by(tables.entries.c.seq)
            .limit(PAGE + 1)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(wanted).fetchall()
        page: list[Entry] = []
        size = 0
        for row in rows[:PAGE]:
            size += len(row.content)
            if page and size > _PAGE_CHARACTERS:
                break
            page.append(_entry(row))
        return page, len(rows) > len(page)

    def unanswered(self, sender: str) -> list[Asked]:
        """The person's messages that nothing was said to, oldest first."""
        answered = sql.select(tables.entries.c.answers).where(
            tables.entries.c.sender == sender, tables.entries.c.answers.is_not(None)
        )
        wanted = (
            sql.select(tables.entries)
            .where(
                tables.entries.c.sender == sender,
                tables.entries.c.who == "person",
                tables.entries.c.seq.not_in(answered),
            )
            .order_by(tables.entries.c.seq)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(wanted).fetchall()
        return [_asked(row) for row in rows]

    def attempt(self, sender: str, seq: int) -> int:
        """Count that a message is being answered; the first time gives 1, 0 if it is gone."""
        row = (tables.entries.c.sender == sender) & (tables.entries.c.seq == seq)
        with self.engine.begin() as connection:
            connection.execute(
                tables.entries.update().where(row).values(attempts=tables.entries.c.attempts + 1)
            )
            return int(connection.scalar(sql.select(tables.entries.c.attempts).where(row)) or 0)

    def erase(self, sender: str) -> Entry:
        """Delete everything of a session, in the file itself; one entry says so.

        Raises:
            OSError: the file is in use, and its log may still hold something.
        """
        with self.engine.begin() as connection:
            for table in (tables.entries, tables.feedback, tables.told):
                connection.execute(table.delete().where(table.c.sender == sender))
            numbers = self._add(connection, sender, "system", [{"kind": "erased"}])
            count = self._count(connection, sender)
            connection.execute(tables.erasures.delete().where(tables.erasures.c.sender == sender))
            row = {"sender": sender, "count": count + 1, "at": self.now()}
            connection.execute(tables.erasures.insert().values(**row))
        empty_log(self.engine)
        return self._read(sender, numbers)[0]

    def erasures(self, sender: str) -> int:
        """How often everything of a session was deleted.

        0 where that cannot be read: a warning sign must be heard all the same.
        """
        try:
            with self.engine.connect() as connection:
                return self._count(connection, sender)
        except sql.exc.SQLAlchemyError as error:
            log_failure(logger, "it could not be seen whether a session was deleted", error)
            return 0

    def rate(self, sender: str, seq: int, value: str | None, reason: str = "") -> bool:
        """Keep what somebody thinks of an answer, in place of what they thought before.

        Args:
            value: "up" or "down"; None takes it back.

        Returns:
            False if that number is no answer of this session.
        """
        entry = self.entry(sender, seq)
        if entry is None or entry["from"] != "assistant":
            return False
        row = (tables.feedback.c.sender == sender) & (tables.feedback.c.seq == seq)
        with self.engine.begin() as connection:
            connection.execute(tables.feedback.delete().where(row))
            if value:
                reply = Message.from_json(entry["message"]).reply
                connection.execute(
                    tables.feedback.insert().values(
                        sender=sender,
                        seq=seq,
                        at=self.now(),
                        value=value,
                        reason=reason or None,
                        about=str(reply.key) if reply.key else reply.kind,
                    )
                )
        return True

    def feedback(self) -> list[Feedback]:
        """What people thought of answers, newest first."""
        wanted = sql.select(tables.feedback).order_by(tables.feedback.c.at.desc())
        with self.engine.connect() as connection:
            rows = connection.execute(wanted).fetchall()
        return [
            Feedback(
                datetime.datetime.fromtimestamp(row.at),
                row.seq,
                row.value,
                row.reason or "",
                row.about or "",
            )
            for row in rows
        ]

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _add(
        self,
        connection: Any,
        sender: str,
        who: str,
        contents: list[JsonObject],
        **values: Any,
    ) -> list[int]:
        """Add entries with the next numbers of the session."""
        now = self.now()
        mine = tables.numbers.c.sender == sender
        last = connection.scalar(sql.select(tables.numbers.c.last).where(mine))
        numbers = [(last or 0) + count for count in range(1, len(contents) + 1)]
        kept = {"last": numbers[-1] if numbers else last or 0, "at": now}
        if last is None:
            connection.execute(tables.numbers.insert().values(sender=sender, **kept))
        else:
            connection.execute(tables.numbers.update().where(mine).values(**kept))
        for seq, content in zip(numbers, contents, strict=True):
            text = json.dumps(content, ensure_ascii=False)
            connection.execute(
                tables.entries.insert().values(
                    sender=sender, seq=seq, at=now, who=who, attempts=0, content=text, **values
                )
            )
        return numbers

    @staticmethod
    def _count(connection: Any, sender: str) -> int:
        wanted = sql.select(tables.erasures.c.count).where(tables.erasures.c.sender == sender)
        return int(connection.scalar(wanted) or 0)

    def _seq_of(self, connection: Any, sender: str, asked_id: str) -> int | None:
        found = connection.scalar(
            sql.select(tables.entries.c.seq).where(
                tables.entries.c.sender == sender, tables.entries.c.client_id == asked_id
            )
        )
        return None if found is None else int(found)

    def _read(self, sender: str, numbers: list[int]) -> list[Entry]:
        wanted = (
            sql.select(tables.entries)
            .where(tables.entries.c.sender == sender, tables.entries.c.seq.in_(numbers))
            .order_by(tables.entries.c.seq)
        )
        with self.engine.connect() as connection:
            return [_entry(row) for row in connection.execute(wanted)]


def unstored(seq: int, asked: int, message: Message) -> Entry:
    """An answer as an entry that no file holds."""
    at = datetime.datetime.now(datetime.UTC)
    content = message.to_json()
    return {"seq": seq, "at": _stamp(at), "from": "assistant", "answers": asked, "message": content}


def _asked(row: Any) -> Asked:
    content = json.loads(row.content)
    return Asked(row.seq, row.client_id, content["text"], content.get("metadata") or {})


def _entry(row: Any) -> Entry:
    """An entry in the form that is sent."""
    at = datetime.datetime.fromtimestamp(row.at, datetime.UTC)
    content = json.loads(row.content)
    entry: Entry = {"seq": row.seq, "at": _stamp(at), "from": row.who}
    if row.who == "person":
        return {**entry, "id": row.client_id, "text": content["text"]}
    if row.who == "assistant":
        return {**entry, "answers": row.answers, "message": content["message"]}
    return {**entry, "kind": content["kind"]}


def _stamp(at: datetime.datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
