"""The web channel as a browser meets it: a real server, real sockets."""

import asyncio
import base64
import gzip
import json
import re
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import uuid

import jwt
import pytest
import requests
import websockets

from bot.channels.web.tokens import Tokens
from bot.runtime import paths
from tests.channels.browser import Browser, Refusal, base_of, open_session
from tests.conftest import Server
from tests.patience import PATIENCE, until

RED_FLAG = "i lost control of my bladder and my back hurts"
CLINIC = "https://clinic.example"
SECRET = "a secret for the tests that is long enough to be one"
EVENTS = [
    ("message", {"id": "12345678", "text": "hello"}),
    ("history", {}),
    ("feedback", {"seq": 2, "value": "up"}),
    ("new_conversation", {}),
]
HOSTILE = ["<script>alert(1)</script>", "/restart", "half a letter \ud83d", "\u200b", "🙂" * 40]
SCRIPT = b"console.log('a widget');" * 60


@pytest.fixture(scope="module")
def clinic(model, tmp_path_factory):
    """An assistant with a site that may embed it, small limits, and a widget."""
    folder = tmp_path_factory.mktemp("clinic")
    assets = folder / "dist" / "widget" / "assets"
    assets.mkdir(parents=True)
    (folder / "dist" / "widget.js").write_bytes(SCRIPT)
    (assets / "main-ABC123.js").write_bytes(SCRIPT)
    (folder / "secret.txt").write_text("not to be served")
    vision = folder / "dist" / "widget" / "vision"
    (vision / "hands-1.2.3").mkdir(parents=True)
    for name in ("frame.html", "worker.js", "hands-1.2.3/model.wasm", "hands-1.2.3/worker.js"):
        (vision / name).write_bytes(SCRIPT)
    (vision / "hands-1.2.3" / "model.wasm.gz").write_bytes(gzip.compress(SCRIPT))
    clinic = Server(
        "run",
        ACUPOINT_STATE_FOLDER=str(folder / "state"),
        ACUPOINT_WIDGET_FOLDER=str(folder / "dist"),
        ACUPOINT_ORIGINS=f"https://other.example {CLINIC}",
        ACUPOINT_MESSAGES_PER_MINUTE="5",
        ACUPOINT_SESSIONS_PER_HOUR="40",
        ACUPOINT_SECRET=SECRET,
    ).wait()
    clinic.folder = folder / "state"
    yield clinic
    clinic.stop()


@pytest.fixture
def browser(server):
    with Browser(server) as browser:
        yield browser


def stored(folder):
    return b"".join(file.read_bytes() for file in folder.iterdir())


# ---- A conversation


def test_a_question_is_answered_and_both_sides_are_kept(browser):
    (message,) = browser.ask("where is LI4")
    assert "thumb" in message["text"]
    reply = message["custom"]["reply"]
    assert "doctor" in reply["guidance"]["written"]
    assert reply["card"]["press"]
    assert message["buttons"]
    mine, answer = browser.history()
    assert (mine["seq"], mine["from"], mine["text"]) == (1, "person", "where is LI4")
    assert (answer["seq"], answer["from"], answer["answers"]) == (2, "assistant", 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer["at"])
    assert browser.entries == [mine, answer]
    assert browser.typing == [True, False]


def test_no_browser_learns_the_id_of_its_conversation(browser):
    browser.ask("where is LI4")
    assert "recipient_id" not in json.dumps(browser.history())
    assert "web-" not in json.dumps(browser.history())


def test_a_message_sent_twice_is_asked_once(browser):
    message_id = str(uuid.uuid4())
    first = browser.send("where is LI4", message_id)
    assert browser.send("where is LI4", message_id) == first
    browser.answers(first["seq"])
    assert browser.send("where is LI4", message_id) == first
    assert [entry["from"] for entry in browser.history()] == ["person", "assistant"]


