"""What is kept of reminders: nothing lost, nothing twice, nothing left of who is forgotten."""

import datetime as dt
import json
import re
import stat
import threading
from pathlib import Path

import sqlalchemy as sql

from bot.reminders.schedules import Every, Schedule
from bot.reminders.storage import database
from bot.reminders.storage.database import Database
from bot.reminders.storage.people import MOST_BROWSERS
from bot.reminders.storage.records import CHAT, WEBHOOK
from bot.reminders.storage.store import ReminderStore
from bot.reminders.storage.tables import tables
from tests.reminders.conftest import BERLIN, NOW
from tests.reminders.trial import trial

DAILY = Schedule(BERLIN, dt.date(2026, 3, 27), (dt.time(8), dt.time(20)), Every.DAY)


def shown(store, sender="ann"):
    claimed = store.claim(CHAT, "me", 5, [sender])
    store.delivered(claimed, "me")
    return [delivery.occurrence for delivery in claimed]


def test_a_reminder_comes_at_each_of_its_times_and_once(store, clock):
    store.add("ann", "routine", ["LI4"], DAILY)
    assert store.fire() == 0
    clock.go_to("2026-03-27 20:00")
    assert store.fire() == 1
    assert store.fire() == 0
    told = shown(store)
    assert [(o.sender, o.kind, o.points, o.turn) for o in told] == [("ann", "routine", ("LI4",), 0)]
    assert shown(store) == []
    clock.go_to("2026-03-28 08:01")
    store.fire()
    assert [o.turn for o in shown(store)] == [1]


def test_what_fell_due_while_all_was_down_is_told_once_and_counted(store, clock):
    store.add("ann", "routine", [], DAILY)
    clock.go_to("2026-03-30 09:00")
    assert store.fire() == 1
    (told,) = shown(store)
    # The newest of them, and the five before it; over a change to summer time.
    assert told.also == 5
    assert told.due == dt.datetime.fromisoformat("2026-03-30 08:00+02:00").timestamp()
    assert [o.id for o in store.missed("ann", 120)] == [told.id]


def test_who_dies_over_a_reminder_leaves_it_to_the_next(store, clock):
    store.add("ann", "routine", [], DAILY)
    clock.go_to("2026-03-27 20:00")
    store.fire()
    assert len(store.claim(CHAT, "dies", 5, ["ann"])) == 1
    assert store.claim(CHAT, "next", 5, ["ann"]) == []
    clock.go(6)
    claimed = store.claim(CHAT, "next", 5, ["ann"])
    assert len(claimed) == 1
    store.delivered(claimed, "next")
    clock.go(6)
    assert store.claim(CHAT, "next", 5, ["ann"]) == []


def test_several_senders_at_once_never_double_one(url, clock):
    stores = [ReminderStore(Database(url), now=clock) for _ in range(3)]
    for number in range(60):
        stores[0].add(f"p{number}", "routine", [], DAILY)
    clock.go_to("2026-03-27 20:00")
    claimed = []

    def work(number):
        while stores[number].fire():
            pass
        while mine := stores[number].claim(CHAT, f"s{number}", 60, most=7):
            claimed.extend(delivery.id for delivery in mine)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = stores[0].claim(CHAT, "last", 60)
    claimed += [delivery.id for delivery in left]
    assert len(claimed) == len(set(claimed)) == 60
    for store in stores:
        store.close()


def test_what_is_cancelled_or_paused_is_not_told(store, clock):
    first = store.add("ann", "routine", [], DAILY)
    second = store.add("ann", "move", [], DAILY)
    clock.go_to("2026-03-27 20:00")
    store.fire()
    store.cancel([first.id])
    assert [o.kind for o in shown(store)] == ["move"]
    store.pause([second], clock() + 3 * 86_400)
    clock.go_to("2026-03-29 21:00")
    store.fire()
    assert shown(store) == []
    clock.go_to("2026-03-30 21:01")
    store.fire()  # comes back
    assert not store.of("ann")[0].is_paused
    clock.go_to("2026-03-31 08:00")
    store.fire()
    assert [o.kind for o in shown(store)] == ["move"]


def test_quiet_hours_put_it_off_until_they_end(store, clock):
    store.note("ann", quiet=(19 * 60, 7 * 60 + 30))
    store.add("ann", "routine", [], DAILY)
    clock.go_to("2026-03-27 20:00")
    store.fire()
    assert shown(store) == []
    clock.go_to("2026-03-28 07:31")
    assert len(shown(store)) == 1


