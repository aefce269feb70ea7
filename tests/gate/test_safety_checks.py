"""What the gate as a whole keeps out, because it could hurt somebody."""

import shutil

import pytest

from bot.gate.gate import check_everything
from bot.knowledge.schema.data_files import DATA_DIR
from tests.data_copy import change

HARMFUL = {
    "a harmful claim": (
        "answers.yml", "Nobody knows for certain. Tradition says",
        "Tingling is a sign that it works. Tradition says", "topic:ask_how_it_works"),
    "a danger that nothing keeps away": (
        "points.yml", "id: x_gb21_2\n", "id: x_gb21_22\n", "Nothing keeps the danger"),
    "a caution changed without a reason": (
        "guidance.yml", "Never press hard.", "Press hard.", "does not say why"),
    "a warning that got lost": (
        "techniques.yml", "Take **one** soft ball", "Take two soft balls", "no longer says"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the gate says of data with all of these in them."""
    folder = tmp_path_factory.mktemp("data")
    for file in DATA_DIR.glob("*.yml"):
        shutil.copy(file, folder)
    for name, old, new, _ in HARMFUL.values():
        change(folder, name, old, new)
    return check_everything(folder)


@pytest.mark.parametrize("harm", HARMFUL)
def test_the_gate_refuses(found, harm):
    _, _, _, words = HARMFUL[harm]
    assert any(words in f"{problem.what} {problem.remedy}" for problem in found)
