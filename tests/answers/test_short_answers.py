"""What is asked is answered in few words; guidance and cautions stay, and are not said twice."""

from dataclasses import replace

import pytest

from bot.answers.fields import FIELDS, FieldAnswers
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.past_answers import PastAnswers
from bot.answers.people import Person
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import finish
from bot.dialogue.asked import Asked, asked_in
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey, Kind

CATALOGUE = Catalogue.load()
POINTS = CATALOGUE.points
MOST_WORDS = 40
MOST_WORDS_OF_A_PLACE = 50
MOST_WORDS_OF_A_LIST = 150
MOST_WORDS_OF_ONE = 120
CAUTIONS = " ".join(caution.short for caution in CATALOGUE.cautions)
# Somebody who has heard every caution of every point, and when to stop.
STOP = f"Stop {CATALOGUE.techniques.default.stop_when}"
ALL_HEARD = PastAnswers(
    ({"card": {"points": [{"code": p.code} for p in POINTS]}, "written": f"{CAUTIONS} {STOP}",
      "spoken": CAUTIONS},)
)  # fmt: skip
ANSWERS = ("locate", "right_spot", "how_to_press", "purpose", "names")


def words(text):
    return len(text.replace("*", "").split())


def told(reply, heard=None):
    """The part of a finished message that later answers know of."""
    return finish(reply, CATALOGUE, heard=heard or PastAnswers()).to_json()["custom"]["reply"]


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.code)
def test_one_attribute_of_a_point_takes_few_words(point):
    answers = PointAnswers(CATALOGUE, heard=ALL_HEARD)
    replies = [getattr(answers, name)(point) for name in ANSWERS]
    replies += [FieldAnswers(CATALOGUE, heard=ALL_HEARD).field(kind, point) for kind in FIELDS]
    replies.append(answers.how_long([point]))
    too_long = {str(r.key): words(r.written) for r in replies if words(r.written) > MOST_WORDS}
    # Where a point lies is told whole, however many words the standard takes.
    assert set(too_long) <= {f"locate:{point.code}", f"exact:{point.code}"}, too_long
    assert max(too_long.values(), default=0) <= MOST_WORDS_OF_A_PLACE, too_long


@pytest.mark.parametrize("kind", FIELDS)
def test_one_attribute_of_pressing_in_general_takes_few_words(kind):
    reply = FieldAnswers(CATALOGUE).field(kind, None)
    assert 0 < words(reply.written) <= MOST_WORDS


@pytest.mark.parametrize("kind", FIELDS)
def test_every_attribute_is_kept_from_who_must_not_press(kind):
    person = Person.from_ids(["pregnancy"], CATALOGUE)
    for point in (None, CATALOGUE.point("LI4")):
        assert FieldAnswers(CATALOGUE, person).field(kind, point).key.is_of(Kind.WITHHELD)


def test_subjects_are_told_in_few_words_and_more_tells_all():
    general = GeneralAnswers(CATALOGUE)
    for answer in CATALOGUE.answers:
        for chosen, variant in [(answer, None), *((v, v) for v in answer.variants)]:
            first = general.told(answer, variant)
            whole = answer.guidance in ("safety_information", "pregnancy")
            if whole or answer.intent == "report_pain":
                assert first.written == chosen.written  # signs, and what has to be asked
                continue
            assert words(first.written) <= MOST_WORDS + 5, first.key
            heard = PastAnswers((told(first),))
            more = FollowUpAnswers(CATALOGUE, heard=heard).more_on(answer.intent, [first.key])
            if answer.sources:
                assert more is not None
                assert more.written == chosen.written


def test_a_list_has_three_points_and_no_more_words_than_can_be_read():
    places = PlaceAnswers(CATALOGUE)
    asked = [(area.id, None) for area in CATALOGUE.areas]
    asked += [(None, complaint.id) for complaint in CATALOGUE.complaints]
    for area, complaint in asked:
        reply = places.find(area, complaint, "which points")
        assert len(reply.card["points"]) <= 3
        assert words(reply.written) <= MOST_WORDS_OF_A_LIST, (reply.key, words(reply.written))
        best = places.find(area, complaint, "the best point")
        assert len(best.card["points"]) == 1
        assert words(best.written) <= MOST_WORDS_OF_ONE, (best.key, words(best.written))


@pytest.mark.parametrize(("said", "number"), [
    ("which points help", 3),
    ("a point for my back please", 1),
    ("what is the best for it", 1),
    ("is there something i can press", 1),
    ("show me all the points", 99),
    ("where is the spot on my foot", 3),  # a place that was not understood
])  # fmt: skip
def test_so_many_points_are_named_as_are_asked_for(said, number):
    reply = PlaceAnswers(CATALOGUE).find(None, "back_pain", said)
    known = len(CATALOGUE.points_for(None, "back_pain"))
    assert len(reply.card["points"]) == min(number, known)


def test_the_whole_description_stays_within_reach():
    for point in POINTS:
        detail = FollowUpAnswers(CATALOGUE, heard=ALL_HEARD).detail(point).written
        assert point.location.lay in detail
        assert point.find in detail
        assert point.press.how in detail
        assert all(CATALOGUE.caution(c).written in detail for c in point.cautions)


