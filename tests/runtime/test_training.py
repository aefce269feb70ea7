"""What a model's fingerprint covers: whatever learning reads, and nothing that shapes nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.gateway import gateway
from bot.runtime import import_closure, paths, training


@pytest.fixture(scope="module")
def read_while_learning(tmp_path_factory):
    """The files of bot/, actions/ and data/ that a training read."""
    model = tmp_path_factory.mktemp("models") / "acupoint-trace.tar.gz"
    done = subprocess.run(
        [sys.executable, "-m", "tests.runtime.trace_training", str(model)],
        cwd=paths.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return {Path(name) for name in json.loads(done.stdout.splitlines()[-1])}


def test_all_that_learning_reads_is_covered(read_while_learning):
    assert paths.DATA / "look_alikes.yml" in read_while_learning
    assert Path(training.__file__) in read_while_learning
    assert read_while_learning - set(training.model_inputs()) == set()


def test_what_is_covered_in_data_is_read(read_while_learning):
    """Else a new sentence of an answer costs everybody a training."""
    covered = {path for path in training.model_inputs() if path.is_relative_to(paths.DATA)}
    assert covered - read_while_learning == set()


@pytest.mark.parametrize(
    "place",
    [Path(gateway.__file__).parent, paths.WIDGET.parent, paths.DOCS, paths.DATA / "answers.yml"],
    ids=lambda place: place.name,
)
def test_what_shapes_nothing_retrains_nothing(place):
    assert place.exists()
    assert not [path for path in training.model_inputs() if path.is_relative_to(place)]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A function: name -> text of a module, which makes a project of such modules."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    for cached in (import_closure._file_of, import_closure._names_in):
        monkeypatch.setattr(import_closure, cached.__name__, cached.__wrapped__)

    def make(**modules):
        (tmp_path / "bot").mkdir()
        (tmp_path / "bot" / "__init__.py").touch()
        for name, text in modules.items():
            (tmp_path / "bot" / f"{name}.py").write_text(text)
        return lambda *asked: {f.stem for f in import_closure.files_behind(asked)} - {"__init__"}

    return make


def test_imports_are_followed_wherever_they_stand(project):
    behind = project(
        a="import os\nfrom bot.b import x\n\ndef late():\n    from bot import c\n",
        b="import bot.d",
        c="if True:\n    import bot.e as other",
        d="import bot.a",
        e="",
        apart="import bot.a",
    )
    assert behind("bot.a.SomeClass", "WhitespaceTokenizer") == {"a", "b", "c", "d", "e"}
    assert behind("bot.e") == {"e"}
