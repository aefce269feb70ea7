"""Nothing of a person outlasts the time it is kept for, in any byte of any file."""

import asyncio
import random
import stat

import pytest
from sqlalchemy import text

from bot.privacy.private_store import private_engine, wipe
from bot.privacy.retention import Purging, Retention, next_night
from tests import postgres
from tests.kept import readable
from tests.privacy.kept_of_everybody import DAY, Clock, Everything

SECRETS = (b"Ferdinand", b"Leopold", b"silent-one")


@pytest.fixture
def everything(tmp_path):
    return Everything(tmp_path, Clock())


def purge(everything, days=30, gone=lambda senders: None):
    retention = Retention(days)
    return asyncio.run(Purging(everything.places, retention, everything.clock, gone).once())


def fill(everything):
    # Many who stay, between those who go: files in which rows were moved about.
    for number in range(150):
        who, text = ("silent-one", "my parrot Ferdinand") if number % 3 else ("here", "it hurts")
        everything.says(f"{who}-{number}", f"{text} {number} " * 40, f"id-{number:06}")
    everything.is_reminded("silent-one-1", "Leopold")
    everything.welcomed.remember("silent-one-alexa")


def test_after_its_time_nothing_is_left_in_any_byte(everything):
    fill(everything)
    everything.clock.now += 29 * DAY
    assert purge(everything) == 0
    for number in range(0, 150, 3):
        everything.says(f"here-{number}", "still here", f"later-{number:06}")
    everything.clock.now += 2 * DAY
    gone = []
    assert purge(everything, gone=gone.extend) == len(gone) == 100
    left = readable(everything.folder)
    for secret in SECRETS[:2]:
        assert secret not in left
    assert b"still here" in left
    # What they told long ago counts for as long as they come back.
    assert b"it hurts" in left
    everything.clock.now += 90 * DAY
    purge(everything)
    left = readable(everything.folder)
    assert not any(secret in left for secret in (*SECRETS, b"here-0"))


def test_who_is_reminded_in_the_browser_is_in_contact(everything):
    everything.says("ann", "my parrot Ferdinand", "id-000001")
    everything.is_reminded("ann", "Leopold")
    everything.reminders.subscribe("ann", "browser", {"endpoint": "somewhere"})
    everything.clock.now += 31 * DAY
    assert purge(everything) == 0
    everything.reminders.unsubscribe("browser")
    assert purge(everything) == 1
    assert b"Leopold" not in readable(everything.folder)


def test_with_no_days_nothing_outlasts_the_session(everything):
    everything.says("ann", "my parrot Ferdinand", "id-000001")
    everything.clock.now += 20 * 60
    assert purge(everything, days=0) == 0
    everything.clock.now += 20 * 60
    assert purge(everything, days=0) == 1
    assert b"Ferdinand" not in readable(everything.folder)


def test_a_place_that_fails_keeps_no_other_from_being_emptied(everything, monkeypatch):
    everything.says("ann", "my parrot Ferdinand", "id-000001")
    everything.clock.now += 31 * DAY

    async def broken(*_):
        raise OSError("disk")

    monkeypatch.setattr(everything.places[0], "erase_old", broken)
    with pytest.raises(OSError, match="disk"):
        purge(everything)
    assert b"Ferdinand" not in readable(everything.folder)


@pytest.mark.skipif(not postgres.programs(), reason="PostgreSQL is not installed")
def test_a_server_writes_its_tables_anew(tmp_path):
    server = postgres.Postgres()
    try:
        everything = Everything(tmp_path, Clock(), server.url)
        everything.is_reminded("ann", "Leopold" * 9)
        everything.reminders.database.engine.dispose()
        everything.clock.now += 31 * DAY
        assert purge(everything) == 1
        with everything.reminders.database.engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")
        base = server.folder / "data" / "base"
        assert not any(b"Leopold" in f.read_bytes() for f in base.rglob("*") if f.is_file())
    finally:
        server.stop()


def test_what_stayed_behind_when_rows_were_moved_goes_too(tmp_path):
    chance = random.Random(1)
    engine = private_engine(f"sqlite:///{tmp_path / 'some.db'}")
    rows = [
        {"who": f"{chance.randrange(460):040d}", "number": n, "said": chance.randrange(5, 150)}
        for n in range(6_000)
    ]
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE turns (who TEXT, number INTEGER, said BLOB, PRIMARY KEY (who, number))"
        )
        for row in rows:
            is_old = int(row["who"]) % 3 == 0
            row["said"] = (b"OLDONES" if is_old else b"newones") * row["said"]
            connection.execute(text("INSERT INTO turns VALUES (:who, :number, :said)"), row)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM turns WHERE CAST(who AS INTEGER) % 3 = 0"))
    wipe(engine, soon=True)
    assert b"OLDONES" not in (tmp_path / "some.db").read_bytes()


def test_files_are_the_owners_alone(everything):
    everything.says("ann", "hello", "id-000001")
    files = [file for file in everything.folder.rglob("*") if file.is_file()]
    assert len(files) >= 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_the_night_is_the_next_one():
    for now in (1_800_000_000.0, 1_800_030_000.0, 1_800_070_000.0):
        assert now < next_night(now) <= now + DAY
