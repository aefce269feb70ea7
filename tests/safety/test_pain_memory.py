"""Pain remembered over messages and days: since when, how bad, and when that is told."""

import datetime

import pytest

from bot.safety.default import default_detector
from bot.safety.detector import RedFlagDetector
from bot.safety.pain.memory import PainMemory
from bot.text.scores import scores_told

FIRST_DAY = datetime.date(2026, 11, 2)


class Diary:
    """One person's messages, each on a day after the first."""

    def __init__(self, detector, monkeypatch):
        self.memory = PainMemory()
        self._detector = detector
        self._monkeypatch = monkeypatch

    def tell(self, day, text):
        """The flags of a message on `day`."""
        today = FIRST_DAY + datetime.timedelta(days=day)
        self._monkeypatch.setattr(self._detector, "_today", lambda: today)
        screening = self._detector.screen(text, pain=self.memory)
        self.memory = screening.pain
        if screening.findings:
            self.memory = self.memory.advised_on(today)
        return {finding.flag_id for finding in screening.findings}


@pytest.fixture
def diary(monkeypatch):
    detector = default_detector()
    assert isinstance(detector, RedFlagDetector)
    return Diary(detector, monkeypatch)


@pytest.mark.parametrize(
    "later",
    ["it still hurts", "my back still aches", "no better", "still the same", "my back hurts"],
)
def test_pain_that_is_there_a_week_later_lasts_too_long(diary, later):
    assert diary.tell(0, "my back hurts since this morning") == set()
    assert diary.tell(7, later) == {"persistent"}


@pytest.mark.parametrize(
    "later", ["where is LI4", "which point helps back pain", "thanks", "what is it good for"]
)
def test_a_question_a_week_later_is_a_question(diary, later):
    diary.tell(0, "my back hurts")
    assert diary.tell(7, later) == set()


def test_who_was_told_to_see_a_doctor_is_not_told_at_every_word_of_pain(diary):
    diary.tell(0, "my back hurts")
    assert diary.tell(5, "my back still hurts") == {"persistent"}
    assert diary.tell(6, "my back hurts, where do i press") == set()
    assert diary.tell(6, "it still hurts") == {"persistent"}


def test_a_pain_that_went_is_over(diary):
    diary.tell(0, "my back hurts")
    diary.tell(3, "it's gone now")
    assert diary.tell(8, "my back hurts a bit since this morning") == set()


def test_a_pain_of_long_ago_is_another_one(diary):
    diary.tell(0, "my back hurts")
    assert diary.tell(60, "my back hurts") == set()
    assert diary.tell(61, "my back hurts") == set()


def test_a_higher_score_is_getting_worse(diary):
    assert diary.tell(0, "it's a 4 out of 10") == set()
    assert diary.tell(1, "the pain is a three") == set()
    assert diary.tell(1, "now it's 6/10") == {"worsening"}


def test_a_score_before_and_after_in_one_message(diary):
    assert diary.tell(0, "the pain went from 3 to 6") == {"worsening"}
    assert diary.tell(0, "the pain went from 6 to 3") == set()


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("pain is 7/10", [7]),
        ("about 4 out of ten i guess", [4]),
        ("It’s a six.", [6]),
        ("my back pain is now 8", [8]),
        ("pain level three", [3]),
        ("it was 4 and now it's 7", [4, 7]),
        ("3.5 out of 10", [3.5]),
        ("press LI4 for 2 minutes", []),
        ("it is 5 days now", []),
        ("where is BL23", []),
        ("my back pain is 3 weeks old", []),
        ("the pain is at 7 am", []),
    ],
)
def test_scores_as_people_say_them(text, scores):
    assert scores_told(text) == scores


def test_the_memory_can_be_stored():
    memory = PainMemory(FIRST_DAY, FIRST_DAY, 4.5, FIRST_DAY)
    assert PainMemory.from_plain(memory.to_plain()) == memory
    assert PainMemory.from_plain(None) == PainMemory()


def test_long_pain_that_a_doctor_knows_of_gets_the_short_form():
    screen = default_detector().screen
    assert screen("i've had back pain for years, my doctor knows about it").is_long_known
    assert not screen("i've had back pain for years").is_long_known
    assert not screen(
        "i've had it for years, my doctor knows, but it's getting worse"
    ).is_long_known
    assert not screen("back pain for years, doctor knows, and now i can't pee").is_long_known
