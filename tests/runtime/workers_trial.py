"""Several workers on one PostgreSQL, as real processes: what is lost, doubled, forgotten, late.

    make worker-trial

starts PostgreSQL and two workers, and asks them in turn: conversations that go back and forth, a
race in one conversation, a worker killed in mid-turn, a database that is stopped, one that hangs.
"""

import argparse
import signal
import statistics
import sys
import threading
import time
import uuid

from tests.channels.browser import Browser
from tests.conftest import Server
from tests.patience import PATIENCE
from tests.postgres import Postgres, programs

EMERGENCY = "i cant feel my legs"
_SECRET = "s" * 40


class Worker(Server):
    """A worker, and how long its answers take."""

    def __init__(self, url, at=None):
        super().__init__("run", at=at, ACUPOINT_DATABASE_URL=url, ACUPOINT_SECRET=_SECRET)

    def ask(self, text, sender):
        """The answers as JSON, and after how many seconds."""
        begun = time.monotonic()
        body = {"sender": sender, "message": text}
        status, said = self.request("/webhooks/rest/webhook", body)
        assert status == 200, said
        return said, time.monotonic() - begun


def replies(said):
    """What the answers are, as programs read them."""
    return [(message.get("custom") or {}).get("reply") or {} for message in said]


def has(said, **wanted):
    """Whether an answer has all of this; a key need only begin with it."""
    return any(
        all(str(reply.get(name) or "").startswith(value) for name, value in wanted.items())
        for reply in replies(said)
    )


def somebody():
    return f"trial-{uuid.uuid4().hex[:10]}"


# What is said at which worker, and what the last answer must be.
CONVERSATIONS = {
    "a pregnancy, cold": ("a I am pregnant; b where is LI4", {"key": "withheld"}),
    "a pregnancy, warm": ("b where is LI4; a I am pregnant; b where is LI4", {"key": "withheld"}),
    "an emergency, cold": (f"a {EMERGENCY}; b where is LI4", {"tier": "emergency"}),
    "an emergency, warm": (f"b hello; a {EMERGENCY}; b where is LI4", {"tier": "emergency"}),
    "no session": (
        f"b hello; a {EMERGENCY}; b hello; a guide me through a session", {"tier": "emergency"},
    ),
    "an alarm lifted": (
        f"b {EMERGENCY}; a I have been checked by a doctor; b where is LI4", {"key": "locate"},
    ),
    "an urgent sign": (
        "b hello; a my back hurts and i have a fever since yesterday; b where is BL23",
        {"tier": "urgent"},
    ),
    "signs that add up": (
        "b hello; a my lower back hurts a lot; b i also have a fever since yesterday",
        {"tier": "urgent"},
    ),
    "getting worse": (
        "b hello; a my back pain is 4 out of 10; b now it is 8", {"kind": "red_flag"},
    ),
    "what it leans on": ("b hello; a where is LI4; b how long?", {"key": "long:LI4"}),
    "a session": ("b hello; a help me do a session; b yes", {"key": "session:"}),
    "a session, on": ("b hello; a help me do a session; b yes; a six", {"key": "session:"}),
    "reminders": (
        "a I am in London; a remind me in two hours to drink water; b yes; a show my reminders",
        {"key": "reminder:list"},
    ),
    "deleted": (
        "b hello; a I am pregnant; b where is LI4; a delete my data; b Yes, delete everything.;"
        " a where is LI4",
        {"key": "locate"},
    ),
    "deleted, then as long again": (
        "b my back pain is 4 out of 10; b hello; a delete my data; a Yes, delete everything.;"
        " a hello; a hello; b now it is 8",
        {"key": "say:"},
    ),
}  # fmt: skip


def conversations(one, other):
    """How many conversations over two workers end as with one; the names of the others."""
    wrong = []
    for name, (script, wanted) in CONVERSATIONS.items():
        sender, said = somebody(), []
        for line in script.split("; "):
            where, _, text = line.strip().partition(" ")
            said, _ = (one if where == "a" else other).ask(text, sender)
        if not has(said, **wanted):
            wrong.append((name, replies(said)))
    return len(CONVERSATIONS) - len(wrong), wrong


