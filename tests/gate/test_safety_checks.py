"""What the gate as a whole keeps out, because it could hurt somebody."""

import pytest

from bot.gate.gate import check_everything
from tests.data_copy import change


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        pytest.param(
            "answers.yml", "Nobody knows for certain. Tradition says",
            "Tingling is a sign that it works. Tradition says",
            "topic:ask_how_it_works", id="a harmful claim"),
        pytest.param(
            "points.yml", "id: x_gb21_2\n", "id: x_gb21_22\n",
            "Nothing keeps the danger", id="a danger that nothing keeps away"),
        pytest.param(
            "guidance.yml", "Never press hard.", "Press hard.",
            "does not say why", id="a caution changed without a reason"),
        pytest.param(
            "techniques.yml", "Take **one** soft ball", "Take two soft balls",
            "no longer says", id="a warning that got lost"),
        pytest.param(
            "points.yml", "      spoken: At waist height on", "      spoken: At L2, 1.5 cun, on",
            "cannot be heard", id="a place that cannot be heard"),
        pytest.param(
            "look_alikes.yml", '- "mhm, in the middle"', '- "i cannot pee"',
            "raises the red flag", id="a sign among the look-alikes"),
    ],
)  # fmt: skip
def test_the_gate_refuses(folder, name, old, new, words):
    change(folder, name, old, new)
    said = "\n".join(f"{problem.what} {problem.remedy}" for problem in check_everything(folder))
    assert words in said
