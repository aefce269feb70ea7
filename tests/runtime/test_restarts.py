"""What was said before a kill still counts after it. Real processes, really killed."""

from tests.conftest import Server, actions_server


def test_killed_and_started_again_an_alarm_still_stands(model, tmp_path):
    state = {"ACUPOINT_STATE_FOLDER": str(tmp_path)}
    first = Server("run", **state).wait()
    assert "emergency" in first.say("i cant feel my legs")
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
