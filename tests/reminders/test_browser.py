"""Reminders in a real browser: in the open page at their time, and later as missed."""

import datetime as dt
import json
import time
import urllib.error
import urllib.request

import pytest

from bot.reminders.schedules import Schedule
from bot.reminders.storage.database import Database
from bot.reminders.storage.store import ReminderStore
from tests.patience import PATIENCE, until
from tests.widget.conftest import browser, driver, open_chat, own_server, widget  # noqa: F401

SOON = 30_000


@pytest.fixture(scope="module")
def reminded(model, tmp_path_factory):
    """An assistant, and its reminders from beside."""
    from tests.conftest import Server

    server = Server("run", ACUPOINT_STATE_FOLDER=str(tmp_path_factory.mktemp("var")),
                    ACUPOINT_PUSH_HOSTS="push.example").wait()  # fmt: skip
    store = ReminderStore(Database(f"sqlite:///{server.state_folder / 'reminders.db'}"))
    yield server, store
    store.close()
    server.stop()


def set_reminder(chat):
    chat.say("remind me every day at 9 am to press gently")
    return chat.say("yes")


def make_due(store, seconds=0.0):
    """As if so much time had gone by that it is due; what the clock does is not waited for."""
    from sqlalchemy import text

    with store.database.writing() as connection:
        connection.execute(
            text("UPDATE reminders SET next_due = :now"), {"now": time.time() - seconds}
        )


def test_a_reminder_appears_in_the_open_page_and_after_reopening_as_missed(reminded, open_chat):  # noqa: F811
    server, store = reminded
    chat = open_chat(server, timezone_id="Europe/Berlin")
    assert "every day at 9 in the morning" in set_reminder(chat)
    assert store.everybody()[0].schedule.zone == "Europe/Berlin"
    make_due(store)
    chat.wait_for(".card[data-type=reminder]", "Now")
    shown = chat.answers[-1]
    assert "You wanted to be reminded" in shown
    assert "Start a session" in shown
    assert "In 10 minutes" in shown
    assert "doctor" in shown.lower()
    # What was told can be put off, in place of being answered.
    with chat.awaiting_answer():
        chat.see(".card[data-type=reminder]").get_by_role("button", name="In 10 minutes").click()
    assert "I will remind you again" in chat.answers[-1]

    # Nobody has the page open when the next one is due.
    state = chat.page.context.storage_state()
    chat.page.close()
    store.cancel([r.id for r in store.everybody() if r.schedule.every.value == "once"])
    make_due(store, seconds=600)
    until(lambda: store.next_due() >= time.time())
    again = open_chat(server, storage_state=state, timezone_id="Europe/Berlin")
    again.wait_for(".card[data-type=reminder]", "You missed this")
    assert again.see(".card[data-type=reminder]").count() == 2
    assert "While you were away" in again.answers[-1]
    assert "in the chat" not in again.answers[-1]
    # Told once: neither a reload nor a second tab tells it again.
    again.page.reload()
    again.ready().wait_for(".card[data-type=reminder]", "You missed this")
    second = again.page.context.new_page()
    from tests.widget.conftest import Chat

    tab = Chat(second, again.address).open()
    tab.wait_for(".card[data-type=reminder]", "You missed this")
    time.sleep(1.5)
    for each in (again, tab):
        assert each.see(".card[data-type=reminder]").count() == 2
    assert (
        "missed" in again.say("which reminders did i miss?").lower() or "away" in again.answers[-1]
    )
    assert not again.problems


def test_a_calendar_is_served_to_who_has_its_secret_only(reminded):
    server, store = reminded
    store.add("ann", "routine", [], Schedule("Europe/Berlin", dt.date(2026, 3, 27), (dt.time(20),)))
    secret = store.feed("ann")

    def get(path):
        with urllib.request.urlopen(
            f"http://127.0.0.1:{server.port}{path}", timeout=PATIENCE
        ) as answer:
            return answer.headers, answer.read()

    headers, body = get(f"/reminders/{secret}.ics")
    assert headers["content-type"].startswith("text/calendar")
    assert "no-store" in headers["cache-control"]
    assert b"BEGIN:VEVENT" in body
    store.feed("ann", anew=True)
    for wrong in (f"{secret}.ics", "x" * 43 + ".ics", secret, "..%2Fweb_secret"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(f"/reminders/{wrong}")
        assert refused.value.code == 404


def test_the_worker_of_notifications_shows_what_is_pushed(reminded, open_chat):  # noqa: F811
    server, _ = reminded
    chat = open_chat(server, permissions=["notifications"], service_workers="allow")
    page = chat.page
    session = page.context.new_cdp_session(page)
    found = {}
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.update(told))
    session.send("ServiceWorker.enable")
    page.evaluate(
        "async () => { await navigator.serviceWorker.register('/reminder-worker.js');"
        " await navigator.serviceWorker.ready; }"
    )

    def registrations():
        page.wait_for_timeout(20)  # in which the browser's events arrive
        return found.get("registrations")

    until(registrations)
    # Somebody who looks at the chat is not notified besides: look elsewhere.
    session.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    page.context.new_page().bring_to_front()
    payload = {"id": "one", "title": "Your reminder", "body": "It is here."}
    for _ in range(2):
        session.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": chat.address,
                "registrationId": found["registrations"][0]["registrationId"],
                "data": json.dumps(payload),
            },
        )
    shown = page.evaluate(
        """async () => {
        const worker = await navigator.serviceWorker.ready;
        for (let n = 0; n < 1000; n++) {
          const notes = await worker.getNotifications();
          if (notes.length) return notes.map(note => [note.title, note.body]);
          await new Promise(done => setTimeout(done, 100));
        }
        return [];
      }"""
    )
    assert shown == [["Your reminder", "It is here."]]
