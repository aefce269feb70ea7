"""Reminders in the whole assistant: what was told since, other doors, forgetting."""

import asyncio
import time
import uuid

import pytest
from sqlalchemy import text

from bot.channels.reminders.delivery import Composer, NextContact, OpenChat
from bot.gateway.gateway import front_door_for
from bot.gateway.messages import Incoming
from bot.knowledge.catalogue import Catalogue
from bot.reminders.storage.records import CHAT


@pytest.fixture(scope="module")
def assistant(house):
    return Assistant(house)


class Assistant:
    """The assistant in this process, and what is due when a test says so."""

    def __init__(self, house):
        self.house = house
        self.door = front_door_for(house)
        self.composer = Composer(house, self.door, Catalogue.load())
        self.loop = asyncio.new_event_loop()

    def run(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def say(self, text, sender, channel="rest"):
        said = self.run(self.door.exchange(Incoming(text, sender, channel)))
        return [message.to_json() for message in said]

    def set(self, sender, what="remind me every morning at 8 of LI4"):
        self.say(what, sender)
        assert "Done" in self.say("yes", sender)[0]["text"]

    def make_due(self, sender, seconds=0.0):
        store = self.house.reminders
        with store.database.writing() as connection:
            connection.execute(
                text("UPDATE reminders SET next_due = :due WHERE sender = :sender"),
                {"due": time.time() - seconds, "sender": sender},
            )
        store.fire()

    def told(self, sender):
        """What a reminder that is due says now."""
        claimed = self.house.reminders.claim(CHAT, "test", 0, [sender])
        return self.run(self.composer.of_delivery(claimed[0])).to_json()


@pytest.fixture
def sender():
    return uuid.uuid4().hex


@pytest.fixture
def beside(assistant):
    """People of doors that cannot speak first are told at their next contact."""
    assistant.door.beside = NextContact(assistant.composer, assistant.house.reminders).waiting
    yield
    assistant.door.beside = None


def reply_of(message):
    return message["custom"]["reply"]


def test_it_is_told_once_at_the_next_contact(assistant, sender, beside):
    assistant.set(sender)
    assert len(assistant.say("hello", sender)) == 1
    assistant.make_due(sender, seconds=3600)
    answer, reminder = assistant.say("where is ST36", sender)
    assert "ST36" in answer["text"]
    assert "While you were away" in reminder["text"]
    assert "LI4 (Hegu)" in reminder["text"]
    assert reply_of(reminder)["guidance"]["written"] in reminder["text"]
    assert reply_of(reminder)["id"]
    assert reply_of(reminder)["card"]["missed"] is True
    assert len(assistant.say("thanks", sender)) == 1
    assert "While you were away" not in str(assistant.say("where is LI4", sender))
    missed = assistant.say("which reminder did i miss?", sender)[0]["text"]
    assert "Press with care" in missed
    snoozed = assistant.say("snooze for half an hour", sender)[0]["text"]
    assert "I will remind you again" in snoozed
    assert len(assistant.house.reminders.of(sender)) == 2


def test_it_waits_while_a_warning_is_told(assistant, sender, beside):
    assistant.set(sender)
    assistant.make_due(sender)
    said = assistant.say("i can't feel it when i wipe since this morning", sender)
    assert len(said) == 1
    assert reply_of(said[0])["kind"] == "red_flag"


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("since this morning i cant feel it when i wipe", "red_flag"),
        ("i have a fever and my back hurts a lot since yesterday", "answer"),
    ],
)
def test_a_sign_told_since_turns_it_into_the_advice_to_see_a_doctor(assistant, sender, sign, kind):
    assistant.set(sender)
    said = assistant.say(sign, sender)
    assert reply_of(said[0])["kind"] == "red_flag"
    assistant.make_due(sender)
    reminder = assistant.told(sender)
    assert reply_of(reminder)["kind"] == kind
    assert "LI4" not in reminder["text"]
    assert "doctor" in reminder["text"].lower() or "emergency" in reminder["text"].lower()
    assert "press" in reminder["text"].lower()


def test_once_a_doctor_has_looked_it_comes_as_before(assistant, sender):
    assistant.set(sender)
    assistant.say("i have a fever and my back hurts a lot since yesterday", sender)
    assistant.say("my doctor has checked it and said it is fine", sender)
    assistant.make_due(sender)
    assert "LI4" in assistant.told(sender)["text"]


def test_what_a_pregnancy_takes_away_a_new_conversation_does_not_give_back(assistant, sender):
    assistant.set(sender)
    assistant.say("i am pregnant", sender)
    assistant.make_due(sender)
    assert "do not press now" in assistant.told(sender)["text"]
    assistant.run(assistant.door.restart(sender))
    reminder = assistant.told(sender)
    assert "do not press now" in reminder["text"]
    assert "midwife" in reminder["text"]


def test_a_conversation_that_cannot_be_read_gives_no_pressing_advice(
    assistant, sender, monkeypatch
):
    assistant.set(sender)
    assistant.make_due(sender)

    async def broken(sender):
        raise OSError

    monkeypatch.setattr(assistant.house, "situation", broken)
    assert "cannot look up" in assistant.told(sender)["text"]


def test_who_is_forgotten_is_not_reminded(assistant, sender):
    assistant.set(sender)
    assistant.make_due(sender)
    assistant.say("delete my data", sender)
    assistant.say("Yes, delete everything.", sender)
    store = assistant.house.reminders
    assert store.of(sender) == []
    assert store.claim(CHAT, "test", 5, [sender]) == []


def test_what_comes_after_each_session_is_set_by_its_end(assistant, sender):
    assistant.say("remind me after every session to drink water", sender)
    assert "minutes after each session" in assistant.say("yes", sender)[0]["text"]
    for said in ("start a session with LI4", "yes", "5", *["next"] * 6, "4"):
        assistant.say(said, sender)
    due = [r for r in assistant.house.reminders.of(sender) if r.next_due]
    assert [round(r.next_due - time.time(), -2) for r in due] == [900.0]


def test_without_its_database_everything_else_is_answered(assistant, sender, monkeypatch):
    from actions import reminding

    def broken():
        raise OSError

    monkeypatch.setattr(reminding, "reminders", broken)
    said = assistant.say("remind me at 8 pm", sender)[0]
    assert "cannot look after your reminders just now" in said["text"]
    assert "LI4" in assistant.say("where is LI4", sender)[0]["text"]


def test_an_open_chat_is_shown_what_is_missed_in_one_message(assistant, sender):
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
    assistant.set(sender)
    assistant.set(sender, "remind me every day at noon to stretch")
    assistant.make_due(sender, seconds=4000)
    chat = OpenChat(web, assistant.composer, assistant.house.reminders)
    store = assistant.house.reminders
    claimed = store.claim(CHAT, "test", 0, [sender])
    assert len(claimed) == 2
    for _ in range(2):  # killed before it could note that they were shown
        outcomes = assistant.run(chat.deliver(claimed))
        assert len(outcomes) == 2
    assert len(web.shown) == 1
    assert "You missed one more" in web.shown[0]["text"] or "missed 1 more" in web.shown[0]["text"]


def test_points_are_told_in_words_to_the_ear(assistant, sender):
    asked = assistant.say("remind me every morning at 8 of LI4", sender)[0]
    assistant.say("yes", sender)
    assistant.make_due(sender)
    listed = assistant.say("show my reminders", sender)[0]
    for message in (asked, listed, assistant.told(sender)):
        assert "LI4 (Hegu)" in message["text"]
        assert "LI4" not in message["custom"]["reply"]["spoken"]
