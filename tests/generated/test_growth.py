"""What a message costs grows no faster than its length, whatever it is made of.

Times are of the processor, and are held against those of plain sentences of the same length.
"""

import time
import tracemalloc
from functools import lru_cache

import pytest

from bot.gateway.long_texts import MOST_SCREENED, ScreeningContext, screened
from bot.safety.default import default_detector
from bot.understanding.components.transcript import as_catalogue_text
from bot.understanding.mentions import phrase_finder
from bot.understanding.mentions.finder import clean, default_finder
from tests.generated.hostile import DRAWN, KINDS

# A text four times as long may take nine times as long, and a little: with the square it takes 16.
_LONGER, _MOST_GROWTH = 4, 9
_BEYOND_DOUBT = 3
# How much longer than plain sentences a message may take.
_MOST_TIMES = 12
_TRIES = 4
_PLAIN = "my lower back has been a bit stiff since i moved house, which points could i press. "
# What is the same between points costs no more in all that comes after reading.
ALONE = [kind for kind in KINDS if not kind.endswith(" between points")]
# Between points it is what stands between that counts: every third will do.
BETWEEN = [kind for kind in KINDS if kind.endswith(" between points")][::3]
# A whole turn costs more time than its parts: `make soak` says all of them.
TOLD = [*DRAWN, *ALONE[::6]]


def _plain(length):
    return (_PLAIN * (length // len(_PLAIN) + 1))[:length]


def _seconds(work, text):
    began = time.process_time()
    work(text)
    return time.process_time() - began


@lru_cache(maxsize=2)
def _usual(work, length):
    work(_plain(length))
    return min(_seconds(work, _plain(length)) for _ in range(_TRIES))


def _grows_too_fast(work, make, length):
    """Whether it does every time; something else may disturb one or the other measurement."""
    usual = _usual(work, _LONGER * length)
    for _ in range(_TRIES):
        short, long = _seconds(work, make(length)), _seconds(work, make(_LONGER * length))
        most = _MOST_GROWTH * short + 2 * usual
        if long <= most:
            return False
        if long > _BEYOND_DOUBT * most:
            return True
    return True


def _read(text):
    as_catalogue_text(text, default_finder())


def _screen(text):
    default_detector().screen(text)


@pytest.mark.parametrize("kind", [*ALONE, *BETWEEN])
def test_understanding_grows_no_faster_than_the_text(kind):
    assert not _grows_too_fast(_read, KINDS[kind], 500)


@pytest.mark.parametrize("kind", ALONE)
def test_looking_for_signs_grows_no_faster_than_the_text(kind):
    assert not _grows_too_fast(_screen, KINDS[kind], 4_000)


def test_no_message_costs_many_times_what_plain_sentences_cost(talk_raw):
    usual = _usual(talk_raw, 2_000)
    dear = {}
    for kind in TOLD:
        text = KINDS[kind](2_000)
        if _seconds(talk_raw, text) > _MOST_TIMES * usual:
            cost = min(_seconds(talk_raw, text) for _ in range(_TRIES))
            if cost > _MOST_TIMES * usual:
                dear[kind] = round(cost / usual)
    assert not dear


@pytest.mark.parametrize("kind", ["cjk", "emoji apart", "short latin words", "'i ' over and over"])
def test_the_longest_text_needs_no_more_than_a_fixed_amount_of_memory(kind):
    text = KINDS[kind](3 * MOST_SCREENED)
    screened(default_detector(), "hello", ScreeningContext())
    tracemalloc.start()
    try:
        screened(default_detector(), text, ScreeningContext())
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 100_000_000


def test_strange_words_are_not_kept(monkeypatch):
    monkeypatch.setattr(phrase_finder, "_MOST_NEW_STRINGS", 2_000)
    finder = phrase_finder.PhraseFinder({"area|knees": ["knee", "knees"]})
    for number in range(40):
        strange = " ".join(f"zq{number}x{word}" for word in range(200))
        found = finder.find(f"{strange} my knees")
        assert [span.text for span in found] == ["knees"]
        assert len(finder._nlp.vocab.strings) < 20_000


@pytest.mark.parametrize("glue", ["", "/", "-", ",", "..."])
def test_a_word_is_found_at_the_end_of_a_row_without_a_space(glue):
    """Where such a row is cut, nothing is lost or moved."""
    row = f"{glue or '!'}" * 300
    text = clean(f"{row} where on my knees can i press{row}")
    found = default_finder().find(text)
    assert [(m.value, m.text) for m in found] == [("knee", "knees")]
