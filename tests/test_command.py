"""What the command says of itself, and what shells complete of it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).parent / "acupoint"


def run(*arguments, **environment):
    done = subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    name, release = run("--version").split()
    # Behind the version a hash of what decides what is said: a changed fact is another release.
    assert (name, release.partition("+")[0]) == (project["name"], project["version"])
    assert re.fullmatch(r"[0-9a-f]{12}", release.partition("+")[2])


def test_the_changelog_tells_of_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"\n## [{project['version']}] - " in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("acupoint expl", "explain"),
        ("acupoint reminders pa", "pause"),
        ("acupoint run --por", "--port"),
    ],
)
def test_a_shell_completes_commands_and_options(words, expected):
    position = str(len(words.split()) - 1)
    asked = {"_ACUPOINT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": position}
    assert expected in run(**asked).split()