def race(one, other, each, postgres_ask):
    """Messages of one person to both at once: how many are lost, doubled; seconds of each."""
    sender, late, failed = somebody(), [], []

    def go(worker, tag):
        for number in range(each):
            try:
                late.append(worker.ask(f"where is LI4 {tag} {number}", sender)[1])
            except AssertionError as error:
                failed.append(error)

    both = [threading.Thread(target=go, args=args) for args in ((one, "a"), (other, "b"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    stored = postgres_ask(sender)
    wanted = {f"where is LI4 {tag} {number}" for tag in "ab" for number in range(each)}
    return {
        "asked": 2 * each, "failed": len(failed), "lost": len(wanted - set(stored)),
        "doubled": len(stored) - len(set(stored)), "median": statistics.median(late),
        "most": max(late),
    }  # fmt: skip


def sockets(one, other, rounds=8):
    """Chats with tabs at both workers: what goes wrong."""
    wrong = []
    with Browser(one) as at_one, Browser(other, at_one.token) as at_other:
        at_one.ask("I am pregnant")
        seq = at_one.entries[-1]["answers"]
        at_other.wait(lambda entry: entry.get("answers") == seq)
        if [entry["from"] for entry in at_other.entries] != ["person", "assistant"]:
            wrong.append("the tab at the other worker shows something else")
        if not has(at_other.ask("where is LI4"), key="withheld"):
            wrong.append("what was told in one tab is not known in the other")
        before = at_other.token
        at_one.ask("delete my data")
        at_one.send("Yes, delete everything.")
        at_other.wait(lambda entry: entry.get("kind") == "erased")
        at_one.has_another_token_than(before)
        if not at_other.is_out.wait(PATIENCE):
            wrong.append("a tab with an old token stays")
    for number in range(rounds):
        with Browser(one) as first:
            text_id = str(uuid.uuid4())
            seq = first.send("where is LI4", text_id)["seq"]
            with Browser(other, first.token) as reloaded:
                if number % 2:
                    reloaded.send("where is LI4", text_id)
                first.wait(lambda entry, asked=seq: entry.get("answers") == asked)
                time.sleep(1)
                people = [entry["from"] for entry in reloaded.history()]
                if people != ["person", "assistant"]:
                    wrong.append(f"after a reload: {people}")
    return wrong


def stored_words(url, sender):
    """What is stored that somebody said."""
    from bot.runtime.storage import turn_table
    from bot.storage.server import server_at

    with server_at(url).engine.connect() as connection:
        events, _ = turn_table.read(connection, sender, whole=True)
    return [event["text"] for event in events if event["event"] == "user"]


def killed_in_mid_turn(url, survivor, at):
    """kill -9 of a worker while it answers; after how many seconds the other answers."""
    slow = []
    for _ in range(5):
        worker = Worker(url, at).wait()
        sender = somebody()
        survivor.ask("hello", sender)
        asked = threading.Thread(target=_ignored, args=(worker, sender))
        asked.start()
        time.sleep(0.02)
        worker.process.send_signal(signal.SIGKILL)
        worker.process.wait()
        said, seconds = survivor.ask("where is LI4", sender)
        assert has(said, key="locate"), said
        slow.append(seconds)
        asked.join()
    return slow


def _ignored(worker, sender):
    try:
        worker.ask("how do i press LI4 and BL23 and where is SP6", sender)
    except Exception:
        return


def outage(workers, seconds, begins, ends):
    """While the database is away: answers that press, and how late signs are; then what stands."""
    pregnant, signs = [somebody() for _ in range(2)], []
    for sender in pregnant:
        for worker in workers:
            worker.ask("I am pregnant" if worker is workers[0] else "hello", sender)
    pressing, late, asked = [], [], 0
    begins()
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            for number, worker in enumerate(workers):
                for text in ("where is LI4", "how do i press LI4"):
                    said, _ = worker.ask(text, pregnant[number])
                    asked += 1
                    if has(said, key="press:") or has(said, key="locate"):
                        pressing.append(replies(said))
                signs.append(somebody())
                said, took = worker.ask(EMERGENCY, signs[-1])
                late.append(took)
                assert has(said, tier="emergency"), said
    finally:
        ends()
    time.sleep(5)
    forgotten = [
        sender for sender in signs for worker in workers
        if not has(worker.ask("where is LI4", sender)[0], tier="emergency")
    ]  # fmt: skip
    for sender in pregnant:
        for worker in workers:
            said, _ = worker.ask("how do i press LI4", sender)
            if has(said, key="press:") or has(said, key="locate"):
                pressing.append(replies(said))
    return {
        "asked": asked, "pressing": len(pressing), "signs": len(signs), "latest": max(late),
        "forgotten": len(forgotten), "people": signs,
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ports", type=int, nargs=3, default=[None, None, None])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--each", type=int, default=80)
    parser.add_argument("--only", choices=["sockets"])
    chosen = parser.parse_args()
    if programs() is None:
        print("PostgreSQL is not installed here (on Debian: apt install postgresql).")
        return 1
    postgres = Postgres()
    url = postgres.new_url()
    workers = [Worker(url, port) for port in chosen.ports[:2]]
    try:
        for worker in workers:
            worker.wait()
        if chosen.only == "sockets":
            print("sockets:", sockets(*workers))
            return 0
        right, wrong = conversations(*workers)
        print(f"conversations: {right} of {len(CONVERSATIONS)}", *wrong, sep="\n  ", flush=True)
        found = sockets(*workers)
        print(f"sockets: {len(found)} wrong", *found, sep="\n  ", flush=True)
        found = race(*workers, chosen.each, lambda sender: stored_words(url, sender))
        print("race:", found, flush=True)
        took = killed_in_mid_turn(url, workers[0], chosen.ports[2])
        print(f"killed in mid-turn: next turn after {max(took):.2f} s at most", flush=True)
        found = outage(workers, chosen.seconds, postgres.kill, postgres.start)
        people = found.pop("people")
        print("stopped:", found, flush=True)
        hanging = postgres.hanging()
        found = outage(workers, chosen.seconds, hanging.__enter__,
                       lambda: hanging.__exit__(None, None, None))  # fmt: skip
        people += found.pop("people")
        print("hanging:", found, flush=True)
        for worker in workers:
            worker.stop()
        workers = [Worker(url, port).wait() for port in chosen.ports[:2]]
        gone = [
            sender for sender in people
            if not has(workers[1].ask("where is LI4", sender)[0], tier="emergency")
        ]  # fmt: skip
        print(f"after all were restarted: {len(gone)} of {len(people)} signs forgotten")
    finally:
        for worker in workers:
            worker.stop()
        postgres.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
