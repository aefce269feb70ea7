#!/usr/bin/env python3
"""Checks what is pinned: known weaknesses, licences, and what nobody maintains any more.

Usage: scripts/audit/audit.py [--offline]; run with .venv's Python.

A service is asked with pip-audit, kept in .tools/audit. Where none can be reached, the dated list
in known.yml takes its place, and that is said. Ends with 1 if something has to be looked at.
"""

import datetime
import importlib.metadata
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import yaml
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import setup as base  # noqa: E402

KNOWN = Path(__file__).with_name("known.yml")
TOOL = ROOT / ".tools" / "audit"
# These are no part of what answers: the benchmark's old Rasa is what it is.
APART = {"diet.lock"}
LONGEST_UNREVIEWED_DAYS = 92
_PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)==(\S+)")
_FREE = re.compile(
    r"MIT|Apache|BSD|ISC|MPL|Mozilla|PSF|Python Software|LGPL|Lesser|Zlib|CC0|Public Domain",
    re.IGNORECASE,
)
_COPYLEFT = re.compile(r"MPL|Mozilla|GPL|Lesser|General Public", re.IGNORECASE)


def pinned():
    """What each lock file pins: {(name, version): [lock, ...]}."""
    found = defaultdict(list)
    for lock in sorted(base.LOCKS.glob("*.lock")):
        if lock.name not in APART:
            for name, version in _PIN.findall(lock.read_text(encoding="utf-8")):
                found[_plain(name), version].append(lock.name)
    return dict(found)


def asked(pins):
    """Weaknesses that a service knows, as (name, version, id); None where none could be asked."""
    base.install_apart(
        TOOL, "audit", "Installing pip-audit (about 30 MB)",
        "pip-audit could not be installed; the reason stands above.",
    )  # fmt: skip
    listed = TOOL / "pins.txt"
    listed.write_text("".join("%s==%s\n" % pin for pin in sorted(pins)), encoding="utf-8")
    for service in ("osv", "pypi"):
        command = [str(TOOL / "bin" / "pip-audit"), "--requirement", str(listed), "--no-deps"]
        command += ["--disable-pip", "--format", "json", "--vulnerability-service", service]
        done = subprocess.run(command, capture_output=True, text=True)
        try:
            told = json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError):
            continue
        known = [one for one in told if "skip_reason" not in one]
        if 2 * len(known) > len(told):
            return [
                (_plain(one["name"]), one["version"], [weak["id"], *weak.get("aliases", ())])
                for one in known
                for weak in one["vulns"]
            ]
    return None


def remembered(pins, known):
    """Weaknesses by the dated list, as (name, version, ids)."""
    return [
        (name, version, re.findall(r"[A-Z]+-\d{4}-\d+", weak["id"]))
        for weak in known["weaknesses"]
        for name, version in sorted(pins)
        if name == weak["package"]
        and (weak["mended"] == "none" or Version(version) < Version(str(weak["mended"])))
    ]


def licences(known):
    """The licences of what is installed: {licence: [package, ...]}."""
    found = defaultdict(set)
    for package in importlib.metadata.distributions():
        name = _plain(package.metadata["Name"])
        found[known["licences"].get(name) or _licence(package.metadata)].add(name)
    return dict(found)


def main():
    """Look at everything, and tell."""
    known = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
    pins = pinned()
    problems = 0
    print("%d packages are pinned." % len({name for name, _ in pins}))
    try:
        found = None if "--offline" in sys.argv[1:] else asked(pins)
    except base.SetupError:
        found = None
    if found is None:
        age = (datetime.date.today() - known["reviewed"]).days
        print("No service could be asked. By the list of %s:" % known["reviewed"])
        if age > LONGEST_UNREVIEWED_DAYS:
            print("  that list is %d days old: review scripts/audit/known.yml" % age)
            problems += 1
        found = remembered(pins, known)
    for name, version, ids in found:
        reason = next((known["accepted"][one] for one in ids if one in known["accepted"]), None)
        where = ", ".join(pins[name, version])
        print("  %s %s: %s (%s)" % (name, version, ids[0], reason or where))
        problems += not reason
    if not found:
        print("  no known weakness")
    print("Licences:")
    for licence, names in sorted(licences(known).items()):
        told = ", ".join(sorted(names)) if _COPYLEFT.search(licence) else "%d packages" % len(names)
        if not _FREE.search(licence) and names - known["licences"].keys():
            told = "LOOK AT THESE: " + ", ".join(sorted(names))
            problems += 1
        print("  %s: %s" % (licence, told))
    print("Nobody has worked on these for long:")
    names = {name for name, _ in pins}
    for name, what in known["unmaintained"].items():
        if name in names:
            print("  %s: %s" % (name, what))
    return 1 if problems else 0


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(metadata):
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    told = [c for c in metadata.get_all("Classifier") or () if c.startswith("License ::")]
    names = "; ".join(sorted(c.rpartition(" :: ")[2] for c in told))
    return names or (metadata.get("License") or "untold").strip().splitlines()[0][:60]


if __name__ == "__main__":
    sys.exit(main())
