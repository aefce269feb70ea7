"""Some of tests/conversations of every situation, over the socket. ACUPOINT_ALL_DOORS=1: all."""

import os
from collections import Counter

import pytest

from tests.channels.browser import Browser
from tests.test_conversations import CONVERSATIONS, hold

EACH = 10_000 if os.environ.get("ACUPOINT_ALL_DOORS") else 2


def sample():
    """The first conversations of every folder; files outside folders count as one."""
    seen = Counter()
    for param in CONVERSATIONS:
        situation = param.id.partition(":")[0].rpartition("/")[0]
        seen[situation] += 1
        if seen[situation] <= EACH:
            yield param


@pytest.mark.parametrize("conversation", sample())
def test_conversation_over_the_socket(server, conversation):
    with Browser(server) as browser:
        hold(browser.say, conversation)
        said = [entry for entry in browser.history() if entry["from"] == "person"]
        assert [entry["text"] for entry in said] == [turn["user"] for turn in conversation["turns"]]
