"""What answers 'how many days has it been?'."""

import pytest

from bot.dialogue.answering import answer_in
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.told import Takes
from bot.safety.default import default_detector


@pytest.mark.parametrize("text", ["monday", "on Tuesday", "since two day"])
def test_a_day_of_the_week_and_broken_english_answer_how_long_it_has_been(text):
    heard = answer_in(text, {Takes.DAYS}, Catalogue.load().told, default_detector())
    assert 0 <= heard.days <= 7
