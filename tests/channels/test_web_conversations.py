"""Some of tests/conversations of every situation, over the socket. ACUPOINT_ALL_CHANNELS=1: all."""

import os

import pytest

from tests.channels.browser import Browser
from tests.conftest import Server
from tests.test_conversations import hold, sample

ALL = bool(os.environ.get("ACUPOINT_ALL_CHANNELS"))
EACH = 10_000 if ALL else 2


@pytest.fixture(scope="module")
def open_server(model, request):
    """A server that lets in so many from one address; a few it always lets in."""
    if not ALL:
        yield request.getfixturevalue("server")
        return
    server = Server("run", "--sessions-per-hour", "100000").wait()
    yield server
    server.stop()


@pytest.mark.parametrize("conversation", sample(EACH))
def test_conversation_over_the_socket(open_server, conversation):
    with Browser(open_server) as browser:
        hold(browser.say, conversation)
        said = [entry for entry in browser.history() if entry["from"] == "person"]
        assert [entry["text"] for entry in said] == [turn["user"] for turn in conversation["turns"]]
