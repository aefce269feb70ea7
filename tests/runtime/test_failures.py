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
from tests.conftest import Server, free_port

QUESTION = "where is the point on my hand for back pain"
RED_FLAG = "i cant feel my legs and i lost control of my bladder"


def actions_server(port=None):
    """The actions in a process of their own."""
    actions = Server("actions", at=port)
    deadline = time.time() + 30
    while time.time() < deadline:
        try:
            if actions.request("/health")[0] == 200:
                return actions
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the action server did not start")


@pytest.fixture
def killed_actions(model):
    """The assistant beside an action server that answered once and was then killed."""
    actions = actions_server()
    server = Server("run", ACTION_URL=f"http://127.0.0.1:{actions.port}/webhook").wait()
    assert "LI4" in server.say(QUESTION)
    actions.process.kill()
    actions.process.wait()
    yield server
    server.stop()


def test_with_the_action_server_killed_guidance_and_red_flags_still_arrive(killed_actions):
    said = killed_actions.say(QUESTION, "one")
    assert "doctor" in said
    assert len(said) > 60
    assert "emergency" in killed_actions.say(RED_FLAG, "two")
    worse = killed_actions.say("my back pain keeps getting worse", "three")
    assert "doctor" in worse
    assert "appointment" in worse


@pytest.mark.parametrize("kind", ["raises", "hangs", "nonsense"])
def test_a_faulty_action_server_never_means_silence(model, kind):
    class Faulty(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            if kind == "hangs":
                time.sleep(30)
            self.send_response(500 if kind == "raises" else 200)
            self.end_headers()
            self.wfile.write(json.dumps({"oops": 1}).encode())

        def log_message(self, *_):
            pass

    faulty = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
    threading.Thread(target=faulty.serve_forever, daemon=True).start()
    server = Server("run", ACTION_URL=f"http://127.0.0.1:{faulty.server_port}/webhook").wait()
    try:
        said = server.say(QUESTION, "one")
        assert "doctor" in said
        assert len(said) > 60
        assert "emergency" in server.say(RED_FLAG, "two")
    finally:
        server.stop()
        faulty.shutdown()


def test_while_the_model_is_missing_health_says_so_and_red_flags_are_seen(model, tmp_path):
    server = Server("run", ACUPOINT_MODELS_FOLDER=str(tmp_path / "models"))
    try:
        deadline = time.time() + 30
        status = None
        while time.time() < deadline and status is None:
            try:
                status, body = server.request("/health")
            except OSError:
                time.sleep(0.05)
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
        timeout=60,
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


def test_ctrl_c_leaves_nothing_behind(model):
    server = Server("run").wait()
    server.stop()
    assert server.process.returncode is not None
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_the_api_needs_a_token(model):
    done = command("run", "--enable-api", "--port", str(free_port()))
    assert done.returncode == 1
    assert "token" in done.stderr


def test_the_api_answers_only_to_its_token(model):
    server = Server("run", "--enable-api", "--api-token", "sesame").wait()
    try:
        body = {"text": "where is hegu"}
        assert server.request("/model/parse", body)[0] == 401
        status, parsed = server.request("/model/parse?token=sesame", body)
        assert status == 200
        assert parsed["intent"]["name"] == "locate_point"
        assert parsed["entities"][0]["value"] == "LI4"
    finally:
        server.stop()


def test_the_server_runs_without_tensorflow(server):
    maps = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "tensorflow" not in maps


def test_killed_and_started_again_an_alarm_still_stands(model, tmp_path):
    state = {"ACUPOINT_STATE_FOLDER": str(tmp_path)}
    first = Server("run", **state).wait()
    assert "emergency" in first.say(RED_FLAG)
    first.process.kill()
    first.process.wait()
    second = Server("run", "--country", "FR", **state).wait()
    try:
        said = second.say("thank you, where is LI4")
        assert "Please get emergency help first" in said or "Your safety comes first" in said
        assert "Call 112" in said
        assert "LI4" not in said
    finally:
        second.stop()


def test_an_unknown_country_is_said_in_one_sentence(model):
    done = command("run", "--country", "Atlantis")
    assert done.returncode == 1
    assert "two-letter code" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_session_goes_on_after_the_server_was_killed(model, tmp_path):
    state = str(tmp_path / "var")
    server = Server("run", ACUPOINT_STATE_FOLDER=state).wait()
    try:
        server.say("help me do a session", "somebody")
        server.say("yes", "somebody")
        server.say("six", "somebody")
        server.say("next", "somebody")
        assert "Find BL23" in server.say("next", "somebody")
    finally:
        server.process.kill()
        server.process.wait()
    server = Server("run", ACUPOINT_STATE_FOLDER=state).wait()
    try:
        assert "Press BL23" in server.say("next", "somebody")
        assert "No session" in server.say("next", "somebody else")
        server.say("next", "somebody")
        ended = server.say("stop", "somebody")
        assert "BL23" in ended
    finally:
        server.process.kill()
        server.process.wait()
    server = Server("run", ACUPOINT_STATE_FOLDER=state).wait()
    try:
        assert "one session" in server.say("how am i doing", "somebody")
    finally:
        server.stop()


def test_a_session_goes_on_with_other_actions_after_theirs_were_killed(model, tmp_path):
    actions = actions_server()
    port = actions.port
    server = Server("run", ACTION_URL=f"http://127.0.0.1:{port}/webhook").wait()
    try:
        server.say("help me do a session", "one")
        server.say("yes", "one")
        assert "noted 3" in server.say("3", "one")
        actions.process.kill()
        actions.process.wait()
        assert "doctor" in server.say("next", "one")
        actions = actions_server(port)
        assert "Breathe" in server.say("next", "one")
    finally:
        server.stop()
        actions.process.kill()
        actions.process.wait()