def test_messages_are_answered_in_order_and_sessions_beside_each_other(server):
    texts = ["where is LI4", "how long do i hold it", "what is it good for", "where is BL40"]
    with Browser(server) as one, Browser(server) as two:
        asked = [(one.send(text)["seq"], two.send(text)["seq"]) for text in texts]
        for browser, seqs in zip((one, two), zip(*asked, strict=True), strict=True):
            browser.wait(lambda entry, last=seqs[-1]: entry.get("answers") == last)
            answered = [e["answers"] for e in browser.entries if e["from"] == "assistant"]
            assert answered == list(seqs)
            numbers = [entry["seq"] for entry in browser.entries]
            assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_two_tabs_see_both_sides(server):
    with Browser(server) as one, Browser(server, one.token) as two:
        one.ask("where is LI4")
        two.wait(lambda entry: entry["seq"] == 2)
        two.ask("how do i press it")
        one.wait(lambda entry: entry["seq"] == 4)
        assert one.entries == two.entries == one.history()


def test_a_tab_that_comes_later_gets_the_rest(server):
    with Browser(server) as gone:
        token = gone.token
        seq = gone.send("where is LI4")["seq"]
    with Browser(server, token) as back:
        until(lambda: len(back.history()) == 2)
        (answer,) = back.call("history", {"after": seq})["entries"]
        assert answer["answers"] == seq
        assert "thumb" in answer["message"]["text"]


def test_a_new_conversation_starts_fresh_and_keeps_what_is_above(browser):
    browser.ask("i'm pregnant")
    assert "thumb and index" not in browser.say("where is LI4")
    assert browser.call("new_conversation", {}) == {"ok": True}
    divider = browser.wait(lambda entry: entry["from"] == "system")
    assert (divider["seq"], divider["kind"]) == (5, "divider")
    assert "thumb and index" in browser.say("where is LI4")
    assert len(browser.history()) == 7


def stands(text):
    """Whether it is one of the ways in which an emergency is told again."""
    ways = ("emergency help first", "safety comes first", "help comes first", "rather go on")
    return any(way in text for way in ways)


def test_a_new_conversation_does_not_silence_an_emergency(browser):
    browser.ask(RED_FLAG, country="DE", lang="en", timezone="Europe/Berlin")
    browser.call("new_conversation", {})
    again = browser.wait(lambda e: stands(e.get("message", {}).get("text", "")))
    assert again["message"]["custom"]["reply"]["card"]["call"]["number"] == "112"
    assert [entry["from"] for entry in browser.history()][-2:] == ["system", "assistant"]
    assert stands(browser.say("where is LI4"))
    assert "glad that you have been seen" in browser.say("i have been checked at the hospital")
    assert "thumb" in browser.say("where is LI4")
    browser.call("new_conversation", {})
    assert "thumb" in browser.say("where is LI4")


def test_a_new_conversation_keeps_a_sign_that_should_be_checked_today(browser):
    browser.ask("i've got a fever and my back hurts")
    browser.call("new_conversation", {})
    again = browser.wait(lambda e: "wait with pressing" in e.get("message", {}).get("text", ""))
    assert "told_on" in again["message"]["custom"]["reply"]
    assert "wait with pressing" in browser.say("where is LI4")
    assert "Step" not in browser.say("guide me through a session")


def test_the_number_to_call_follows_the_country_of_the_browser(browser):
    (message,) = browser.ask(RED_FLAG, country="DE", lang="en", timezone="Europe/Berlin")
    card = message["custom"]["reply"]["card"]
    assert card["type"] == "red_flag"
    assert card["call"] == {"country": "DE", "number": "112"}


# ---- Sessions


def test_a_session_is_issued_signed_and_short_lived(server):
    answer = open_session(server)
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["expires_in"] == 3600
    assert answer.json()["renew_within"] == 30 * 86_400
    assert open_session(server).json()["token"] != answer.json()["token"]


