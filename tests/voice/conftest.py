"""What tests of voice need: the recogniser and a voice, where they are installed."""

import shutil
import subprocess

import pytest

from bot.voice.settings import VoiceMissing, recognition_models


def _model():
    try:
        return recognition_models(None)
    except VoiceMissing:
        return None


needs_recogniser = pytest.mark.skipif(
    _model() is None,
    reason="The recogniser is not installed: python3 scripts/setup.py --dev --voice",
)
needs_larger_model = pytest.mark.skipif(
    _model() is None or len(_model().whisper) < 2,
    reason="The larger speech model is not installed: python3 scripts/setup.py --dev --voice",
)
needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed (Debian package)"
)


def spoken(text, path=None):
    """A wav file of a synthetic voice that says `text`; its bytes, or written to `path`."""
    command = ["espeak-ng", "-v", "en-us", "-s", "140", "--stdin", "--stdout"]
    sound = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    if path:
        path.write_bytes(sound)
    return sound
