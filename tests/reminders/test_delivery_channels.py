"""The ways reminders are delivered: calendar, notifications, webhook, Alexa, the command line."""

import asyncio
import base64
import datetime as dt
import http.server
import json
import os
import stat
import threading

import icalendar
import pytest
import recurring_ical_events
from typer.testing import CliRunner

from bot.cli.app import app
from bot.messages.message import Message, ReplyParts
from bot.reminders.delivery.alexa import (
    PERMISSION,
    AlexaError,
    AlexaReminders,
    HttpAnswer,
    NotAllowed,
    permission_card,
    requests_for,
)
from bot.reminders.delivery.calendar import calendar_of
from bot.reminders.delivery.push import HOSTS, NoSubscription, Push, PushKeys, checked
from bot.reminders.delivery.webhook import SIGNATURE, Webhook, is_signed
from bot.reminders.language.phrases import read
from bot.reminders.language.plans import plan
from bot.reminders.schedules import Every, Schedule
from bot.reminders.situation import Situation
from bot.reminders.storage.records import PUSH, WEBHOOK
from tests.reminders.conftest import BERLIN, NOW

SECRET = "a secret of at least thirty-two characters"


def schedule(said, catalogue):
    return plan(read(said, NOW, catalogue.reminders), NOW, BERLIN, catalogue.reminders)


@pytest.fixture
def receiver():
    """An HTTP server that keeps what it is sent, and answers as it is told to."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = {name.lower(): value for name, value in self.headers.items()}
            self.server.got.append((self.path, told, body))
            self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.answers = [], []
    server.address = f"127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "said",
    [
        "every morning", "twice a day", "weekdays at 7:30", "every two hours from nine to five",
        "tomorrow after lunch", "on monday at 6 pm", "every other day for two weeks at 9 am",
        "every monday and thursday at 6 pm", "at 8:15 am and at 9:30 pm every day",
        "on the first of every month at 9 am", "every other week on friday at 5 pm",
    ],
)  # fmt: skip
def test_a_calendar_shows_the_same_times(said, own_store, catalogue):
    wanted = schedule(said, catalogue)
    own_store.add("ann", "routine", ["LI4"], wanted)
    body = calendar_of(own_store.of("ann"), Situation(), catalogue)
    calendar = icalendar.Calendar.from_ical(body)
    until = NOW + dt.timedelta(days=40)
    events = recurring_ical_events.of(calendar).between(NOW, until)
    shown = sorted(event["DTSTART"].dt.astimezone(dt.UTC) for event in events)
    assert [s for s in shown if s > NOW] == [
        due for due in wanted.next_times(NOW, 1_000) if due < until
    ]
    assert ("RRULE" in body.decode()) is (wanted.every is not Every.ONCE)


def test_a_calendar_says_what_to_watch_for_and_what_was_told_counts(own_store, catalogue):
    own_store.add("ann", "routine", ["LI4"], schedule("every morning", catalogue))

    def note(situation):
        calendar = icalendar.Calendar.from_ical(
            calendar_of(own_store.of("ann"), situation, catalogue)
        )
        return str(calendar.walk("VEVENT")[0]["DESCRIPTION"])

    assert "doctor" in note(Situation())
    assert "do not press now" in note(Situation(sign="urgent"))
    assert "do not press now" in note(Situation(conditions=("pregnancy",)))


async def composed(delivery):
    return Message.of("It is time. _See a doctor if ..._", ReplyParts(kind="answer"))


def fired(store, clock, **channels):
    store.add("ann", "routine", ["LI4"], Schedule(BERLIN, NOW.date(), (dt.time(20),)))
    clock.go_to("2026-03-27 20:00")
    store.fire(**channels)


def subscription(address):
    """What a browser gives: where it is reached, and its keys."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    auth = os.urandom(16)
    text = [base64.urlsafe_b64encode(raw).rstrip(b"=").decode() for raw in (point, auth)]
    content = {
        "endpoint": f"http://{address}/send/abc",
        "keys": {"p256dh": text[0], "auth": text[1]},
    }
    return content, key, auth


