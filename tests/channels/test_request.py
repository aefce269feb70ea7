"""What the REST channel takes as a message, and what it refuses."""

import json

import pytest

from bot.channels.rest import endpoint as rest


@pytest.mark.parametrize("sender", [None, "", "   ", 5, "x" * 300, "\ud800"])
def test_a_request_without_a_sender_of_its_own_is_refused(sender):
    body = json.dumps({"sender": sender, "message": "hello"}).encode()
    with pytest.raises(rest.BadRequest, match="'sender'"):
        rest.read_request(body)


def test_half_a_letter_does_no_harm():
    incoming = rest.read_request(b'{"sender": "someone", "message": "hi \\ud83d there"}')
    assert incoming.text == "hi ? there"
    incoming.text.encode()
