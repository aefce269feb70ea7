"""The gateway alone, with a conversation engine that misbehaves."""

import asyncio
import datetime
import logging
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.safety_messages import red_flag_message
from bot.dialogue.recollection import PastTurn, Recollection
from bot.dialogue.resources import Resources
from bot.gateway.crowd import MOST_UNDER_WAY
from bot.gateway.gateway import Gateway
from bot.gateway.history import HeldTurn
from bot.gateway.messages import Incoming, NotReadyError
from bot.knowledge.schema.red_flags import Tier
from tests.patience import PATIENCE

SECRET = "my secret is that my knee hurts"


EMERGENCY = "i lost control of my bladder and my back hurts"


def gateway_of(handler, detector=None, seconds=0.2, **options):
    resources = Resources.load()
    resources = replace(resources, detector=detector or resources.detector)
    return Gateway(handler, resources, seconds, **options)


def exchange(handler, text, detector=None, seconds=0.2):
    return exchanges(handler, [text], detector, seconds)[0]


def exchanges(handler, texts, detector=None, seconds=0.2):
    """What is said to each of several messages of one person."""
    gateway = gateway_of(handler, detector, seconds)
    return [asyncio.run(gateway.exchange(Incoming(text, "someone", "test"))) for text in texts]


def converse(gateway, *texts, metadata=None):
    """The joined texts of the answers to the last message."""

    async def all_of_them():
        for text in texts:
            said = await gateway.exchange(Incoming(text, "someone", "test", metadata))
        return " ".join(" ".join(message.text.split()) for message in said)

    return asyncio.run(all_of_them())


class Store:
    """A history that keeps what it is given, and can be broken."""

    def __init__(self, stored=None, failure=None):
        self.stored = stored or Recollection()
        self.failure = failure
        self.recorded, self.kept, self.written = [], [], True
        self.held, self.told, self.noted = {}, set(), []

    async def begin_turn(self, sender, seconds):
        return HeldTurn(sender, version=len(self.kept))

    async def end_turn(self, held):
        held.version = len(self.kept)
        return True

    async def version(self, sender):
        return len(self.kept)

    async def recall(self, sender):
        if self.failure:
            raise self.failure
        return self.stored

    async def is_written(self, sender):
        return self.written

    async def record(self, sender, text, message, found):
        if self.failure:
            raise self.failure
        self.recorded.append(found)
        self.kept.append((text, message))

    async def hold(self, sender, text, found):
        is_new = sender not in self.held
        self.held[sender] = found
        return is_new

    async def is_told(self, sender):
        self.told.add(sender)

    async def let_go(self, sender):
        self.held.pop(sender, None)

    async def note(self, sender, text):
        if self.failure:
            raise self.failure
        self.noted.append(text)

    async def restart(self, sender):
        self.kept.clear()


def engine(kind):
    async def handle(message):
        if kind == "raises":
            raise RuntimeError(message.text)
        if kind == "hangs":
            await asyncio.Event().wait()
        if kind == "not ready":
            raise NotReadyError
        if kind == "forgets the guidance":
            await message.output_channel.send_response("someone", {"text": "Press here."})
        if kind == "answers past the red flag":
            reply = {"kind": "answer", "guidance": {"written": "Ask a doctor."}}
            await message.output_channel.send_response(
                "someone", {"text": "LI4 is on the hand.", "custom": {"reply": reply}}
            )

    return handle


@pytest.mark.parametrize("kind", ["raises", "hangs", "says nothing", "not ready"])
def test_silence_becomes_a_useful_sentence_with_guidance(kind):
    said = exchange(engine(kind), SECRET)
    assert len(said) == 1
    assert len(said[0].text) > 60
    assert "doctor" in said[0].text


def test_an_answer_without_guidance_gets_it():
    said = exchange(engine("forgets the guidance"), SECRET)
    assert said[0].text.startswith("Press here.")
    assert "doctor" in said[0].text


@pytest.mark.parametrize(
    "kind", ["raises", "hangs", "says nothing", "not ready", "answers past the red flag"]
)
def test_a_red_flag_gets_its_message_whatever_the_engine_does(kind):
    said = exchange(engine(kind), "where is LI4, i lost control of my bladder")
    text = "\n".join(message.text for message in said)
    assert "Please get emergency help now" in text
    assert "LI4" not in text


