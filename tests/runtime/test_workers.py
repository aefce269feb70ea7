"""Two workers on one PostgreSQL: what is told at one counts at the other, whatever fails."""

import asyncio
import uuid

import pytest
import sqlalchemy

from bot.gateway.history import BusyError
from bot.gateway.messages import Incoming
from bot.runtime.assistant import Assistant, Settings
from tests.patience import PATIENCE, until
from tests.runtime.workers_trial import CONVERSATIONS, EMERGENCY, has


class Worker:
    """A worker in this process, with a folder of its own."""

    def __init__(self, model, folder, url, loop):
        self.loop = loop
        settings = Settings(model=model, state_folder=folder, database_url=url)
        self.inner = Assistant(settings)
        self.inner.load_now()

    @property
    def store(self):
        return self.inner.agent.tracker_store

    async def answers(self, text, sender):
        """The answers, as JSON."""
        said = await self.inner.gateway.exchange(Incoming(text, sender, "test"))
        return [message.to_json() for message in said]

    def ask(self, text, sender):
        return self.loop.run_until_complete(self.answers(text, sender))

    def until_stored(self):
        def is_stored():
            self.loop.run_until_complete(self.inner.catch_up())
            return not self.store.unwritten and not len(self.inner.signs)

        until(is_stored)


@pytest.fixture(scope="module")
def workers(model, postgres, tmp_path_factory):
    loop, url = asyncio.new_event_loop(), postgres.new_url()
    yield [Worker(model, tmp_path_factory.mktemp("var"), url, loop) for _ in range(2)]
    loop.close()


@pytest.fixture
def sender():
    return uuid.uuid4().hex


@pytest.mark.parametrize("name", [name for name in CONVERSATIONS if name != "reminders"])
def test_a_conversation_goes_on_at_the_other_worker(workers, sender, name):
    script, wanted = CONVERSATIONS[name]
    for line in script.split("; "):
        where, _, text = line.strip().partition(" ")
        said = workers["ab".index(where)].ask(text, sender)
    assert has(said, **wanted), said


def test_messages_of_one_person_to_both_at_once_are_all_kept_once(workers, sender):
    texts = [f"where is LI4 {number}" for number in range(12)]

    async def all_at_once():
        await asyncio.gather(
            *(workers[number % 2].answers(text, sender) for number, text in enumerate(texts))
        )

    workers[0].loop.run_until_complete(all_at_once())
    whole = workers[1].store.retrieve_full_tracker(sender)
    events = [event.as_dict() for event in workers[0].loop.run_until_complete(whole).events]
    assert sorted(event["text"] for event in events if event["event"] == "user") == sorted(texts)


def test_who_answers_keeps_the_other_worker_out_until_it_dies(workers, sender):
    one, other = (worker.store for worker in workers)
    waited = []
    other.locks.waited = waited.append

    async def turns():
        await one.begin_turn(sender, PATIENCE)
        with pytest.raises(BusyError):
            await other.begin_turn(sender, 0.2)
        waiting = asyncio.ensure_future(other.begin_turn(sender, PATIENCE))
        # What the system does for a process that was killed.
        one.locks._connection.invalidate()
        assert await other.end_turn(await waiting)

    workers[0].loop.run_until_complete(turns())
    assert len(waited) == 1
    one.locks._drop()
    one.locks._lines.clear()


def test_an_answer_whose_turn_was_lost_meanwhile_leads_to_no_pressing(workers, sender):
    worker = workers[0]
    worker.ask("hello", sender)
    handle = worker.inner.agent.handle_message

    async def cut_off(message):
        await handle(message)
        with worker.store.engine.connect() as connection:
            connection.execute(
                sqlalchemy.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                )
            )

    worker.inner.agent.handle_message = cut_off
    try:
        said = worker.ask("how do i press LI4", sender)
    finally:
        worker.inner.agent.handle_message = handle
    assert not has(said, key="press:")
    until(lambda: has(worker.ask("how do i press LI4", sender), key="press:LI4"))


def test_while_the_database_hangs_signs_are_answered_and_stand_everywhere_afterwards(
    workers, postgres, sender
):
    pregnant = uuid.uuid4().hex
    workers[0].ask("I am pregnant", pregnant)
    workers[1].ask("hello", pregnant)
    with postgres.hanging():
        for worker in workers:
            for text in ("how do i press LI4", "where is LI4"):
                said = worker.ask(text, pregnant)
                assert not has(said, key="press:")
                assert not has(said, key="locate:")
        assert has(workers[0].ask(EMERGENCY, sender), tier="emergency")
    workers[0].until_stored()
    for worker in workers:
        until(lambda w=worker: w.loop.run_until_complete(w.store.is_up()))
        assert has(worker.ask("where is LI4", sender), tier="emergency")
        assert not has(worker.ask("how do i press LI4", pregnant), key="press:")
