"""What is on record of learnt weights is what is computed with."""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import yaml

from bot.runtime import paths
from bot.understanding.encoders import graph_sessions

FILE = paths.ROOT / "scripts" / "audit" / "weights.yml"
WEIGHTS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["weights"]
WITH_FILE = [one for one in WEIGHTS if "file" in one]


@pytest.mark.parametrize("one", WITH_FILE, ids=lambda one: one["name"])
def test_the_hash_on_record_is_that_of_the_file(one):
    if one["package"] == "acupoint":
        file = paths.ROOT / one["file"]
    else:
        try:
            file = Path(distribution(one["package"]).locate_file(one["file"]))
        except PackageNotFoundError:
            pytest.skip(f"{one['package']} is not installed")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == one["sha256"]


def test_what_training_checks_is_on_record():
    known = {one.get("sha256") for one in WEIGHTS}
    assert {graph_sessions._FIRST_SHA256, graph_sessions._SECOND_SHA256} <= known


@pytest.mark.parametrize("one", WEIGHTS, ids=lambda one: one["name"])
def test_each_says_whence_it_comes_and_what_there_is_without_it(one):
    assert all(one[name] for name in ("does", "licence", "made_by", "checked", "without"))
    assert "file" in one or one["package"] in (paths.ROOT / one["lock"]).read_text()
