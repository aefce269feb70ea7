"""The figures are those of the pipeline in bot/config.yml, on whatever sets lie in a folder."""

import json
import re

import pytest
from typer.testing import CliRunner

from tools.benchmark.pipeline import Understood
from tools.benchmark.published import published
from tools.benchmark.scores import at_best_threshold, at_own_fallback, matthews
from tools.benchmark.sets import HINT3_BOTS, OUTSIDE, Example, SetMissing, few_of_each, read_sets
from tools.commands import app

TRAIN = {
    "weather": ["will it rain today", "is it sunny outside", "how cold is the weather", "any snow"],
    "pizza": ["order a pizza", "i want a margherita pizza", "pizza with cheese", "bake me a pizza"],
    "music": ["play a song", "put on some jazz music", "turn the music up", "play my song list"],
}
TEST = {"weather": ["is there rain today"], "pizza": ["a cheese pizza"], "music": ["play jazz"]}
STRANGE = ["qzx 8813 vvk", "the treaty of 1648"]


def write_set(path, outside=()):
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ["split\ttext\tintent"]
    for split, texts in (("train", TRAIN), ("test", TEST)):
        rows += [f"{split}\t{text}\t{intent}" for intent, some in texts.items() for text in some]
    rows += [f"test\t{text}\t{OUTSIDE}" for text in outside]
    rows.append("test_v2\tnever read\tnothing")
    path.write_text("\n".join(rows), encoding="utf-8")


def run(*arguments):
    return CliRunner().invoke(app, ["benchmark", "nlu", *map(str, arguments)])


def test_a_set_that_is_easily_told_apart_is_told_right(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    write_set(tmp_path / "banking77" / "banking77.tsv")
    for bot in HINT3_BOTS:
        write_set(tmp_path / "hint3" / f"hint3_{bot}.tsv", STRANGE)
    figures = tmp_path / "figures.json"
    done = run(
        "--data", tmp_path, "--sets", "banking77,hint3", "--seeds", 2, "--json", figures
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert re.search(r"banking77 +│ Our pipeline +│ 100\.0 ± 0\.0 +│ 100\.0 ", done.output)
    assert re.search(r"USE and ConveRT +│ 85\.2 +│ 93\.4 ", done.output)
    assert all(name in done.output for name in ("SignJudge", "RedFlagGuard"))
    read = json.loads(figures.read_text())
    few, every = read["accuracy"]
    assert (few["shots"], few["accuracies"], every["shots"]) == (10, [1.0, 1.0], None)
    assert [bot["bot"] for bot in read["bots"]] == list(HINT3_BOTS)
    assert all(bot["inside"] == 1 and bot["milliseconds"] > 0 for bot in read["bots"])
    assert all(bot["best"]["correlation"] >= bot["own"]["correlation"] for bot in read["bots"])


def test_a_set_that_is_not_there_is_named(tmp_path):
    write_set(tmp_path / "banking77" / "banking77.tsv")
    done = run("--data", tmp_path, "--sets", "banking77,hwu64")
    assert done.exit_code == 1
    assert "hwu64_fold1.tsv" in done.output
    assert "banking77.tsv" not in done.output
    assert run("--data", tmp_path, "--sets", "banking").exit_code == 1


def test_a_file_that_is_no_set_is_named(tmp_path):
    path = tmp_path / "hwu64" / "hwu64_fold1.tsv"
    path.parent.mkdir()
    path.write_text("text,intent\nhello,greet\n")
    with pytest.raises(SetMissing, match=r"hwu64_fold1\.tsv.*'train'"):
        read_sets(tmp_path, ["hwu64"])


def test_few_examples_are_the_same_for_the_same_seed():
    examples = [Example(f"text {n}", f"intent {n % 3}") for n in range(60)]
    few = few_of_each(examples, 10, seed=1)
    assert len(few) == len(set(few)) == 30
    assert few == few_of_each(examples, 10, seed=1)
    assert few != few_of_each(examples, 10, seed=2)
    assert len(few_of_each(examples[:5], 10, seed=1)) == 5


def test_correlation_of_cases_worked_by_hand():
    # 6 true positives, 3 true negatives, 1 false positive, 2 false negatives:
    # (6*3 - 1*2) / sqrt(7 * 8 * 4 * 5) = 16 / 33.466 = 0.4781
    true = ["in"] * 8 + ["out"] * 4
    told = ["in"] * 6 + ["out"] * 2 + ["in"] + ["out"] * 3
    assert matthews(true, told) == pytest.approx(0.4781, abs=1e-4)
    # Three intents. Right 4 of 6; each is meant twice; told a 2, b 3, c 1 times:
    # (4*6 - 12) / sqrt((36-12) * (36-14)) = 12 / 22.978 = 0.5222
    assert matthews(list("aabbcc"), list("abbbac")) == pytest.approx(0.5222, abs=1e-4)
    assert matthews(["a", "b"], ["a", "a"]) == 0


def test_turning_away_is_judged_where_it_is_best_and_where_the_pipeline_does_it():
    understood = [
        Understood("a", 0.9, "a", 1.0),
        Understood("b", 0.6, "b", 1.0),
        Understood("a", 0.4, "a", 1.0),
        Understood("b", 0.2, "nlu_fallback", 1.0),
    ]
    true = ["a", "b", OUTSIDE, OUTSIDE]
    own, best = at_own_fallback(true, understood), at_best_threshold(true, understood)
    assert (own.inside, own.outside) == (1, 0.5)
    assert 0.4 < best.threshold <= 0.6
    assert (best.inside, best.outside, best.correlation) == (1, 1, 1)


def test_every_figure_of_others_has_a_source():
    figures = published()
    rows = [row for table in (figures.accuracy, figures.bots) for some in table.values()
            for row in some]  # fmt: skip
    assert {row.source for row in rows} == set(figures.sources)
