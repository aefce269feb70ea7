"""Two ways of counting the Bladder points: who uses the older one is told so."""

import pytest

from bot.answers.people import Person
from bot.answers.points import PointAnswers
from bot.knowledge.catalogue import Catalogue

CATALOGUE = Catalogue.load()
OLD = [number for number in CATALOGUE.old_numbers.values() if CATALOGUE.point(number.code)]


@pytest.mark.parametrize("number", OLD, ids=lambda number: number.old)
def test_an_old_number_is_explained(number):
    answers = PointAnswers(CATALOGUE, Person())
    reply = answers.locate(CATALOGUE.point(number.code), number.old)
    assert number.explain in reply.written
    assert number.code in reply.written
