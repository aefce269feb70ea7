"""Warning signs, and what people told of their health, that are held until they are stored."""

import asyncio
import datetime
import os
import stat

import pytest

from bot.dialogue.memory import ConversationMemory
from bot.dialogue.recollection import Recollection
from bot.knowledge.schema.red_flags import Tier
from bot.runtime.storage.held_signs import HeldSigns
from bot.runtime.storage.held_words import HeldWords
from bot.runtime.storage.outbox import FILE, HeldSign, Outbox
from bot.safety.handover import ScreeningSummary

TODAY = datetime.date(2026, 11, 30)


def found(tier=Tier.EMERGENCY, self_harm=False):
    return ScreeningSummary("bladder", tier, "pattern", self_harm=self_harm, rules="1")


def held(folder, *signs, **named):
    """The signs of the next process, after these were held by one that was killed."""
    signs_here = HeldSigns(folder, lambda: TODAY)
    for sender, text in signs:
        asyncio.run(signs_here.hold(sender, text, found(**named)))
    return HeldSigns(folder, lambda: TODAY)


def test_a_sign_stands_in_the_next_process(tmp_path):
    after = held(tmp_path, ("ann", "i cant feel my legs"))
    memory = ConversationMemory().after(after.after(Recollection(), "ann"))
    assert memory.alarm == "emergency"
    assert "i cant feel my legs" in memory.texts
    assert ConversationMemory().after(after.after(Recollection(), "bob")).alarm is None


@pytest.mark.parametrize(
    ("named", "alarm", "told_urgent"),
    [
        ({"self_harm": True}, "self_harm", None),
        ({"tier": Tier.URGENT}, None, TODAY),
        ({"tier": Tier.DOCTOR_SOON}, None, None),
    ],
)
def test_what_kind_of_sign_it_was_is_held_too(tmp_path, named, alarm, told_urgent):
    after = held(tmp_path, ("ann", "x"), **named)
    memory = ConversationMemory().after(after.after(Recollection(), "ann"))
    assert (memory.alarm, memory.told_urgent) == (alarm, told_urgent)


def test_what_was_let_go_is_in_no_file(tmp_path):
    signs = held(tmp_path, ("ann", "my Ferdinand"), ("bob", "x"))
    asyncio.run(signs.release("ann"))
    assert b"Ferdinand" not in (tmp_path / FILE).read_bytes()
    assert HeldSigns(tmp_path).senders == ["bob"]


def test_the_graver_of_two_signs_is_held(tmp_path):
    signs = held(tmp_path, ("ann", "x"))
    asyncio.run(signs.hold("ann", "y", found(Tier.URGENT)))
    assert HeldSigns(tmp_path).record_of("ann")[2].tier is Tier.EMERGENCY


def test_nothing_new_is_needed_of_the_disk(tmp_path, monkeypatch):
    outbox = Outbox(tmp_path)
    size = (tmp_path / FILE).stat().st_size
    for number in range(128):
        outbox.hold(HeldSign.of(f"person {number}", "é" * 5_000, "2026-11-30", found()))
    assert (tmp_path / FILE).stat().st_size == size
    assert len(Outbox(tmp_path)) == 128
    outbox.hold(HeldSign.of("one more", "x", "2026-11-30", found()))
    assert len(Outbox(tmp_path)) == 129


def test_two_processes_on_one_folder_do_not_write_over_each_other(tmp_path):
    one, other = Outbox(tmp_path), Outbox(tmp_path)
    for number in range(3):
        one.hold(HeldSign.of(f"one {number}", "x", "2026-11-30", found()))
        other.hold(HeldSign.of(f"other {number}", "x", "2026-11-30", found()))
    one.release("one 1")
    other.hold(HeldSign.of("other 3", "x", "2026-11-30", found()))
    assert {sign.sender for sign in Outbox(tmp_path).all()} == {
        *("one 0", "one 2"),
        *(f"other {number}" for number in range(4)),
    }


def test_a_sign_cut_off_by_a_kill_is_a_free_place(tmp_path):
    held(tmp_path, ("ann", "x"), ("bob", "y"))
    with open(tmp_path / FILE, "r+b") as file:
        file.write(b'{"sender": "ann", "te')
        file.write(bytes(2_000))
    assert HeldSigns(tmp_path).senders == ["bob"]


def test_where_the_file_cannot_be_made_the_assistant_runs_without_it(tmp_path, caplog):
    (tmp_path / "var").write_text("a file where the folder should be")
    signs = HeldSigns(tmp_path / "var")
    assert asyncio.run(signs.hold("ann", "x", found())) is False
    assert signs.after(Recollection(), "ann") == Recollection()
    assert "cannot be held" in caplog.text


def test_only_its_owner_may_read_it(tmp_path):
    held(tmp_path, ("ann", "x"))
    assert stat.S_IMODE(os.stat(tmp_path / FILE).st_mode) == 0o600


def test_what_was_told_is_there_in_the_next_process_until_it_is_let_go(tmp_path):
    words = HeldWords(tmp_path)
    asyncio.run(words.hold("ann", ["i am pregnant"]))
    asyncio.run(words.hold("ann", ["i am pregnant", "i take aspirin"]))
    asyncio.run(words.hold("bob", ["x"]))
    after = HeldWords(tmp_path)
    assert after.of_before == {"ann": ["i am pregnant", "i take aspirin"], "bob": ["x"]}
    asyncio.run(after.release("ann"))
    assert HeldWords(tmp_path).of_before == {"bob": ["x"]}
    assert b"pregnant" not in (tmp_path / "words.held").read_bytes()


def test_of_very_many_messages_the_newest_are_held(tmp_path):
    words = HeldWords(tmp_path)
    for number in range(100):
        asyncio.run(words.hold("ann", [f"{number} " + "é" * 600]))
    held = HeldWords(tmp_path).of_before["ann"]
    assert held[-1].startswith("99 ")
    assert 2 < len(held) < 10
