#!/usr/bin/env python3
"""Makes .venv: Python 3.10 with everything pinned in requirements.lock; then the chat widget.

Runs on any Python 3.

Usage: scripts/setup.py [--dev] [--voice] [--piper]

--voice adds speech recognition with its models. It goes into .venv: it needs a few packages beside
those that are there (its lock is made to fit them), and a second environment would hold 300 MB
twice. It runs in a process of its own all the same. --piper puts a better voice than espeak-ng's
into .tools/piper: it is under the GPL, and stays apart from what we import.

Does nothing when nothing has changed since the last time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import speech_model
import widget

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PIPER = TOOLS / "piper"
VOICE_LOCK = ROOT / "requirements-voice.lock"
DENOISER_LOCK = ROOT / "requirements-denoiser.lock"
VOICE_STAMP = VENV / ".installed-voice"
UV_VERSION = "0.13.8"
NEEDED_BYTES = 4_000_000_000


class SetupError(Exception):
    """What went wrong, in one sentence that says what to do."""


def main():
    """Install what is missing."""
    dev, piper = "--dev" in sys.argv[1:], "--piper" in sys.argv[1:]
    # Once there, voice is kept up to date.
    voice = "--voice" in sys.argv[1:] or VOICE_STAMP.is_file()
    try:
        if not is_up_to_date(dev) or (voice and not has_voice()):
            if shutil.disk_usage(str(ROOT)).free < NEEDED_BYTES:
                raise SetupError("The disk is nearly full. Free about 4 GB, then run this again.")
            uv = find_uv()
            python = find_python(uv)
            install(uv, python, dev, voice)
        if voice:
            make_speech_model()
        if piper:
            install_piper()
    except SetupError as error:
        print("Stopped: %s" % error, file=sys.stderr)
        return 1
    build_widget(dev)
    return 0


def build_widget(dev):
    """Build the chat widget. Without it the assistant runs all the same, with its plain page."""
    if widget.is_up_to_date(dev):
        return
    try:
        widget.build(dev, install_node, step)
    except widget.WidgetError as error:
        print(
            "The chat widget is missing: %s The assistant runs without it, with a plain page."
            % error,
            file=sys.stderr,
        )


def make_speech_model():
    """Make the larger speech model ready. Without it a smaller one hears, less well."""
    if speech_model.is_up_to_date():
        return
    try:
        speech_model.make(install_node, step)
    except speech_model.SpeechModelError as error:
        print(
            "The larger speech model is missing: %s Speech is understood less well without it."
            % error,
            file=sys.stderr,
        )


def install_node(folder):
    """Put Node.js, which comes as a Python package, into a folder of its own."""
    step("Fetching Node.js")
    try:
        uv = find_uv()
        run(
            [uv, "pip", "install", "--quiet", "--python", VENV, "--require-hashes",
             "--target", folder, "-r", ROOT / "requirements-node.lock"],
            "Node.js could not be fetched.",
        )  # fmt: skip
    except SetupError as error:
        print(error, file=sys.stderr)


def install_piper():
    """Put the voice piper into an environment of its own."""
    lock, stamp = ROOT / "requirements-piper.lock", PIPER / ".installed"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    step("Installing the voice piper (about 90 MB)")
    uv = find_uv()
    failure = (
        "The voice could not be installed; the reason stands above. espeak-ng is used instead."
    )
    run([uv, "venv", "--quiet", "--clear", "--python", find_python(uv), PIPER], failure)
    run(
        [uv, "pip", "install", "--quiet", "--python", PIPER, "--require-hashes", "-r", lock],
        failure,
    )
    stamp.write_bytes(lock.read_bytes())


def has_voice():
    """Whether speech recognition was installed from the present lock file."""
    return VOICE_STAMP.is_file() and VOICE_STAMP.read_bytes() == voice_stamp()


def voice_stamp():
    """Changes whenever an installation of speech recognition would come out different."""
    return VOICE_LOCK.read_bytes() + DENOISER_LOCK.read_bytes()


def locks(dev, voice=False):
    """The lock files to install."""
    names = ["requirements.lock"] + (["requirements-dev.lock"] if dev else [])
    return [ROOT / name for name in names] + ([VOICE_LOCK] if voice else [])


def stamp_text(dev):
    """Changes whenever an installation would come out different."""
    digest = hashlib.sha256()
    for path in locks(dev) + [ROOT / "pyproject.toml", ROOT / ".python-version"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp_file(dev):
    """Where the last installation is noted."""
    return VENV / (".installed-dev" if dev else ".installed")


def is_up_to_date(dev):
    """Whether the environment was made from the present lock files."""
    stamp = stamp_file(dev)
    python = VENV / "bin" / "python"
    return stamp.is_file() and python.exists() and stamp.read_text() == stamp_text(dev)


def step(text):
    """Tell what is happening."""
    print("==> %s" % text, flush=True)


def run(command, failure, **kwargs):
    """Run a command; on failure raise SetupError with this sentence."""
    environment = dict(os.environ, UV_NO_PROGRESS="") if sys.stderr.isatty() else dict(os.environ)
    environment.pop("VIRTUAL_ENV", None)
    try:
        result = subprocess.run(
            [str(part) for part in command], env=environment, cwd=str(ROOT), **kwargs
        )
    except OSError as error:
        raise SetupError("%s (%s)" % (failure, error))
    if result.returncode:
        raise SetupError(failure)
    return result


def find_uv():
    """Uv of the pinned version: an installed one, or fetched as a Python package."""
    for candidate in (shutil.which("uv"), TOOLS / "bin" / "uv"):
        if candidate and has_version(candidate):
            return candidate
    step("Fetching uv %s" % UV_VERSION)
    run(
        [sys.executable, "-m", "venv", "--clear", TOOLS],
        "A virtual environment could not be made. Install Python's venv (on Debian: "
        "apt install python3-venv), then run this again.",
    )
    run(
        [TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes",
         "--only-binary", ":all:", "-r", ROOT / "scripts" / "uv.lock.txt"],
        "uv could not be fetched. Check the network connection, then run this again.",
    )  # fmt: skip
    return TOOLS / "bin" / "uv"


def has_version(uv):
    """Whether this uv is the pinned one."""
    try:
        told = subprocess.run(
            [str(uv), "--version"], stdout=subprocess.PIPE, universal_newlines=True
        )
    except OSError:
        return False
    return told.returncode == 0 and told.stdout.split()[1:2] == [UV_VERSION]


def find_python(uv, wanted=None):
    """A Python of the wanted version, else 3.10: an installed one, or one that uv fetches."""
    wanted = wanted or (ROOT / ".python-version").read_text().strip()
    pyenv = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))) / "versions"
    candidates = [wanted] + sorted(map(str, pyenv.glob(wanted + "*/bin/python")), reverse=True)
    for candidate in candidates:
        found = subprocess.run(
            [str(uv), "python", "find", "--no-python-downloads", "--no-project", candidate],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True,
            cwd=str(ROOT),
        )  # fmt: skip
        if found.returncode == 0:
            return found.stdout.strip()
    step("Fetching Python %s" % wanted)
    run(
        [uv, "python", "install", wanted],
        "Python %s was not found and could not be fetched. Install it (it need not be the "
        "default Python), then run this again." % wanted,
    )
    return wanted


def install(uv, python, dev, voice):
    """Make the environment and put everything in."""
    began = time.time()
    if not (VENV / "bin" / "python").exists():
        step("Making .venv with Python %s" % python)
        run([uv, "venv", "--quiet", "--clear", "--python", python, VENV],
            "The environment .venv could not be made. Remove it and try again.")  # fmt: skip
    step("Installing packages (a few minutes the first time)")
    arguments = ["--require-hashes"]
    for lock in locks(dev, voice):
        arguments += ["-r", lock]
    failure = (
        "The packages could not be installed; the reason stands above. Check the network "
        "connection and the free disk space, then run this again."
    )
    run([uv, "pip", "install", "--python", VENV] + arguments, failure)
    run([uv, "pip", "install", "--quiet", "--python", VENV, "--no-deps", "--no-build-isolation",
         "--editable", ROOT], failure)  # fmt: skip
    stamp_file(dev).write_text(stamp_text(dev))
    if dev:
        stamp_file(False).write_text(stamp_text(False))
    if voice:
        # Only a file of it is used, so what it needs itself is left out.
        run([uv, "pip", "install", "--quiet", "--python", VENV, "--no-deps", "--require-hashes",
             "-r", DENOISER_LOCK], failure)  # fmt: skip
        VOICE_STAMP.write_bytes(voice_stamp())
    step("Installed in %d seconds" % (time.time() - began))


if __name__ == "__main__":
    sys.exit(main())
