"""Very long texts: nobody else waits for them, and a sign in them is found."""

import asyncio
import threading

import pytest

from bot.gateway.long_texts import AT_ONCE, MOST_SCREENED
from bot.gateway.messages import Incoming
from bot.safety.default import default_detector
from tests.gateway.test_gateway import gateway_of
from tests.patience import PATIENCE

SIGN = "i can't feel it when i wipe"


class Slow:
    """A detector that needs as long for texts of some lengths as somebody else wants it to."""

    def __init__(self, *lengths):
        self.lengths = lengths
        self.answered = threading.Event()
        self.in_time = []

    def screen(self, text, *more):
        if len(text) in self.lengths:
            self.in_time.append(self.answered.wait(PATIENCE))
        return default_detector().screen(text[:AT_ONCE], *more)


class Engine:
    """Says what it was told."""

    def __init__(self):
        self.told = []

    async def __call__(self, message):
        self.told.append(message.text)
        await message.output_channel.send_text_message("someone", "It lies on the hand.")


def answers(gateway, *texts):
    """What is said to each text while the first is being read."""

    async def all_of_them():
        first = asyncio.ensure_future(gateway.exchange(Incoming(texts[0], "first", "test")))
        await asyncio.sleep(0)
        said = [await gateway.exchange(Incoming(text, "other", "test")) for text in texts[1:]]
        gateway._screener._detector.answered.set()
        return [await first, *said]

    return asyncio.run(all_of_them())


@pytest.mark.parametrize("length", [AT_ONCE + 1, 20_000, MOST_SCREENED])
def test_nobody_waits_while_a_long_text_is_read(length):
    detector = Slow(length)
    _, said, warned = answers(gateway_of(Engine(), detector), "x" * length, "where is LI4", SIGN)
    assert detector.in_time == [True]
    assert "on the hand" in said[0].text
    assert "emergency help now" in warned[0].text


def test_a_text_of_some_pages_does_not_wait_for_a_whole_book():
    detector = Slow(MOST_SCREENED)
    _, warned = answers(
        gateway_of(Engine(), detector), "x" * MOST_SCREENED, f"{'x ' * 2_000}. {SIGN}"
    )
    assert detector.in_time == [True]
    assert warned


@pytest.mark.parametrize("length", [AT_ONCE + 1, MOST_SCREENED - 100, 3 * MOST_SCREENED])
@pytest.mark.parametrize("at_the_end", [True, False])
def test_a_sign_at_either_end_of_a_text_of_any_length_is_found(length, at_the_end):
    engine = Engine()
    filler = "la la la " * (length // 9)
    text = f"{filler}. {SIGN}" if at_the_end else f"{SIGN}. {filler}"
    gateway = gateway_of(engine)
    said = asyncio.run(gateway.exchange(Incoming(text, "someone", "test")))
    assert "emergency help now" in said[0].text
    assert asyncio.run(gateway.alarms_aside(text))
    assert gateway.alarms(text)
    # The engine is told the part of the text that holds the sign.
    assert SIGN in engine.told[0]
    assert len(engine.told[0]) <= AT_ONCE


def test_no_more_than_a_fixed_length_is_ever_read():
    lengths = []

    class Watched:
        def screen(self, text, *more):
            lengths.append(len(text))
            return default_detector().screen("hello", *more)

    said = asyncio.run(gateway_of(Engine(), Watched()).exchange(Incoming("x" * 10**6, "a", "test")))
    assert max(lengths) <= MOST_SCREENED + 1
    assert "longer than I can read" in said[0].text
