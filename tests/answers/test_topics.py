"""What the reader of questions takes a message for has an answer: short, and fit for the person."""

import pytest

from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.past_answers import PastAnswers
from bot.answers.people import Person
from bot.answers.pressing import held_back
from bot.answers.reply import finish
from bot.dialogue.subjects import variant_of
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import Kind

CATALOGUE = Catalogue.load()
MOST_WORDS = 60
# What people ask about, by what they must hear in the few words that are told first.
HEARD = [
    (Topic.ARE_YOU_SURE, "", "less certain"),
    (Topic.MEANING_OF_WORD, "what does tendon mean", "muscle to a bone"),
    (Topic.MEANING_OF_WORD, "how do you mean firm", "peach"),
    (Topic.WHY_ASK, "", "a doctor should look"),
    (Topic.SAD, "", "helpline"),
    (Topic.SCARED, "", "not dangerous"),
    (Topic.WANT_HUMAN, "", "emergency number"),
    (Topic.CANNOT_REACH, "", "forearm"),
    (Topic.THUMBS_TIRE, "", "knuckle"),
    (Topic.DRIVING, "", "never while you drive"),
    (Topic.ALCOHOL, "", "sober"),
    (Topic.FOR_CHILD, "", "under sixteen"),
    (Topic.HURTS_PRESSING, "", "should never hurt"),
    (Topic.TINGLES_PRESSING, "", "stop pressing"),
    (Topic.DIZZY_PRESSING, "", "sit or lie down"),
    (Topic.BRUISE, "", "without a knock"),
    (Topic.WHAT_IS_QI, "", "measure it"),
    (Topic.COULD_IT_BE, "could it be a disc", "cannot say what it is"),
    (Topic.COST_APP, "", "cost nothing"),
    (Topic.BED_REST, "", "Keep moving"),
    (Topic.STRETCH, "", "hands and knees"),
    (Topic.CHAIR, "", "feet are flat"),
    (Topic.HEAT_HOW, "", "not while you sleep"),
    (Topic.HEAT_HOW, "how long with a hot water bottle", "not while you sleep"),
    (Topic.ICE_HOW, "", "thin towel"),
    (Topic.TENS, "is red light any good", "red light"),
    (Topic.TENS, "", "pacemaker"),
    (Topic.CUPPING_MOXA, "what about gua sha", "scrapes"),
    (Topic.MASSAGE_GUN, "", "Never on the neck"),
    (Topic.EXPLAIN_SIGN, "", "when you wipe"),
    (Topic.HOW_LONG_WAIT, "", "A few days"),
    (Topic.DONT_WANT_DOCTOR, "", "your choice"),
    (Topic.TELL_DURATION, "", "getting worse"),
    (Topic.TELL_NO_EFFECT, "", "not your fault"),
    (Topic.TELL_HISTORY, "", "thin bones"),
]


def told(topic, text="", person=None):
    """What is said first to a message that is about the topic."""
    answer, variant = variant_of(topic, text, CATALOGUE.answers)
    assert answer, topic
    who = person or Person()
    return held_back(GeneralAnswers(CATALOGUE, who).told(answer, variant), who, CATALOGUE)


@pytest.mark.parametrize(("topic", "text", "says"), HEARD)
def test_a_topic_is_answered_at_once(topic, text, says):
    reply = told(topic, text)
    assert says in reply.written.replace("*", "")
    assert len(reply.written.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    ("topic", "condition", "says", "says_not"),
    [
        (Topic.HEAT_HOW, "pregnancy", "not hot", "Fifteen"),
        (Topic.STRETCH, "pregnancy", "flat on your back", "Knee hug"),
        (Topic.SWIM_SAUNA, "pregnancy", "leave out saunas", "fifteen"),
        (Topic.STRETCH, "osteoporosis", "do not bend forward", "round your back"),
        (Topic.EXERCISE, "frail_or_old", "do not bend forward", "bridge"),
        (Topic.CHIROPRACTOR, "osteoporosis", "nobody jerk", "ease some backs"),
        (Topic.HEAT_HOW, "diabetes_numbness", "may not notice", "Fifteen"),
        (Topic.MASSAGE_GUN, "blood_thinners", "ask your doctor", "lowest"),
        (Topic.MASSAGE_GUN, "cancer", "ask your doctor", "lowest"),
        (Topic.DRINKS_FOOD, "blood_thinners", "before you take", "no food"),
        (Topic.TENS, "pacemaker", "use no TENS", "Some people like it"),
        (Topic.STRETCH, "joint_replacement", "physiotherapist", "Knee hug"),
    ],
)
def test_what_somebody_told_shapes_the_answer(topic, condition, says, says_not):
    written = told(topic, person=Person.from_ids([condition], CATALOGUE)).written.replace("*", "")
    assert says in written
    assert says_not not in written


@pytest.mark.parametrize(
    "topic", [Topic.IN_BED, Topic.IN_PUBLIC, Topic.CIRCLES, Topic.CANNOT_REACH, Topic.ON_PERIOD]
)
def test_how_to_press_is_not_told_in_pregnancy(topic):
    person = Person.from_ids(["pregnancy"], CATALOGUE)
    assert told(topic, person=person).key.is_of(Kind.WITHHELD)


def test_nothing_is_said_of_a_pregnancy_to_who_asks_for_warmth():
    for text in ("", "how long with a wheat bag"):
        assert "pregnan" not in told(Topic.HEAT_HOW, text).written


def test_who_asks_for_more_hears_nothing_that_is_not_for_them():
    person = Person.from_ids(["pregnancy"], CATALOGUE)
    first = told(Topic.HEAT_HOW, person=person)
    heard = PastAnswers((finish(first, CATALOGUE).to_json()["custom"]["reply"],))
    more = FollowUpAnswers(CATALOGUE, person, heard).more_on("ask_alternatives", [first.key])
    assert more is None or not more.key.subject.endswith(("heat_how", "massage_gun"))


@pytest.mark.parametrize(
    ("topic", "text", "variant"),
    [
        (Topic.SLEEP, "", "sleeping"),
        (Topic.SLEEP, "a firmer mattress then", "mattress"),
        (Topic.DEVICE, "", "device"),
        (Topic.DEVICE, "my aunt lent me her tens machine", "tens"),
        (Topic.OTHER_TREATMENT, "", "therapists"),
        (Topic.OTHER_TREATMENT, "and shiatsu", "reflexology"),
        (Topic.SEE_DOCTOR, "there is no appointment until june", "no_appointment"),
    ],
)
def test_a_closer_answer_stands_beside_the_general_one(topic, text, variant):
    chosen = variant_of(topic, text, CATALOGUE.answers)[1]
    assert chosen
    assert chosen.id == variant