def test_a_failing_detector_does_not_keep_the_answer_away():
    class Broken:
        def screen(self, *_, **__):
            raise RuntimeError(SECRET)

    said = exchange(engine("forgets the guidance"), SECRET, Broken())
    assert "Press here." in said[0].text


def test_no_log_holds_what_a_person_said(caplog):
    with caplog.at_level(logging.DEBUG):
        exchange(engine("raises"), SECRET)
    assert "failed" in caplog.text
    assert SECRET not in caplog.text


def test_a_command_to_the_engine_arrives_as_words():
    heard = []

    async def listen(message):
        heard.append(message.text)

    for text in ("/restart", "//goodbye now", "/deny_red_flags"):
        exchange(listen, text)
    assert heard == ["restart", "goodbye now", "/deny_red_flags"]


def answer(key):
    """An engine that gives one answer."""

    async def handle(message):
        reply = {"kind": "answer", "key": key, "guidance": {"written": "Ask a doctor."}}
        await message.output_channel.send_response(
            "someone", {"text": f"The answer {key}.", "custom": {"reply": reply}}
        )

    return handle


def test_an_alarm_stands_whatever_the_engine_answers():
    said = converse(gateway_of(answer("locate:LI4")), EMERGENCY, "where is LI4")
    assert "Please get emergency help first" in said
    assert "locate:LI4" not in said


UNSEEN = [chr(c) for c in range(0x3000) if unicodedata.category(chr(c))[0] in "CZ"]


@settings(max_examples=300, deadline=None)
@given(
    before=st.lists(st.sampled_from([*UNSEEN, "/"]), max_size=6).map("".join),
    between=st.lists(st.sampled_from([*UNSEEN, "/"]), max_size=6).map("".join),
    command=st.sampled_from(["restart", "session_start", 'locate_point{"a": 1}', "back", ""]),
)
def test_nothing_unseen_around_a_slash_makes_a_command(before, between, command):
    heard = []

    async def handle(message):
        heard.append(message.text)

    exchange(handle, f"{before}/{between}{command}")
    assert not any(text.strip().startswith("/") for text in heard)


@pytest.mark.parametrize("key", ["topic:deny_red_flags", "topic:been_checked:talked"])
def test_an_alarm_is_lifted_when_the_person_says_so(key):
    gateway = gateway_of(answer(key))
    assert key in converse(gateway, EMERGENCY, "that's not what i meant")
    assert key in converse(gateway, "where is LI4")


def test_what_was_misunderstood_completes_no_sign_later():
    gateway = gateway_of(answer("topic:deny_red_flags"))
    said = converse(gateway, EMERGENCY, "that's not what i meant", "my back hurts")
    assert "emergency help" not in said


def test_help_on_its_way_is_answered_and_the_alarm_stands():
    gateway = gateway_of(answer("topic:help_is_coming"))
    assert "help_is_coming" in converse(gateway, EMERGENCY, "the ambulance is coming")
    gateway._engine._handler = answer("locate:LI4")
    assert "emergency help first" in converse(gateway, "where is LI4")


def test_thoughts_of_self_harm_stand_with_their_own_words():
    said = converse(gateway_of(answer("locate:LI4")), "i want to kill myself", "where is LI4")
    assert "I am still worried about you" in said


def stored(*turns, **notes):
    today = datetime.date.today()
    return Recollection(tuple(PastTurn(t, tuple(said), today) for t, said in turns), notes)


def test_an_alarm_of_before_a_restart_still_stands():
    history = Store(stored((EMERGENCY, [red_flag_message(Tier.EMERGENCY)])))
    said = converse(gateway_of(answer("locate:LI4"), history=history), "where is LI4")
    assert "emergency help first" in said


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (EMERGENCY, "emergency help first"),
        ("i want to kill myself", "I am still worried about you"),
    ],
)
def test_an_alarm_outlasts_a_new_conversation_and_the_next_restart(sign, said):
    history = Store()
    gateway = gateway_of(answer("locate:LI4"), history=history)
    converse(gateway, sign)
    again = asyncio.run(gateway.restart("someone"))
    assert said in " ".join(again.text.split())
    assert said in converse(gateway, "where is LI4")
    kept = stored(*((text, [message]) for text, message in history.kept))
    after = gateway_of(answer("locate:LI4"), history=Store(kept))
    # In other words than before.
    assert "your local emergency number" in converse(after, "where is LI4")


URGENT = "i've got a fever and my back hurts"
WAIT = "Please wait with pressing"


