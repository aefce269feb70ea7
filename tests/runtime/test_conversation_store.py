"""What was told outlasts a disk that is full, a file that is locked, and a clock set back."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event

from bot.runtime.conversation_store import ConversationStore


@pytest.fixture
def store(tmp_path):
    store = ConversationStore(tmp_path)
    store.domain = Domain.empty()
    return store


def said(store, *texts):
    tracker = asyncio.run(store.retrieve("ann")) or DialogueStateTracker.from_events("ann", [])
    if not tracker.events:
        tracker.update(ActionExecuted("action_session_start"))
        tracker.update(SessionStarted())
    for text in texts:
        tracker.update(UserUttered(text))
    asyncio.run(store.save(tracker))


def kept(store, full=False):
    tracker = asyncio.run((store.retrieve_full_tracker if full else store.retrieve)("ann"))
    return [e.text for e in tracker.events if isinstance(e, UserUttered)]


def again(store):
    """The store as another process sees it."""
    other = ConversationStore(Path(store.engine.url.database).parent)
    other.domain = store.domain
    return other


def test_a_locked_file_loses_nothing_and_it_is_known(store):
    said(store, "one")
    lock = sqlite3.connect(store.engine.url.database)
    lock.execute("BEGIN IMMEDIATE")
    said(store, "two")
    assert not store.is_written("ann")
    assert kept(store) == kept(store, full=True) == ["one", "two"]
    lock.rollback()
    lock.close()
    said(store, "three")
    assert store.is_written("ann")
    assert kept(again(store)) == ["one", "two", "three"]


def test_a_full_disk_loses_nothing_and_it_is_known(store):
    said(store, "one")
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    store.engine.dispose()
    limit = event.listens_for(store.engine, "connect")(
        lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages}")
    )
    said(store, "x" * 50_000)
    assert not store.is_written("ann")
    event.remove(store.engine, "connect", limit)
    store.engine.dispose()
    said(store, "two")
    assert store.is_written("ann")
    assert len(kept(again(store))) == 3


def test_a_clock_set_back_loses_nothing(store, monkeypatch):
    said(store, "one")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    said(store, "two")
    monkeypatch.undo()
    said(store, "three")
    assert kept(again(store)) == ["one", "two", "three"]


def test_what_is_erased_is_not_kept_in_memory_either(store):
    said(store, "one")
    lock = sqlite3.connect(store.engine.url.database)
    lock.execute("BEGIN IMMEDIATE")
    said(store, "two")
    lock.rollback()
    lock.close()
    store.erase("ann")
    assert asyncio.run(store.retrieve("ann")) is None
