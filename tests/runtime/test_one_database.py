"""One PostgreSQL for several workers: its tables, first starts at once, a server that is away."""

import threading
import time

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.channels.alexa import welcomed_users
from bot.channels.web import transcript
from bot.runtime.storage import turn_table
from bot.storage.home import UrlUnusable, url_of_environment
from bot.storage.server import _VERSION_TABLE, HEAD, Server
from tests.patience import until


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
        for module in (turn_table, transcript, welcomed_users):
            missing = compare_metadata(context, module._tables)
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
