"""What was said before a kill still counts after it. Real processes, really killed."""

import pytest

from tests.conftest import Server


@pytest.fixture
def again(model, tmp_path):
    """A function that kills the assistant, if there is one, and starts it on the same state."""
    servers = []

    def start(*arguments):
        if servers:
            servers[-1].process.kill()
            servers[-1].process.wait()
        servers.append(Server("run", *arguments, ACUPOINT_STATE_FOLDER=str(tmp_path / "var")))
        return servers[-1].wait()

    yield start
    servers[-1].stop()


def test_killed_and_started_again_an_alarm_still_stands_and_a_session_goes_on(again):
    server = again()
    assert "emergency" in server.say("i cant feel my legs", "alarmed")
    server.say("help me do a session", "somebody")
    server.say("yes", "somebody")
    server.say("six", "somebody")
    server.say("next", "somebody")
    assert "Find BL23" in server.say("next", "somebody")

    server = again("--country", "FR")
    said = server.say("thank you, where is LI4", "alarmed")
    assert "112" in said
    assert "LI4" not in said
    assert "Press BL23" in server.say("next", "somebody")
    assert "No session" in server.say("next", "somebody else")
    server.say("next", "somebody")
    assert "BL23" in server.say("stop", "somebody")

    server = again()
    assert "one session" in server.say("how am i doing", "somebody")
    assert "LI4" not in server.say("where is LI4", "alarmed")