def test_a_session_is_renewed_and_stays_the_same(server):
    with Browser(server) as browser:
        browser.ask("where is LI4")
        renewed = open_session(server, Authorization=f"Bearer {browser.token}").json()["token"]
        assert browser.call("renew", {"token": renewed}) == {"ok": True}
    with Browser(server, renewed) as back:
        assert len(back.history()) == 2


def forged(token, **claims):
    """The token with other claims, unsigned."""
    body = jwt.decode(token, options={"verify_signature": False}) | claims
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, body)]
    return b".".join([*map(base64.urlsafe_b64encode, parts), b""]).decode().replace("=", "")


def wrong_tokens(token):
    body = jwt.decode(token, options={"verify_signature": False})
    yield ""
    yield None
    yield 5
    yield {"token": token}
    yield "x" * 5_000
    yield token[:-2] + ("AA" if not token.endswith("AA") else "BB")
    yield forged(token)
    yield forged(token, sub="somebody else")
    yield jwt.encode(body, "another secret that is long enough to sign", algorithm="HS256")
    yield jwt.encode(body, "", algorithm="none")


def test_a_forged_token_opens_nothing(server):
    token = open_session(server).json()["token"]
    for wrong in wrong_tokens(token):
        with pytest.raises(Refusal) as refused:
            Browser(server, wrong or "x")
        assert refused.value.data["code"] == "session_invalid"
        assert "load the page again" in refused.value.data["text"]
        if isinstance(wrong, str) and wrong:
            answer = open_session(server, Authorization=f"Bearer {wrong}")
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "session_invalid"


def test_nobody_gets_into_the_session_of_somebody_else(server):
    with Browser(server) as mine, Browser(server) as other:
        mine.ask("i'm pregnant")
        assert other.history() == []
        assert other.entries == []
        assert other.call("renew", {"token": mine.token})["error"]["code"] == "session_invalid"
        assert other.history() == []
        assert other.call("feedback", {"seq": 2, "value": "up"})["error"]["code"] == "bad_request"


def sent_in_time(server, seconds):
    """A browser with a token that lasts so long, once it has said something; None if too late."""
    began = time.time()
    browser = None
    try:
        browser = Browser(server, Tokens(SECRET, seconds=seconds, now=lambda: began).issue())
        if browser.send("where is LI4")["ok"]:
            return browser, began + seconds
    except Refusal:
        pass
    if browser is not None:
        browser.close()
    return None


def test_a_token_that_expires_while_the_socket_is_open_is_noticed_on_the_next_event(clinic):
    browser, expires = next(filter(None, (sent_in_time(clinic, n) for n in (1, 3, 10, 40))))
    with browser:
        token = browser.token
        time.sleep(max(0.0, expires + 0.1 - time.time()))
        for event, data in EVENTS:
            assert browser.call(event, data)["error"]["code"] == "session_expired"
        with pytest.raises(Refusal) as refused:
            Browser(clinic, token)
        assert refused.value.data["code"] == "session_expired"
        renewed = open_session(clinic, Authorization=f"Bearer {token}").json()["token"]
        assert browser.call("renew", {"token": renewed}) == {"ok": True}
        assert len(browser.history()) == 2


def test_a_token_too_old_to_renew_is_refused(clinic):
    long_ago = Tokens(SECRET, now=lambda: time.time() - 40 * 86_400).issue()
    assert open_session(clinic, Authorization=f"Bearer {long_ago}").status_code == 401


def test_the_secret_is_made_at_the_first_start_and_belongs_to_its_owner(model, tmp_path):
    from bot.privacy.keys import keys_of

    first = keys_of(tmp_path / "state")
    assert len(first.signing) >= 32
    assert keys_of(tmp_path / "state") == first
    files = list((tmp_path / "state").iterdir())
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


# ---- Whose page it is


