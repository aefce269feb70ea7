"""Whom to call: the number of the country a person is in, and never a guess."""

import pytest

from bot.answers.local_numbers import localised
from bot.answers.safety_messages import red_flag_message, standing_message
from bot.gate.gate import check_everything
from bot.gate.numbers_typescript import said_by_a_person
from bot.knowledge.emergency_numbers import (
    EmergencyNumbers,
    load_emergency_numbers,
    named_twice,
)
from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import Tier
from tests.data_copy import change

NUMBERS = EmergencyNumbers.load()


def test_what_the_chat_says_for_a_country_is_understood():
    countries = load_emergency_numbers(DATA_DIR)[0].countries
    told = {each.code: NUMBERS.country_told(said_by_a_person(each)) for each in countries}
    assert [code for code, understood in told.items() if code != understood] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("i'm in germany", "DE"),
        ("I am in the UK", "GB"),
        ("We live in New Zealand, near the sea", "NZ"),
        ("Spain", "ES"),
        ("in india", "IN"),
        ("the united states", "US"),
        ("yes. germany. the number please", "DE"),
        ("I'm from Italy and live in Canada", "CA"),
        ("i'm on holiday in france", "FR"),
        ("is the spanish cupping mat good", None),
        ("turkey sandwich", None),
        ("acupressure comes from china", None),
        ("can you tell us more", None),
        ("where is LI4", None),
    ],
)
def test_a_country_is_what_people_say_of_themselves(text, code):
    assert NUMBERS.country_told(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("i'm in Liverpool, what do i dial", "GB"),
        ("right, I'm in Oregon, which number", "US"),
        ("we live near Toulouse", "FR"),
        ("I'm in Gdańsk", "PL"),
        ("Osaka", "JP"),
        ("I'm in Paris, Texas", "US"),
        ("I'm in Birmingham, Alabama", "US"),
        ("I am in Georgia", None),
        ("i'm in the bath", None),
        ("I'm in reading glasses", None),
        ("nice", None),
        ("I'm in agony", None),
    ],
)
def test_a_city_or_state_tells_the_country(text, code):
    assert NUMBERS.country_told(text) == code


def test_who_names_a_city_that_is_in_several_countries_is_told_which_was_taken():
    assert NUMBERS.may_be_elsewhere("I'm in Manchester")
    assert not NUMBERS.may_be_elsewhere("I'm in Manchester, England")
    told = localised(red_flag_message(Tier.EMERGENCY), NUMBERS, "GB", is_named=True)
    assert "Call 999 (in the United Kingdom)" in told.text
    assert told.reply.call is not None
    assert told.reply.call.number == "999"


def test_a_known_country_gets_its_number_written_and_spoken():
    message = red_flag_message(Tier.EMERGENCY)
    there = localised(message, NUMBERS, "GB").to_json()
    assert "Call 999" in there["text"]
    assert "local emergency number" not in str(there)
    assert "9 9 9" in there["custom"]["reply"]["spoken"]
    assert there["custom"]["reply"]["call"] == {"country": "GB", "number": "999"}


def test_who_should_be_seen_today_is_not_sent_to_the_emergency_number():
    dialled = {
        code: localised(red_flag_message(Tier.URGENT), NUMBERS, code).to_json()["custom"]["reply"]
        for code in ("GB", "DE", "US")
    }
    assert dialled["GB"]["call"] == {"country": "GB", "number": "111"}
    assert dialled["DE"]["call"] == {"country": "DE", "number": "116 117"}
    assert "call" not in dialled["US"]


@pytest.mark.parametrize("code", [None, "XX"])
def test_an_unknown_country_gets_no_number(code):
    message = standing_message("emergency")
    assert localised(message, NUMBERS, code) == message
    assert "your local emergency number" in message.text
    assert "Tell me your country" in " ".join(message.text.split())


def test_111_is_named_in_new_zealand_as_the_emergency_number_and_in_britain_for_advice():
    assert "Call 111" in localised(red_flag_message(Tier.EMERGENCY), NUMBERS, "NZ").text
    assert "111" not in localised(red_flag_message(Tier.EMERGENCY), NUMBERS, "GB").text
    assert "NHS 111 today" in localised(red_flag_message(Tier.URGENT), NUMBERS, "GB").text


def test_who_says_their_country_is_not_asked_for_it():
    said = " ".join(localised(standing_message("self_harm"), NUMBERS, "US").text.split())
    assert "Tell me your country" not in said
    assert "988" in said


def test_a_country_that_stands_twice_is_named(folder):
    change(folder, "emergency_numbers.yml", "names: [canada]", "names: [canada, germany]")
    first, *_ = named_twice(folder)
    assert first.file.endswith("emergency_numbers.yml")
    assert "'germany' is there twice" in first.what


def test_a_number_that_is_none_is_named(folder):
    change(folder, "emergency_numbers.yml", 'emergency: "000"', 'emergency: "zero"')
    problems = check_everything(folder)
    assert any(p.file.endswith("emergency_numbers.yml") for p in problems)
