"""Signs that are only mentioned: the question is answered, and a line says what to do."""

import uuid

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers.pressing import leads_to_pressing
from bot.dialogue.doubts import DOUBTED_ENTITY
from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.knowledge.assertions import Says, assertions
from bot.messages.answer_key import AnswerKey
from bot.runtime import paths
from bot.safety.default import default_detector
from bot.safety.handover import HEARD_KEY
from bot.understanding.components.red_flags import RedFlagGuard
from bot.understanding.components.sign_judge import SIGN_JUDGEMENT
from bot.understanding.learning.judges import Judgement

MENTIONED = [
    "in the novel i read a man gets crushing chest pain on page one, where is LI4",
    "for my nursing exam: saddle numbness, name two red flags",
    "what would you say if somebody typed that they can't feel their legs",
]
LINE = "have that"


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


def judged(text, probability, near=0.0, heard=False):
    """The guard's intent and its doubt, where a sign is so probable, and so near."""
    kinds = {"emergency": near, "self_harm": 0.0, "urgent": 0.0, "none": 1 - near}
    judgement = Judgement(kinds, "emergency", probability)
    ranking = [{"name": "locate_point", "confidence": 0.9}]
    message = Message({TEXT: text, SIGN_JUDGEMENT: judgement, INTENT: ranking[0]})
    message.set("intent_ranking", ranking)
    message.set("metadata", {HEARD_KEY: heard})
    RedFlagGuard().process([message])
    doubts = [e["value"] for e in message.get(ENTITIES, []) if e["entity"] == DOUBTED_ENTITY]
    return message.get(INTENT)["name"], doubts


SIGN, NONE = "i have crushing chest pain", "where is LI4, and how do i press it"


@pytest.mark.parametrize(
    ("text", "probability", "near", "intent", "doubts"),
    [
        (SIGN, 0.03, 0.1, "locate_point", ["emergency"]),
        (SIGN, 0.3, 0.1, "red_flag_emergency", []),
        # another language, in which nobody can judge whose the sign is
        (SIGN, None, 0.1, "red_flag_emergency", []),
        (NONE, None, 0.7, "red_flag_emergency", []),
        # what no pattern knows: told, for a line, not told
        (NONE, 0.7, 0.6, "red_flag_emergency", []),
        (NONE, 0.3, 0.4, "locate_point", ["near_emergency"]),
        (NONE, 0.05, 0.95, "locate_point", []),
    ],
)
def test_a_sign_that_was_found_is_doubted_only_where_it_is_most_unlikely(
    text, probability, near, intent, doubts
):
    assert judged(text, probability, near) == (intent, doubts)


DESPAIR = "i write a thesis on suicide prevention and my neck is stiff"


def test_talk_of_self_harm_is_doubted_only_where_next_to_nothing_speaks_for_it():
    assert judged(DESPAIR, 0.03) == ("locate_point", ["self_harm"])
    assert judged(DESPAIR, 0.12) == ("red_flag_self_harm", [])


def test_talk_of_self_harm_that_is_nobodys_here_is_answered_with_where_to_turn(hold):
    (reply,) = hold(DESPAIR)
    assert reply["kind"] != "red_flag"
    assert "crisis line" in reply["written"]
    assert "crisis line" in reply["spoken"]
    (alarm,) = hold("i write my last letter tonight, nobody will prevent my suicide")
    assert alarm["kind"] == "red_flag"


def test_what_was_perhaps_misheard_is_not_doubted():
    assert judged(SIGN, 0.05, 0.1, heard=True) == ("red_flag_emergency", [])
    assert judged(NONE, 0.35, 0.4, heard=True) == ("red_flag_emergency", [])


def test_what_nothing_else_speaks_for_must_be_surer():
    assert judged(NONE, 0.85, 0.2)[0] == "locate_point"
    assert judged(NONE, 0.95, 0.0)[0] == "red_flag_emergency"


@pytest.mark.parametrize(
    "around",
    ["**bold** _it_ `x`\n{}\n**bold** _it_ `x`", "<b>{}</b>", "1. {}", "😭 {}", "null {}\n🙏"],
)
@pytest.mark.parametrize(
    "sign",
    ["i can't feel my bum when i sit", "my left arm hangs and my mouth is crooked",
     "a fever of 39 and my spine hurts"],
)  # fmt: skip
def test_what_stands_around_a_sign_makes_nobody_doubt_it(hold, around, sign):
    assert hold(around.format(sign))[0]["tier"] in ("emergency", "urgent")


def test_one_sentence_in_a_long_message_tells_the_sign(hold):
    story = (
        "Good morning, it is Edith again. The roses are out and my daughter came by with the "
        "little ones, we had cake in the garden and talked about the holiday. {} "
        "Then the neighbour rang about the fence. Which point on the hand was it, please?"
    )
    assert (
        hold(story.format("Since last night my legs will not carry me."))[0]["kind"] == "red_flag"
    )
    assert hold(story.format("My back is a little stiff from it."))[0]["kind"] != "red_flag"


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

    gateway = Gateway(engine, Resources.load())
    said = await gateway.exchange(Incoming(MENTIONED[0], "somebody", "test"))
    assert said[0].is_emergency


def test_every_kind_of_sentence_is_learnt_from_and_every_gap_is_filled():
    made = assertions(paths.DATA, 2)
    assert {one.says for one in made} == set(Says)
    assert not [one.text for one in made if "{" in one.text or "[" in one.text]
    assert [one.text for one in made] == [one.text for one in assertions(paths.DATA, 2)]
