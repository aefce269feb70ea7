"""The widget's own tests (Vitest, beside its modules), and what the build weighs."""

import gzip
import re
import subprocess
import sys

from bot.runtime import paths
from tests.widget.conftest import WIDGET

MOST_BYTES = 60_000


def test_the_modules():
    sys.path.insert(0, str(paths.ROOT / "scripts"))
    try:
        import widget
    finally:
        sys.path.pop(0)
    node = widget.machine_node() or widget.own_node()
    assert node, "There is no Node.js. Run 'python3 scripts/setup.py --dev'."
    done = node.run(node.npm, "test", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_first_load_is_small(widget):
    files = list(widget.rglob("*.js"))
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files)
    assert 5_000 < weight <= MOST_BYTES


def test_no_file_names_a_registry_and_all_versions_are_exact():
    lock = (WIDGET / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    versions = re.findall(
        r'": "([^"]+)"',
        re.search(r'"dependencies".*', (WIDGET / "package.json").read_text(), re.DOTALL)[0],
    )
    assert versions
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_the_script_cannot_be_used_to_run_text(widget):
    for path in widget.rglob("*.js"):
        assert not re.search(
            r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write", path.read_text()
        )
