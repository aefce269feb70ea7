"""Who has heard Alexa's first welcome with the disclaimer: keyed hashes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sql

from bot.storage.home import inserted, open_tables

FILE = "alexa_seen.db"
_tables = sql.MetaData()
_seen = sql.Table("seen", _tables, sql.Column("person", sql.String, primary_key=True))


class WelcomedUsers:
    """Remembers hashes in a file of the state folder, or in the database.

    Args:
        url: of the database; None for the file.
    """

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self._engine = open_tables(folder, FILE, _tables, url)

    def has(self, person: str) -> bool:
        """Whether this person was remembered."""
        with self._engine.connect() as connection:
            found = connection.execute(sql.select(_seen).where(_seen.c.person == person))
            return found.first() is not None

    def remember(self, person: str) -> None:
        """Remember this person."""
        with self._engine.begin() as connection:
            new = inserted(connection, _seen).values(person=person)
            connection.execute(new.on_conflict_do_nothing())

    def forget(self, person: str) -> None:
        """Forget this person."""
        with self._engine.begin() as connection:
            connection.execute(_seen.delete().where(_seen.c.person == person))