def test_a_notification_is_encrypted_for_its_browser_and_tells_little(
    own_store, clock, catalogue, receiver, tmp_path
):
    import http_ece

    content, key, auth = subscription(receiver.address)
    browser, kept = checked(content, (receiver.address,))
    own_store.subscribe("ann", browser, kept)
    fired(own_store, clock)
    keys = PushKeys(tmp_path)
    push = Push(own_store, keys, catalogue.reminders, composed)
    claimed = own_store.claim(PUSH, "me", 60)
    (outcome,) = asyncio.run(push.deliver(claimed))
    assert outcome.is_done
    ((path, headers, body),) = receiver.got
    assert path == "/send/abc"
    assert headers["authorization"].lower().startswith("vapid")
    told = json.loads(http_ece.decrypt(body, private_key=key, auth_secret=auth))
    assert told["id"] == claimed[0].occurrence.id
    assert "LI4" not in json.dumps(told)
    assert stat.S_IMODE((tmp_path / "push_key.pem").stat().st_mode) == 0o600
    assert keys.public == PushKeys(tmp_path).public


def test_a_browser_that_is_gone_is_not_sent_to_again(
    own_store, clock, catalogue, receiver, tmp_path
):
    content, _, _ = subscription(receiver.address)
    browser, kept = checked(content, (receiver.address,))
    own_store.subscribe("ann", browser, kept)
    fired(own_store, clock)
    push = Push(own_store, PushKeys(tmp_path), catalogue.reminders, composed)
    receiver.answers = [503, 410]
    claimed = own_store.claim(PUSH, "me", 60)
    (outcome,) = asyncio.run(push.deliver(claimed))
    assert not outcome.is_done
    assert outcome.again_in
    (outcome,) = asyncio.run(push.deliver(claimed))
    assert outcome.again_in is None
    assert own_store.subscription(browser) is None


@pytest.mark.parametrize(
    "endpoint",
    ["https://127.0.0.1/x", "http://fcm.googleapis.com/x", "https://evil.example/fcm.googleapis.com",
     "https://notify.windows.com.evil.example/", "file:///etc/passwd", ""],
)  # fmt: skip
def test_only_known_push_services_are_called(endpoint):
    keys = {"p256dh": "x", "auth": "y"}
    with pytest.raises(NoSubscription):
        checked({"endpoint": endpoint, "keys": keys}, HOSTS)
    assert checked({"endpoint": "https://wns2-by3p.notify.windows.com/w/?t=1", "keys": keys}, HOSTS)


def test_a_webhook_is_signed_and_tried_again(own_store, clock, receiver):
    fired(own_store, clock, with_webhook=True)
    webhook = Webhook(f"http://{receiver.address}/hook", SECRET, composed)
    receiver.answers = [500]
    claimed = own_store.claim(WEBHOOK, "me", 60)
    (outcome,) = asyncio.run(webhook.deliver(claimed))
    assert (outcome.is_done, outcome.again_in) == (False, 10.0)
    (outcome,) = asyncio.run(webhook.deliver(claimed))
    assert outcome.is_done
    _, headers, body = receiver.got[-1]
    told = json.loads(body)
    assert told["message"]["text"].startswith("It is time")
    at = int(headers[SIGNATURE.lower()].split(",")[0][2:])
    assert is_signed(SECRET, body, headers[SIGNATURE.lower()], at)
    assert not is_signed(SECRET, body + b" ", headers[SIGNATURE.lower()], at)
    assert not is_signed(SECRET, body, headers[SIGNATURE.lower()], at + 1_000)
    assert not is_signed(
        "another secret of thirty-two letters", body, headers[SIGNATURE.lower()], at
    )


