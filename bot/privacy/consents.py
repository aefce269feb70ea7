"""Who has allowed that what they tell is kept beyond the conversation, and since when."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sql

from bot.privacy.private_store import empty_log, private_engine, private_folder, wipe

FILE = "consents.db"

_tables = sql.MetaData()
_given = sql.Table(
    "given",
    _tables,
    sql.Column("sender", sql.String, primary_key=True),
    sql.Column("at", sql.Float, nullable=False),
)


class Consents:
    """The consents of a state folder.

    Args:
        folder: where the file is, which is made if it is not there.
        now: the time, in seconds since 1970.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._engine = private_engine(f"sqlite:///{private_folder(folder) / FILE}")
        self._now = now
        _tables.create_all(self._engine)

    def give(self, sender: str) -> None:
        """Take note that somebody allows it."""
        if self.since(sender) is None:
            with self._engine.begin() as connection:
                connection.execute(_given.insert().values(sender=sender, at=self._now()))

    def since(self, sender: str) -> float | None:
        """When somebody allowed it, in seconds since 1970; None where they did not."""
        wanted = sql.select(_given.c.at).where(_given.c.sender == sender)
        with self._engine.connect() as connection:
            found = connection.scalar(wanted)
        return float(found) if found is not None else None

    def senders(self) -> set[str]:
        """Who allows it."""
        with self._engine.connect() as connection:
            return set(connection.execute(sql.select(_given.c.sender)).scalars())

    def take_back(self, sender: str) -> None:
        """Take note that somebody does not allow it, or not any more."""
        with self._engine.begin() as connection:
            connection.execute(_given.delete().where(_given.c.sender == sender))
        empty_log(self._engine)

    def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file; `soon`, if that takes a moment.

        Raises:
            OSError: the file is in use, and a remnant may still be there.
        """
        wipe(self._engine, soon)
