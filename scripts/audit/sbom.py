#!/usr/bin/env python3
"""Lists all that the assistant is made of, in the form CycloneDX: reports/sbom.cdx.json.

Usage: scripts/audit/sbom.py; run with .venv's Python: licences are those of what is installed.

The list is written by cyclonedx-python-lib, pinned with its hash and kept in .tools/audit. It holds
what the lock files pin, with their hashes, the packages of the chat, and the learnt weights.
"""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import yaml
from audit import APART, KNOWN, ROOT, TOOL, _licence, _plain, base

WEIGHTS = Path(__file__).with_name("weights.yml")
WRITER = Path(__file__).with_name("sbom_document.py")
SBOM = ROOT / "reports" / "sbom.cdx.json"
CHAT = ROOT / "bot" / "widget" / "package-lock.json"
VOICE = ROOT / "scripts" / "speech_model" / "package-lock.json"


def from_locks():
    """What Python packages are pinned: name, version, hashes, and the lock files that name them."""
    found = {}
    for lock in sorted(base.LOCKS.glob("*.lock")):
        if lock.name in APART:
            continue
        pin = None
        for line in lock.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if "==" in line and not line.startswith((" ", "#")):
                name, _, version = words[0].partition("==")
                empty = {"kind": "pypi", "name": _plain(name), "version": version.rstrip(";"),
                         "hashes": [], "locks": []}  # fmt: skip
                pin = found.setdefault((_plain(name), version), empty)
                pin["locks"] = sorted({*pin["locks"], lock.name})
            elif pin is not None and words and words[0].startswith("--hash=sha256:"):
                pin["hashes"] = sorted({*pin["hashes"], words[0].partition("sha256:")[2]})
    return list(found.values())


def from_npm(lock):
    """What packages of npm a lock pins."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return [
        {"kind": "npm", "name": path.rpartition("node_modules/")[2], "version": told["version"],
         "hashes": [], "licence": told.get("license"), "locks": [lock.parent.name]}
        for path, told in packages.items()
        if path
    ]  # fmt: skip


def licences():
    """The licence of each Python package that is installed, or that was looked up."""
    found = {
        _plain(package.metadata["Name"]): _licence(package.metadata)
        for package in importlib.metadata.distributions()
    }
    return {**found, **yaml.safe_load(KNOWN.read_text(encoding="utf-8"))["licences"]}


def content():
    """All that is listed, as plain values."""
    known = licences()
    components = [*from_locks(), *from_npm(CHAT), *from_npm(VOICE)]
    for one in components:
        one["licence"] = one.get("licence") or known.get(one["name"])
    weights = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    version = importlib.metadata.version("acupoint")
    return {"version": version, "components": components, "weights": weights}


def main():
    """Write the list."""
    try:
        base.install_apart(
            TOOL, "audit", "Installing what writes the list (about 30 MB)",
            "It could not be installed; the reason stands above.",
        )  # fmt: skip
    except base.SetupError as error:
        print("Stopped: %s" % error, file=sys.stderr)
        return 1
    SBOM.parent.mkdir(exist_ok=True)
    listed = content()
    done = subprocess.run(
        [str(TOOL / "bin" / "python"), str(WRITER), str(SBOM)],
        input=json.dumps(listed), text=True,
    )  # fmt: skip
    if not done.returncode:
        count = len(listed["components"])
        print("Written: %s (%d packages, %d files of weights)" %
              (SBOM.relative_to(ROOT), count, len(listed["weights"])))  # fmt: skip
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