def test_an_open_sign_outlasts_new_conversations_for_the_days_it_is_open():
    history, days = Store(), [datetime.date.today() - datetime.timedelta(days=1)]
    gateway = gateway_of(answer("locate:LI4"), history=history, today=lambda: days[-1])
    converse(gateway, URGENT)
    for _ in range(2):
        assert WAIT in asyncio.run(gateway.restart("someone")).text
        assert WAIT in converse(gateway, "where is LI4")
    kept = stored(*((text, [message]) for text, message in history.kept))
    days.append(datetime.date.today())
    after = [
        gateway_of(answer("locate:LI4"), history=Store(kept), today=lambda: days[-1])
        for _ in range(2)
    ]
    assert WAIT.lower() in converse(after[0], "where is LI4").lower()
    days.append(datetime.date.today() + datetime.timedelta(days=1))
    assert WAIT.lower() not in converse(after[1], "where is LI4").lower()
    assert asyncio.run(after[1].restart("someone")) is None


def test_an_open_sign_that_is_settled_is_not_carried_into_a_new_conversation():
    gateway = gateway_of(answer("topic:been_checked"), history=Store())
    converse(gateway, URGENT)
    asyncio.run(gateway.restart("someone"))
    converse(gateway, "i have been checked")
    assert asyncio.run(gateway.restart("someone")) is None


def test_a_new_conversation_without_an_alarm_begins_with_nothing():
    gateway = gateway_of(answer("locate:LI4"), history=Store())
    converse(gateway, "where is LI4")
    assert asyncio.run(gateway.restart("someone")) is None
    assert "The answer locate:LI4" in converse(gateway, "where is LI4")


def test_words_of_before_a_restart_complete_a_sign():
    history = Store(stored(("i had breast cancer", [])))
    said = converse(gateway_of(answer("x"), history=history), "my back hurts")
    assert "today" in said
    assert "The answer x" not in said


def test_pain_of_last_week_that_is_still_there_lasts_too_long():
    began = (datetime.date.today() - datetime.timedelta(days=7)).isoformat()
    history = Store(stored(pain={"began": began, "spoken_of": began}))
    said = converse(gateway_of(answer("x"), history=history), "it still hurts")
    assert "should be seen by a doctor" in said


@pytest.mark.parametrize("failure", [RuntimeError(SECRET), NotReadyError()])
def test_a_history_that_cannot_be_read_is_read_later(failure):
    history = Store(stored((EMERGENCY, [red_flag_message(Tier.EMERGENCY)])), failure)
    gateway = gateway_of(answer("locate:LI4"), history=history)
    said = converse(gateway, "where is LI4")
    assert "locate:LI4" not in said
    assert "I give no pressing steps" in said
    history.failure = None
    assert "emergency help first" in converse(gateway, "where is LI4")


def test_what_cannot_be_written_down_is_said_and_leads_to_no_pressing():
    history = Store()
    gateway = gateway_of(answer("press:LI4"), history=history)
    history.written = False
    said = converse(gateway, "how do i press LI4")
    assert "press:LI4" not in said
    assert "I cannot write down" in said
    assert "Please get emergency help now" in converse(gateway, EMERGENCY)
    history.written = True
    other = gateway_of(answer("press:LI4"), history=history)
    assert "press:LI4" in converse(other, "how do i press LI4")


@pytest.mark.parametrize("words", ["no fever", "thank you", "my wife says it is nothing"])
def test_an_answer_that_lifts_an_alarm_needs_words_that_settle_it(words):
    gateway = gateway_of(answer("topic:deny_red_flags"))
    said = converse(gateway, EMERGENCY, words, "where is LI4")
    assert "your local emergency number" in said


def test_a_sign_is_held_before_the_engine_is_asked():
    history = Store()

    async def killed(message):
        assert history.held["someone"].tier is Tier.EMERGENCY
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        converse(gateway_of(killed, history=history), EMERGENCY)
    assert "someone" not in history.told


def test_a_sign_that_only_the_engine_saw_is_held_while_nothing_can_be_written():
    history = Store()
    history.written = False

    async def handle(message):
        warning = red_flag_message(Tier.URGENT).to_json()
        await message.output_channel.send_response("someone", warning)

    gateway = gateway_of(handle, history=history)
    converse(gateway, "my back feels like it belongs to somebody else")
    assert history.held["someone"].tier is Tier.URGENT
    assert history.told == {"someone"}


