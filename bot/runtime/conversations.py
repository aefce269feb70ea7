"""Where conversations are kept: Rasa's SQL tracker store on SQLite; and what is read from it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.channels.memory import Message, PastTurn, Recollection
from bot.channels.private_store import empty_log, private_engine, private_folder
from bot.knowledge.private_files import private_file


def sqlite_tracker_store(folder: Path) -> SQLTrackerStore:
    """A tracker store in `folder`/conversations.db, made if it is not there."""
    # Made before Rasa would make it, readable for everybody.
    path = private_file(private_folder(folder) / "conversations.db")
    store = SQLTrackerStore(db=str(path))
    store.engine.dispose()
    store.engine = private_engine(store.engine.url)
    store.sessionmaker = sessionmaker(bind=store.engine)
    return store


def erase(store: Any, sender: str) -> None:
    """Delete every event of a sender, from the file as well as from its log."""
    store = getattr(store, "_tracker_store", store)
    with store.session_scope() as session:
        session.query(store.SQLEvent).filter_by(sender_id=sender).delete()
        session.commit()
    empty_log(store.engine)


def erase_door(store: Any, door: str) -> None:
    """Delete every conversation that came through a door which keeps none."""
    store = getattr(store, "_tracker_store", store)
    with store.session_scope() as session:
        kept = store.SQLEvent.sender_id.startswith(f"{door}-", autoescape=True)
        found = session.query(store.SQLEvent).filter(kept).delete(synchronize_session=False)
        session.commit()
    if found:
        empty_log(store.engine)


_NOTES = ("country", "pain")


def recollection(tracker: DialogueStateTracker) -> Recollection:
    """What the front door needs to know of a stored conversation."""
    turns: list[PastTurn] = []
    for event in tracker.events:
        day = datetime.date.fromtimestamp(event.timestamp)
        if isinstance(event, UserUttered):
            turns.append(PastTurn(event.text or "", (), day, event.message_id))
        elif isinstance(event, BotUttered) and turns:
            last = turns.pop()
            said = (*last.said, {**event.data, "text": event.text})
            turns.append(replace(last, said=said, day=day))
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
