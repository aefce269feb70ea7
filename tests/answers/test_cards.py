"""The cards of answers: each fits the schema, and none tells what is withheld."""

import json

import jsonschema
import pytest
import yaml

from bot.answers import safety_messages
from bot.answers.card_builder import with_card, with_red_flag_card
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.local_numbers import localised
from bot.answers.people import Person
from bot.answers.points import PointAnswers
from bot.answers.reply import finish
from bot.answers.safety_messages import (
    DOMAIN_FILE,
    RESPONSES,
    STANDING_RESPONSES,
    known_message,
    open_message,
    red_flag_message,
    standing_message,
)
from bot.gate.every_reply import every_reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.emergency_numbers import default_numbers
from bot.knowledge.pictures import Pictures
from bot.knowledge.schema.data_files import DATA_DIR, DataError
from bot.knowledge.schema.guidance import Withhold
from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import Message, ReplyParts

CATALOGUE = Catalogue.load()
SCHEMA = json.loads((DATA_DIR / "schema" / "answer_cards.json").read_text(encoding="utf-8"))
FITS = jsonschema.Draft7Validator(SCHEMA)
LIMITING = [c for c in CATALOGUE.conditions if c.withhold is not Withhold.NOTHING]
RED_FLAGS = [
    *[red_flag_message(tier, "A numb leg needs checking.") for tier in RESPONSES],
    *[standing_message(alarm) for alarm in STANDING_RESPONSES],
    red_flag_message(Tier.EMERGENCY, self_harm=True),
    known_message(),
    open_message(),
]


def card_of(reply):
    return with_card(finish(reply, CATALOGUE), CATALOGUE, Pictures.load()).reply.card


def cards_of(reply):
    """The cards of single things in the card of a reply; none of a guided session."""
    card = card_of(reply)
    if card is None or card["type"].startswith("session_"):
        return []
    return card["points"] if card["type"] == "points" else [card]


def test_every_card_of_every_answer_fits_the_schema():
    kinds = set()
    for reply in every_reply(CATALOGUE).values():
        card = card_of(reply)
        if card and not card["type"].startswith("session_"):
            FITS.validate(card)
            kinds.add(card["type"])
    assert kinds == {"point", "points", "spot", "method"}


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_the_card_of_a_point_tells_all_of_it(point):
    card = card_of(PointAnswers(CATALOGUE).locate(point))
    assert (card["code"], card["name"]) == (point.code, point.names.pinyin_tones)
    assert card["where"] == point.location.lay
    assert " ".join(card["find"]) == point.find
    assert " ".join(card["press"]) == point.press.how
    assert tuple(card["hold_seconds"]) == point.press.hold_seconds
    told = [caution["text"] for caution in card["cautions"]]
    assert sorted(told) == sorted(CATALOGUE.caution(c).written for c in point.cautions)
    important = [caution["important"] for caution in card["cautions"]]
    assert important == sorted(important, reverse=True)
    assert len(card["sources"]) == len(point.sources)


@pytest.mark.parametrize("tool", CATALOGUE.tools, ids=lambda tool: tool.id)
def test_the_card_of_a_method_has_its_steps_and_times(tool):
    card = card_of(GeneralAnswers(CATALOGUE).tool(tool))
    FITS.validate(card)
    assert [step["text"] for step in card["steps"]] == list(tool.steps)
    timed = [number for number, step in enumerate(card["steps"], 1) if "seconds" in step]
    assert timed == [timer.step for timer in tool.timers]


@pytest.mark.parametrize("condition", LIMITING, ids=lambda condition: condition.id)
def test_what_is_withheld_has_no_pressing_card(condition):
    person = Person.from_ids([condition.id], CATALOGUE)
    told = 0
    # Many answers have the same card.
    replies = {str(r.card): (a, r) for a, r in every_reply(CATALOGUE, person).items() if r.card}
    for address, reply in replies.values():
        for card in cards_of(reply):
            FITS.validate(card)
            if card["type"] == "method":
                tool = CATALOGUE.tool(card["id"])
                assert not person.tools_withheld_by(tool.cautions), address
                continue
            if card["type"] == "spot":
                (spot,) = [a for a in CATALOGUE.article_areas if a.id == card["id"]]
                assert not person.withheld_by(spot), address
                continue
            withheld = person.withheld_by(CATALOGUE.point(card["code"]))
            assert card["type"] == ("point_withheld" if withheld else "point"), address
            if withheld:
                assert card["why"] == condition.reason
                assert not {"press", "find", "where", "hold_seconds"} & set(card)
                told += 1
    assert told or condition.withhold is Withhold.TOOLS


def test_a_list_shown_again_loses_what_was_withheld_since():
    first = finish(PointAnswers(CATALOGUE).locate(CATALOGUE.point("LI4")), CATALOGUE)
    shown = {"type": "points", "points": [{"type": "point", "code": c} for c in ("LI4", "GB20")]}
    last = first.with_reply(card=shown).reply
    person = Person.from_ids(["high_blood_pressure"], CATALOGUE)
    again = cards_of(FollowUpAnswers(CATALOGUE, person).simpler(last))
    assert [card["type"] for card in again] == ["point", "point_withheld"]


@pytest.mark.parametrize("message", RED_FLAGS, ids=lambda message: message.text[2:40])
@pytest.mark.parametrize("country", [None, "GB"])
def test_a_red_flag_has_a_card_with_the_action_first(message, country):
    message = with_red_flag_card(localised(message, default_numbers(), country))
    reply = message.to_json()["custom"]["reply"]
    card = reply["card"]
    FITS.validate(card)
    assert card["tier"] == reply["tier"]
    assert message.text.startswith(f"**{card['action']}**")
    assert len(card["steps"]) >= 1
    said = [card["action"], card.get("why", ""), *card["steps"], card["note"]]
    assert not any("**" in part or part.startswith(("-", "_")) for part in said)
    told = "".join(filter(str.isalnum, "".join(said)))
    assert told == "".join(filter(str.isalnum, message.text))
    assert card.get("call") == reply.get("call")
    number = {"emergency": "999", "urgent": "111"}.get(card["tier"]) if country else None
    assert (card.get("call") or {}).get("number") == number


@pytest.mark.parametrize(
    ("part", "wrong"), [("tier", "emergncy"), ("kind", "answer"), ("spoken", None), ("card", {})]
)
def test_a_warning_that_would_not_be_known_for_one_is_refused(monkeypatch, tmp_path, part, wrong):
    content = yaml.safe_load(DOMAIN_FILE.read_text(encoding="utf-8"))
    content["responses"]["utter_red_flag_urgent"][0]["custom"]["reply"][part] = wrong
    (tmp_path / "red_flags.yml").write_text(yaml.safe_dump(content))
    monkeypatch.setattr(safety_messages, "DOMAIN_FILE", tmp_path / "red_flags.yml")
    with pytest.raises(DataError, match="utter_red_flag_urgent"):
        safety_messages._responses.__wrapped__()


def test_a_card_about_a_point_that_is_gone_is_taken_off():
    message = Message.of("x", ReplyParts(card={"type": "point", "code": "LU1"}))
    assert with_card(message, CATALOGUE, Pictures.load()).reply.card is None


def test_a_card_that_lacks_something_does_not_fit():
    card = card_of(PointAnswers(CATALOGUE).locate(CATALOGUE.point("LI4")))
    for name in ("code", "where", "press", "hold_seconds", "cautions", "sources"):
        with pytest.raises(jsonschema.ValidationError):
            FITS.validate({k: v for k, v in card.items() if k != name})
