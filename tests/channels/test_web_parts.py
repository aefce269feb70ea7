"""The parts of the web channel by themselves: tokens, limits, lines, transcript, sites."""

import asyncio
import sqlite3

import jwt
import pytest

from bot.channels.http.origins import Origins, origins_from
from bot.channels.http.rate_limit import RateLimit
from bot.channels.web.queues import SessionQueues
from bot.channels.web.tokens import SessionExpired, SessionInvalid, Tokens
from bot.channels.web.transcript import FILE, PAGE, Transcript
from bot.channels.web.transcript_care import TranscriptCare
from bot.dialogue.recollection import PastTurn, Recollection
from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Effort, Incoming
from bot.messages.message import Message
from tests.gateway.test_gateway import EMERGENCY, Store

SECRET = "a secret for the tests that is long enough to be one"
DAY = 86_400


class Clock:
    """A time that a test sets."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def transcript(tmp_path, clock):
    return Transcript(tmp_path, clock)


# ---- Tokens


def test_a_token_is_good_for_its_time_and_can_be_exchanged_for_a_month(clock):
    tokens = Tokens(SECRET, now=clock)
    token = tokens.issue()
    session = tokens.session(token)
    clock.now += 3_599
    assert tokens.session(token) == session
    clock.now += 1
    with pytest.raises(SessionExpired):
        tokens.session(token)
    assert tokens.session(tokens.issue(tokens.session(token, late=True))) == session
    clock.now += 30 * DAY
    with pytest.raises(SessionInvalid):
        tokens.session(token, late=True)


def test_the_conversations_id_cannot_be_worked_out_from_the_token():
    token = Tokens(SECRET).issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    session = Tokens(SECRET).session(token)
    assert claims["sub"] not in session.sender
    other = jwt.encode(claims, SECRET[::-1], algorithm="HS256")
    assert Tokens(SECRET[::-1]).session(other).sender != session.sender


def test_a_token_of_before_a_deletion_opens_nothing(tmp_path):
    transcript = Transcript(tmp_path)
    tokens = Tokens(SECRET, erasures=transcript.erasures)
    before = tokens.issue()
    session = tokens.session(before)
    transcript.erase(session.sender)
    for late in (False, True):
        with pytest.raises(SessionInvalid):
            tokens.session(before, late)
    assert tokens.session(tokens.issue(session)) == session
    assert tokens.session(tokens.issue())


@pytest.mark.parametrize("algorithm", ["HS256", "HS512", "none"])
def test_a_token_that_somebody_else_signed_is_refused(algorithm):
    claims = jwt.decode(Tokens(SECRET).issue(), options={"verify_signature": False})
    secret = None if algorithm == "none" else SECRET[::-1]
    with pytest.raises(SessionInvalid):
        Tokens(SECRET).session(jwt.encode(claims, secret, algorithm=algorithm), late=True)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another"}, {"exp": None}, {"exp": "soon"}, {"sub": None}, {"exp": 10**400},
     {"sub": 5}, {"exp": [1]}],
)  # fmt: skip
def test_a_token_signed_for_something_else_is_refused(claims):
    good = jwt.decode(Tokens(SECRET).issue(), options={"verify_signature": False})
    body = {name: value for name, value in (good | claims).items() if value is not None}
    try:
        token = jwt.encode(body, SECRET, algorithm="HS256")
    except (TypeError, ValueError):
        pytest.skip("cannot be encoded at all")
    with pytest.raises(SessionInvalid):
        Tokens(SECRET).session(token, late=True)


# ---- Limits and lines


def test_a_limit_counts_each_key_by_itself_and_lets_in_again(clock):
    limit = RateLimit(2, 60, clock)
    assert [limit.seconds_to_wait("a") for _ in range(3)] == [0, 0, 60]
    assert limit.seconds_to_wait("b") == 0
    clock.now += 59.5
    assert limit.seconds_to_wait("a") == 1
    clock.now += 1
    assert limit.seconds_to_wait("a") == 0


async def test_a_line_keeps_its_order_whatever_happens_and_lines_do_not_wait():
    done, queues, gate = [], SessionQueues(), asyncio.Event()

    async def slow():
        await gate.wait()
        done.append("slow")

    async def fails():
        done.append("fails")
        raise RuntimeError

    async def last():
        done.append("last")

    async def other():
        done.append("other")

    tasks = [queues.put("a", job) for job in (slow, fails, last)]
    await queues.put("b", other)
    assert done == ["other"]
    assert queues.length("a") == 3
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == ["other", "slow", "fails", "last"]
    assert queues.length("a") == 0


# ---- Transcript


def test_numbers_grow_by_one_in_each_session(transcript):
    assert transcript.ask("a", "id-00001", "hello", {}).seq == 1
    assert transcript.ask("b", "id-00001", "hello", {}).seq == 1
    said = transcript.answer("a", 1, [Message(text="one"), Message(text="two")])
    assert [entry["seq"] for entry in said] == [2, 3]
    assert transcript.note("a", "divider")["seq"] == 4
    assert transcript.ask("a", "id-00001", "hello", {}).seq == 1
    assert transcript.ask("a", "id-00002", "more", {}).seq == 5


def test_history_comes_in_pages(transcript):
    for number in range(PAGE + 5):
        transcript.ask("a", f"id-{number:05}", f"text {number}", {})
    first, more = transcript.after("a", 0)
    assert (len(first), more) == (PAGE, True)
    rest, more = transcript.after("a", first[-1]["seq"])
    assert (len(rest), more) == (5, False)
    assert rest[-1]["text"] == f"text {PAGE + 4}"


def test_a_page_of_long_entries_is_shorter_and_none_is_left_out(transcript):
    for number in range(6):
        transcript.ask("a", f"id-{number:05}", "x" * 60_000, {})
    seen, more = [], True
    while more:
        page, more = transcript.after("a", seen[-1] if seen else 0)
        assert 1 <= len(page) <= 2
        seen += [entry["seq"] for entry in page]
    assert seen == [1, 2, 3, 4, 5, 6]


def test_what_stands_without_an_answer_is_known_with_all_that_belongs_to_it(transcript, tmp_path):
    transcript.ask("a", "id-00001", "one", {"country": "DE"})
    transcript.ask("a", "id-00002", "two", {})
    transcript.answer("a", 1, [Message(text="answer")])
    transcript.ask("a", "id-00003", "three", {"country": "FR"})
    transcript.close()
    left = Transcript(tmp_path).unanswered("a")
    assert [(asked.seq, asked.id, asked.text) for asked in left] == [
        (2, "id-00002", "two"),
        (4, "id-00003", "three"),
    ]
    assert left[1].metadata == {"country": "FR"}
    assert Transcript(tmp_path).attempt("a", 2) == 1
    assert Transcript(tmp_path).attempt("a", 2) == 2


def test_what_is_old_is_deleted_from_the_file_and_numbers_go_on(transcript, tmp_path, clock):
    transcript.ask("a", "id-00001", "my secret is Ferdinand", {})
    transcript.answer("a", 1, [Message(text="so it is")])
    assert transcript.rate("a", 2, "down", "Leopold")
    clock.now += 29 * DAY
    transcript.ask("a", "id-00002", "still me", {})
    TranscriptCare(transcript).purge(clock.now - 30 * DAY)
    assert len(transcript.after("a", 0)[0]) == 3
    clock.now += 2 * DAY
    TranscriptCare(transcript).purge(clock.now - 30 * DAY)
    TranscriptCare(transcript).wipe()
    assert [entry["seq"] for entry in transcript.after("a", 0)[0]] == [3]
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Ferdinand" not in content
    assert b"Leopold" not in content
    clock.now += 60 * DAY
    TranscriptCare(transcript).purge(clock.now - 30 * DAY)
    assert transcript.ask("a", "id-00003", "me again", {}).seq == 4


def test_answers_are_stored_together_or_not_at_all(transcript, tmp_path):
    transcript.ask("a", "id-00001", "hello", {})
    unwritable = Message(text="two").with_reply(card={"type": object()})
    with pytest.raises(ValueError, match="serialize"):
        transcript.answer("a", 1, [Message(text="one"), unwritable])
    assert len(transcript.after("a", 0)[0]) == 1
    assert [asked.seq for asked in transcript.unanswered("a")] == [1]


def test_erasing_that_cannot_clean_the_log_is_no_success(transcript, tmp_path, monkeypatch):
    transcript.ask("a", "id-00001", "my secret is Ferdinand", {})
    monkeypatch.setattr("bot.privacy.private_store._BUSY_SECONDS", 0.1)
    reader = sqlite3.connect(tmp_path / FILE)
    reader.execute("begin")
    reader.execute("select * from entries").fetchall()
    with pytest.raises(OSError, match="in use"):
        transcript.erase("a")
    reader.close()
    assert transcript.erase("a")["kind"] == "erased"


# ---- Sites


def test_sites_are_read_as_people_write_them():
    given = ["https://a.example, https://B.example:8443", "http://localhost:3000"]
    assert origins_from(given) == (
        "https://a.example", "https://b.example:8443", "http://localhost:3000",
    )  # fmt: skip


@pytest.mark.parametrize(
    "given", ["*", "clinic.example", "https://clinic.example/", "https://*.example", "ftp://a.b"]
)
def test_what_is_no_site_is_refused_with_an_example(given):
    with pytest.raises(ValueError, match="clinic"):
        origins_from([given])


def test_the_own_page_is_always_let_in():
    origins = Origins()
    assert origins.allows("http://127.0.0.1:5005", "127.0.0.1:5005")
    assert origins.allows(None, "127.0.0.1:5005")
    assert not origins.allows("http://127.0.0.1:5006", "127.0.0.1:5005")
    assert not origins.allows("null", "127.0.0.1:5005")
    assert not origins.allows("", "")


# ---- Asked again


def gateway_of(handler, stored=None):
    history = Store(stored)
    return Gateway(handler, Resources.load(), 0.2, history)


async def test_what_was_answered_before_the_process_died_is_not_asked_again():
    heard = []
    said = {"text": "LI4 is on the hand.", "elements": None, "buttons": [], "custom": None}
    turns = tuple(
        PastTurn("next", (Message.from_json(said | {"text": text}),), None, turn_id)
        for turn_id, text in (("id-00001", "Step 1."), ("id-00002", "Step 2."))
    )

    async def engine(message):
        heard.append((message.text, message.message_id))

    again = gateway_of(engine, Recollection(turns))
    incoming = Incoming("next", "someone", "web", id="id-00001")
    (answer,) = await again.exchange(incoming, Effort.AGAIN)
    assert answer.text.startswith("Step 1.")
    assert "doctor" in answer.text
    assert heard == []
    await again.exchange(Incoming("next", "someone", "web", id="id-00003"), Effort.AGAIN)
    assert heard == [("next", "id-00003")]


async def test_the_last_effort_asks_nobody_and_sees_red_flags():
    async def engine(message):
        raise AssertionError

    last = gateway_of(engine)
    (said,) = await last.exchange(Incoming("where is LI4", "a", "web", id="x"), Effort.LAST)
    assert "cannot look that up" in said.text
    (said,) = await last.exchange(Incoming(EMERGENCY, "b", "web", id="y"), Effort.LAST)
    assert "emergency help now" in said.text
