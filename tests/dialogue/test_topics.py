"""The moment a message is said in, its parts, and narrow topics before the wide ones."""

import pytest

from bot.dialogue.topics import PART_OF, intents_of, moment_of, narrowest, with_wider
from bot.knowledge.schema.topics import Moment, Topic
from bot.messages.answer_key import AnswerKey
from bot.text.clauses import clauses


@pytest.mark.parametrize(
    ("key", "alarm", "is_urgent", "moment"),
    [
        (None, False, False, Moment.START),
        ("locate:LI4", False, False, Moment.POINT),
        ("find:hand", False, False, Moment.POINT),
        ("topic:report_pain", False, False, Moment.ASKED),
        ("topic:ask_alternatives:heat", False, False, Moment.TOPIC),
        ("session:pain_before", False, False, Moment.SCORE),
        ("session:find_1", False, False, Moment.SESSION),
        ("reminder:set", False, False, Moment.REMINDER),
        ("withheld:LI4", False, False, Moment.WITHHELD),
        ("say:not_understood", False, False, Moment.UNCLEAR),
        ("locate:LI4", True, False, Moment.ALARM),
        ("locate:LI4", False, True, Moment.URGENT),
    ],
)
def test_the_moment_is_what_was_talked_of_last(key, alarm, is_urgent, moment):
    last = AnswerKey.parse(key) if key else None
    assert moment_of(last, alarm, is_urgent) is moment


def test_who_asks_for_the_narrow_thing_does_not_ask_for_the_wide_one_besides():
    assert narrowest([Topic.SLEEP, Topic.MATTRESS]) == [Topic.MATTRESS]
    assert narrowest([Topic.SLEEP, Topic.HEAT]) == [Topic.SLEEP, Topic.HEAT]
    assert with_wider([Topic.MATTRESS]) == {Topic.MATTRESS, Topic.SLEEP}
    assert "ask_alternatives" in intents_of(Topic.MATTRESS)


def test_no_topic_is_part_of_itself():
    assert not [topic for topic, wider in PART_OF.items() if topic in wider]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how hard, and which side do I take", ["which side do I take"]),
        (
            "three days now. is warmth good and which stretch",
            ["three days now.", "is warmth good", "which stretch"],
        ),
        ("where is LI4", ["where is LI4"]),
        ("", []),
    ],
)
def test_a_message_is_cut_where_another_thing_may_begin(text, parts):
    found = clauses(text)
    assert [part for part in found if part in parts] == parts