@pytest.mark.parametrize("origin", [CLINIC, "https://other.example", "same"])
def test_a_page_on_the_list_may_talk_and_read(clinic, origin):
    origin = base_of(clinic) if origin == "same" else origin
    answer = open_session(clinic, Origin=origin)
    assert answer.status_code == 201
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in answer.headers
    with Browser(clinic, answer.json()["token"], origin) as browser:
        assert browser.history() == []


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://clinic.example", "https://clinic.example.evil.example",
     "https://clinic.example:8443", "null", "http://[", "https://evil.example/clinic.example"],
)  # fmt: skip
def test_any_other_page_is_refused(clinic, origin):
    answer = open_session(clinic, Origin=origin)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "origin_not_allowed"
    assert "Access-Control-Allow-Origin" not in answer.headers
    token = open_session(clinic).json()["token"]
    with pytest.raises(Refusal):
        Browser(clinic, token, origin)


def test_a_browser_may_ask_first_what_is_allowed(clinic):
    url = f"{base_of(clinic)}/widget/session"
    allowed = requests.options(url, headers={"Origin": CLINIC}, timeout=PATIENCE)
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]
    refused = requests.options(url, headers={"Origin": "https://evil.example"}, timeout=PATIENCE)
    assert "Access-Control-Allow-Origin" not in refused.headers


async def test_a_web_socket_is_answered_and_checks_the_page_too(clinic):
    address = f"ws://127.0.0.1:{clinic.port}/socket.io/?EIO=4&transport=websocket"
    token = open_session(clinic).json()["token"]
    async with websockets.connect(address, origin=CLINIC) as socket:
        assert (await socket.recv()).startswith("0{")
        await socket.send("40" + json.dumps({"token": token}))
        assert (await socket.recv()).startswith("40{")
        await socket.send('420["history",{"after":0}]')
        assert json.loads((await socket.recv())[3:]) == [{"ok": True, "entries": [], "more": False}]
    with pytest.raises(websockets.exceptions.InvalidStatus):
        await websockets.connect(address, origin="https://evil.example")


def test_a_site_that_is_none_is_said_in_one_sentence(model):
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "run", "--origin", "clinic.example"],
        cwd=paths.ROOT, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "https://clinic.example" in done.stderr
    assert "Traceback" not in done.stderr


# ---- How much and how often


def test_who_writes_too_fast_is_told_kindly_and_a_warning_sign_gets_through(clinic):
    with Browser(clinic) as browser:
        acknowledged = [browser.send(f"where is LI4 {number}") for number in range(6)]
        assert [a["ok"] for a in acknowledged] == [True] * 5 + [False]
        error = acknowledged[-1]["error"]
        assert error["code"] == "rate_limited"
        assert 0 < error["retry_after"] <= 60
        assert "call your local emergency number" in error["text"]
        assert "emergency help now" in browser.say(RED_FLAG)
    with Browser(clinic) as somebody_else:
        assert somebody_else.send("where is LI4")["ok"]


def test_too_long_a_text_is_refused_kindly_and_a_sign_in_it_is_heard(browser):
    story = "Last spring we moved house and I carried boxes, and then I rested. " * 400
    error = browser.send(story)["error"]
    assert error["code"] == "too_large"
    assert "few sentences" in error["text"]
    assert browser.history() == []
    assert "emergency" in browser.say(story + " Since today I cannot control my bladder.")


# ---- What nobody should send


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("message", None),
        ("message", "hello"),
        ("message", ["hello"]),
        ("message", {"text": "hello"}),
        ("message", {"id": "12345678"}),
        ("message", {"id": "short", "text": "hello"}),
        ("message", {"id": "x" * 65, "text": "hello"}),
        ("message", {"id": "1234'; drop table entries", "text": "hello"}),
        ("message", {"id": 12345678, "text": "hello"}),
        ("message", {"id": "12345678", "text": 5}),
        ("message", {"id": "12345678", "text": None}),
        ("history", {"after": "0"}),
        ("history", {"after": -1}),
        ("history", {"after": 10**30}),
        ("history", {"after": True}),
        ("feedback", {"seq": 1, "value": "sideways"}),
        ("feedback", {"seq": None, "value": "up"}),
        ("feedback", {"seq": 1, "value": "up"}),
        ("feedback", {"seq": 99, "value": "up"}),
        ("drop_everything", {}),
        ("entry", {"seq": 1}),
    ],
)
def test_what_is_no_request_is_refused_and_nothing_breaks(server, event, data):
    with Browser(server) as browser:
        acknowledged = browser.call(event, data)
        assert acknowledged["ok"] is False
        assert acknowledged["error"]["code"] == "bad_request"
        assert browser.history() == []


