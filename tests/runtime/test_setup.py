"""How set-up finds a Python, what it says, and what it hands on; nothing is installed here."""

import subprocess
import sys

import pytest

from bot.runtime import paths


@pytest.fixture
def setup(monkeypatch, tmp_path):
    """scripts/setup.py with folders of the test's own."""
    monkeypatch.syspath_prepend(str(paths.ROOT / "scripts"))
    for name in ("setup", "interpreters", "widget", "speech_model"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import setup

    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return setup


def uv_that_knows(tmp_path, *versions, can_fetch=True):
    """A stand-in for uv: finds these versions and whatever is a path, and may fetch others."""
    program = tmp_path / "uv"
    known = "".join(f"{version} | " for version in versions)
    program.write_text(
        "#!/bin/sh\nfor last; do :; done\n"
        f'if [ "$2" = install ]; then exit {int(not can_fetch)}; fi\n'
        f'case "$last" in {known}/*) echo "$last" ;; *) exit 1 ;; esac\n'
    )
    program.chmod(0o755)
    return program


def test_the_newest_suitable_python_is_taken(setup, tmp_path):
    assert setup.find_python(uv_that_knows(tmp_path, "3.11", "3.12", "3.13")) == "3.13"
    assert setup.find_python(uv_that_knows(tmp_path, "3.11", "3.12")) == "3.12"
    assert setup.find_python(uv_that_knows(tmp_path, "3.11", "3.10")) == "3.11"
    assert setup.find_python(uv_that_knows(tmp_path, "3.11", "3.10"), "3.10") == "3.10"


def test_pyenvs_are_found_without_being_on_the_path(setup, tmp_path):
    for version in ("3.9.1", "3.12.4", "3.12.11", "3.12-dev"):
        python = tmp_path / "pyenv" / "versions" / version / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.touch()
    assert "/3.12.11/" in setup.find_python(uv_that_knows(tmp_path, "3.11"))


def test_else_it_is_fetched_else_one_sentence_says_what_to_do(setup, tmp_path):
    assert setup.find_python(uv_that_knows(tmp_path)) == setup.interpreters.SUITABLE[0]
    with pytest.raises(setup.SetupError, match=r"Install Python 3\.11, 3\.12 or 3\.13"):
        setup.find_python(uv_that_knows(tmp_path, can_fetch=False))


def test_the_first_choice_is_the_one_of_the_file_and_all_are_those_of_the_project(setup):
    assert (paths.ROOT / ".python-version").read_text().strip() == setup.interpreters.SUITABLE[0]
    project = (paths.ROOT / "pyproject.toml").read_text()
    assert f'requires-python = ">={setup.interpreters.SUITABLE[-1]},<3.14"' in project


@pytest.mark.parametrize(("version", "usable"), [("3.13.0", True), ("3.10.13", False)])
def test_an_environment_of_a_python_of_before_is_made_anew(setup, version, usable):
    (setup.VENV / "bin").mkdir(parents=True)
    (setup.VENV / "bin" / "python").touch()
    (setup.VENV / "pyvenv.cfg").write_text(f"home = /x\nversion_info = {version}\n")
    assert setup.is_usable() is usable


def test_a_mirror_and_a_certificate_for_pip_serve_uv_too(setup, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", "/x/own.pem")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    around = setup.surroundings()
    assert around["UV_DEFAULT_INDEX"] == "http://mirror.example/simple"
    assert around["SSL_CERT_FILE"] == "/x/own.pem"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://other.example")
    assert setup.surroundings()["UV_DEFAULT_INDEX"] == "http://other.example"


SAYING = """
printf 'Resolved 2 packages in 1ms\\nInstalled 2 packages in 3ms\\n + a==1\\n + b==2\\n' >&2
"""


def test_a_step_is_a_line_and_packages_are_not_named(setup, capfd):
    setup.run_in_steps(["sh", "-c", SAYING], "It failed.")
    told = capfd.readouterr()
    assert told.out.splitlines() == [
        "    Resolved 2 packages in 1ms",
        "    Installed 2 packages in 3ms",
    ]
    assert told.err == ""


def test_what_failed_is_told_whole(setup, capfd):
    with pytest.raises(setup.SetupError, match="It failed"):
        setup.run_in_steps(["sh", "-c", SAYING + "echo no network >&2; exit 2"], "It failed.")
    assert "a==1" in (told := capfd.readouterr().err)
    assert "no network" in told


def test_the_doctor_names_what_is_missing_and_what_to_do():
    done = subprocess.run(
        [sys.executable, "scripts/doctor.py"], cwd=paths.ROOT, capture_output=True, text=True
    )
    assert done.stderr == ""
    for part in ("To answer a question", "For voice", "For tests", "recogniser", "a Chromium"):
        assert part in done.stdout
    for line in done.stdout.splitlines():
        if line.startswith("  missing"):
            assert len(line.split()) > 3, f"It does not say what to do: {line}"


def test_the_audit_by_the_dated_list_finds_what_it_should():
    done = subprocess.run(
        [sys.executable, "scripts/audit/audit.py", "--offline"],
        cwd=paths.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert "packages are pinned" in done.stdout
    assert "LOOK AT THESE" not in done.stdout
    assert "rasa: The last open release" in done.stdout
    check = (
        "import sys; sys.path.insert(0, 'scripts/audit'); import audit;"
        "known = audit.yaml.safe_load(audit.KNOWN.read_text());"
        "found = audit.remembered({('aiohttp', '3.9.5'), ('aiohttp', '99.0')}, known);"
        "assert found and {version for _, version, _ in found} == {'3.9.5'}, found"
    )
    assert subprocess.run([sys.executable, "-c", check], cwd=paths.ROOT).returncode == 0
