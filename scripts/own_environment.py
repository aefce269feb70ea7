#!/usr/bin/env python3
"""Makes .tools/NAME: an environment of its own for a tool that the assistant does not need.

Usage: scripts/own_environment.py NAME

NAME is `pictures` or `readers`. Does nothing when nothing has changed since the last time.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import setup as base  # noqa: E402

WHAT = {
    "pictures": "what draws the pictures (about 200 MB)",
    "readers": "what the readers of signs and questions learn with (about 5 GB)",
}


def main(name):
    """Install what is missing."""
    failure = "It could not be installed. Check the network connection."
    try:
        base.install_apart(ROOT / ".tools" / name, name, "Installing " + WHAT[name], failure)
    except base.SetupError as error:
        print("Stopped: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
