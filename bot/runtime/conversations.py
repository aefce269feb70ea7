"""Where conversations are kept: Rasa's SQL tracker store on SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool


def sqlite_tracker_store(folder: Path) -> SQLTrackerStore:
    """A tracker store in `folder`/conversations.db, made if it is not there.

    Connections stay open between turns, and write-ahead logging keeps a turn from waiting for the
    disk; a power cut may lose the last moments, never the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    store = SQLTrackerStore(db=str(folder / "conversations.db"))
    store.engine.dispose()
    store.engine = sqlalchemy.create_engine(
        store.engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
    )

    @sqlalchemy.event.listens_for(store.engine, "connect")
    def _set_pragmas(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    store.sessionmaker = sessionmaker(bind=store.engine)
    return store
