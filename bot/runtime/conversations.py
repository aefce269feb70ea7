"""Where conversations are kept: Rasa's SQL tracker store on SQLite; and what is read from it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from bot.channels.memory import Message, PastTurn, Recollection


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
        # What is deleted is overwritten, not only taken off the list.
        connection.execute("PRAGMA secure_delete=ON")

    store.sessionmaker = sessionmaker(bind=store.engine)
    return store


def erase(store: Any, sender: str) -> None:
    """Delete every event of a sender, from the file as well as from its log."""
    store = getattr(store, "_tracker_store", store)
    with store.session_scope() as session:
        session.query(store.SQLEvent).filter_by(sender_id=sender).delete()
        session.commit()
    with store.engine.connect() as connection:
        connection.execute(sqlalchemy.text("PRAGMA wal_checkpoint(TRUNCATE)"))


_NOTES = ("country", "pain")


def recollection(tracker: DialogueStateTracker) -> Recollection:
    """What the front door needs to know of a stored conversation."""
    turns: list[PastTurn] = []
    for event in tracker.events:
        day = datetime.date.fromtimestamp(event.timestamp)
        if isinstance(event, UserUttered):
            turns.append(PastTurn(event.text or "", (), day))
        elif isinstance(event, BotUttered) and turns:
            last = turns.pop()
            turns.append(PastTurn(last.text, (*last.said, {**event.data, "text": event.text}), day))
    notes = {name: tracker.get_slot(name) for name in _NOTES if tracker.get_slot(name)}
    return Recollection(tuple(turns), notes)


def add_red_flag(
    tracker: DialogueStateTracker, text: str, message: Message, found: dict[str, Any]
) -> None:
    """Add a red-flag message that the front door said in the engine's place.

    The person's words are added only if the engine did not get to keep them.
    """
    marks = [{"entity": "red_flag", "value": found["flag"], **_kept(found)}]
    latest = tracker.latest_message
    if latest is None or latest.text != text:
        tracker.update(UserUttered(text, entities=marks))
    data = {name: message[name] for name in ("custom", "buttons") if name in message}
    tracker.update(BotUttered(message["text"], data, {"red_flag": _kept(found)}))


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("flag", "tier", "layer", "rules")}
