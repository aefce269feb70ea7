"""How set-up builds the chat widget, and what it says where it cannot."""

import sys

import pytest

from bot.runtime import paths


@pytest.fixture
def setup(monkeypatch, tmp_path):
    """scripts/setup.py with a widget of the test's own, and no Node.js anywhere."""
    monkeypatch.syspath_prepend(str(paths.ROOT / "scripts"))
    for name in ("setup", "widget"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import setup
    import widget

    (tmp_path / "src").mkdir()
    for name in ("package-lock.json", "vite.config.ts", "src/main.ts", "src/main.test.ts"):
        (tmp_path / name).write_text("1")
    for folder in ("dist", "node_modules"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(widget, "FOLDER", tmp_path)
    monkeypatch.setattr(widget, "BUILT", tmp_path / "dist")
    monkeypatch.setattr(widget, "PACKAGES", tmp_path / "node_modules")
    monkeypatch.setattr(widget, "machine_node", lambda: None)
    monkeypatch.setattr(widget, "own_node", lambda get_node: None)
    monkeypatch.setattr(setup, "install_node", lambda folder: None)
    return setup


class _Node:
    """Notes what it is asked to run, and does as told."""

    npm = "npm"

    def __init__(self, code=0):
        self.asked, self.code = [], code

    def run(self, *command, **kwargs):
        self.asked.append(" ".join(map(str, command)))
        return type("Done", (), {"returncode": self.code})


def test_without_node_one_sentence_is_said_and_set_up_goes_on(setup, capsys):
    setup.build_widget(dev=False)
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    assert "Node.js 18" in told
    assert "runs without it" in told


def test_it_is_built_once_and_again_when_its_sources_change(setup, monkeypatch):
    node = _Node()
    monkeypatch.setattr(setup.widget, "machine_node", lambda: node)
    setup.build_widget(dev=False)
    assert [command.split()[1] for command in node.asked] == ["ci", "build"]
    assert "--omit=dev" in node.asked[0]
    setup.build_widget(dev=False)
    assert len(node.asked) == 2
    (setup.widget.FOLDER / "src" / "main.test.ts").write_text("2")
    setup.build_widget(dev=False)
    assert len(node.asked) == 2
    (setup.widget.FOLDER / "src" / "main.ts").write_text("2")
    setup.build_widget(dev=False)
    assert [command.split()[1] for command in node.asked[2:]] == ["build"]


def test_its_tests_need_more_packages(setup, monkeypatch):
    node = _Node()
    monkeypatch.setattr(setup.widget, "machine_node", lambda: node)
    setup.build_widget(dev=False)
    setup.build_widget(dev=True)
    assert node.asked[-1].startswith("npm ci")
    assert "--omit=dev" not in node.asked[-1]


def test_a_build_that_fails_is_tried_again(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup.widget, "machine_node", lambda: _Node(code=1))
    setup.build_widget(dev=False)
    assert "Check the network" in capsys.readouterr().err
    assert not setup.widget.is_up_to_date(dev=False)