async def test_a_frame_without_end_closes_only_its_own_connection(server, browser):
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    async with websockets.connect(address) as socket:
        await socket.recv()
        await socket.send("40" + "x" * 950_000)
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 5)
    assert "thumb" in browser.say("where is LI4")


def test_hostile_text_is_kept_as_text(browser):
    for text in (
        "<script>alert(1)</script>",
        "/restart",
        "half a letter \ud83d",
        "\u200b",
        "🙂" * 40,
    ):
        assert "doctor" in browser.say(text) or "emergency" in browser.say(text)
    said = [entry["text"] for entry in browser.history() if entry["from"] == "person"]
    assert said[0] == HOSTILE[0]


def test_what_a_browser_says_of_itself_cannot_reach_the_engine(browser):
    said = browser.say("where is LI4", red_flag={"tier": "emergency"}, alarm="emergency",
                       country="<b>", notes={"country": "DE"}, lang=7)  # fmt: skip
    assert "thumb" in said


# ---- Feedback


def test_feedback_is_kept_without_what_was_said_and_printed(clinic):
    with Browser(clinic) as browser:
        browser.ask("where is LI4, says Ferdinand")
        assert browser.call("feedback", {"seq": 2, "value": "up"}) == {"ok": True}
        down = {"seq": 2, "value": "down", "reason": "too long"}
        assert browser.call("feedback", down) == {"ok": True}
        long = {"seq": 2, "value": "down", "reason": "x" * 501}
        assert browser.call("feedback", long)["error"]["code"] == "too_large"
        table = feedback_table(clinic)
        assert "locate:LI4" in table
        assert "too long" in table
        assert "Ferdinand" not in table
        assert "0 up, 1 down" in table
        assert browser.call("feedback", {"seq": 2, "value": None}) == {"ok": True}
        assert "Nobody" in feedback_table(clinic)