def test_alexa_is_asked_in_the_shape_it_knows(catalogue):
    sent = []

    def post(method, address, headers, body):
        sent.append((method, address, headers, json.loads(body) if body else None))
        return HttpAnswer(201, b'{"alertToken": "token-1", "status": "ON"}')

    weekdays = schedule("every weekday at 7:30", catalogue)
    (request,) = requests_for(weekdays, "It is time. Ask a doctor if you are unsure.", NOW)
    api = AlexaReminders("https://api.amazonalexa.com/", "access", post)
    assert api.set(request) == "token-1"
    ((method, address, headers, body),) = sent
    assert (method, address) == ("POST", "https://api.amazonalexa.com/v1/alerts/reminders")
    assert headers["Authorization"] == "Bearer access"
    assert body == {
        "requestTime": "2026-03-27T16:50:00.000",
        "trigger": {
            "type": "SCHEDULED_ABSOLUTE",
            "scheduledTime": "2026-03-30T07:30:00.000",
            "timeZoneId": "Europe/Berlin",
            "recurrence": {
                "startDateTime": "2026-03-30T07:30:00.000",
                "recurrenceRules": [
                    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=30;BYSECOND=0;"
                ],
            },
        },
        "alertInfo": {
            "spokenInfo": {
                "content": [
                    {"locale": "en-US", "text": "It is time. Ask a doctor if you are unsure."}
                ]
            }
        },
        "pushNotification": {"status": "ENABLED"},
    }
    once = requests_for(schedule("tomorrow after lunch", catalogue), "Now.", NOW)
    api.set(once[0])
    assert "recurrence" not in sent[-1][3]["trigger"]
    assert sent[-1][3]["trigger"]["scheduledTime"] == "2026-03-28T13:30:00.000"


def test_alexa_asks_the_person_first_where_it_is_not_allowed(catalogue):
    (request,) = requests_for(schedule("tomorrow at noon", catalogue), "Now.", NOW)
    for status, body, error in (
        (401, b'{"code": "UNAUTHORIZED", "message": "no"}', NotAllowed),
        (403, b'{"code": "MAX_REMINDERS_EXCEEDED", "message": "no"}', AlexaError),
        (503, b"", AlexaError),
    ):
        api = AlexaReminders("https://x", "t", lambda *_, s=status, b=body: HttpAnswer(s, b))
        with pytest.raises(error) as caught:
            api.set(request)
        assert isinstance(caught.value, NotAllowed) is (error is NotAllowed)
    assert permission_card() == {"type": "AskForPermissionsConsent", "permissions": [PERMISSION]}
    listing = b'{"alerts": [{"alertToken": "a"}, {"alertToken": "b"}]}'
    api = AlexaReminders("https://x", "t", lambda *_: HttpAnswer(200, listing))
    assert api.tokens() == ["a", "b"]


def test_reminders_are_managed_from_the_command_line(tmp_path, catalogue):
    from bot.reminders.home import open_store

    store = open_store(tmp_path)
    reminder = store.add(
        "ann", "routine", [], Schedule(BERLIN, NOW.date(), (dt.time(8),), Every.DAY)
    )
    run = CliRunner().invoke

    def acupoint(*arguments):
        return run(app, ["reminders", *arguments, "--state-folder", str(tmp_path)])

    listed = json.loads(acupoint("list", "--json").stdout)
    assert [each["id"] for each in listed] == [reminder.id]
    assert "Press with care" in acupoint("list").stdout
    assert "Paused 1" in acupoint("pause", reminder.id[:8]).stdout
    assert store.of("ann")[0].is_paused
    assert "Resumed 1" in acupoint("resume", "--sender", "ann").stdout
    first = acupoint("calendar", "ann").stdout
    assert first.startswith("/reminders/")
    assert acupoint("calendar", "ann", "--new").stdout != first
    assert acupoint("cancel").exit_code == 1
    assert acupoint("cancel", "none").exit_code == 1
    assert "Cancelled 1" in acupoint("cancel", "--all").stdout
    assert store.of("ann") == []
