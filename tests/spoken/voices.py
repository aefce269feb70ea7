"""Synthetic voices: those that aliases were learned from, and others to measure on.

Needs espeak-ng, flite, festival, festvox-kallpc16k and festvox-kdlpc16k (Debian packages), piper in
.tools/piper, and Kokoro in .tools/kokoro (requirements/spoken.lock). Kokoro's voices are Japanese
(kumo is a man), so their English has an accent. Of the held-out voices, only piper's speaker was
heard before, at another speed.
"""

import io
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.runtime import paths
from bot.voice.synthesis import piper_voice
from tests.patience import PATIENCE

RATE = 16_000
OUT = "OUT"
_KOKORO = paths.ROOT / ".tools" / "kokoro" / "bin" / "python"
# By how many decibels the noise is quieter than the voice. 20: a quiet room with a fan; 10: a
# television is on; 5: one has to raise the voice.
NOISES = {"none": None, "quiet": 20, "room": 10, "loud": 5}


@dataclass(frozen=True)
class Voice:
    """A voice. `is_tuning`: what it said was looked at while data and thresholds were mended."""

    name: str
    command: tuple[str, ...]
    is_tuning: bool

    def says(self, text):
        """Samples at 16,000 a second, between -1 and 1."""
        with tempfile.TemporaryDirectory() as folder:
            # Flite cannot write to a pipe.
            file = Path(folder) / "said.wav"
            command = [str(file) if part == OUT else part for part in self.command]
            done = subprocess.run(
                [*command, *([text] if command[0] == "flite" else [])],
                input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                check=True, timeout=PATIENCE,
            )  # fmt: skip
            return _samples(file.read_bytes() if file.exists() else done.stdout)


def _espeak(voice, words_a_minute):
    return ("espeak-ng", "-v", voice, "-s", str(words_a_minute), "--stdin", "--stdout")


def _flite(voice, stretch):
    return ("flite", "-voice", voice, "--setf", f"duration_stretch={stretch}",
            "-o", OUT, "-t")  # fmt: skip


def _festival(voice):
    return ("text2wave", "-F", str(RATE), "-eval", f"(voice_{voice})")


def _kokoro(voice):
    return (str(_KOKORO), str(Path(__file__).with_name("kokoro_says.py")), voice)


def voices():
    """All voices of this machine."""
    piper = piper_voice().command()
    tuning = (
        ("espeak us", _espeak("en-us", 150)),
        ("espeak gb woman, fast", _espeak("en-gb+f2", 190)),
        ("espeak us woman, slow", _espeak("en-us+f4", 130)),
        ("espeak scotland", _espeak("en-gb-scotland", 160)),
        ("flite slt", _flite("slt", 1.0)),
        ("flite kal, slow", _flite("kal16", 1.25)),
        ("flite rms, fast", _flite("rms", 0.85)),
        ("flite awb", _flite("awb", 1.0)),
        ("festival kal", _festival("kal_diphone")),
        ("kokoro nezumi", _kokoro("jf_nezumi")),
        ("piper joe", (*piper, "--length-scale", "1.0")),
    )
    held_out = (
        ("espeak caribbean woman", _espeak("en-029+f3", 165)),
        ("espeak new york", _espeak("en-us-nyc", 145)),
        ("festival ked", _festival("ked_diphone")),
        ("kokoro kumo", _kokoro("jm_kumo")),
        ("kokoro alpha", _kokoro("jf_alpha")),
        ("piper joe, slow", (*piper, "--length-scale", "1.2")),
    )
    return [Voice(*one, True) for one in tuning] + [Voice(*one, False) for one in held_out]


def noisy(samples, decibels, seed):
    """The samples with noise `decibels` quieter than they are; None leaves them as they are.

    The noise falls with the frequency, as that of rooms and streets does.
    """
    if decibels is None:
        return samples
    random = np.random.default_rng(seed)
    spectrum = np.fft.rfft(random.normal(size=len(samples)))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20.0))
    noise = np.fft.irfft(spectrum, len(samples))
    wanted = np.sqrt(np.mean(samples**2) / 10 ** (decibels / 10))
    mixed = samples + noise * wanted / np.sqrt(np.mean(noise**2))
    return mixed / max(1.0, np.abs(mixed).max())


def recording(samples):
    """A wav file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32_767).astype("<i2").tobytes())
    return file.getvalue()


def _samples(file):
    import av

    parts = []
    with av.open(io.BytesIO(file)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in container.decode(audio=0):
            parts += [part.to_ndarray().reshape(-1) for part in resampler.resample(frame)]
    samples = np.concatenate(parts).astype(np.float64) / 32_768
    quiet = np.zeros(RATE // 3)
    return np.concatenate([quiet, samples, quiet])
