"""What a person sees when something goes wrong: words, and a way on."""

import json
import re

import jwt
import pytest

from tests.conftest import Server

NUMB = "since this morning i cant feel it when i wipe"


class Meddler:
    """Stands between the browser and the server.

    Attributes:
        hold: keep answers back until `release`.
        change: what becomes of an answer; None drops it.
        refusal: an error with which the next message is refused; it never reaches the server.
    """

    def __init__(self, context):
        self.hold, self.change, self.refusal, self._held = False, None, None, []
        context.route_web_socket("**/socket.io/**", self._between)

    def _between(self, browser_side):
        self._browser = browser_side
        server_side = browser_side.connect_to_server()

        def up(message):
            event = re.match(r'42(\d+)\["message"', message)
            if event and self.refusal:
                browser_side.send(
                    f'43{event[1]}[{{"ok": false, "error": {json.dumps(self.refusal)}}}]'
                )
                self.refusal = None
            else:
                server_side.send(message)

        def down(message):
            if message.startswith('42["entry"') and '"assistant"' in message:
                entry = json.loads(message[2:])[1]
                if self.change:
                    entry = self.change(entry)
                if entry is None:
                    return
                message = "42" + json.dumps(["entry", entry])
                if self.hold:
                    self._held.append(message)
                    return
            if self.hold and message == '42["typing",{"on":false}]':
                return
            browser_side.send(message)

        browser_side.on_message(up)
        server_side.on_message(down)

    def release(self):
        self.hold = False
        for message in self._held:
            self._browser.send(message)


@pytest.fixture
def meddled(browser, server):
    """A chat with somebody in between."""
    from tests.widget.conftest import Chat

    context = browser.new_context()
    meddler = Meddler(context)
    yield Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open(), meddler
    context.close()


@pytest.fixture(scope="module", autouse=True)
def lame_server(server):
    """An assistant whose actions are gone; it starts while other tests run."""
    lame = Server("run", ACTION_URL="http://127.0.0.1:9/webhook")
    yield lame
    lame.stop()


def test_a_slow_answer_is_told_after_three_seconds(meddled):
    chat, meddler = meddled
    meddler.hold = True
    chat.write("where is LI4")
    chat.page.wait_for_timeout(500)
    assert not chat.see(".status").is_visible()
    assert "longer than usual" in chat.status("slow")
    meddler.release()
    chat.wait_for(".assistant", "On the back of the hand")
    assert not chat.see(".status").is_visible()


def test_an_assistant_that_is_still_starting_says_so(browser, server):
    from tests.widget.conftest import Chat

    context = browser.new_context()
    ready = []
    context.route(
        "**/widget/status", lambda route: route.fulfill(json={"ready": bool(ready), "missing": []})
    )
    chat = Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open()
    assert "just starting" in chat.status("starting")
    ready.append(True)
    chat.see(".status").wait_for(state="hidden")
    context.close()


def test_an_empty_answer_is_a_failure_with_guidance_and_a_way_on(meddled):
    chat, meddler = meddled
    meddler.change = lambda entry: {**entry, "message": {"text": ""}}
    answer = chat.say("where is LI4")
    assert "no answer came" in answer
    assert "see a doctor" in answer
    meddler.change = None
    with chat.awaiting_answer():
        chat.page.get_by_role("button", name="Ask again").click()
    assert "back of your hand" in chat.answers[-1]


def test_an_answer_lost_on_the_way_is_fetched(meddled):
    chat, meddler = meddled
    meddler.change = lambda entry: None
    answer = chat.say("where is LI4")
    assert "On the back of the hand" in answer
    assert len(chat.answers) == 1


def test_offline_words_wait_and_are_sent_once(chat):
    chat.say("hello")
    chat.page.context.set_offline(True)
    assert "emergency number" in chat.status("offline")
    chat.write("where is LI4")
    chat.write("how long do I hold it?")
    chat.wait_for(".delivery", "Waits to be sent")
    chat.page.context.set_offline(False)
    chat.wait_for(".assistant", "hold for")
    assert chat.said == ["hello", "where is LI4", "how long do I hold it?"]
    assert len(chat.answers) == 3
    assert not chat.see(".status").is_visible()


def test_many_messages_at_once_are_slowed_down_and_none_is_lost(meddled):
    chat, meddler = meddled
    meddler.refusal = {"code": "rate_limited", "text": "Slowly.", "retry_after": 2}
    chat.write("where is LI4")
    chat.write("thanks")
    told = chat.status("limited")
    assert "2 seconds" in told
    assert "emergency number" in told
    chat.page.wait_for_function(
        "() => document.querySelector('acupoint-chat').shadowRoot"
        ".querySelectorAll('.assistant').length == 2"
    )
    assert chat.said == ["where is LI4", "thanks"]
    assert not chat.see(".status").is_visible()


