"""The recogniser: a program of its own that hears recordings and writes down what was said.

Reads from its standard input a line of JSON, `{"bytes": N}`, and N bytes of sound in any usual
form (webm, ogg, mp4, wav); writes a line of JSON for each, with the fields of `hearing.Heard`, or
`{"error": "..."}`. The first line it writes is `{"ready": true}`. It ends when its input does, so
it never outlives who started it. It opens no port and writes no file.

Usage: python -m bot.voice.recogniser_process MODEL_FOLDER [PROMPT]
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import sys
from typing import Any, BinaryIO

SAMPLES_PER_SECOND = 16_000
# Whisper hears half a minute at once; what is longer is cut.
MOST_SECONDS = 30
# Chunks shorter than this are clicks and coughs.
_LEAST_SPEECH_MS = 150
_THREADS = 2
# How well a text compresses that goes in circles.
CIRCLING = 2.4
QUIET = 99.0
# Seconds without a voice that are enough to tell how loud it is around.
_LEAST_AROUND = 0.2
_CODE = re.compile(r"[a-z]\W?\d", re.IGNORECASE)
# A number, or what is written for one.
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirt\w+|fou?rt\w+|"
    r"fift\w+|sixt\w+|eighteen|twent\w+|plenty|won|too|free|tree|for|fore|ford|fife|sicks|ate)\b",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(
    r"\b(?:good|used|useful|meant|best|fit) for\b|\bfor (?:my|the|a|how|back|me|it)\b",
    re.IGNORECASE,
)


class Recogniser:
    """Whisper, by CTranslate2, and a voice detector before it.

    Args:
        folder: a Whisper model in CTranslate2's form.
        prompt: words to expect, as if they had been said before.
    """

    def __init__(self, folder: str, prompt: str = "") -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import WhisperModel

        self._model = WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=_THREADS, local_files_only=True
        )
        self._prompt = prompt or None

    def hear(self, recording: bytes) -> dict[str, Any]:
        """What was said in a recording.

        Returns:
            text: the words, "" where nobody spoke; seconds: how long the recording is; is_cut:
            whether it was longer than MOST_SECONDS; speech_seconds: how long somebody spoke;
            confidence: mean probability of a word part; no_speech: Whisper's own doubt that
            anybody spoke; repetition: how well the text compresses, high where it goes in circles;
            above_noise: by how many decibels the voice is louder than what is around it.

        Raises:
            ValueError: this is no sound.
        """
        from faster_whisper.vad import VadOptions, get_speech_timestamps

        samples, is_cut = _samples(recording)
        options = VadOptions(min_speech_duration_ms=_LEAST_SPEECH_MS, speech_pad_ms=0)
        spoken = get_speech_timestamps(samples, options)
        speech = sum(part["end"] - part["start"] for part in spoken) / SAMPLES_PER_SECOND
        heard = {
            "text": "",
            "seconds": len(samples) / SAMPLES_PER_SECOND,
            "is_cut": is_cut,
            "speech_seconds": speech,
            "confidence": 0.0,
            "no_speech": 1.0,
            "repetition": 0.0,
            "above_noise": above_noise(samples, spoken),
        }
        return {**heard, **self._believable(samples)} if spoken else heard

    def _believable(self, samples: Any) -> dict[str, Any]:
        """What was read, without codes that only the prompt put there.

        Told to expect 'BL23', Whisper writes it for any strange word. So where it wrote a number,
        it reads once more without being told, and must hear a number again. The same holds where
        the prompt made it go in circles.
        """
        told = self._read(samples, self._prompt)
        is_circling = told.get("repetition", 0.0) > CIRCLING
        if self._prompt and told and (is_circling or _CODE.search(told["text"])):
            untold = self._read(samples, None)
            if is_circling or not _NUMBER.search(_NO_NUMBER.sub(" ", untold.get("text", ""))):
                return untold
        return told

    def _read(self, samples: Any, prompt: str | None) -> dict[str, Any]:
        import numpy

        segments, _ = self._model.transcribe(
            samples,
            language="en",
            beam_size=1,
            temperature=0.0,
            initial_prompt=prompt,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        read = list(segments)
        if not read:
            return {}
        return {
            "text": " ".join(segment.text.strip() for segment in read).strip(),
            "confidence": float(numpy.exp(min(segment.avg_logprob for segment in read))),
            "no_speech": float(max(segment.no_speech_prob for segment in read)),
            "repetition": float(max(segment.compression_ratio for segment in read)),
        }


def above_noise(samples: Any, spoken: list[dict[str, int]]) -> float:
    """By how many decibels the voice is louder than the rest; QUIET where there is no rest."""
    import numpy

    is_voice = numpy.zeros(len(samples), dtype=bool)
    for part in spoken:
        is_voice[part["start"] : part["end"]] = True
    around = samples[~is_voice]
    if not spoken or len(around) < _LEAST_AROUND * SAMPLES_PER_SECOND:
        return QUIET
    # A tiny part of full scale keeps digital silence from being infinitely quiet.
    voice, noise = (float(numpy.mean(part**2)) + 1e-8 for part in (samples[is_voice], around))
    return 10 * math.log10(voice / noise)


def _samples(recording: bytes) -> tuple[Any, bool]:
    """The sound as numbers, and whether it was cut: a small file can hold hours of silence."""
    import av
    import numpy

    limit = MOST_SECONDS * SAMPLES_PER_SECOND
    parts, length = [], 0
    try:
        with av.open(io.BytesIO(recording), mode="r", metadata_errors="ignore") as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLES_PER_SECOND)
            for frame in container.decode(audio=0):
                for part in resampler.resample(frame):
                    parts.append(part.to_ndarray().reshape(-1))
                    length += parts[-1].size
                if length > limit:
                    break
    except (av.FFmpegError, IndexError) as error:
        # A recording that ends in the middle is heard as far as it goes.
        if not parts:
            raise ValueError("this is no sound") from error
    if not parts:
        raise ValueError("this is no sound")
    samples = numpy.concatenate(parts)
    return samples[:limit].astype(numpy.float32) / 32_768, length > limit


def _requests(source: BinaryIO) -> Any:
    while line := source.readline():
        size = int(json.loads(line)["bytes"])
        recording = source.read(size)
        if len(recording) < size:
            return
        yield recording


def main() -> None:
    """Hear recordings until the input ends."""
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(content: dict[str, Any]) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        recogniser = Recogniser(*sys.argv[1:3])
    except Exception as error:
        answer({"error": f"{type(error).__name__}: {error}"})
        sys.exit(1)
    answer({"ready": True})
    for recording in _requests(sys.stdin.buffer):
        try:
            answer(recogniser.hear(recording))
        except Exception as error:  # what is wrong with one recording must not end the others
            answer({"error": type(error).__name__})


if __name__ == "__main__":
    main()
