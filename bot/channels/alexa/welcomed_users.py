"""Who has heard Alexa's first welcome with the disclaimer: keyed hashes, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sql

from bot.storage.home import inserted, open_tables, wiped

FILE = "alexa_seen.db"
_tables = sql.MetaData()
_seen = sql.Table(
    "seen",
    _tables,
    sql.Column("person", sql.String, primary_key=True),
    sql.Column("at", sql.Float),
)


class WelcomedUsers:
    """Remembers hashes in a file of the state folder, or in a database.

    Args:
        folder: where the file is, which is made if it is not there.
        now: the time, in seconds since 1970.
        url: of the database; None for the file.
    """

    def __init__(
        self, folder: Path, now: Callable[[], float] = time.time, url: str | None = None
    ) -> None:
        self._engine = open_tables(folder, FILE, _tables, url)
        self._now = now
        if url is None:
            self._give_times()

    def has(self, person: str) -> bool:
        """Whether this person was remembered."""
        with self._engine.connect() as connection:
            found = connection.execute(sql.select(_seen).where(_seen.c.person == person))
            return found.first() is not None

    def remember(self, person: str) -> None:
        """Remember this person, who is there now."""
        with self._engine.begin() as connection:
            new = inserted(connection, _seen).values(person=person, at=self._now())
            connection.execute(
                new.on_conflict_do_update(index_elements=["person"], set_={"at": self._now()})
            )

    def forget(self, person: str) -> None:
        """Forget this person."""
        with self._engine.begin() as connection:
            connection.execute(_seen.delete().where(_seen.c.person == person))

    def forget_old(self, before: float) -> None:
        """Forget who was not there since then."""
        with self._engine.begin() as connection:
            connection.execute(_seen.delete().where(_seen.c.at < before))

    def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file; `soon`, if that takes a moment.

        Raises:
            OSError: the file is in use, and a remnant may still be there.
        """
        wiped(self._engine, soon)

    def _give_times(self) -> None:
        """Let those of a file of before they had a time count from now."""
        with self._engine.begin() as connection:
            columns = sql.inspect(connection).get_columns("seen")
            if "at" not in {column["name"] for column in columns}:
                connection.execute(sql.text("ALTER TABLE seen ADD COLUMN at FLOAT"))
                connection.execute(_seen.update().values(at=self._now()))
