"""Who has heard Alexa's first welcome with the disclaimer: keyed hashes, and when that was."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import inspect, text

from bot.privacy.private_store import private_engine, private_folder, wipe

FILE = "alexa_seen.db"


class WelcomedUsers:
    """Remembers hashes in a file of the state folder.

    Args:
        folder: where the file is, which is made if it is not there.
        now: the time, in seconds since 1970.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._engine = private_engine(f"sqlite:///{private_folder(folder) / FILE}")
        self._now = now
        with self._engine.begin() as connection:
            connection.execute(
                text("CREATE TABLE IF NOT EXISTS seen (person TEXT PRIMARY KEY, at FLOAT)")
            )
            # A file of before they had a time: they count from now.
            if "at" not in {column["name"] for column in inspect(connection).get_columns("seen")}:
                connection.execute(text("ALTER TABLE seen ADD COLUMN at FLOAT"))
                connection.execute(text("UPDATE seen SET at = :now"), {"now": now()})

    def has(self, person: str) -> bool:
        """Whether this person was remembered."""
        with self._engine.connect() as connection:
            found = connection.execute(text("SELECT 1 FROM seen WHERE person = :p"), {"p": person})
            return found.first() is not None

    def remember(self, person: str) -> None:
        """Remember this person, who is there now."""
        with self._engine.begin() as connection:
            connection.execute(
                text("INSERT OR REPLACE INTO seen VALUES (:p, :now)"),
                {"p": person, "now": self._now()},
            )

    def forget(self, person: str) -> None:
        """Forget this person."""
        with self._engine.begin() as connection:
            connection.execute(text("DELETE FROM seen WHERE person = :p"), {"p": person})

    def forget_old(self, before: float) -> None:
        """Forget who was not there since then."""
        with self._engine.begin() as connection:
            connection.execute(text("DELETE FROM seen WHERE at < :before"), {"before": before})

    def wipe(self, soon: bool = False) -> None:
        """Take what was deleted out of every byte of the file; `soon`, if that takes a moment.

        Raises:
            OSError: the file is in use, and a remnant may still be there.
        """
        wipe(self._engine, soon)
