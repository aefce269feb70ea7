"""What a tracker says that a person has been told."""

from actions.turn.past_answers import past_answers
from bot.knowledge.catalogue import Catalogue

CATALOGUE = Catalogue.load()


def bot(key, kind="answer", **parts):
    return {"event": "bot", "data": {"custom": {"reply": {"key": key, "kind": kind, **parts}}}}


def user(*entities):
    return {"event": "user", "parse_data": {"entities": list(entities)}}


def denial(**parts):
    return {"entity": "condition", "value": "pregnancy", "role": "negated", **parts}


def heard(*events, declared=()):
    return past_answers(events, CATALOGUE, declared)


def test_answers_are_heard_in_their_order():
    assert [r["key"] for r in heard(bot("locate:LI4"), user(), bot("hard:LI4")).replies] == [
        "locate:LI4",
        "hard:LI4",
    ]


def test_what_was_told_before_a_sign_is_told_again():
    before, after = bot("locate:LI4"), bot("hard:LI4")
    for between in (bot("x", kind="red_flag"), bot("topic:been_checked")):
        assert [r["key"] for r in heard(before, between, after).replies] == ["hard:LI4"]


def test_a_conversation_begun_anew_has_heard_nothing():
    events = (user(denial()), bot("locate:LI4"), {"event": "session_started"})
    assert not heard(*events).replies
    assert not heard(*events).cannot_concern


def test_only_who_denies_it_of_themselves_is_not_warned_of_a_pregnancy():
    assert "pregnancy_point" in heard(user(denial())).cannot_concern
    assert not heard(user(denial(whose="your wife"))).cannot_concern
    assert not heard(user(denial()), declared=["pregnancy"]).cannot_concern
    assert not heard(user()).cannot_concern
