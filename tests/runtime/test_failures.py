"""What people get when parts are dead, slow or wrong. Real processes, really killed."""

import http.server
import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.runtime import paths
from tests.conftest import Server, actions_server, free_port
from tests.patience import PATIENCE, until

QUESTION = "where is the point on my hand for back pain"
RED_FLAG = "i cant feel my legs and i lost control of my bladder"


@pytest.fixture(scope="module")
def apart(model):
    """The assistant, whose actions run apart, at `actions_port`; nobody is there by itself."""
    port = free_port()
    server = Server("run", ACTION_URL=f"http://127.0.0.1:{port}/webhook").wait()
    server.actions_port = port
    yield server
    server.stop()


@pytest.fixture
def actions(apart):
    """A function that starts the actions; ended with the test."""
    started = []

    def start():
        started.append(actions_server(apart.actions_port))
        return started[-1]

    yield start
    for each in started:
        kill(each)


def kill(server):
    server.process.kill()
    server.process.wait()


def test_with_the_action_server_killed_guidance_and_red_flags_still_arrive(apart, actions):
    running = actions()
    assert "LI4" in apart.say(QUESTION)
    kill(running)
    said = apart.say(QUESTION, "one")
    assert "doctor" in said
    assert len(said) > 60
    assert "emergency" in apart.say(RED_FLAG, "two")
    worse = apart.say("my back pain keeps getting worse", "three")
    assert "doctor" in worse
    assert "appointment" in worse


def test_a_session_goes_on_with_other_actions_after_theirs_were_killed(apart, actions):
    running = actions()
    apart.say("help me do a session", "four")
    apart.say("yes", "four")
    assert "noted 3" in apart.say("3", "four")
    kill(running)
    assert "doctor" in apart.say("next", "four")
    actions()
    assert "Breathe" in apart.say("next", "four")


class Faulty(http.server.BaseHTTPRequestHandler):
    """An action server that goes wrong in the way its server's `kind` says."""

    def do_POST(self):
        self.server.asked = True
        if self.server.kind == "hangs":
            time.sleep(30)
        self.send_response(500 if self.server.kind == "raises" else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"oops": 1}).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def faulty(apart):
    """Actions that go wrong."""
    faulty = http.server.ThreadingHTTPServer(("127.0.0.1", apart.actions_port), Faulty)
    faulty.daemon_threads = True
    threading.Thread(target=faulty.serve_forever, args=(0.02,), daemon=True).start()
    yield faulty
    faulty.shutdown()
    faulty.server_close()


@pytest.mark.parametrize("kind", ["raises", "hangs", "nonsense"])
def test_a_faulty_action_server_never_means_silence(faulty, apart, kind):
    faulty.kind, faulty.asked = kind, False
    said = apart.say(QUESTION, f"{kind} one")
    assert faulty.asked
    assert "doctor" in said
    assert len(said) > 60
    assert "emergency" in apart.say(RED_FLAG, f"{kind} two")


def health_of(server):
    """What /health answers; None while nobody listens."""
    try:
        return server.request("/health")
    except OSError:
        return None


def test_while_the_model_is_missing_health_says_so_and_red_flags_are_seen(model, tmp_path):
    server = Server("run", ACUPOINT_MODELS_FOLDER=str(tmp_path / "models"))
    try:
        status, body = until(lambda: health_of(server))
        assert status == 503
        assert "model" in body["missing"][0]
        assert "emergency" in server.say(RED_FLAG, "one")
        assert "doctor" in server.say(QUESTION, "two")
    finally:
        server.stop()


def command(*arguments):
    """The finished run of an `acupoint` command."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def test_a_taken_port_is_said_in_one_sentence(model):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = command("run", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "already in use" in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_api_needs_a_token(model):
    done = command("run", "--enable-api", "--port", str(free_port()))
    assert done.returncode == 1
    assert "token" in done.stderr


def test_a_token_on_the_command_line_is_refused(model):
    done = command("run", "--enable-api", "--api-token", "sesame", "--port", str(free_port()))
    assert done.returncode == 1
    assert "--api-token-file" in done.stderr
    assert "sesame" not in done.stderr


def test_the_api_answers_only_to_its_token_and_ctrl_c_leaves_nothing_behind(model):
    server = Server("run", "--enable-api", ACUPOINT_API_TOKEN="sesame").wait()
    try:
        body = {"text": "where is hegu"}
        assert server.request("/model/parse", body)[0] == 401
        status, parsed = server.request("/model/parse?token=sesame", body)
        assert status == 200
        assert parsed["intent"]["name"] == "locate_point"
        assert parsed["entities"][0]["value"] == "LI4"
    finally:
        server.stop()
    assert server.process.returncode is not None
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_the_server_runs_without_tensorflow(server):
    maps = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "tensorflow" not in maps


def test_an_unknown_country_is_said_in_one_sentence(model):
    done = command("run", "--country", "Atlantis")
    assert done.returncode == 1
    assert "two-letter code" in done.stderr
    assert "Traceback" not in done.stderr
