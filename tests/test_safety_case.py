"""The safety case is in step with its controls, and its controls with the code and the tests."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import Withhold
from bot.understanding.components import red_flags
from tests.controls import (
    CONTROLS,
    HAZARDS,
    INSTEAD,
    LIKELIHOODS,
    PAGE,
    REGISTER,
    SEVERITIES,
    owner_and_name,
    page_with_hazards,
    register,
)
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)
def test_what_a_control_names_is_there(control):
    for place in control.where:
        owner_and_name(place)
    assert control.instead in INSTEAD
    assert control.hazards
    assert set(control.hazards) <= {hazard.id for hazard in HAZARDS}
    assert control.tests
    for test in control.tests:
        file, _, name = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        functions = {node.name for node in ast.walk(tree) if isinstance(node, kinds)}
        assert name.partition("[")[0] in functions, test


def test_ids_are_given_once():
    for entries in (CONTROLS, HAZARDS):
        ids = [entry.id for entry in entries]
        assert len(ids) == len(set(ids))


def test_every_hazard_has_a_control_or_says_that_nothing_controls_it():
    controlled = {hazard for control in CONTROLS for hazard in control.hazards}
    for hazard in HAZARDS:
        assert hazard.severity in SEVERITIES
        assert hazard.id in controlled or "nothing is controlled" in hazard.left, hazard.id


def test_every_condition_that_takes_something_away_has_its_test():
    tested = {name for c in CONTROLS if c.instead == "forgets_conditions" for name in c.given}
    limiting = {c.id for c in Catalogue.load().conditions if c.withhold is not Withhold.NOTHING}
    assert tested == limiting
    for control in CONTROLS:
        if control.instead == "forgets_conditions":
            named = {re.search(r"\[(\w+)\]", test)[1] for test in control.tests}
            assert named == set(control.given)


def test_the_page_tells_the_controls_as_they_are():
    page = PAGE.read_text(encoding="utf-8")
    assert page_with_hazards(page) == page, "run 'python -m tests.controls'"
    assert register() == REGISTER.read_text(encoding="utf-8"), "run 'python -m tests.controls'"


def test_no_control_makes_a_hazard_likelier_and_what_remains_has_an_owner():
    for hazard in HAZARDS:
        before, after = LIKELIHOODS.index(hazard.before), LIKELIHOODS.index(hazard.after)
        assert after <= before, hazard.id
        assert set(hazard.owner.split(", ")) <= {"maintainers", "operator"}, hazard.id


def test_without_a_control_its_tests_fail():
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutations", "--few"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert done.stdout.count("none") == sum(control.in_suite for control in CONTROLS)


def test_the_thresholds_that_a_clinician_reads_are_those_of_the_guard():
    told = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert (
        f"{red_flags.TOLD} where no pattern knows it ({red_flags.TOLD_DOUBTED} where it is denied, "
        f"told in few words or like no example, {red_flags.TOLD_ALONE} where nothing else speaks "
        f"for one, {red_flags.TOLD_HEARD} in words that a recogniser wrote), "
        f"{red_flags.DOUBT} where one does ({red_flags.DOUBT_DESPAIR} for thoughts of self-harm), "
        f"{red_flags.GREY} for the line with an answer; a nearness of {red_flags.NEAR_FOREIGN} in "
        "other languages"
    ) in told