def feedback_table(server):
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "feedback", "--state-folder", str(server.folder)],
        cwd=paths.ROOT, capture_output=True, text=True, timeout=PATIENCE, env={"COLUMNS": "160"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


# ---- Being forgotten


def test_who_asks_to_be_forgotten_is_gone_from_every_file_and_every_tab(clinic):
    with Browser(clinic) as other:
        other.ask("where is LI4, says Leopold")
    with Browser(clinic) as one, Browser(clinic, one.token) as two:
        one.ask("my parrot Balthasar heard that i am pregnant")
        reason = {"seq": 2, "value": "down", "reason": "Balthasar laughed"}
        assert one.call("feedback", reason)["ok"]
        one.ask("please delete all my data")
        assert b"Balthasar" in stored(clinic.folder)
        assert "is deleted" in one.say("Yes, delete everything.")
        assert b"Balthasar" not in stored(clinic.folder)
        assert b"Leopold" in stored(clinic.folder)
        for tab in (one, two):
            assert tab.wait(lambda entry: entry["from"] == "system")["kind"] == "erased"
        kept = one.history()
        assert [entry["from"] for entry in kept] == ["system", "assistant"]
        assert [entry["seq"] for entry in kept] == [6, 7]
        assert "nothing about you" in one.say("what do you know about me")


def test_who_kept_a_token_is_shut_out_when_everything_is_deleted(clinic):
    with Browser(clinic) as mine:
        old = mine.token
        mine.ask("delete my data")
        with Browser(clinic, old) as copied:
            assert "is deleted" in mine.say("yes")
            assert mine.has_another_token_than(old)
            assert copied.is_out.wait(PATIENCE)
            assert copied.token == old
        with pytest.raises(Refusal) as refused:
            Browser(clinic, old)
        assert refused.value.data["code"] == "session_invalid"
        renewed = open_session(clinic, Authorization=f"Bearer {old}")
        assert (renewed.status_code, renewed.json()["error"]["code"]) == (401, "session_invalid")
        mine.ask("i am pregnant")
        with Browser(clinic, mine.token) as tab:
            assert "i am pregnant" in [entry.get("text") for entry in tab.history()]
        assert open_session(clinic, Authorization=f"Bearer {mine.token}").status_code == 201


def test_what_is_asked_while_everything_is_deleted_is_answered_all_the_same(server):
    with Browser(server) as browser:
        browser.ask("delete my data")
        browser.send("Yes, delete everything.")
        alarming = browser.send(RED_FLAG)
        assert alarming["ok"]
        browser.wait(lambda e: "emergency help now" in json.dumps(e.get("message", "")))
        kept = browser.history()
        assert kept[0]["kind"] == "erased"
        assert RED_FLAG in [entry.get("text") for entry in kept]


# ---- Files and the page


def test_the_widget_is_served_compressed_and_asked_for_again_only_if_it_changed(clinic):
    url = f"{base_of(clinic)}/widget.js"
    answer = requests.get(url, timeout=PATIENCE)
    assert answer.content == SCRIPT
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-cache" in answer.headers["Cache-Control"]
    unchanged = {"If-None-Match": answer.headers["ETag"]}
    again = requests.get(url, headers=unchanged, timeout=PATIENCE)
    assert (again.status_code, again.content) == (304, b"")
    plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=PATIENCE)
    assert plain.content == SCRIPT
    assert "Content-Encoding" not in plain.headers


def test_hashed_files_are_kept_for_ever_and_nothing_else_is_served(clinic):
    answer = requests.get(f"{base_of(clinic)}/widget/assets/main-ABC123.js", timeout=PATIENCE)
    assert answer.content == SCRIPT
    assert "immutable" in answer.headers["Cache-Control"]
    for name in ("..%2f..%2fwidget.js", "%2e%2e", "..%5csecret.txt", ".hidden", "gone-1.js",
                 "..%2f..%2f..%2fsecret.txt", "%00"):  # fmt: skip
        status, _ = clinic.request(f"/widget/assets/{name}")
        assert status == 404, name


def test_a_model_is_kept_for_ever_and_travels_compressed(clinic):
    url = f"{base_of(clinic)}/widget/vision/hands-1.2.3/model.wasm"
    answer = requests.get(url, timeout=PATIENCE)
    assert answer.content == SCRIPT
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "application/wasm"
    assert "immutable" in answer.headers["Cache-Control"]
    again = requests.get(url, headers={"If-None-Match": answer.headers["ETag"]}, timeout=PATIENCE)
    assert (again.status_code, again.content) == (304, b"")
    plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=PATIENCE)
    assert plain.content == SCRIPT
    assert "Content-Encoding" not in plain.headers


