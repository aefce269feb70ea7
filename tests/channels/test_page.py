"""The page at /, as a browser without scripts would use it."""

import html
import re
import urllib.parse
import urllib.request

import pytest

from tests.patience import PATIENCE


def fetch(server, form=None):
    data = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(
        f"http://127.0.0.1:{server.port}/", data, timeout=PATIENCE
    ) as answer:
        return answer.headers, html.unescape(answer.read().decode())


def sender_of(page):
    return re.search(r'name="sender" value="([^"]+)"', page)[1]


def test_a_question_typed_into_the_page_is_answered(server):
    _, page = fetch(server)
    _, answered = fetch(server, {"sender": sender_of(page), "message": "where is LI4"})
    assert "thumb" in answered
    assert "doctor" in answered
    assert sender_of(answered) == sender_of(page)


def test_a_red_flag_is_announced_as_an_alert(server):
    _, page = fetch(server, {"message": "i lost control of my bladder"})
    assert 'role="alert"' in page
    assert "emergency number" in page


def test_each_visit_has_a_conversation_of_its_own_that_nobody_can_guess(server):
    first, second = sender_of(fetch(server)[1]), sender_of(fetch(server)[1])
    assert first != second
    assert len(first) > 40
    _, page = fetch(server, {"sender": "someone", "message": "hello"})
    assert sender_of(page) != "someone"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_a_person_types_is_shown_as_text(server, text):
    data = urllib.parse.urlencode({"message": text}).encode()
    with urllib.request.urlopen(
        f"http://127.0.0.1:{server.port}/", data, timeout=PATIENCE
    ) as answer:
        page = answer.read().decode()
    assert text not in page
    assert html.escape(text) in page


def test_nothing_is_loaded_from_elsewhere(server):
    headers, page = fetch(server)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert not re.search(r"https?://", page)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("favicon.svg", "image/svg+xml"),
        ("favicon.ico", "image/png"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("shell-worker.js", "text/javascript"),
    ],
)
def test_what_makes_the_page_installable_is_there(server, name, kind):
    address = f"http://127.0.0.1:{server.port}/{name}"
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.read()
