"""Signs that are only mentioned: the question is answered, and a line says what to do."""

import uuid

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers.pressing import leads_to_pressing
from bot.dialogue.doubts import DOUBTED_ENTITY
from bot.gateway.gateway import FrontDoor
from bot.gateway.messages import Incoming
from bot.knowledge.assertions import Says, assertions
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey
from bot.runtime import paths
from bot.safety.default import default_detector
from bot.safety.handover import HEARD_KEY
from bot.understanding.components.nearness import SIGN_NEARNESS
from bot.understanding.components.red_flags import RedFlagGuard
from bot.understanding.components.sign_confirmer import SIGN_TOLD

MENTIONED = [
    "in the novel i read a man gets crushing chest pain on page one, where is LI4",
    "for my nursing exam: saddle numbness, name two red flags",
    "what would you say if somebody typed that they can't feel their legs",
]
LINE = "such a sign"


def replies(messages):
    return [message["custom"]["reply"] for message in messages]


@pytest.fixture
def hold(talk_raw):
    """A function (texts) -> the replies to the last of them."""

    def hold(*texts):
        sender = uuid.uuid4().hex
        said = [talk_raw(text, sender) for text in texts]
        return replies(said[-1])

    return hold


@pytest.mark.parametrize("text", MENTIONED)
def test_what_is_only_mentioned_is_answered_with_a_line_beside_it(hold, text):
    assert default_detector().screen(text).tier, "the patterns see nothing here"
    (reply,) = hold(text)
    assert reply["kind"] != "red_flag"
    assert LINE in reply["written"]
    assert LINE in reply["spoken"]
    assert "emergency number" in reply["written"]
    assert reply["key"] != "topic:deny_red_flags", "nothing was denied"


def test_the_same_words_told_of_oneself_are_an_alarm(hold):
    for text in ("i have crushing chest pain, where is LI4", "i can't feel my legs"):
        assert hold(text)[0]["tier"] == "emergency"


def test_a_doubted_sign_opens_nothing_that_is_held_back(hold):
    after = hold("i have a fever together with my back pain", f"{MENTIONED[0]} and how is it done")
    assert any(reply["kind"] == "red_flag" for reply in after)
    answers = [reply for reply in after if reply["kind"] != "red_flag"]
    assert not any(leads_to_pressing(AnswerKey.parse(reply["key"])) for reply in answers)


def judged(text, told, near, heard=False):
    """The guard's intent and its doubt, where the two judges say `told` and `near`."""
    kinds = {"emergency": near, "self_harm": 0.0, "urgent": 0.0, "harmless": 1.0 - near}
    ranking = [{"name": "locate_point", "confidence": 0.9}]
    message = Message({TEXT: text, SIGN_TOLD: told, SIGN_NEARNESS: kinds, INTENT: ranking[0]})
    message.set("intent_ranking", ranking)
    message.set("metadata", {HEARD_KEY: heard})
    RedFlagGuard(default_detector()).process([message])
    doubts = [e["value"] for e in message.get(ENTITIES, []) if e["entity"] == DOUBTED_ENTITY]
    return message.get(INTENT)["name"], doubts


SIGN, NONE = "i have crushing chest pain", "where is LI4"


@pytest.mark.parametrize(
    ("text", "told", "near", "intent", "doubts"),
    [
        (SIGN, 0.01, 0.05, "locate_point", ["emergency"]),
        # one of the two holds it for a sign, or neither is sure enough
        (SIGN, 0.9, 0.001, "red_flag_emergency", []),
        (SIGN, 0.001, 0.9, "red_flag_emergency", []),
        (SIGN, 0.1, 0.2, "red_flag_emergency", []),
        # nearness alone: for an alarm, for a line, for nothing
        (NONE, 0.0, 0.7, "red_flag_emergency", []),
        (NONE, 0.95, 0.58, "red_flag_emergency", []),
        (NONE, 0.0, 0.4, "locate_point", ["near_emergency"]),
        (NONE, 0.0, 0.2, "locate_point", []),
    ],
)
def test_both_judges_must_hold_a_sign_for_none(text, told, near, intent, doubts):
    assert judged(text, told, near) == (intent, doubts)


def test_what_was_perhaps_misheard_is_not_doubted():
    assert judged(SIGN, 0.01, 0.05, heard=True) == ("red_flag_emergency", [])


def test_an_answer_said_again_doubts_no_later_sign(hold):
    told = [MENTIONED[0], "say that again", "my husband has crushing chest pain"]
    assert "doubted" not in hold(*told[:2])[0]
    assert hold(*told)[0]["tier"] == "emergency"


def test_thoughts_of_self_harm_are_never_doubted(hold):
    for text in ("lol i want to kill myself", "my character and i both want to die"):
        assert hold(text)[0]["tier"] == "emergency"


def test_what_an_earlier_message_completes_is_not_doubted(talk_raw):
    sender = uuid.uuid4().hex
    first, second = "my back hurts terribly in the middle", "i fell off a ladder an hour ago"
    talk_raw(first, sender)
    assert replies(talk_raw(second, sender))[0]["kind"] == "red_flag"


@pytest.mark.parametrize("answer", ["nothing", "without the mark", "for a milder sign"])
async def test_without_the_engines_word_an_alarm_is_an_alarm(answer):
    async def engine(message):
        if answer != "nothing":
            mark = {"doubted": "urgent"} if answer == "for a milder sign" else {}
            custom = {"reply": {"kind": "answer", "key": "locate:LI4", **mark}}
            await message.output_channel.send_response(
                message.sender_id, {"text": "Here it is.", "custom": custom}
            )

    door = FrontDoor(engine, default_detector(), Catalogue.load())
    said = await door.exchange(Incoming(MENTIONED[0], "somebody", "test"))
    assert said[0].is_emergency


def test_every_kind_of_sentence_is_learnt_from_and_every_gap_is_filled():
    made = assertions(paths.DATA, 2)
    assert {one.says for one in made} == set(Says)
    assert not [one.text for one in made if "{" in one.text or "[" in one.text]
    assert [one.text for one in made] == [one.text for one in assertions(paths.DATA, 2)]
