"""Reminders while everything is killed: how many are lost, told twice, and how late they come.

    make reminder-trial

sets 1,000 reminders that fall due within a minute, lets senders work on them, and kills all of them
with signal 9 at random moments, PostgreSQL itself included. What people were shown is read from the
transcripts, as their browsers would.
"""

import argparse
import asyncio
import datetime as dt
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channels.web.transcript import Transcript
from bot.messages.message import Message
from bot.reminders.delivery.sender import LEASE_SECONDS, Outcome, Sender
from bot.reminders.schedules import Schedule
from bot.reminders.storage.database import Database
from bot.reminders.storage.records import CHAT
from bot.reminders.storage.store import ReminderStore
from tests.postgres import Postgres, programs

PEOPLE = 200
PATIENCE = 90


@dataclass
class Result:
    """What came of a trial; lateness in seconds."""

    due: int
    lost: int
    doubled: int
    kills: int
    middle: float
    p95: float
    worst: float

    def __str__(self):
        return (
            f"{self.due} due, {self.kills} kills: {self.lost} lost, {self.doubled} doubled; "
            f"late by {self.middle:.1f} s (median), {self.p95:.1f} s (p95), "
            f"{self.worst:.1f} s (most)"
        )


class Screen:
    """Everybody's chat, in a transcript."""

    name = CHAT

    def __init__(self, folder, lease):
        self.transcript = Transcript(folder)
        self.lease_seconds = lease

    def present(self):
        return None

    async def deliver(self, claimed):
        outcomes = []
        for delivery in claimed:
            told = delivery.occurrence
            # Killed here, it has been told and nobody knows; killed there, it has not.
            await asyncio.sleep(random.uniform(0, 0.01))
            if self.transcript.untold(told.sender, [told.id]):
                self.transcript.tell(told.sender, [told.id], Message(text=told.id))
            await asyncio.sleep(random.uniform(0, 0.01))
            outcomes.append(Outcome(delivery))
        return outcomes


def work(url, folder, lease):
    """One sender, until it is killed."""
    store = None
    while store is None:
        try:
            store = ReminderStore(Database(url))
        except Exception:
            time.sleep(0.2)
    asyncio.run(Sender(store, [Screen(Path(folder), lease)]).run())


def trial(url, folder, count, seconds, senders, lease, every, postgres=None, seed=1):
    """Run one; gives the Result."""
    random.seed(seed)
    folder.mkdir(parents=True, exist_ok=True)
    Transcript(folder).close()
    begin = time.time() + 2 + count / 25
    # However long it takes to set them, none is over by then.
    store = ReminderStore(Database(url), now=lambda: begin - 2)
    for number in range(count):
        due = dt.datetime.fromtimestamp(
            begin + seconds * random.random(), ZoneInfo("Europe/Berlin")
        )
        due = due.replace(microsecond=0)
        schedule = Schedule("Europe/Berlin", due.date(), (due.time(),))
        store.add(f"web-{number % PEOPLE}", "routine", [], schedule)
    expected = {f"{r.id}-{int(r.next_due)}": r.next_due for r in store.everybody()}
    assert len(expected) == count
    command = [
        sys.executable,
        "-m",
        "tests.reminders.trial",
        "--work",
        url,
        str(folder),
        str(lease),
    ]

    def start():
        return [subprocess.Popen(command, start_new_session=True) for _ in range(senders)]

    time.sleep(max(0.0, begin - 2 - time.time()))
    workers, kills, deadline = start(), 0, begin + seconds + PATIENCE
    next_kill = time.time() + random.uniform(*every)
    while time.time() < deadline and len(shown(folder)) < count:
        time.sleep(0.2)
        if next_kill <= time.time() < begin + seconds:
            for worker in workers:
                worker.send_signal(signal.SIGKILL)
            if postgres and kills % 2:
                store.close()
                postgres.kill()
                postgres.start()
            for worker in workers:
                worker.wait()
            workers, kills = start(), kills + 1
            next_kill = time.time() + random.uniform(*every)
    time.sleep(1)
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    store.close()
    told = shown(folder)
    late = sorted(at[0] - expected[each] for each, at in told.items() if each in expected)
    return Result(
        count, len(set(expected) - set(told)), sum(len(at) - 1 for at in told.values()), kills,
        late[len(late) // 2], late[int(len(late) * 0.95)], late[-1],
    )  # fmt: skip


def shown(folder):
    """When each occurrence was shown: every time that it was."""
    told = {}
    connection = sqlite3.connect(folder / "transcripts.db", timeout=PATIENCE)
    for content, at in connection.execute("SELECT content, at FROM entries"):
        told.setdefault(json.loads(content)["message"]["text"], []).append(at)
    connection.close()
    return told


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", nargs=3)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=60)
    chosen = parser.parse_args()
    if chosen.work:
        url, folder, lease = chosen.work
        return work(url, folder, float(lease))
    sizes = {
        "count": chosen.count,
        "seconds": chosen.seconds,
        "lease": LEASE_SECONDS,
        "every": (4, 9),
    }
    folder = Path(tempfile.mkdtemp(prefix="reminder-trial-"))
    failed = False
    for senders in (1, 3):
        result = trial(f"sqlite:///{folder}/{senders}/reminders.db", folder / str(senders),
                       senders=senders, **sizes)  # fmt: skip
        print(f"SQLite, {senders} sender{'s' if senders > 1 else ''}: {result}", flush=True)
        failed |= bool(result.lost or result.doubled)
    if programs() is None:
        print("PostgreSQL is not installed here, and was not tried.")
    else:
        postgres = Postgres()
        try:
            result = trial(postgres.url, folder / "pg", senders=3, postgres=postgres, **sizes)
        finally:
            postgres.stop()
        print(f"PostgreSQL, 3 senders: {result}", flush=True)
        failed |= bool(result.lost or result.doubled)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
