"""Speech from text: piper where it is installed, else espeak-ng; both programs of their own.

Both are under the GPL and stay outside: they are started, given the text on their standard input,
and read. Nothing is written to disk, and no text stands on a command line, which others can read.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent
_PIPER = _ROOT / ".tools" / "piper"
_PIPER_VOICES = "lib/python3*/site-packages/*/data/*.onnx"
_ESPEAK_WORDS_A_MINUTE = 145
# Piper takes a second to begin and a twentieth of the time that it speaks.
_SECONDS = 20
_MOST_CHARACTERS = 2_500

NO_VOICE = (
    "This machine has no voice. Install one with 'python3 scripts/setup.py --piper', or espeak-ng "
    "(on Debian: apt install espeak-ng; on a Mac: brew install espeak-ng)."
)


class CannotSpeak(Exception):
    """There is no voice, or it failed; the message says what to do."""


@dataclass(frozen=True)
class Voice:
    """A program that makes speech of text.

    Attributes:
        name: which one.
        program: how it is started. It reads text and writes a wav file.
        slow: what is added to speak slowly.
    """

    name: str
    program: tuple[str, ...]
    slow: tuple[str, ...] = ()

    def command(self, slowly: bool = False) -> tuple[str, ...]:
        """How it is started."""
        return (*self.program, *(self.slow if slowly else ()))

    def say(self, text: str, slowly: bool = False) -> bytes:
        """A wav file of `text`.

        Raises:
            CannotSpeak: the program failed or took too long.
        """
        # One line is one utterance.
        said = " ".join(text.split())[:_MOST_CHARACTERS]
        try:
            done = subprocess.run(
                self.command(slowly),
                input=said.encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            # The exception itself is not shown: it could hold what was said.
            raise CannotSpeak(f"{self.name} failed.") from None
        if not done.stdout.startswith(b"RIFF"):
            raise CannotSpeak(f"{self.name} made no sound.")
        return done.stdout


def best_voice() -> Voice | None:
    """The best voice of this machine, if there is one."""
    return piper_voice() or espeak_voice()


def piper_voice(folder: Path = _PIPER) -> Voice | None:
    """The voice that `scripts/setup.py --piper` installs, if it is there."""
    python = folder / "bin" / "python"
    models = sorted(folder.glob(_PIPER_VOICES))
    if not python.exists() or not models:
        return None
    program = (str(python), "-m", "piper", "--model", str(models[0]), "--output-file", "-")
    return Voice("piper", program, ("--length-scale", "1.25"))


def espeak_voice(names: Sequence[str] = ("espeak-ng", "espeak")) -> Voice | None:
    """The voice of the machine's espeak-ng, if it is there."""
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        return None
    speed = ("-s", str(_ESPEAK_WORDS_A_MINUTE))
    return Voice(
        "espeak-ng", (program, "-v", "en-us", *speed, "--stdin", "--stdout"),
        ("-s", str(_ESPEAK_WORDS_A_MINUTE * 4 // 5)),
    )  # fmt: skip
