"""A complaint and a question about pressing in one message raise no alarm, however joined.

None of these sentences was learned from.
"""

from itertools import cycle, product

import pytest

HURTS = (
    "my back aches", "my lower back hurts", "pain in my back", "my neck is stiff",
    "my shoulders are tight", "my hip is sore", "i have back pain", "sore back from gardening",
    "my bum aches from sitting", "backache today", "tight lower back", "my shoulder blade aches",
)  # fmt: skip
ASKS = (
    "which point on the foot", "point on the hand", "is there a spot on my leg", "where do i press",
    "what can i press", "which point helps", "any point i can try", "which spot behind the knee",
    "is there a point on my arm", "can acupressure help", "show me a point on the ankle",
)  # fmt: skip
JOINED = (", ", ". ", " and ", "; ", " - ")
SAID = [f"{a}{by}{b}" for (a, b), by in zip(product(HURTS, ASKS), cycle(JOINED))]


@pytest.fixture(scope="module")
def alarming(talk_raw):
    """Those that get a warning."""
    return [
        text
        for text in SAID
        for message in talk_raw(text)
        if ((message.get("custom") or {}).get("reply") or {}).get("kind") == "red_flag"
    ]


def test_hardly_any_raises_an_alarm(alarming):
    assert len(alarming) <= len(SAID) * 0.01, alarming


@pytest.mark.parametrize("sign", ["and i can't pee", "and my legs went numb", "and i have a fever"])
def test_a_sign_beside_them_is_heard(talk, sign):
    quiet = [text for text in SAID[::12] if "today" not in talk(f"{text} {sign}").lower()
             and "emergency help" not in talk(f"{text} {sign}").lower()]  # fmt: skip
    assert quiet == []
