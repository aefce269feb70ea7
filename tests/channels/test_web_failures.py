"""The web channel when parts are dead, slow or killed. Real processes, really killed."""

import http.server
import sqlite3
import threading
import time

import pytest
import requests

from tests.channels.browser import Browser, open_session
from tests.conftest import Server, free_port
from tests.kept import events
from tests.patience import PATIENCE, until

QUESTION = "where is the point on my hand for back pain"
RED_FLAG = "i cant feel my legs and i lost control of my bladder"


class Hanging(http.server.BaseHTTPRequestHandler):
    """Actions that never answer."""

    def do_POST(self):
        self.server.asked.set()
        time.sleep(60)

    def log_message(self, *_):
        pass


@pytest.fixture
def hanging():
    """A function (port): from now on actions that never answer are there."""
    started = []

    def start(port):
        actions = http.server.ThreadingHTTPServer(("127.0.0.1", port), Hanging)
        actions.daemon_threads = True
        actions.asked = threading.Event()
        threading.Thread(target=actions.serve_forever, args=(0.02,), daemon=True).start()
        started.append(actions)
        return actions.asked

    yield start
    for actions in started:
        actions.shutdown()
        actions.server_close()


def until_it_listens(server):
    """The token of a new session, as soon as there is one to be had."""

    def token():
        try:
            return open_session(server).json()["token"]
        except requests.ConnectionError:
            return None

    return until(token)


def rows(folder, file, question, *values):
    with sqlite3.connect(folder / file) as database:
        return database.execute(question, values).fetchall()


def test_killed_in_mid_turn_nothing_is_lost_and_nothing_is_said_twice(model, tmp_path, hanging):
    port = free_port()
    url = f"http://127.0.0.1:{port}/webhook"
    first = Server("run", ACTION_URL=url, ACUPOINT_STATE_FOLDER=str(tmp_path)).wait()

    # Nobody runs the actions: guidance and red flags arrive all the same.
    with Browser(first) as someone:
        said = someone.say(QUESTION)
        assert "doctor" in said or "emergency number" in said
        assert len(said) > 60
    with Browser(first) as alarmed:
        assert "emergency help now" in alarmed.say(RED_FLAG)

    # They hang, and the process is killed while one message is being answered and one waits.
    asked = hanging(port)
    with Browser(first) as waiting:
        seqs = [waiting.send(QUESTION)["seq"], waiting.send("how long do i hold it")["seq"]]
        assert asked.wait(PATIENCE)
    first.process.kill()
    first.process.wait()

    # Another was answered, and its answer was not stored any more.
    lost = "delete from entries where content like '%emergency help now%'"
    rows(tmp_path, "transcripts.db", lost)
    second = Server("run", ACUPOINT_STATE_FOLDER=str(tmp_path))
    try:
        until_it_listens(second)
        with Browser(second, waiting.token) as back:
            assert "LI4" in back.answers(seqs[0])[0]["text"]
            assert "30 to 60 seconds" in back.answers(seqs[1])[0]["text"]
            said = back.history()
            assert [e["from"] for e in said] == ["person", "person", "assistant", "assistant"]
            numbers = [entry["seq"] for entry in said]
        with Browser(second, waiting.token) as again:
            assert [entry["seq"] for entry in again.history()] == numbers
            assert again.entries == []
        with Browser(second, alarmed.token) as back:
            assert "emergency help" in back.answers(1)[0]["text"]
            heard = [event for event in events(tmp_path, "user") if RED_FLAG in event["text"]]
            assert len(heard) == 1
            assert "still an emergency" in back.say("where is LI4")
    finally:
        second.stop()


def test_without_model_and_widget_red_flags_are_seen_and_a_flood_is_kept_out(model, tmp_path):
    folders = {f"ACUPOINT_{name}_FOLDER": str(tmp_path / name) for name in ("MODELS", "WIDGET")}
    server = Server("run", **folders, ACUPOINT_SESSIONS_PER_HOUR="3")
    try:
        token = until_it_listens(server)
        not_built = requests.get(f"http://127.0.0.1:{server.port}/widget.js", timeout=PATIENCE)
        assert not_built.status_code == 503
        assert "make setup" in not_built.text
        status = server.request("/widget/status")
        assert status[1]["ready"] is False
        assert "model" in status[1]["missing"][0]
        with Browser(server, token) as browser:
            assert "emergency help now" in browser.say(RED_FLAG)
            refused = browser.call("new_conversation", {})["error"]
            assert refused["code"] == "server_error"
            assert "waking up" in refused["text"]
        with Browser(server) as other:
            # Whoever waits for the model, a warning sign does not.
            waiting, alarming = other.send(QUESTION)["seq"], other.send(RED_FLAG)["seq"]
            assert "emergency help now" in other.answers(alarming)[0]["text"]
            assert "waking up" in other.answers(waiting)[0]["text"]
        assert open_session(server).status_code == 201
        one_too_many = open_session(server)
        assert one_too_many.status_code == 429
        error = one_too_many.json()["error"]
        assert error["code"] == "rate_limited"
        assert str(error["retry_after"]) == one_too_many.headers["Retry-After"]
        assert open_session(server, Authorization=f"Bearer {token}").status_code == 201
    finally:
        server.stop()
