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
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from bot.channels.web import transcript_tables as tables
from bot.channels.web.entries import Asked, Entry, Feedback, asked_of, entry_of
from bot.messages.message import Message
from bot.privacy.private_store import empty_log
from bot.privacy.quiet_log import log_failure
from bot.storage.home import inserted, open_tables
from bot.storage.news import News
from bot.storage.server import server_at
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

FILE = "transcripts.db"
PAGE = 100
# A page ends earlier where its entries are long, so that a phone need not wait for it.
_PAGE_CHARACTERS = 150_000

_UNASKED = 0


class Transcript:
    """The transcripts of a state folder, or of a database.

    Args:
        folder: where the file is, which is made if it is not there.
        now: the time, in seconds since 1970.
        url: of the database; None for the file.

    Attributes:
        engine: opens the file, or reaches the database.
        news: what other workers of the database are told; None where there are none.
    """

    def __init__(
        self, folder: Path, now: Callable[[], float] = time.time, url: str | None = None
    ) -> None:
        self.engine = open_tables(folder, FILE, tables.metadata, url)
        self.now = now
        self.news = News(server_at(url)) if url else None

    def ask(self, sender: str, asked_id: str, text: str, metadata: JsonObject) -> Asked:
        """Store what a person says; with an id that is there, the number it has."""
        try:
            return self._ask(sender, asked_id, text, metadata)
        except sql.exc.IntegrityError:  # it has just come in at another worker, too
            return self._ask(sender, asked_id, text, metadata)

    def _ask(self, sender: str, asked_id: str, text: str, metadata: JsonObject) -> Asked:
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
        """Store everything that was said to the message `asked`, once, or nothing of it."""
        contents = [{"message": message.to_json()} for message in messages]
        with self.engine.begin() as connection:
            # Whoever else answers it waits here.
            mine = sql.select(tables.numbers.c.last).where(tables.numbers.c.sender == sender)
            connection.execute(mine.with_for_update())
            if self._is_answered(connection, sender, asked):
                return []
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
            page.append(entry_of(row))
        return page, len(rows) > len(page)

    def newest(self, sender: str, most: int) -> list[Entry]:
        """The newest entries, oldest first."""
        wanted = sql.select(tables.entries).where(tables.entries.c.sender == sender)
        wanted = wanted.order_by(tables.entries.c.seq.desc()).limit(most)
        with self.engine.connect() as connection:
            return [entry_of(row) for row in reversed(connection.execute(wanted).fetchall())]

    def entries(self, sender: str, numbers: list[int]) -> list[Entry]:
        """The entries of these numbers that are there."""
        return self._read(sender, numbers)

    def is_answered(self, sender: str, seq: int) -> bool:
        """Whether something was said to a message."""
        with self.engine.connect() as connection:
            return self._is_answered(connection, sender, seq)

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
        return [asked_of(row) for row in rows]

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
        first = {"sender": sender, "last": len(contents), "at": now}
        further = {"last": tables.numbers.c.last + len(contents), "at": now}
        counted = inserted(connection, tables.numbers).values(**first)
        counted = counted.on_conflict_do_update(index_elements=["sender"], set_=further)
        last = connection.scalar(counted.returning(tables.numbers.c.last))
        numbers = list(range(last - len(contents) + 1, last + 1))
        for seq, content in zip(numbers, contents, strict=True):
            text = json.dumps(content, ensure_ascii=False)
            connection.execute(
                tables.entries.insert().values(
                    sender=sender, seq=seq, at=now, who=who, attempts=0, content=text, **values
                )
            )
        if self.news:
            self.news.tell(connection, {"sender": sender, "seqs": numbers})
        return numbers

    @staticmethod
    def _is_answered(connection: Any, sender: str, seq: int) -> bool:
        of = tables.entries.c
        answers = (of.sender == sender) & (of.answers == seq)
        return connection.execute(sql.select(of.seq).where(answers)).first() is not None

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
            return [entry_of(row) for row in connection.execute(wanted)]
