"""What was told outlasts a disk that is full, a file that is locked, and a clock set back."""

import asyncio
import secrets
import sqlite3
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime.conversation_store import ConversationStore
from bot.runtime.storage.lane import Unavailable
from bot.version import release
from tests.patience import PATIENCE, until


@pytest.fixture
def store(tmp_path):
    store = ConversationStore(tmp_path)
    store.domain = Domain.empty()
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request, tmp_path):
    """A store on a database of each kind."""
    if request.param == "sqlite":
        return request.getfixturevalue("store")
    store = ConversationStore(tmp_path, url=request.getfixturevalue("postgres").new_url())
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


def until_written(store):
    """Try again, as the assistant does by itself, until all of a conversation is stored."""
    until(lambda: asyncio.run(store.write_again("ann")))


def again(store):
    """The store as another process sees it."""
    url = store.engine.url
    if url.get_backend_name() == "postgresql":
        other = ConversationStore(Path(), url=url.render_as_string(hide_password=False))
    else:
        other = ConversationStore(Path(url.database).parent)
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
    until_written(store)
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
    said(store, secrets.token_hex(25_000))  # what does not get smaller when packed
    assert not store.is_written("ann")
    event.remove(store.engine, "connect", limit)
    store.engine.dispose()
    until_written(store)
    said(store, "two")
    assert store.is_written("ann")
    assert len(kept(again(store))) == 3


def test_a_clock_set_back_loses_nothing(any_store, monkeypatch):
    said(any_store, "one")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    said(any_store, "two")
    monkeypatch.undo()
    said(any_store, "three")
    assert kept(again(any_store)) == ["one", "two", "three"]


def test_a_warning_sign_is_stored_with_the_release_that_judged_it(store):
    tracker = DialogueStateTracker.from_events("ann", [])
    sign = {"entity": "red_flag", "value": "numb_saddle", "tier": "emergency"}
    tracker.update(UserUttered("all numb down there", entities=[sign]))
    tracker.update(UserUttered("where is LI4"))
    asyncio.run(store.save(tracker))
    warned, asked = asyncio.run(store.events_of("ann"))
    assert warned["metadata"]["release"] == release()
    assert "release" not in asked["metadata"]


def test_a_full_disk_is_known_to_whoever_asks_whether_it_is_up(store):
    said(store, "one")
    assert asyncio.run(store.is_up())
    lock = sqlite3.connect(store.engine.url.database)
    lock.execute("BEGIN IMMEDIATE")
    assert not asyncio.run(store.is_up())
    lock.close()
    assert until(lambda: asyncio.run(store.is_up()))


def test_a_file_that_nobody_may_read_is_no_empty_one(store):
    said(store, "one")
    other = again(store)
    store.engine.dispose()
    lock = sqlite3.connect(store.engine.url.database)
    lock.execute("PRAGMA locking_mode=EXCLUSIVE")
    lock.execute("BEGIN IMMEDIATE")
    lock.execute("PRAGMA user_version = 7")
    with pytest.raises(Unavailable):
        asyncio.run(other.retrieve("ann"))
    lock.rollback()
    lock.close()
    assert until(lambda: asyncio.run(other.is_up()))
    assert kept(other) == ["one"]


def test_a_late_write_that_came_through_after_all_is_not_written_twice(any_store):
    said(any_store, "one")
    hangs, begun, write = threading.Event(), threading.Event(), any_store._write_turns

    def slow(*given):
        begun.set()
        assert hangs.wait(PATIENCE)
        return write(*given)

    any_store._write_turns = slow
    said(any_store, "two")
    assert begun.is_set()
    assert not any_store.is_written("ann")
    assert kept(any_store) == ["one", "two"]
    hangs.set()
    until_written(any_store)
    said(any_store, "three")
    assert kept(again(any_store)) == ["one", "two", "three"]


def test_while_the_database_hangs_others_do_not_wait_in_its_queue(any_store):
    hangs, asked = threading.Event(), []

    def hang(*_):
        asked.append(1)
        hangs.wait(PATIENCE)

    any_store._write_turns = hang
    for _ in range(20):
        said(any_store, "one")
    assert len(asked) == 1
    hangs.set()


def test_a_turn_that_broke_off_leaves_nothing_behind(any_store):
    said(any_store, "one")
    half = asyncio.run(any_store.retrieve("ann"))
    half.update(UserUttered("broken off"))
    assert kept(any_store) == ["one"]
    said(any_store, "two")
    assert kept(again(any_store)) == ["one", "two"]


def test_what_another_process_adds_is_read(any_store):
    said(any_store, "one")
    said(again(any_store), "two")
    assert kept(any_store) == ["one", "two"]
    said(any_store, "three")
    assert kept(again(any_store)) == ["one", "two", "three"]


def test_what_was_stored_event_by_event_before_still_counts(store):
    rasas_own = SQLTrackerStore(store.domain, db=store.engine.url.database)
    tracker = DialogueStateTracker.from_events("ann", [SessionStarted(), UserUttered("one")])
    asyncio.run(rasas_own.save(tracker))
    said(store, "two")
    assert kept(again(store)) == kept(again(store), full=True) == ["one", "two"]
    assert asyncio.run(store.keys()) == ["ann"]
    asyncio.run(store.erase("ann"))
    assert asyncio.run(again(store).retrieve("ann")) is None


def test_a_session_begins_anew_without_what_was_said_in_the_last(store):
    said(store, "one")
    tracker = asyncio.run(store.retrieve("ann"))
    tracker.update(SessionStarted())
    tracker.update(UserUttered("two"))
    asyncio.run(store.save(tracker))
    assert kept(store) == kept(again(store)) == ["two"]
    assert kept(store, full=True) == ["one", "two"]


def test_what_cannot_be_written_is_logged_without_who_said_what(store, caplog):
    lock = sqlite3.connect(store.engine.url.database)
    said(store, "one")
    lock.execute("BEGIN IMMEDIATE")
    said(store, "my secret")
    lock.rollback()
    assert "could not be written" in caplog.text
    assert "ann" not in caplog.text
    assert "secret" not in caplog.text


def test_an_error_of_the_database_names_nobody(store):
    with pytest.raises(SQLAlchemyError) as told, store.engine.connect() as connection:
        connection.execute(sqlalchemy.text("select :who from nowhere"), {"who": "ann-secret"})
    assert "ann-secret" not in str(told.value)


def test_the_first_people_of_a_new_file_may_come_all_at_once(tmp_path):
    async def all_at_once(store):
        return await asyncio.gather(*(store.retrieve(f"person {n}") for n in range(8)))

    for number in range(20):
        store = ConversationStore(tmp_path / str(number))
        store.domain = Domain.empty()
        assert asyncio.run(all_at_once(store)) == [None] * 8


def test_what_is_erased_is_not_kept_in_memory_either(store):
    said(store, "one")
    lock = sqlite3.connect(store.engine.url.database)
    lock.execute("BEGIN IMMEDIATE")
    said(store, "two")
    lock.rollback()
    lock.close()
    until(lambda: asyncio.run(store.is_up()))
    asyncio.run(store.erase("ann"))
    assert store.is_written("ann")
    assert asyncio.run(store.retrieve("ann")) is None