def test_a_warning_that_cannot_be_stored_is_shown_all_the_same(meddled):
    chat, meddler = meddled
    text = "**Please get emergency help now.** New numbness needs checking.\n\n- Call now."
    meddler.refusal = {"code": "server_error", "text": text}
    chat.write(NUMB)
    chat.wait_for(".banner", "Please get emergency help now.")
    assert len(chat.heard["alert"]) == 1
    chat.wait_for(".assistant[data-kind=red_flag]")
    assert chat.said == [NUMB]


def test_a_forged_session_opens_nothing_and_a_new_one_begins(open_chat, server, chat):
    chat.say("i am pregnant")
    key, token = chat.page.evaluate(
        "Object.entries(localStorage).find(([k]) => k.endsWith('token'))"
    )
    head, body, signature = token.split(".")
    other = open_chat(server)
    other.page.evaluate(
        "([k, v]) => localStorage.setItem(k, v)", [key, f"{head}.{body}.{signature[::-1]}"]
    )
    other.page.reload()
    other.ready()
    assert "new one" in other.status("replaced")
    assert other.said == []
    assert "On the back of the hand" in other.say("where is LI4")


def test_an_expired_session_is_renewed_without_a_word(chat, server):
    secret = (server.state_folder / "web_secret").read_text().strip()
    chat.say("where is LI4")
    before = chat.answers
    key, token = chat.page.evaluate(
        "Object.entries(localStorage).find(([k]) => k.endsWith('token'))"
    )
    claims = jwt.decode(token, secret, algorithms=["HS256"], options={"verify_aud": False})
    old = jwt.encode({**claims, "iat": claims["iat"] - 9_000, "exp": claims["exp"] - 9_000}, secret)
    chat.page.evaluate("([k, v]) => localStorage.setItem(k, v)", [key, old])
    chat.page.reload()
    chat.ready()
    assert chat.answers == before
    assert not chat.see(".status").is_visible()
    assert chat.page.evaluate("k => localStorage.getItem(k)", key) != old


HOSTILE = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "[click](javascript:window.hacked=1)",
    '"><svg onload="window.hacked=1">',
)


def test_hostile_text_stays_text(chat):
    for text in HOSTILE:
        chat.say(text)
    assert chat.said == list(HOSTILE)
    assert chat.page.evaluate("window.hacked") is None
    assert chat.see(".person img, .person script, .person svg, .person a").count() == 0


def test_hostile_answers_stay_text(meddled):
    chat, meddler = meddled
    meddler.change = lambda entry: {
        **entry,
        "message": {
            "text": "\n\n".join(HOSTILE),
            "buttons": [{"title": HOSTILE[1], "payload": "x"}],
            "custom": {
                "reply": {"card": {"type": "point", "code": HOSTILE[1], "name": HOSTILE[0]}}
            },
        },
    }
    chat.say("where is LI4")
    assert chat.page.evaluate("window.hacked") is None
    assert chat.see(".list img, .list script, .list a").count() == 0


@pytest.mark.parametrize("length", [30_000, 250_000])
def test_a_huge_paste_is_refused_kindly_and_can_be_changed(chat, length):
    chat.write("pain " * (length // 5))
    chat.wait_for(".delivery", "too long to send")
    chat.page.get_by_role("button", name="Change it").click()
    assert len(chat.page.get_by_label("Your message").input_value()) == length - 1
    chat.page.get_by_label("Your message").fill("")
    assert "On the back of the hand" in chat.say("where is LI4")


def test_a_warning_sign_in_a_huge_paste_is_heard(chat):
    chat.write("pain " * 8_000 + NUMB)
    chat.wait_for(".banner[data-tier=emergency]")


def test_actions_dead_then_killed_and_started_again_in_mid_conversation(
    lame_server, own_server, open_chat
):
    server, port = lame_server.wait(), lame_server.port
    chat = open_chat(server)
    answer = chat.say("where is LI4")
    assert "doctor" in answer
    assert "On the back of the hand" not in answer
    chat.say(NUMB)
    assert chat.see(".banner").is_visible()

    server.process.kill()
    server.process.wait()
    assert "Connecting again" in chat.status("reconnecting")
    chat.write("That's not what I meant")
    chat.wait_for(".delivery", "Waits to be sent")
    assert "see a doctor" in chat.status("gone")

    own_server(at=port, ACUPOINT_STATE_FOLDER=str(server.state_folder)).wait()
    chat.wait_for(".person:not([data-state])", "That's not what I meant")
    assert chat.see(".banner").is_visible() or any("I am glad" in each for each in chat.answers)
    again = chat.page.get_by_role("button", name="Ask again").last
    chat.wait_for(".assistant:last-child")
    # It came while the model was still being loaded.
    if not any("I am glad" in each for each in chat.answers):
        with chat.awaiting_answer():
            again.click()
    chat.wait_for(".assistant", "I am glad")
    assert chat.said[:2] == ["where is LI4", NUMB]
    assert set(chat.said[2:]) == {"That's not what I meant"}
    # What was asked before the sign may be answered besides.
    assert len(chat.said) <= len(chat.answers)
    assert not chat.see(".banner").is_visible()
    said = chat.said
    chat.page.reload()
    chat.ready()
    assert chat.said == said