def test_only_the_worker_may_run_wasm_and_neither_it_nor_its_frame_reaches_another_server(clinic):
    base = f"{base_of(clinic)}/widget/vision"
    frame, worker = (
        requests.get(f"{base}/{name}", timeout=PATIENCE).headers
        for name in ("frame.html", "worker.js")
    )
    assert "wasm" not in frame["Content-Security-Policy"]
    assert "connect-src" not in frame["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in worker["Content-Security-Policy"]
    for headers in (frame, worker):
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "'unsafe-eval'" not in policy
        assert "*" not in policy
        assert headers["Cache-Control"] == "no-cache"
    for name in ("..%2f..%2f..%2fsecret.txt", "gone.js", "hands-1.2.3/gone", "hands-1.2.3", "%00",
                 "%2e%2e/main-ABC123.js", "hands-1.2.3/..%2fworker.js", ".hidden"):  # fmt: skip
        status, _ = clinic.request(f"/widget/vision/{name}")
        assert status == 404, name


def test_status_says_whether_a_question_can_be_answered(clinic):
    answer = requests.get(
        f"{base_of(clinic)}/widget/status", headers={"Origin": CLINIC}, timeout=PATIENCE
    )
    status = answer.json()
    assert "kept until 30 days" in status.pop("notice")
    assert status == {"ready": True, "missing": []}
    assert answer.headers["Access-Control-Allow-Origin"] == CLINIC


def test_the_page_loads_the_widget_and_keeps_its_form_for_browsers_without_scripts(clinic):
    answer = requests.get(base_of(clinic), timeout=PATIENCE)
    assert '<script src="/widget.js" data-mode="inline"></script>' in answer.text
    outside, _, inside = answer.text.partition("<noscript>")
    assert "<form" in inside
    assert "<form" not in outside
    assert len(re.findall('<script src="/', answer.text)) == len(re.findall("<script", answer.text))
    told = answer.headers["Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in told.split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in told
    assert not re.search(r'\sstyle="|\son\w+="', answer.text)
    posted = requests.post(base_of(clinic), {"message": "where is LI4"}, timeout=PATIENCE)
    assert "<noscript>" not in posted.text
    assert "<form" in posted.text


# ---- Many at once


def test_many_people_at_once_get_their_own_answers(server):
    codes = ["LI4", "BL40", "GB20", "SP10", "GB21", "ST36", "GB34", "BL60"]
    said = {}

    def talk(code):
        with Browser(server) as browser:
            said[code] = browser.ask(f"where is {code}")[0]["custom"]["reply"]["card"]["code"]

    threads = [threading.Thread(target=talk, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {code: code for code in codes}


def test_no_token_and_no_session_stands_in_the_file(clinic):
    with Browser(clinic) as browser:
        browser.ask("where is LI4")
        session = jwt.decode(browser.token, options={"verify_signature": False})["sub"]
    with sqlite3.connect(clinic.folder / "transcripts.db") as database:
        senders = {row[0] for row in database.execute("select sender from entries")}
    assert senders
    assert all(session not in sender for sender in senders)
    assert session.encode() not in stored(clinic.folder)


def change(server, command):
    """Change the file behind the server's back."""
    with sqlite3.connect(server.folder / "transcripts.db") as database:
        database.execute(command)


def test_where_nothing_can_be_stored_a_red_flag_gets_its_message_all_the_same(clinic):
    with Browser(clinic) as browser:
        change(clinic, "alter table entries rename to gone")
        try:
            plain = browser.send("where is LI4")["error"]
            assert plain["code"] == "server_error"
            assert "could not keep your message" in plain["text"]
            assert "emergency help now" in browser.send(RED_FLAG)["error"]["text"]
            with Browser(clinic) as another:
                assert "emergency help now" in another.send(RED_FLAG)["error"]["text"]
        finally:
            change(clinic, "alter table gone rename to entries")


def test_an_answer_that_cannot_be_stored_is_shown_all_the_same(clinic):
    full = "before insert on entries when new.who = 'assistant' begin select raise(abort, 'x'); end"
    with Browser(clinic) as browser:
        change(clinic, f"create trigger full {full}")
        try:
            seq = browser.send("where is LI4")["seq"]
            answer = browser.wait(lambda entry: entry.get("answers") == seq)
        finally:
            change(clinic, "drop trigger full")
        assert "thumb" in answer["message"]["text"]


def test_chatter_uses_up_nothing_that_a_sign_needs(clinic):
    with Browser(clinic) as browser:
        for _ in range(45):
            thanks = browser.call("message", {"id": str(uuid.uuid4()), "text": "thanks"})
        assert thanks["error"]["code"] == "rate_limited"
        asked = browser.call("message", {"id": str(uuid.uuid4()), "text": RED_FLAG})
        assert asked["ok"]
        assert any("emergency" in message["text"] for message in browser.answers(asked["seq"]))
