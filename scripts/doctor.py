#!/usr/bin/env python3
"""Says what is here and what is missing, each in a line with what to do. Runs on any Python 3.

Usage: scripts/doctor.py

Ends with 1 if something is missing that answering a question needs, else with 0.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import interpreters
import setup
import speech_model
import widget
from setup import ROOT, TOOLS

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RECORDERS = ("pw-record", "arecord", "rec")
PICTURES = TOOLS / "pictures" / ".installed"
READERS = TOOLS / "readers" / ".installed"


class Line:
    """What is looked at, whether it is there, and what to do if it is not."""

    def __init__(self, name, there, told="", remedy=""):
        self.name, self.there, self.told, self.remedy = name, bool(there), told, remedy

    def __str__(self):
        mark = "ok     " if self.there else "missing"
        return "  %s  %-22s %s" % (mark, self.name, self.told if self.there else self.remedy)


def to_answer():
    """What answering a question needs."""
    version = interpreters.version_of(setup.VENV)
    yield Line("disk", shutil.disk_usage(str(ROOT)).free > setup.NEEDED_BYTES,
               "%d GB free" % (shutil.disk_usage(str(ROOT)).free // 10**9),
               "free about 3 GB")  # fmt: skip
    yield Line("packages", setup.is_up_to_date(False), "Python %s in .venv" % version,
               "make setup")  # fmt: skip
    yield Line("model", _has_model(), "trained", "make train (a minute)")


def to_chat():
    """What the chat in the browser needs; without it there is a plain page."""
    node = widget.machine_node()
    yield Line("chat", (widget.BUILT / ".made-from").is_file(), "built", "make setup")
    yield Line("Node.js", node or widget.OWN_NODE.is_dir(),
               "this machine's" if node else "of our own", "make setup fetches it")  # fmt: skip


def for_voice():
    """What hearing and speaking need."""
    heard = "make voice"
    yield Line("recogniser", setup.has_extra("voice"), "installed", heard)
    yield Line("larger speech model", speech_model.is_up_to_date(), "Whisper small", heard)
    piper = (setup.PIPER / ".installed").is_file()
    espeak = shutil.which("espeak-ng")
    yield Line("a voice", piper or espeak, "piper" if piper else "espeak-ng",
               heard + ", or install espeak-ng (on Debian: apt install espeak-ng)")  # fmt: skip
    yield Line("a microphone", _first(RECORDERS), "recorded by %s" % _first(RECORDERS),
               "only for 'acupoint voice --mic': install pipewire or alsa-utils")  # fmt: skip


def for_tests():
    """What all tests need, and what is changed with them."""
    yield Line("what tests need", setup.is_up_to_date(True), "installed", "make test installs it")
    yield Line("a Chromium", _first(BROWSERS), _first(BROWSERS) or "",
               "for the chat's tests (on Debian: apt install chromium)")  # fmt: skip
    yield Line("PostgreSQL", _postgres(), "for tests of reminders",
               "its tests are skipped (on Debian: apt install postgresql)")  # fmt: skip


def for_more():
    """What only some need."""
    yield Line("messengers", setup.has_extra("messengers") or setup.is_up_to_date(True),
               "Telegram, Slack and others", "python3 scripts/setup.py --messengers")  # fmt: skip
    yield Line("drawing pictures", PICTURES.is_file(), "in .tools/pictures", "make pictures")
    yield Line("teaching the readers", READERS.is_file(), "in .tools/readers",
               "make sign-reader")  # fmt: skip
    yield Line("Rasa with TensorFlow", (setup.DIET / ".installed").is_file(),
               "in .tools/diet", "make benchmark-diet, on Linux x86-64")  # fmt: skip


PARTS = (
    ("To answer a question", to_answer),
    ("For the chat in the browser", to_chat),
    ("For voice", for_voice),
    ("For tests", for_tests),
    ("For what only some need", for_more),
)


def main():
    """Look at everything, and tell."""
    python = sys.version.split()[0]
    print("Set-up runs on Python %s; the assistant takes %s." % (
        python, " or ".join(reversed(interpreters.SUITABLE))))  # fmt: skip
    lacking = 0
    for title, look in PARTS:
        print("%s:" % title)
        for line in look():
            print(line)
            lacking += look is to_answer and not line.there
    return 1 if lacking else 0


def _first(programs):
    return next((name for name in programs if shutil.which(name)), None)


def _postgres():
    return shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _has_model():
    """Whether a model for the present inputs is there; only .venv's Python can tell."""
    if not setup.is_usable():
        return False
    ask = (
        "from bot.runtime.training import model_path; raise SystemExit(not model_path().is_file())"
    )
    command = [str(setup.VENV / "bin" / "python"), "-c", ask]
    return subprocess.run(command, cwd=str(ROOT), stderr=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