def test_the_first_advice_has_its_guidance_in_full_and_the_next_in_brief():
    general = GeneralAnswers(CATALOGUE)
    greeting = told(general.topic("greet", "hi"))
    first = PointAnswers(CATALOGUE).locate(CATALOGUE.point("LI4"))
    heard = PastAnswers((greeting,))
    begun = told(first, heard)
    full = CATALOGUE.guidance(first.guidance)
    assert begun["guidance"]["written"] == full.written
    after = PastAnswers((greeting, begun))
    for reply in (first, general.tools(), general.topic("ask_evidence", "does it work")):
        message = finish(reply, CATALOGUE, heard=after)
        brief = CATALOGUE.guidance(reply.guidance).brief
        assert message.to_json()["custom"]["reply"]["guidance"] == {
            "written": brief,
            "spoken": brief,
        }
        assert message.text.endswith(f"_{brief}_")


def test_guidance_that_no_other_says_is_told_in_full_all_the_same():
    first = told(PointAnswers(CATALOGUE).locate(CATALOGUE.point("LI4")))
    reply = GeneralAnswers(CATALOGUE).topic("ask_medicine", "may i take a pill")
    guidance = told(reply, PastAnswers((first,)))["guidance"]["written"]
    assert guidance == CATALOGUE.guidance("medicines").written


def test_no_guidance_is_empty():
    for line in CATALOGUE.guidance_lines:
        assert line.written
        assert line.brief or not line.is_advice
        assert "doctor" in (line.brief or line.written)


def test_a_caution_is_said_once_for_a_point_and_again_for_another():
    first, second = CATALOGUE.point("LI4"), CATALOGUE.point("BL60")
    caution = CATALOGUE.caution("pregnancy_point").short
    said = PointAnswers(CATALOGUE).locate(first)
    assert caution in said.written
    answers = PointAnswers(CATALOGUE, heard=PastAnswers((told(said),)))
    assert caution not in answers.how_to_press(first).written
    assert caution in answers.how_to_press(second).written


def test_a_caution_of_a_pregnancy_is_not_said_to_who_denies_one():
    denied = PastAnswers(cannot_concern=frozenset(CATALOGUE.condition("pregnancy").cautions))
    for point in POINTS:
        written = PointAnswers(CATALOGUE, heard=denied).locate(point).written
        assert "pregnan" not in written
    assert "midwife" not in " ".join(
        PointAnswers(CATALOGUE).locate(point).written.lower() for point in POINTS
    )


def test_where_it_is_asked_again_tells_how_to_feel_for_it():
    point = CATALOGUE.point("LI4")
    first = PointAnswers(CATALOGUE).locate(point)
    again = PointAnswers(CATALOGUE, heard=PastAnswers((told(first),))).locate(point)
    assert point.location.lay in first.written
    assert point.find in again.written
    assert point.location.lay not in again.written


def test_a_paragraph_is_not_said_twice_but_why_it_is_withheld_is():
    old = "If it gets worse and worse, please see a doctor soon."
    heard = PastAnswers(({"written": f"One.\n\n{old}"},))
    assert heard.without_old(f"Two.\n\n{old}\n\nThree.") == "Two.\n\nThree."
    assert heard.without_old(f"Two.\n\n{old}", [old]).endswith(old)


@pytest.mark.parametrize(("text", "asked"), [
    ("my lower back aches, how hard do i push", [Asked.HARD]),
    ("where is it, how long do i hold it and how often?", [Asked.WHERE, Asked.LONG, Asked.OFTEN]),
    ("does it matter which side i take", [Asked.SIDE]),
    ("with my thumb or with a knuckle?", [Asked.FINGER]),
    ("can i do this right after dinner", [Asked.MEAL]),
    ("is it all right in the shower", [Asked.BATH]),
    ("ok straight after a run?", [Asked.SPORT]),
    ("better in the morning or in the evening", [Asked.DAYTIME]),
    ("can i do it while i watch the news", [Asked.MEANWHILE]),
    ("my neck hurts. what are the risks of this?", [Asked.RISKS]),
    ("my back is sore, and do you store what i tell you", [Asked.PRIVACY]),
    ("which doctor has this been reviewed by", [Asked.REVIEWED]),
    ("what do the guidelines think of needles for the back", [Asked.GUIDELINES]),
    ("how many points are there", [Asked.COUNT]),
    ("how long will it take to help", [Asked.SOON]),
    ("how long should i keep the ice on", [Asked.OTHER_WAYS]),
    ("how long have you known that", []),
    ("it hurts after a run", []),
    ("my lower back hurts", []),
    ("hello", []),
])  # fmt: skip
def test_the_question_word_says_what_is_asked(text, asked):
    assert asked_in(text) == asked


def test_an_attribute_is_told_with_its_own_words():
    field = FieldAnswers(CATALOGUE).field
    point = CATALOGUE.point("GB20")
    assert point.press.strength in field("hard", point).written
    assert point.press.fingers in field("finger", point).written
    assert "one after the other" in field("side", CATALOGUE.point("LI4")).written
    assert "middle of the body" in field("side", CATALOGUE.point("GV4")).written
    assert replace(field("often", point), written="").key == AnswerKey(Kind.OFTEN, "GB20")
