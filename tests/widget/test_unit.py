"""The widget's own tests (Vitest, besides its modules), and what the build weighs."""

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


def own_scripts(widget):
    """The scripts that are made here; the model's come as their package has them."""
    return [path for path in widget.rglob("*.js") if "hands-" not in path.parent.name]


def squeezed(*files):
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def test_the_first_load_is_small(widget):
    first = [widget / "widget.js", *widget.glob("widget/assets/main-*.js")]
    assert len(first) == 2
    assert 5_000 < squeezed(*first) <= MOST_BYTES


def test_what_is_loaded_on_demand_is_small(widget):
    (figure,) = widget.glob("widget/vision/figure-*/body.bin")
    later = [path for path in widget.glob("widget/assets/*.js") if "main-" not in path.name]
    assert later
    assert squeezed(*later) < 60_000
    assert squeezed(figure) < 180_000


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
    for path in own_scripts(widget):
        assert not re.search(
            r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write", path.read_text()
        )