def test_what_the_engine_did_not_hear_is_noted_before_the_next_answer():
    history = Store()
    working, told = engine("raises"), []

    async def handle(message):
        told.append(list(history.noted))
        await working(message)

    gateway = gateway_of(handle, history=history)
    converse(gateway, "i am pregnant")
    working = answer("press:LI4")
    history.failure = OSError()
    assert "press:LI4" not in converse(gateway, "how do i press LI4")
    history.failure = None
    assert "press:LI4" in converse(gateway, "how do i press LI4")
    assert told[0] == []
    assert told[-1] == ["i am pregnant"]


def test_a_red_flag_that_the_engine_could_not_store_is_recorded_without_the_words():
    history = Store()
    converse(gateway_of(engine("raises"), history=history), EMERGENCY)
    (found,) = history.recorded
    assert found.tier is Tier.EMERGENCY
    assert found.layer == "pattern"
    assert EMERGENCY not in str(found)


def test_the_number_of_the_country_is_said():
    assert "Call 112" in converse(gateway_of(answer("x"), country="DE"), EMERGENCY)
    assert "Call 999" in converse(
        gateway_of(answer("x"), country="DE"), "i'm in england", EMERGENCY
    )
    given = {"country": "us"}
    assert "Call 911" in converse(gateway_of(answer("x")), EMERGENCY, metadata=given)
    assert "your local emergency number" in converse(gateway_of(answer("x")), EMERGENCY)


def test_long_pain_that_a_doctor_knows_of_gets_the_short_form_and_the_answer():
    text = "i've had back pain for years, my doctor knows, where is the hand point"
    said = converse(gateway_of(answer("find:LI4")), text)
    assert "belongs in your doctor's care" in said
    assert "find:LI4" in said


@pytest.mark.parametrize("text", ["/goodbye i lost control of my bladder",
                                  "//restart i lost control of my bladder"])  # fmt: skip
def test_a_slash_is_no_way_past_the_red_flags(text):
    said = exchange(engine("says nothing"), text)
    assert "Please get emergency help now" in said[0].text


def test_a_sign_told_in_two_messages_is_put_together():
    _, said = exchanges(engine("says nothing"), ["i had breast cancer", "my back hurts"])
    assert "today" in said[0].text


def test_nobody_waits_for_an_engine_that_hangs():
    async def slow(message):
        await asyncio.sleep(30)
        await message.output_channel.send_response("someone", {"text": "Too late."})

    said = exchange(slow, SECRET)
    assert "Too late." not in said[0].text


def test_where_too_many_wait_others_are_refused_at_once_and_signs_are_not():
    history, released, searched = Store(), asyncio.Event(), []

    async def waits(message):
        await released.wait()
        await answer("locate:LI4")(message)

    async def all_at_once():
        gateway = gateway_of(waits, seconds=PATIENCE, history=history)
        search = gateway._screener.screen
        gateway._screener.screen = lambda *given: searched.append(given[0].sender) or search(*given)
        asked = [
            asyncio.ensure_future(gateway.exchange(Incoming("where is LI4", f"person {n}", "test")))
            for n in range(MOST_UNDER_WAY)
        ]
        await asyncio.sleep(0)
        (refused,) = await gateway.exchange(Incoming("i am pregnant", "another", "test"))
        (alarmed,) = await gateway.exchange(Incoming(EMERGENCY, "alarmed", "test"))
        assert not any(each.done() for each in asked)
        released.set()
        answers = await asyncio.gather(*asked)
        assert gateway.crowd.under_way == 0
        await gateway.exchange(Incoming("where is LI4", "another", "test"))
        return refused, alarmed, answers

    refused, alarmed, answers = asyncio.run(all_at_once())
    assert "Very many people are asking" in refused.text
    assert "emergency" in refused.text
    assert "Please get emergency help now" in alarmed.text
    assert history.held["alarmed"].tier is Tier.EMERGENCY
    assert searched.count("alarmed") == 1
    assert all("locate:LI4" in said[0].text for said in answers)
    assert history.noted == ["i am pregnant"]


def test_what_happens_is_counted():
    class Counts:
        def __init__(self):
            self.turns, self.broken = [], 0

        def answered(self, tier, seconds):
            self.turns.append((tier, seconds >= 0))

        def failed(self):
            self.broken += 1

    gateway = gateway_of(engine("raises"))
    gateway.watch = Counts()
    converse(gateway, "hello", EMERGENCY)
    assert gateway.watch.turns == [("none", True), ("emergency", True)]
    assert gateway.watch.broken == 2