def test_a_webhook_gets_what_fires_and_is_tried_again(store, clock):
    store.add("ann", "routine", [], DAILY)
    clock.go_to("2026-03-27 20:00")
    store.fire(with_webhook=True)
    (delivery,) = store.claim(WEBHOOK, "me", 5)
    store.failed(delivery, again_in=30)
    assert store.claim(WEBHOOK, "me", 5) == []
    clock.go(31)
    (again,) = store.claim(WEBHOOK, "me", 5)
    assert again.attempts == 1
    store.failed(again, None)
    clock.go(10_000)
    assert store.claim(WEBHOOK, "me", 5) == []


def test_nothing_is_left_of_who_is_forgotten(own_store, clock, tmp_path):
    own_store.add("ann-secret-name", "routine", ["LI4"], DAILY)
    own_store.note("ann-secret-name", zone="Asia/Tokyo", carried={"conditions": ["pregnancy"]})
    secret = own_store.feed("ann-secret-name")
    own_store.subscribe("ann-secret-name", "b" * 64, {"endpoint": "https://push.example/x"})
    clock.go_to("2026-03-27 20:00")
    own_store.fire()
    own_store.add("ben", "routine", [], DAILY)
    own_store.forget("ann-secret-name")
    assert own_store.owner_of_feed(secret) is None
    assert [r.sender for r in own_store.everybody()] == ["ben"]
    for file in tmp_path.iterdir():
        assert b"ann-secret-name" not in file.read_bytes(), file.name
        assert b"push.example" not in file.read_bytes()


def test_the_file_is_for_its_owner_only(own_store, tmp_path):
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_the_calendar_secret_is_long_and_can_be_made_void(own_store):
    first = own_store.feed("ann")
    assert len(first) >= 40
    assert own_store.feed("ann") == first
    second = own_store.feed("ann", anew=True)
    assert own_store.owner_of_feed(first) is None
    assert own_store.owner_of_feed(second) == "ann"


def test_migrations_make_the_tables_that_the_code_uses(store):
    store.everybody()
    columns = sql.inspect(store.database.engine)
    for name, table in tables.tables.items():
        made = {column["name"] for column in columns.get_columns(name)}
        assert made == {column.name for column in table.columns}, name
    newest = sorted((Path(database.__file__).parent / "migrations" / "versions").glob("r*.py"))[-1]
    assert re.search(rf'^revision = "{database.HEAD}"$', newest.read_text(), re.MULTILINE)
    # A second start changes nothing.
    Database(str(store.database.engine.url)).close()


def test_what_an_older_version_stored_is_kept(own_store, tmp_path):
    own_store.add("ann", "routine", ["LI4"], Schedule(BERLIN, NOW.date(), (dt.time(8),), Every.DAY))
    with own_store.database.writing() as connection:
        # As it was before there were subjects and schedules of several rules.
        for table in ("reminders", "occurrences"):
            connection.execute(sql.text(f"ALTER TABLE {table} DROP COLUMN subject"))
        connection.execute(sql.text("UPDATE alembic_version SET version_num = 'r0001'"))
        plain = json.loads(connection.execute(sql.text("SELECT schedule FROM reminders")).scalar())
        for name in ("nth", "month_days", "also"):
            del plain[name]
        connection.execute(
            sql.text("UPDATE reminders SET schedule = :plain"), {"plain": json.dumps(plain)}
        )
    own_store.close()
    again = ReminderStore(Database(f"sqlite:///{tmp_path / 'reminders.db'}"), now=own_store.now)
    (kept,) = again.of("ann")
    assert (kept.points, kept.subject, kept.schedule.times) == (("LI4",), None, (dt.time(8),))
    assert kept.schedule.next_after(NOW) is not None
    again.close()


def test_nothing_is_lost_or_doubled_when_everything_is_killed(tmp_path):
    result = trial(
        f"sqlite:///{tmp_path / 'reminders.db'}", tmp_path, count=60, seconds=5, senders=2,
        lease=1.0, every=(1.5, 2.5),
    )  # fmt: skip
    assert result.kills >= 1
    assert (result.lost, result.doubled) == (0, 0)


def test_one_person_has_only_the_newest_browsers_told(own_store, clock):
    browsers = [letter * 64 for letter in "abcdefghijkl"]
    for browser in browsers:
        clock.go(1)
        own_store.subscribe("ann", browser, {"endpoint": "https://push.example/x"})
    own_store.subscribe("ben", "z" * 64, {"endpoint": "https://push.example/z"})
    kept = [browser for browser in browsers if own_store.subscription(browser)]
    assert kept == browsers[-MOST_BROWSERS:]
    assert own_store.subscription("z" * 64)
