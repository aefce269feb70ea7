"""What is stored of a person can be seen, and is gone when they say so."""

import sqlite3
import time
import uuid

import pytest
import sqlalchemy

from bot.privacy.private_store import private_engine
from tests.kept import readable
from tests.patience import until

SECRET = "my neighbour's parrot Ferdinand heard that i am pregnant"


def stored(assistant):
    """The bytes of everything in the assistant's folder."""
    return readable(assistant.settings.state_folder)


def test_who_asks_to_be_forgotten_is_forgotten_in_the_file_itself(assistant, talk):
    sender, other = uuid.uuid4().hex, uuid.uuid4().hex
    talk(SECRET, sender)
    talk("where is LI4", other)
    assert b"Ferdinand" in stored(assistant)
    assert "pregnan" in talk("what do you know about me", sender).lower()

    asked = talk("please delete all my data", sender)
    assert "cannot bring it back" in asked
    assert b"Ferdinand" in stored(assistant)
    assert "is deleted" in talk("Yes, delete everything.", sender)
    assert b"Ferdinand" not in stored(assistant)
    assert sender.encode() not in stored(assistant)
    assert other.encode() in stored(assistant)

    assert "nothing about you" in talk("what do you know about me", sender)
    assert "LI4" in talk("where is the point on my hand", sender)


def test_nothing_is_deleted_without_asking_first(assistant, talk):
    sender = uuid.uuid4().hex
    talk(SECRET, sender)
    assert "Shall I delete" in talk("yes delete everything", sender)
    talk("No, keep it.", sender)
    assert sender.encode() in stored(assistant)
    assert "pregnan" in talk("what do you know about me", sender).lower()


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "Yes please",
        "ok",
        "yes do it",
        "sure",
        "yep",
        "go ahead",
        "please do",
        "yeah delete it",
    ],
)
def test_a_yes_right_after_the_question_deletes(assistant, talk, words):
    sender = uuid.uuid4().hex
    talk(SECRET, sender)
    talk("delete my data", sender)
    assert "is deleted" in talk(words, sender)
    assert sender.encode() not in stored(assistant)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("no", "Nothing was deleted"),
        ("no, keep it", "Nothing was deleted"),
        ("yes but what do you keep?", "Nothing was deleted"),
        ("where is LI4", "Nothing was deleted"),
    ],
)
def test_anything_else_deletes_nothing_and_says_so(assistant, talk, words, says):
    sender = uuid.uuid4().hex
    talk(SECRET, sender)
    talk("delete my data", sender)
    assert says in talk(words, sender)
    talk("yes", sender)
    assert sender.encode() in stored(assistant)


def test_deleting_that_fails_is_not_called_done(assistant, talk, monkeypatch):
    sender = uuid.uuid4().hex
    talk("delete my data", sender)

    async def broken(_):
        raise OSError("disk")

    monkeypatch.setattr(assistant, "forget", broken)
    said = talk("Yes, delete everything.", sender)
    assert "could not delete" in said
    assert "is deleted" not in said


def test_what_was_told_of_pain_and_country_is_told_back(talk):
    sender = uuid.uuid4().hex
    talk("my lower back hurts since yesterday, it's a 4 out of 10", sender)
    talk("i live in spain", sender)
    said = talk("what do you know about me", sender)
    assert "4 out of 10" in said
    assert "ES" in said
    assert "pain since about" in said


def test_whoever_keeps_something_is_told_and_may_say_that_it_failed(assistant, talk):
    class Notebook:
        told, broken = [], True

        async def forget(self, sender):
            self.told.append(sender)
            if self.broken:
                raise OSError("disk")

    notebook = Notebook()
    assistant.register_data_store(notebook)
    sender = uuid.uuid4().hex
    talk(SECRET, sender)
    talk("delete my data", sender)
    assert "could not delete" in talk("Yes, delete everything.", sender)
    assert sender.encode() in stored(assistant)
    notebook.broken = False
    talk("delete my data", sender)
    assert "is deleted" in talk("Yes, delete everything.", sender)
    assert sender.encode() not in stored(assistant)
    assert notebook.told == [sender, sender]


def test_a_plain_yes_right_after_the_question_deletes(talk):
    for yes in ("yes", "ok", "sure", "go ahead", "please do", "yes do it"):
        sender = uuid.uuid4().hex
        talk("delete my data", sender)
        assert "is deleted" in talk(yes, sender), yes


def test_no_other_yes_deletes(talk):
    for said in ("yes but what do you keep?", "no", "maybe later"):
        sender = uuid.uuid4().hex
        talk("delete my data", sender)
        assert "Nothing was deleted" in talk(said, sender), said
        assert "is deleted" not in talk("yes", sender)


def test_while_a_file_is_locked_one_write_waits_and_not_every_one(tmp_path):
    engine = private_engine(f"sqlite:///{tmp_path / 'some.db'}")
    what = sqlalchemy.Column("what", sqlalchemy.String)
    table = sqlalchemy.Table("some", sqlalchemy.MetaData(), what)
    table.create(engine)
    tried = []

    def write():
        begun = time.monotonic()
        with pytest.raises(sqlalchemy.exc.OperationalError, match="locked"), engine.begin() as at:
            at.execute(table.insert().values(what="x"))
        tried.append(time.monotonic() - begun)

    lock = sqlite3.connect(tmp_path / "some.db")
    lock.execute("BEGIN IMMEDIATE")
    for _ in range(20):
        write()
    with engine.connect() as connection:
        assert connection.execute(table.select()).all() == []
    assert sum(tried[1:]) < 19 * tried[0] / 2
    lock.rollback()
    lock.close()

    def is_written():
        try:
            with engine.begin() as connection:
                connection.execute(table.insert().values(what="x"))
        except sqlalchemy.exc.OperationalError:
            return False
        return True

    until(is_written)
