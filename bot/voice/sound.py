"""The microphone and the loudspeaker of this machine, by the programs that it has."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
import wave
from collections.abc import Callable

from bot.voice.recogniser_process import MOST_SECONDS, SAMPLES_PER_SECOND

_RATE = str(SAMPLES_PER_SECOND)
# The first that is there is used. Each writes to its standard output until it is ended: a wav file,
# or, as PipeWire does, nothing but the samples.
_RECORDERS = (
    ("pw-record", "--rate", _RATE, "--channels", "1", "--format", "s16", "-"),
    ("arecord", "-q", "-t", "wav", "-f", "S16_LE", "-r", _RATE, "-c", "1", "-"),
    ("rec", "-q", "-t", "wav", "-b", "16", "-r", _RATE, "-c", "1", "-"),
)
# Each reads a wav file from its standard input.
_PLAYERS = (("paplay",), ("aplay", "-q", "-"), ("play", "-q", "-t", "wav", "-"))
# This one takes its standard input for bare samples, so it is given a file.
_PLAYER_OF_FILES = "pw-play"
_WAV = b"RIFF"
# A microphone that has given nothing by then gives nothing.
_LEAST_SECONDS = 1.0

NO_MICROPHONE = (
    "I found no microphone here. Plug one in, and install what records from it (on Debian: apt "
    "install alsa-utils; on a Mac: brew install sox). Or record your question with another "
    "program, and ask with: acupoint voice question.wav"
)
NO_LOUDSPEAKER = (
    "I found nothing to play the answer with. Use --out answer.wav to keep it as a file, or "
    "install a player (on Debian: apt install alsa-utils; on a Mac: brew install sox)."
)


class NoSound(Exception):
    """There is no microphone or no loudspeaker; the message says what to do."""


def record(wait: Callable[[], object]) -> bytes:
    """What the microphone hears until `wait` returns; at most what is heard at once.

    Raises:
        NoSound: there is no microphone.
    """
    command = _first(_RECORDERS)
    if command is None:
        raise NoSound(NO_MICROPHONE)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    began = time.monotonic()
    has_ended = False
    try:
        wait()
        has_ended = process.poll() is not None
    finally:
        process.terminate()
        recording, _ = process.communicate()
    if not recording.startswith(_WAV):
        recording = _wav(recording)
    # A wav header and a tenth of a second. Who ends at once has said nothing, but has a microphone.
    is_nothing = len(recording) < 44 + SAMPLES_PER_SECOND // 5
    if is_nothing and (has_ended or time.monotonic() - began > _LEAST_SECONDS):
        raise NoSound(NO_MICROPHONE)
    return recording[: 44 + 2 * SAMPLES_PER_SECOND * (MOST_SECONDS + 1)]


def play(sound: bytes) -> None:
    """Play a wav file, and wait until it is over.

    Raises:
        NoSound: there is no loudspeaker.
    """
    if shutil.which(_PLAYER_OF_FILES):
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(sound)
            file.flush()
            _run((_PLAYER_OF_FILES, file.name))
        return
    command = _first(_PLAYERS)
    if command is None:
        raise NoSound(NO_LOUDSPEAKER)
    _run(command, sound)


def _run(command: tuple[str, ...], sound: bytes = b"") -> None:
    done = subprocess.run(
        command, input=sound, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if done.returncode:
        raise NoSound(NO_LOUDSPEAKER)


def _wav(samples: bytes) -> bytes:
    """The samples as a wav file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLES_PER_SECOND)
        out.writeframes(samples[: len(samples) // 2 * 2])
    return file.getvalue()


def _first(commands: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    return next((command for command in commands if shutil.which(command[0])), None)
