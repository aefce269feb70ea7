"""Starting and stopping without losing anything, and what can be seen from outside."""

import signal
import sqlite3
import threading
import urllib.request

import pytest

from bot.runtime.assistant import Assistant, Settings
from bot.runtime.storage.state_folder import StateUnusable, claimed
from bot.runtime.training import TrainingError
from tests.conftest import Server
from tests.patience import PATIENCE, until

SIGN = "i cant feel my legs and i lost control of my bladder"
QUESTION = "where is the point on my hand for back pain"


@pytest.fixture
def started(model, tmp_path):
    """The assistant on a folder of this test alone."""
    server = Server("run", ACUPOINT_STATE_FOLDER=str(tmp_path / "var")).wait()
    yield server
    server.stop()


def metric(server, name):
    """The value of a metric."""
    with urllib.request.urlopen(
        f"http://127.0.0.1:{server.port}/metrics", timeout=PATIENCE
    ) as told:
        lines = told.read().decode().splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(name))


def test_what_is_under_way_is_answered_before_it_stops(started):
    answers = []
    asking = [
        threading.Thread(target=lambda n=n: answers.append(started.say(QUESTION, f"one {n}")))
        for n in range(24)
    ]
    for thread in asking:
        thread.start()
    until(lambda: metric(started, "acupoint_turns_under_way") >= 8 or answers)
    started.process.send_signal(signal.SIGTERM)
    for thread in asking:
        thread.join(PATIENCE)
    assert len(answers) == 24
    assert all("doctor" in said for said in answers)
    assert started.process.wait(PATIENCE) == 0


def test_a_hang_up_does_no_harm_and_a_second_one_on_the_folder_says_so(started):
    started.process.send_signal(signal.SIGHUP)
    assert "LI4" in started.say(QUESTION)
    second = Server("run", ACUPOINT_STATE_FOLDER=str(started.state_folder))
    assert second.process.wait(PATIENCE) == 1
    assert "Another assistant already runs" in second.log
    assert "Traceback" not in second.log
    assert "LI4" in started.say(QUESTION)


def test_health_tells_of_a_database_that_is_locked_and_signs_are_answered(started):
    assert started.request("/health/live") == (200, {"status": "alive"})
    assert started.request("/health/ready")[0] == 200
    with sqlite3.connect(started.state_folder / "conversations.db") as lock:
        lock.execute("BEGIN IMMEDIATE")
        status, body = started.request("/health/ready")
        assert status == 503
        assert "database" in body["missing"][0]
        assert started.request("/health/live")[0] == 200
        assert started.request("/health")[0] == 200
        assert "emergency help now" in started.say(SIGN, "alarmed")
        assert metric(started, "acupoint_signs_held") == 1
        lock.rollback()
    until(lambda: started.request("/health/ready")[0] == 200)
    until(lambda: metric(started, "acupoint_signs_held") == 0)
    assert metric(started, 'acupoint_turns_total{tier="emergency"}') == 1


@pytest.mark.parametrize("name", ["conversations.db", "transcripts.db", "reminders.db"])
def test_a_damaged_file_gets_a_sentence_with_the_way_out(tmp_path, name):
    (tmp_path / name).write_bytes(b"no database at all " * 100)
    with pytest.raises(StateUnusable, match=rf"{name} is damaged.*mv "), claimed(tmp_path):
        pass


def test_a_file_damaged_in_the_middle_is_found(tmp_path):
    with sqlite3.connect(tmp_path / "conversations.db") as database:
        database.execute("create table turns (sender text primary key, content text)")
        rows = [(str(number), "x" * 500) for number in range(200)]
        database.executemany("insert into turns values (?, ?)", rows)
    with claimed(tmp_path):
        pass
    with open(tmp_path / "conversations.db", "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(StateUnusable, match="is damaged"), claimed(tmp_path):
        pass


def test_a_folder_that_cannot_be_used_gets_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StateUnusable, match="ACUPOINT_STATE_FOLDER"), claimed(tmp_path / "file"):
        pass


def test_a_file_that_may_not_be_written_gets_a_sentence(tmp_path, monkeypatch):
    sqlite3.connect(tmp_path / "conversations.db").close()
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(StateUnusable, match=r"may not be written.*chmod"), claimed(tmp_path):
        pass


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_damaged_model_gets_a_sentence_with_the_way_out(model, tmp_path, part):
    whole, damaged = model.read_bytes(), tmp_path / "model.tar.gz"
    damaged.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(TrainingError, match=r"model.tar.gz cannot be loaded.*rm "):
        Assistant(Settings(model=damaged, state_folder=tmp_path / "var")).load_now()


def test_a_damaged_file_ends_a_start_in_one_sentence(model, tmp_path):
    (tmp_path / "conversations.db").write_bytes(b"no database at all " * 100)
    server = Server("run", ACUPOINT_STATE_FOLDER=str(tmp_path))
    assert server.process.wait(PATIENCE) == 1
    assert "is damaged" in server.log
    assert "Traceback" not in server.log
