"""One PostgreSQL for several workers: its tables, first starts at once, a server that is away."""

import asyncio
import threading
import time

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.channels.alexa import welcomed_users
from bot.channels.web import transcript_tables
from bot.channels.web.other_workers import OtherWorkers
from bot.channels.web.transcript import Transcript
from bot.messages.message import Message
from bot.runtime.storage import turn_table
from bot.storage.home import UrlUnusable, url_of_environment
from bot.storage.server import _VERSION_TABLE, HEAD, Server
from tests.patience import PATIENCE, until


def test_several_first_starts_at_once_all_live_and_make_the_tables_that_the_code_uses(postgres):
    url = postgres.new_url()
    servers, failed = [Server(url) for _ in range(4)], []

    def start(server):
        try:
            server.migrate()
        except Exception as error:
            failed.append(error)

    starts = [threading.Thread(target=start, args=(server,)) for server in servers]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert failed == []
    with servers[0].engine.connect() as connection:
        version = sqlalchemy.text(f"SELECT version_num FROM {_VERSION_TABLE}")
        assert connection.execute(version).scalars().all() == [HEAD]
        context = MigrationContext.configure(connection, opts={"version_table": _VERSION_TABLE})
        tables = (turn_table._tables, transcript_tables.metadata, welcomed_users._tables)
        for metadata in tables:
            missing = compare_metadata(context, metadata)
            assert [each for each in missing if "remove" not in each[0]] == []
    for server in servers:
        server.close()


def test_tables_that_are_newer_are_left_as_they_are(postgres):
    url = postgres.new_url()
    Server(url).migrate()
    server = Server(url)
    with server.engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"UPDATE {_VERSION_TABLE} SET version_num = 'c9999'"))
    assert not server.migrate()


def test_who_waits_for_a_database_that_hangs_waits_once(postgres):
    server = Server(postgres.new_url())
    server.migrate()

    def seconds():
        begun = time.monotonic()
        with pytest.raises(sqlalchemy.exc.SQLAlchemyError), server.engine.connect() as connection:
            connection.execute(sqlalchemy.text("SELECT 1"))
        return time.monotonic() - begun

    with postgres.hanging():
        first = seconds()
        others = [seconds() for _ in range(5)]
        assert sum(others) < first / 2
    until(lambda: not server.is_away)
    with server.engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT 1")).scalar() == 1
    server.close()


def test_an_address_that_is_none_is_told_and_none_means_files(monkeypatch):
    monkeypatch.delenv("ACUPOINT_DATABASE_URL", raising=False)
    assert url_of_environment() is None
    monkeypatch.setenv("ACUPOINT_DATABASE_URL", "postgres://u:p@h/d")
    assert url_of_environment() == "postgresql://u:p@h/d"
    for wrong in ("mysql://u@h/d", "somewhere"):
        monkeypatch.setenv("ACUPOINT_DATABASE_URL", wrong)
        with pytest.raises(UrlUnusable, match="postgresql://user:password"):
            url_of_environment()


def test_what_one_worker_stores_is_shown_at_the_other_and_no_answer_is_stored_twice(
    postgres, tmp_path
):
    url = postgres.new_url()
    Server(url).migrate()
    one, other = Transcript(tmp_path, url=url), Transcript(tmp_path, url=url)
    shown, sent_away, listens = [], [], asyncio.Event()

    async def show(sender, entries):
        shown.extend((sender, entry["seq"]) for entry in entries)
        listens.set()

    async def send_away(sender):
        sent_away.append(sender)

    async def both():
        workers = OtherWorkers(other, lambda: ["ann"], show, send_away)
        one.ask("ann", "first-id", "hello", {})
        workers.start()
        # It begins with what it may have missed.
        await asyncio.wait_for(listens.wait(), PATIENCE)
        asked = one.ask("ann", "some-id", "wo ist LI4, bitte schön 🙂", {})
        assert one.answer("ann", asked.seq, [Message(text="on the hand")])
        assert other.answer("ann", asked.seq, [Message(text="on the hand")]) == []
        one.ask("bob", "another", "hello", {})
        await OtherWorkers(one, list, show, send_away).renewed("ann")
        end = time.monotonic() + PATIENCE
        while not (sent_away and ("ann", 3) in shown) and time.monotonic() < end:
            await asyncio.sleep(0.02)
        workers.stop()

    asyncio.run(both())
    assert set(shown) == {("ann", 1), ("ann", 2), ("ann", 3)}
    assert sent_away == ["ann"]
    assert other.entry("ann", 2)["text"] == "wo ist LI4, bitte schön 🙂"
