"""Who has heard Alexa's first welcome with the disclaimer: keyed hashes, and nothing else."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from bot.privacy.private_store import private_engine, private_folder

FILE = "alexa_seen.db"


class WelcomedUsers:
    """Remembers hashes in a file of the state folder."""

    def __init__(self, folder: Path) -> None:
        self._engine = private_engine(f"sqlite:///{private_folder(folder) / FILE}")
        with self._engine.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS seen (person TEXT PRIMARY KEY)"))

    def has(self, person: str) -> bool:
        """Whether this person was remembered."""
        with self._engine.connect() as connection:
            found = connection.execute(text("SELECT 1 FROM seen WHERE person = :p"), {"p": person})
            return found.first() is not None

    def remember(self, person: str) -> None:
        """Remember this person."""
        with self._engine.begin() as connection:
            connection.execute(text("INSERT OR IGNORE INTO seen VALUES (:p)"), {"p": person})

    def forget(self, person: str) -> None:
        """Forget this person."""
        with self._engine.begin() as connection:
            connection.execute(text("DELETE FROM seen WHERE person = :p"), {"p": person})
