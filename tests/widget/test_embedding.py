"""The chat on pages of other sites."""

import http.server
import threading

import pytest

from bot.runtime import paths
from tests.patience import until
from tests.widget.camera_accuracy import DOTS, consent_to, give_photo
from tests.widget.conftest import Chat

STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server} {socket}; "
    "img-src {server}; style-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A clinic</title></head>
<body><main><h1>A clinic</h1><p>Text.</p></main>
<script src="{server}/widget.js" {attributes}></script></body></html>"""
ROOT = "document.querySelector('acupoint-chat').shadowRoot"


@pytest.fixture
def visit(browser, server):
    """A function (attributes, page, origin) -> a tab on a page that embeds the chat."""
    contexts = []

    def visit_(attributes="", page=PAGE, policy=STRICT, **settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        address = f"http://127.0.0.1:{server.port}"
        names = {"server": address, "socket": address.replace("http", "ws")}
        body = page.format(attributes=attributes, **names)
        headers = {"Content-Security-Policy": policy.format(**names), "Content-Type": "text/html"}
        # A page of the assistant's own address, which may ask it.
        context.route(
            f"{address}/elsewhere", lambda route: route.fulfill(body=body, headers=headers)
        )
        chat = Chat(context.new_page(), address)
        chat.messages = []
        chat.page.on("console", lambda message: chat.messages.append(message.text))
        return chat

    yield visit_
    for context in contexts:
        context.close()


def opened(chat, place=None):
    chat.page.goto(place or f"{chat.address}/elsewhere")
    chat.page.wait_for_selector("acupoint-chat", state="attached")
    return chat


def test_one_script_tag_puts_a_launcher_on_a_page_with_a_strict_policy(visit):
    chat = opened(visit('data-title="Ask us"'))
    assert not any("widget/session" in address for address in chat.asked)
    chat.page.get_by_role("button", name="Open the chat").click()
    chat.ready()
    assert chat.see(".heading").inner_text() == "Ask us"
    assert "On the back of the hand" in chat.say("where is LI4")
    assert not [m for m in chat.messages if "Content Security" in m or "Trusted" in m]
    assert chat.problems == []
    assert all(address.split("/")[2].startswith("127.0.0.1:") for address in chat.asked)
    assert chat.page.context.cookies() == []


def test_a_point_is_shown_on_a_hand_on_a_page_with_a_strict_policy(visit):
    chat = opened(visit('data-mode="inline"', policy=STRICT + "; frame-src {server}"))
    chat.ready()
    consent_to(chat, "LI4", "light")
    assert len(give_photo(chat, paths.ROOT / "tests" / "widget" / "hands" / "left_back.webp")) == 1
    assert not [m for m in chat.messages if "Content Security" in m or "Trusted" in m]
    assert chat.problems == []


def test_a_page_that_lets_no_frame_in_gets_words_instead(visit):
    chat = visit('data-mode="inline"')
    chat.page.clock.install()
    opened(chat)
    chat.ready()
    consent_to(chat, "LI4", "light")
    photo = paths.ROOT / "tests" / "widget" / "hands" / "left_back.webp"
    chat.see(".hand input[type=file]").set_input_files(str(photo))

    def has_waited_for_the_frame():
        chat.page.clock.fast_forward(1_000)
        return chat.see(".hand[data-step=trouble]").count()

    until(has_waited_for_the_frame)
    assert "does not let me look" in chat.see(".sight-status").inner_text()
    assert chat.page.evaluate(DOTS) == []


def test_the_launcher_counts_what_is_unread(visit):
    chat = opened(visit())
    chat.page.get_by_role("button", name="Open the chat").click()
    chat.ready()
    chat.write("where is LI4")
    chat.page.keyboard.press("Escape")
    assert chat.page.evaluate(f"{ROOT}.activeElement.className") == "launcher"
    chat.page.get_by_role("button", name="Open the chat, 1 new").wait_for()
    assert chat.see(".badge").inner_text() == "1"
    chat.page.get_by_role("button", name="Open the chat, 1 new").click()
    assert not chat.see(".badge").is_visible()


def test_the_page_hears_events_that_tell_nothing_of_what_was_said(visit):
    chat = opened(visit('data-mode="inline"'))
    chat.ready()
    chat.page.evaluate("""() => { window.told = [];
      for (const name of ['message', 'redflag', 'state'])
        addEventListener('acupoint:' + name, e => told.push([name, e.detail])); }""")
    chat.page.evaluate(
        "document.querySelector('acupoint-chat').send('numb between my legs since today')"
    )
    chat.wait_for(".banner")
    told = chat.page.evaluate("told")
    assert ["redflag", {"tier": "emergency", "call": None}] in told
    assert "numb" not in str(told)


def test_a_site_with_styles_of_its_own_neither_gives_nor_takes_any(visit):
    rude = PAGE.replace(
        "</head>",
        "<style>body, body * {{ font-size: 40px; display: inline; color: red !important }}"
        "button {{ display: none }}</style></head>",
    )
    chat = opened(
        visit('data-mode="inline" data-theme="dark"', rude, "default-src * 'unsafe-inline'")
    )
    chat.ready()
    send = chat.see(".send")
    assert send.is_visible()
    assert send.evaluate("e => getComputedStyle(e).fontSize") == "16px"
    assert chat.see(".heading").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert chat.see(".app").evaluate("e => getComputedStyle(e).colorScheme") == "dark"
    assert chat.page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "40px"


def test_custom_properties_and_attributes_change_it(visit):
    page = PAGE.replace(
        "</head>", "<style>acupoint-chat {{ --acupoint-accent: rgb(90, 0, 120) }}</style></head>"
    )
    chat = opened(visit('data-mode="inline"', page, "default-src * 'unsafe-inline'"))
    chat.ready()
    assert (
        chat.see(".send").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(90, 0, 120)"
    )
    chat.page.evaluate("document.querySelector('acupoint-chat').dataset.title = 'New name'")
    assert chat.see(".heading").inner_text() == "New name"


@pytest.fixture
def stranger(server):
    """The address of another site; another port is another site."""
    body = PAGE.format(server=f"http://127.0.0.1:{server.port}", attributes='data-mode="inline"')

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}/"
    site.shutdown()


def test_a_site_that_is_not_allowed_is_told_so(visit, stranger):
    chat = opened(visit(), stranger)
    assert "may not talk" in chat.status("refused")
    assert "emergency number" in chat.see(".status").inner_text()
