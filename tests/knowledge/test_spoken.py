"""Every answer for the ear: short, no signs, no long lists, with its guidance."""

import re

import pytest

from bot.answers.local_numbers import localised
from bot.answers.people import Person
from bot.answers.points import PointAnswers
from bot.answers.reply import MOST_SPOKEN_WORDS, Reply, finish, spoken_together
from bot.answers.safety_messages import (
    known_message,
    open_message,
    red_flag_message,
    standing_message,
)
from bot.gate.every_reply import every_reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.emergency_numbers import default_numbers
from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import Tier, load_red_flags
from bot.messages.answer_key import AnswerKey

CATALOGUE = Catalogue.load()
REPLIES = every_reply(CATALOGUE)
ASK_SOMEBODY = re.compile(r"\b(doctor|midwife|pharmacist|physiotherapist|nurse)", re.IGNORECASE)
# Four things or more in a row: 'a soft ball, a roller, a mat or a massage gun'.
_ITEM = r"[\w'-]+(?: [\w'-]+){0,2}"
LONG_LIST = re.compile(rf"\b{_ITEM}, {_ITEM}, (?:{_ITEM}, )*{_ITEM} (?:and|or) {_ITEM}")
# Steps and warnings whose parts are all needed, and commas between clauses.
NO_LIST = re.compile(r"(?:Stop|Ask|If|Press|Yes|Check|Sit|I leave out|I can)\b")


def spoken(reply, turn=0):
    return finish(reply, CATALOGUE, turn).reply.spoken


@pytest.mark.parametrize("condition", [None, *(c.id for c in CATALOGUE.conditions)])
def test_every_answer_is_short_and_has_its_guidance(condition):
    person = Person.from_ids([condition], CATALOGUE) if condition else None
    replies = every_reply(CATALOGUE, person) if condition else REPLIES
    for address, reply in replies.items():
        for turn in range(6 if not condition else 1):
            said = spoken(reply, turn)
            assert len(said.split()) <= MOST_SPOKEN_WORDS, (address, said)
            assert ASK_SOMEBODY.search(said), (address, said)


def test_guidance_varies():
    few = {a for a, r in REPLIES.items() if len({spoken(r, t)[-40:] for t in range(6)}) < 2}
    assert len(few) < 10, few


def test_nothing_has_signs_or_codes():
    for address, reply in REPLIES.items():
        if "{" not in reply.spoken:  # a wording whose gap is filled later
            assert not re.search(r"[*_#|<>\[\](){}/&%–—\"]", reply.spoken), (address, reply.spoken)
            assert not re.search(r"\b[A-Z]{2}\d", reply.spoken), (address, reply.spoken)


def test_no_list_is_longer_than_three():
    for address, reply in REPLIES.items():
        for sentence in re.split(r"(?<=[.?!]) ", reply.spoken):
            assert NO_LIST.match(sentence) or not LONG_LIST.search(sentence), (address, sentence)


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_where_a_point_lies_comes_first(point):
    said = PointAnswers(CATALOGUE).locate(point).spoken
    assert said.startswith(f"{point.spoken_name}: {point.location.spoken}")


def test_warnings_are_short_in_every_country():
    reasons = {flag.why for flag in load_red_flags(DATA_DIR / "red_flags.yml").flags} | {""}
    longest = max(reasons, key=len)
    numbers = default_numbers()
    messages = [red_flag_message(tier, longest) for tier in Tier]
    messages += [red_flag_message(Tier.EMERGENCY, self_harm=True), known_message(), open_message(),
                 standing_message("emergency"), standing_message("self_harm")]  # fmt: skip
    for message in messages:
        for country in (None, "GB", "US", "DE", "IN"):
            said = localised(message, numbers, country).reply.spoken
            assert len(said.split()) <= MOST_SPOKEN_WORDS + 10, said
            assert re.search("emergency|doctor|call", said)


def reply(text):
    return Reply(AnswerKey.parse("key"), "", text)


def test_several_answers_leave_nothing_out_by_halves():
    first, second = reply("Press here. Stop if it hurts."), reply("Hold it. Stop if it hurts.")
    assert spoken_together([first, second], "More.") == "Press here. Stop if it hurts. Hold it."
    long = reply("One two three four five six seven eight nine ten. " * 1 + "word " * 60 + "end.")
    assert spoken_together([first, long], "Ask me.") == "Press here. Stop if it hurts. Ask me."
    assert spoken_together([first], "Ask me.") == first.spoken
