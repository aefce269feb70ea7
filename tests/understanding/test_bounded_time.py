"""Whatever is sent, reading it takes time in proportion to its length, and memory too."""

import random
import time
import tracemalloc

import pytest

from bot.knowledge.emergency_numbers import default_numbers
from bot.safety.default import default_detector
from bot.safety.settling import default_settling
from bot.understanding.components.transcript import as_catalogue_text
from bot.understanding.mentions.finder import default_finder

LENGTH = 1_000
# A machine five times slower than the slowest known, beside other work.
MOST_SECONDS = 6.0
# Twice the length may take twice the time; more than this is no noise.
MOST_GROWTH = 3.4
MOST_BYTES = 60_000_000
_CHANCE = random.Random(1)


def _cjk():
    return chr(_CHANCE.randrange(0x4E00, 0x9FFF))


def _letter():
    return _CHANCE.choice("abcdefghijklmnopqrstuvwxyz")


ALPHABETS = {
    "one letter": lambda n: "x" * n,
    "two letters": lambda n: "ab" * (n // 2),
    "two letters and a question": lambda n: "ab" * (n // 2) + " where is LI4",
    "letters": lambda n: "".join(_letter() for _ in range(n)),
    "words of no language": lambda n: " ".join(
        "".join(_letter() for _ in range(7)) for _ in range(n // 8)
    ),
    "digits": lambda n: "7" * n,
    "signs": lambda n: "!?" * (n // 2),
    "quotes": lambda n: "\"'" * (n // 2),
    "hyphens": lambda n: "a-" * (n // 2),
    "dots": lambda n: "a." * (n // 2),
    "Chinese": lambda n: "".join(_cjk() for _ in range(n)),
    "emoji": lambda n: "😀" * n,
    "marks": lambda n: "a" + "\u0301" * n,
    "invisible": lambda n: "a\u200b" * (n // 2),
    "look-alikes": lambda n: "\u0430b " * (n // 3),
    "right to left": lambda n: "שלום " * (n // 5),
    "lines": lambda n: "\n" * n + "a",
    "no no no": lambda n: "no " * (n // 3),
    "single letters": lambda n: "a b " * (n // 4),
    "drawn out": lambda n: "paaain" + "n" * n,
    "complaints": lambda n: "my back hurts and " * (n // 18),
    "denials": lambda n: "not pregnant, " * (n // 14),
    "ages": lambda n: "im 15 and " * (n // 10),
    "codes": lambda n: "bladder forty " * (n // 14),
    "numbers": lambda n: "twenty one " * (n // 11),
    "times": lambda n: "at 5 " * (n // 5),
    "clinicians": lambda n: "the doctor said " * (n // 16),
    "run together": lambda n: "chestpain" * (n // 9),
}


def read(text):
    """Everything that is read of a message, but for the classifiers."""
    default_detector().screen(text)
    default_settling().read(text)
    default_numbers().country_told(text)
    as_catalogue_text(text, default_finder())


def seconds(text):
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        read(text)
        best = min(best, time.process_time() - begin)
    return best


@pytest.fixture(scope="module", autouse=True)
def warm():
    read("where is LI4, and i am not pregnant")


@pytest.mark.parametrize("name", ALPHABETS)
def test_time_grows_no_faster_than_the_text(name):
    make = ALPHABETS[name]
    once, twice = seconds(make(LENGTH)), seconds(make(2 * LENGTH))
    assert twice < MOST_SECONDS
    # What takes a few milliseconds says nothing of how it grows.
    assert twice < 0.03 or twice <= MOST_GROWTH * once


@pytest.mark.parametrize("name", ["two letters", "words of no language", "denials", "run together"])
def test_memory_is_bounded(name):
    text = ALPHABETS[name](2 * LENGTH)
    tracemalloc.start()
    read(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_BYTES
