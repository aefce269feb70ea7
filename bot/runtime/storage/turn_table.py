"""Turns in the database: a row each, numbered, with all that happened in it.

The order is that of the numbers, whatever a clock said. What a turn repeats, such as an answer that
a slot keeps too, takes no room twice: a row is compressed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sql

from bot.text.json_types import JsonObject

_tables = sql.MetaData()
_turns = sql.Table(
    "turns",
    _tables,
    sql.Column("sender", sql.String(255), primary_key=True),
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("mark", sql.String(32), nullable=False),
    sql.Column("begins", sql.Boolean, nullable=False),
    sql.Column("at", sql.Float, nullable=False, index=True),
    sql.Column("content", sql.LargeBinary, nullable=False),
)

Contacts = dict[str, float]


class Version(NamedTuple):
    """The newest turn of a conversation. Numbers begin anew once all is erased; marks do not."""

    number: int = 0
    mark: str = ""


NOTHING = Version()


@dataclass(frozen=True)
class Turn:
    """What happened in one turn.

    Attributes:
        mark: tells it from all others, so that it is written once however often it is tried.
        begins: whether a session begins in it.
        at: when it was, as a clock said.
        events: those of the tracker, as plain values.
    """

    mark: str
    begins: bool
    at: float
    events: Sequence[JsonObject]

    def packed(self) -> bytes:
        """The events as the table holds them."""
        return zlib.compress(json.dumps(self.events, separators=(",", ":")).encode())


def create_tables(engine: Any) -> None:
    """Make the table if it is not there.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or written.
    """
    _tables.create_all(engine)


def version(connection: Any, sender: str) -> Version:
    """The version of a conversation."""
    newest = sql.select(_turns.c.number, _turns.c.mark).where(_turns.c.sender == sender)
    row = connection.execute(newest.order_by(_turns.c.number.desc()).limit(1)).first()
    return Version(*row) if row else NOTHING


def read(connection: Any, sender: str, whole: bool) -> tuple[list[JsonObject], bool]:
    """The events of a conversation, oldest first, and whether a session begins in them.

    Args:
        whole: all sessions; otherwise from the turn in which the newest begins.
    """
    mine = _turns.c.sender == sender
    wanted = sql.select(_turns.c.content).where(mine).order_by(_turns.c.number)
    begun = connection.scalar(
        sql.select(sql.func.max(_turns.c.number)).where(mine, _turns.c.begins)
    )
    if begun and not whole:
        wanted = wanted.where(_turns.c.number >= begun)
    rows = connection.execute(wanted).scalars()
    return [e for row in rows for e in json.loads(zlib.decompress(row))], bool(begun)


def write(
    connection: Any, sender: str, turns: Sequence[Turn], known: Version | None
) -> tuple[Version, bool]:
    """Write turns behind those there are, each once.

    Args:
        known: the version as it was when these turns began, if that is known.

    Returns:
        The version now, and whether nobody else wrote since `known`.

    Raises:
        sqlalchemy.exc.IntegrityError: somebody else has just written the same number.
    """
    last = version(connection, sender)
    there: set[str] = set()
    if last != known:
        # Others wrote, or an earlier try of ours came through after all.
        marks = [turn.mark for turn in turns]
        mine = sql.select(_turns.c.mark).where(_turns.c.sender == sender, _turns.c.mark.in_(marks))
        there = set(connection.execute(mine).scalars())
    new = [turn for turn in turns if turn.mark not in there]
    if not new:
        return last, False
    connection.execute(
        _turns.insert(),
        [
            {
                "sender": sender, "number": last.number + count, "mark": turn.mark,
                "begins": turn.begins, "at": turn.at, "content": turn.packed(),
            }
            for count, turn in enumerate(new, 1)
        ],
    )  # fmt: skip
    return Version(last.number + len(new), new[-1].mark), last == known


def senders(connection: Any) -> list[str]:
    """Whose turns there are."""
    return list(connection.execute(sql.select(_turns.c.sender).distinct()).scalars())


def erase(connection: Any, sender: str) -> None:
    """Delete the turns of a conversation."""
    connection.execute(_turns.delete().where(_turns.c.sender == sender))


def erase_silent(connection: Any, channel: str, before: float) -> int:
    """Delete the conversations of a channel that are silent since then, and count their turns."""
    silent = silent_senders(_turns.c.sender, _turns.c.at, channel, before)
    return int(connection.execute(_turns.delete().where(_turns.c.sender.in_(silent))).rowcount)


def contacts(connection: Any, sender: Any = _turns.c.sender, at: Any = _turns.c.at) -> Contacts:
    """When each conversation had its newest row, in the turns or in another table.

    Args:
        sender: the column of a table that names them.
        at: its column of times, in seconds.
    """
    newest = connection.execute(sql.select(sender, sql.func.max(at)).group_by(sender))
    return {who: float(when) for who, when in newest}


def erase_all(connection: Any, senders: Sequence[str]) -> None:
    """Delete the turns of several conversations."""
    connection.execute(_turns.delete().where(_turns.c.sender.in_(senders)))


def silent_senders(sender: Any, at: Any, channel: str, before: float) -> Any:
    """A query for the senders of a channel whose newest row is older than `before`.

    Args:
        sender: the column of a table that names them.
        at: its column of times, in seconds.
    """
    return (
        sql.select(sender)
        .where(sender.startswith(f"{channel}-", autoescape=True))
        .group_by(sender)
        .having(sql.func.max(at) < before)
    )
