"""Counts and intervals of the safety case, from the rows of a scorer."""

import datetime
import json

import pytest

from bot.runtime import paths
from tools.evaluation.safety_figures import (
    ScoresUnreadable,
    figures_block,
    read_scores,
    shares,
    wilson,
    with_figures,
)

ROWS = [
    {"suite": "utt", "id": "1", "expected": "emergency", "bad": []},
    {"suite": "utt", "id": "2", "expected": "emergency",
     "bad": ["tier emergency not raised (got none)"]},
    {"suite": "utt", "id": "3", "expected": "none", "bad": ["false alarm (urgent)"]},
    {"suite": "utt", "id": "4", "expected": "none", "bad": ["no point named"]},
    {"suite": "real", "id": "1", "expected": "persistent_or_worsening", "bad": []},
]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "scores.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_the_interval_is_that_of_wilson(count, of, low, high):
    assert wilson(count, of) == pytest.approx((low, high), abs=0.0001)


def test_signs_and_false_alarms_are_counted_by_suite_and_tier(file):
    found = {(s.suite, s.what): (s.count, s.of) for s in shares(read_scores([file]))}
    assert found["utt", "emergency signs raised"] == (1, 2)
    assert found["utt", "false alarms, urgent"] == (1, 2)
    assert found["utt", "false alarms, emergency"] == (0, 2)
    assert found["real", "persistent or worsening signs raised"] == (1, 1)
    assert ("real", "false alarms, urgent") not in found


def test_a_row_measured_again_counts_once(file, tmp_path):
    again = tmp_path / "again.jsonl"
    again.write_text(json.dumps({**ROWS[1], "bad": []}), encoding="utf-8")
    found = {(s.suite, s.what): (s.count, s.of) for s in shares(read_scores([file, again]))}
    assert found["utt", "emergency signs raised"] == (2, 2)


@pytest.mark.parametrize("text", ["{broken", "[]", '{"suite": "utt"}', "5"])
def test_a_file_of_something_else_is_named(tmp_path, text):
    path = tmp_path / "odd.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScoresUnreadable, match=r"odd\.jsonl, line 1"):
        read_scores([path])
    with pytest.raises(ScoresUnreadable, match="cannot be read"):
        read_scores([tmp_path / "none.jsonl"])


def test_the_page_gets_the_figures_and_keeps_the_rest(file):
    page = paths.SAFETY_CASE.read_text(encoding="utf-8")
    block = figures_block(list(shares(read_scores([file]))), datetime.date(2026, 11, 21))
    written = with_figures(page, block)
    assert (
        "| written messages | emergency signs raised | 1 of 2 | 50.0% | 9.5% to 90.5% |" in written
    )
    assert with_figures(written, block) == written
    assert written.splitlines()[:20] == page.splitlines()[:20]
    with pytest.raises(ScoresUnreadable):
        with_figures("a page without a place", block)


def test_the_page_holds_measured_figures():
    page = paths.SAFETY_CASE.read_text(encoding="utf-8")
    assert "emergency signs raised" in page
    assert "Measured on 20" in page
