"""Who looked at a person's data, took a copy or deleted them, and when: no word of what they held.

A person is named by their code, which leads to nothing once their data are deleted.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sql

from bot.privacy.private_store import empty_log, private_engine, private_folder

FILE = "audit.db"
KEEP_DAYS = 365
_DAY = 86_400.0

_tables = sql.MetaData()
_acts = sql.Table(
    "acts",
    _tables,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("at", sql.Float, nullable=False, index=True),
    sql.Column("act", sql.String, nullable=False),
    sql.Column("person", sql.String, nullable=False),
    sql.Column("who", sql.String, nullable=False),
    sqlite_autoincrement=True,
)


class Act(StrEnum):
    """What was done with a person's data."""

    FOUND = "found"
    EXPORTED = "exported"
    ERASED = "erased"
    # By the job; the person is how many they were.
    TOO_OLD = "too old"
    KEY_CHANGED = "key changed"


@dataclass(frozen=True)
class Entry:
    """One act: when, what, on whose data (their code), and by whom ("person", "operator ann")."""

    id: int
    at: datetime.datetime
    act: str
    person: str
    who: str


class AuditLog:
    """The acts of a state folder.

    Args:
        folder: where the file is, which is made if it is not there.
        now: the time, in seconds since 1970.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._engine = private_engine(f"sqlite:///{private_folder(folder) / FILE}")
        self._now = now
        _tables.create_all(self._engine)

    def note(self, act: Act, person: str, who: str) -> None:
        """Write down an act."""
        row = {"at": self._now(), "act": act.value, "person": person, "who": who}
        with self._engine.begin() as connection:
            connection.execute(_acts.insert().values(**row))

    def entries(self) -> list[Entry]:
        """All acts, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sql.select(_acts).order_by(_acts.c.id.desc())).fetchall()
        return [
            Entry(r.id, datetime.datetime.fromtimestamp(r.at, datetime.UTC), r.act, r.person, r.who)
            for r in rows
        ]

    def newest(self) -> int:
        """The number of the newest act; 0 where there is none."""
        with self._engine.connect() as connection:
            return int(connection.scalar(sql.select(sql.func.max(_acts.c.id))) or 0)

    def erased_since(self, number: int) -> list[tuple[int, str]]:
        """The erasures with a higher number: theirs, and the code of the person."""
        wanted = sql.select(_acts.c.id, _acts.c.person).where(
            _acts.c.id > number, _acts.c.act == Act.ERASED.value
        )
        with self._engine.connect() as connection:
            return [(row.id, row.person) for row in connection.execute(wanted.order_by(_acts.c.id))]

    def forget_old(self, days: int = KEEP_DAYS) -> None:
        """Delete acts that are so old."""
        with self._engine.begin() as connection:
            connection.execute(_acts.delete().where(_acts.c.at < self._now() - days * _DAY))
        empty_log(self._engine)
