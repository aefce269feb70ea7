"""What a person told is kept, or they are told that it is not: real faults, the whole assistant."""

import asyncio
import sqlite3
import threading
import time
import uuid

import pytest
from rasa.shared.core.events import UserUttered
from sqlalchemy import event

from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.runtime.assistant import Assistant, Settings
from tests.patience import PATIENCE, until

EMERGENCY = "i cant feel my legs"


class Running:
    """The assistant on a state folder; another one on the same folder is the next start."""

    def __init__(self, model, folder):
        self.folder, self.loop = folder, asyncio.new_event_loop()
        self.inner = Assistant(Settings(model=model, state_folder=folder))
        self.inner.load_now()
        self.gateway = Gateway(self.inner, Resources.load(), history=self.inner)

    def say(self, text, sender="ann"):
        """The joined text of the answers."""
        said = self.loop.run_until_complete(self.gateway.exchange(Incoming(text, sender, "test")))
        return "\n".join(message.text for message in said)

    def until_stored(self):
        """Wait until all is stored, as the assistant does by itself."""
        inner = self.inner

        def is_stored():
            self.loop.run_until_complete(inner.catch_up())
            return not inner.agent.tracker_store.unwritten and not len(inner.signs)

        until(is_stored)

    def fill_the_disk(self):
        """No more room for the conversations, until what is returned is called."""
        engine = self.inner.agent.tracker_store.engine
        with engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

        @event.listens_for(engine, "connect")
        def limit(connection, _):
            connection.execute(f"PRAGMA max_page_count={pages}")

        engine.dispose()

        def free():
            event.remove(engine, "connect", limit)
            engine.dispose()

        return free


@pytest.fixture
def start(model, tmp_path):
    """A function that starts the assistant, again on the same folder."""
    return lambda: Running(model, tmp_path / "var")


def locked(running):
    """Lock the conversations as a command that copies them would, for readers, too."""
    running.inner.agent.tracker_store.engine.dispose()
    lock = sqlite3.connect(running.folder / "conversations.db", isolation_level=None)
    lock.execute("PRAGMA locking_mode=EXCLUSIVE")
    lock.execute("BEGIN IMMEDIATE")
    lock.execute("PRAGMA user_version = 7")
    return lock


def test_on_a_full_disk_a_sign_stands_after_a_kill_and_nothing_leads_to_pressing(start):
    first = start()
    first.say("hello")
    first.fill_the_disk()
    for _ in range(40):  # what is left of the last page
        first.say("hello", uuid.uuid4().hex)
    assert "I cannot write down" in first.say("i am pregnant")
    assert "thumb" not in first.say("how do i press LI4")
    assert "emergency help now" in first.say(EMERGENCY, "bob")

    second = start()
    assert "LI4" not in second.say("where is LI4", "bob")
    assert "thumb" not in second.say("how do i press LI4")
    second.until_stored()
    third = start()
    assert len(third.inner.signs) == 0
    assert "thumb" not in third.say("how do i press LI4")
    for file in third.folder.glob("*.held"):
        assert not file.read_bytes().strip(b"\0"), file.name
    assert "on the back of the hand" not in third.say("where is LI4", "bob").lower()
    assert "on the back of the hand" in third.say("where is LI4", "somebody else").lower()


def test_what_was_told_while_the_database_could_not_be_read_counts_afterwards(start):
    running = start()
    running.say("hello", "somebody else")
    lock = locked(running)
    told = running.say("i am pregnant", "new")
    assert "I give no pressing steps" in told
    assert "thumb" not in running.say("how do i press LI4", "new")
    assert "emergency help now" in running.say(EMERGENCY, "bob")
    lock.rollback()
    lock.close()
    store = running.inner.agent.tracker_store
    until(lambda: running.loop.run_until_complete(store.is_up()))
    said = running.say("how do i press LI4", "new")
    assert "pregnan" in said
    assert "thumb" not in said
    running.until_stored()
    again = start()
    assert "regnancy" in again.say("what do you know about me", "new")
    assert "on the back of the hand" not in again.say("where is LI4", "bob").lower()


def test_a_clock_that_is_set_back_takes_nothing_away(start, monkeypatch):
    running = start()
    running.say("hello")
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 5)
    running.say("i am pregnant")
    monkeypatch.undo()
    assert "thumb" not in running.say("how do i press LI4")
    assert "thumb" not in start().say("how do i press LI4")


def test_while_the_database_hangs_a_sign_is_answered_and_nothing_leads_to_pressing(start):
    running = start()
    running.say("i am pregnant")
    store, goes_on = running.inner.agent.tracker_store, threading.Event()
    # Every call of the database hangs, as on a disk in the network that is gone.
    hang = event.listens_for(store.engine, "before_cursor_execute")(
        lambda *_: goes_on.wait(PATIENCE) and None
    )
    try:
        assert "emergency help now" in running.say(EMERGENCY, "bob")
        assert "thumb" not in running.say("how do i press LI4", "new")
        assert "thumb" not in running.say("how do i press LI4")
        assert "on the back of the hand" not in running.say("where is LI4", "bob").lower()
        assert not goes_on.is_set()
    finally:
        goes_on.set()
        event.remove(store.engine, "before_cursor_execute", hang)
    running.until_stored()
    assert "on the back of the hand" not in start().say("where is LI4", "bob").lower()


def test_a_long_conversation_costs_little_more_and_takes_little_room(start):
    running = start()
    store, sender = running.inner.agent.tracker_store, "ann"
    questions = ["where is LI4", "how do i press BL23", "what is acupressure", "thanks"]

    def seconds(turns):
        begun = time.process_time()
        for number in range(turns):
            running.say(questions[number % 4], sender)
        return (time.process_time() - begun) / turns

    seconds(8)
    first = seconds(20)
    tracker = running.loop.run_until_complete(store.retrieve(sender))
    while sum(isinstance(each, UserUttered) for each in tracker.events) < 450:
        tracker.events.extend(list(tracker.events)[-170:])  # as if it had gone on like that
    running.loop.run_until_complete(store.save(tracker))
    assert seconds(20) < 2.5 * first
    # The answers themselves; what is stored once is not stored again with the next turn.
    with store.engine.connect() as connection:
        lengths = connection.exec_driver_sql("select length(content) from turns").scalars().all()
    assert sum(lengths[:28]) / 28 < 3_000
