"""The data file, and what is said when it is wrong."""

import re

import pytest
import yaml

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.red_flags import Tier, load_red_flags

FILE = DATA_DIR / "red_flags.yml"


@pytest.fixture
def edited(tmp_path):
    """A function that loads the file after an edit of its content."""

    def load(edit):
        content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        edit(content)
        path = tmp_path / "red_flags.yml"
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        return load_red_flags(path)

    return load


def _first(content):
    return content["flags"][0]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda c: _first(c).update(fires=["numb + sadle"]), "'sadle' is not known"),
        (lambda c: _first(c).update(fires=["numb and saddle"]), "is no combination"),
        (lambda c: _first(c).update(phrases=["cant <pie>"]), "<pie> is not known"),
        (lambda c: _first(c).update(phrases=["a (b (c))"]), "brackets inside brackets"),
        (lambda c: _first(c).update(tier="soon"), "Write one of: persistent"),
        (lambda c: _first(c).update(why=""), "'why'"),
        (lambda c: _first(c).update(fires=[], phrases=[]), "can never fire"),
        (lambda c: c["flags"].append(_first(c)), "is there twice"),
        (lambda c: c.pop("concepts"), "'concepts' is missing"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words(edited, edit, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        edited(edit)


def test_tiers_are_ordered():
    assert Tier.EMERGENCY > Tier.URGENT > Tier.DOCTOR_SOON > Tier.PERSISTENT
    assert Tier.URGENT >= Tier.URGENT
    assert Tier.URGENT <= Tier.EMERGENCY
    assert max(Tier) is Tier.EMERGENCY


def test_every_reason_is_short_and_names_no_diagnosis():
    for flag in load_red_flags(FILE).flags:
        assert len(flag.why.split()) <= 26
        assert not re.search(r"cauda|stroke|embol|aneurysm|sepsis|mening|dissection", flag.why)


def test_no_word_is_read_as_a_truth_value():
    text = FILE.read_text(encoding="utf-8")

    def walk(value):
        if isinstance(value, dict):
            return all(walk(part) for part in value.values())
        if isinstance(value, list):
            return all(walk(part) for part in value)
        return not isinstance(value, bool)

    assert walk(yaml.safe_load(text))
