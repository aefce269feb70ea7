"""Reminders in the whole assistant: what was told since, other channels, forgetting."""

import asyncio
import time
import uuid

import pytest
from sqlalchemy import text

from bot.channels.reminders.delivery import Composer, NextContact, OpenChat
from bot.gateway.messages import Incoming
from bot.reminders.storage.records import CHAT


@pytest.fixture(scope="module")
def chat(assistant):
    return Chat(assistant)


class Chat:
    """The assistant in this process, and what is due when a test says so."""

    def __init__(self, assistant):
        self.assistant = assistant
        self.gateway = assistant.gateway
        self.composer = Composer(assistant, self.gateway)
        self.loop = asyncio.new_event_loop()

    def run(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def say(self, text, sender, channel="rest"):
        said = self.run(self.gateway.exchange(Incoming(text, sender, channel)))
        return [message.to_json() for message in said]

    def set(self, sender, what="remind me every morning at 8 of LI4"):
        self.say(what, sender)
        assert "Done" in self.say("yes", sender)[0]["text"]

    def make_due(self, sender, seconds=0.0):
        store = self.assistant.reminders
        with store.database.writing() as connection:
            connection.execute(
                text("UPDATE reminders SET next_due = :due WHERE sender = :sender"),
                {"due": time.time() - seconds, "sender": sender},
            )
        store.fire()

    def told(self, sender):
        """What a reminder that is due says now."""
        claimed = self.assistant.reminders.claim(CHAT, "test", 0, [sender])
        return self.run(self.composer.of_delivery(claimed[0])).to_json()


@pytest.fixture
def sender():
    return uuid.uuid4().hex


@pytest.fixture
def pending_messages(chat):
    """People of channels that cannot speak first are told at their next contact."""
    chat.gateway.tell_with_answers(NextContact(chat.composer, chat.assistant.reminders).waiting)
    yield
    chat.gateway.tell_with_answers(None)


def reply_of(message):
    return message["custom"]["reply"]


def test_it_is_told_once_at_the_next_contact(chat, sender, pending_messages):
    chat.set(sender)
    assert len(chat.say("hello", sender)) == 1
    chat.make_due(sender, seconds=3600)
    answer, reminder = chat.say("where is ST36", sender)
    assert "ST36" in answer["text"]
    assert "While you were away" in reminder["text"]
    assert "LI4 (Hegu)" in reminder["text"]
    assert reply_of(reminder)["guidance"]["written"] in reminder["text"]
    assert reply_of(reminder)["id"]
    assert reply_of(reminder)["card"]["missed"] is True
    assert len(chat.say("thanks", sender)) == 1
    assert "While you were away" not in str(chat.say("where is LI4", sender))
    missed = chat.say("which reminder did i miss?", sender)[0]["text"]
    assert "Press with care" in missed
    snoozed = chat.say("snooze for half an hour", sender)[0]["text"]
    assert "I will remind you again" in snoozed
    assert len(chat.assistant.reminders.of(sender)) == 2


def test_it_waits_while_a_warning_is_told(chat, sender, pending_messages):
    chat.set(sender)
    chat.make_due(sender)
    said = chat.say("i can't feel it when i wipe since this morning", sender)
    assert len(said) == 1
    assert reply_of(said[0])["kind"] == "red_flag"


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("since this morning i cant feel it when i wipe", "red_flag"),
        ("i have a fever and my back hurts a lot since yesterday", "answer"),
    ],
)
def test_a_sign_told_since_turns_it_into_the_advice_to_see_a_doctor(chat, sender, sign, kind):
    chat.set(sender)
    said = chat.say(sign, sender)
    assert reply_of(said[0])["kind"] == "red_flag"
    chat.make_due(sender)
    reminder = chat.told(sender)
    assert reply_of(reminder)["kind"] == kind
    assert "LI4" not in reminder["text"]
    assert "doctor" in reminder["text"].lower() or "emergency" in reminder["text"].lower()
    assert "press" in reminder["text"].lower()


def test_once_a_doctor_has_looked_it_comes_as_before(chat, sender):
    chat.set(sender)
    chat.say("i have a fever and my back hurts a lot since yesterday", sender)
    chat.say("my doctor has checked it and said it is fine", sender)
    chat.make_due(sender)
    assert "LI4" in chat.told(sender)["text"]


def test_what_a_pregnancy_takes_away_a_new_conversation_does_not_give_back(chat, sender):
    chat.set(sender)
    chat.say("i am pregnant", sender)
    chat.make_due(sender)
    assert "do not press now" in chat.told(sender)["text"]
    chat.run(chat.gateway.restart(sender))
    reminder = chat.told(sender)
    assert "do not press now" in reminder["text"]
    assert "midwife" in reminder["text"]


def test_a_conversation_that_cannot_be_read_gives_no_pressing_advice(chat, sender, monkeypatch):
    chat.set(sender)
    chat.make_due(sender)

    async def broken(sender):
        raise OSError

    monkeypatch.setattr(chat.assistant, "situation", broken)
    assert "cannot look up" in chat.told(sender)["text"]


def test_who_is_forgotten_is_not_reminded(chat, sender):
    chat.set(sender)
    chat.make_due(sender)
    chat.say("delete my data", sender)
    chat.say("Yes, delete everything.", sender)
    store = chat.assistant.reminders
    assert store.of(sender) == []
    assert store.claim(CHAT, "test", 5, [sender]) == []


def test_what_comes_after_each_session_is_set_by_its_end(chat, sender):
    chat.say("remind me after every session to drink water", sender)
    assert "minutes after each session" in chat.say("yes", sender)[0]["text"]
    for said in ("start a session with LI4", "yes", "5", *["next"] * 6, "4"):
        chat.say(said, sender)
    due = [r for r in chat.assistant.reminders.of(sender) if r.next_due]
    assert [round(r.next_due - time.time(), -2) for r in due] == [900.0]


def test_without_its_database_everything_else_is_answered(chat, sender, monkeypatch):
    def broken(_):
        raise OSError

    monkeypatch.setattr(type(chat.assistant), "reminders", property(broken))
    said = chat.say("remind me at 8 pm", sender)[0]
    assert "cannot look after your reminders just now" in said["text"]
    assert "LI4" in chat.say("where is LI4", sender)[0]["text"]


def test_an_open_chat_is_shown_what_is_missed_in_one_message(chat, sender):
    class Web:
        def __init__(self):
            self.shown, self.ids = [], set()

        def present(self):
            return [sender]

        def untold(self, sender, ids):
            return [each for each in ids if each not in self.ids]

        async def tell(self, sender, ids, message):
            self.ids |= set(ids)
            self.shown.append(message.to_json())

    web = Web()
    chat.set(sender)
    chat.set(sender, "remind me every day at noon to stretch")
    chat.make_due(sender, seconds=4000)
    open_chat = OpenChat(web, chat.composer, chat.assistant.reminders)
    store = chat.assistant.reminders
    claimed = store.claim(CHAT, "test", 0, [sender])
    assert len(claimed) == 2
    for _ in range(2):  # killed before it could note that they were shown
        outcomes = chat.run(open_chat.deliver(claimed))
        assert len(outcomes) == 2
    assert len(web.shown) == 1
    assert "You missed one more" in web.shown[0]["text"] or "missed 1 more" in web.shown[0]["text"]


def test_points_are_told_in_words_to_the_ear(chat, sender):
    asked = chat.say("remind me every morning at 8 of LI4", sender)[0]
    chat.say("yes", sender)
    chat.make_due(sender)
    listed = chat.say("show my reminders", sender)[0]
    for message in (asked, listed, chat.told(sender)):
        assert "LI4 (Hegu)" in message["text"]
        assert "LI4" not in message["custom"]["reply"]["spoken"]
