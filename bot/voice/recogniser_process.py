"""The recogniser: a program of its own that hears recordings and writes down what was said.

Reads from its standard input a line of JSON, `{"bytes": N}`, and N bytes of sound in one of the
usual FORMS; writes a line of JSON for each, as `LoadedRecogniser.hear` gives it, or
`{"error": "..."}`. The first line it writes is `{"ready": true}`. It ends when its input does, so
it never outlives who started it. It opens no port and writes no file.

Usage: python -m bot.voice.recogniser_process; the first line of its input, before the recordings,
is `{"models": [FOLDER, ...], "prompt": "...", "denoiser": FILE or null, "questions": {"frames":
[[BEFORE, AFTER], ...], "names": [[CODE, NAME], ...]} or null}`.
"""

from __future__ import annotations

import io
import json
import math
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from bot.text.json_types import JsonObject
from bot.voice.names.taught_names import TaughtNames

SAMPLES_PER_SECOND = 16_000
# Whisper hears half a minute at once; what is longer is cut.
MOST_SECONDS = 30
# What browsers, phones and microphones record. FFmpeg knows 300 forms more, among them some that
# are no sound, but a list of files or addresses to be opened.
FORMS = ("matroska", "webm", "ogg", "mov", "mp4", "m4a", "3gp", "wav", "flac", "mp3", "caf", "aac")
_ONLY = {"format_whitelist": ",".join(FORMS), "protocol_whitelist": "none"}
# Samples in a second; a recording of one would become 16,000 times as long.
_LEAST_RATE = 4_000
# Chunks shorter than this are clicks and coughs.
_LEAST_SPEECH_MS = 150
_THREADS = 2
QUIET = 99.0
# Seconds without a voice that are enough to tell how loud it is around.
_LEAST_AROUND = 0.2
# In louder surroundings it is worth while to take the noise out.
_NOISY = 15.0
_TEXTS = 5
# Whisper learned from half minutes, but reads short ones as well, in a third of the time.
_FRAMES_PER_SECOND = 100
_LEAST_FRAMES = 1_200
# A larger model needs less sound to be at its best.
_LEAST_FRAMES_OF_LARGER = 800
_MOST_FRAMES = 3_000
_SECONDS_AFTER = 4
# One frame of what Whisper made of a sound is 20 milliseconds.
_HEARD_PER_SECOND = 50
_TEXTS_AT_ONCE = 32
_LEAST_LOG = -20.0
_SILENT_SECONDS = 2
# Questions that name a point are short.
_MOST_SECONDS_OF_A_QUESTION = 10.0


class _Whisper:
    """One Whisper model, by CTranslate2.

    Args:
        folder: where its files are.
        least_frames: how much sound it is given at least; what is missing is silence.
    """

    def __init__(self, folder: str, least_frames: int) -> None:
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        self._model = WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=_THREADS, local_files_only=True
        )  # fmt: skip
        self._tokenizer = Tokenizer(
            self._model.hf_tokenizer, self._model.model.is_multilingual,
            task="transcribe", language="en",
        )  # fmt: skip
        self._least_frames = least_frames
        self._never = list(get_suppressed_tokens(self._tokenizer, [-1]))

    def listened(self, samples: Any) -> Any:
        """The sound as the model hears it; read from it as often as wanted."""
        from faster_whisper.audio import pad_or_trim

        seconds = len(samples) / SAMPLES_PER_SECOND + _SECONDS_AFTER
        frames = min(_MOST_FRAMES, max(self._least_frames, int(seconds * _FRAMES_PER_SECOND)))
        return self._model.encode(pad_or_trim(self._model.feature_extractor(samples), frames))

    def read(self, listened: Any, prompt: str | None) -> tuple[list[list[Any]], float]:
        """Texts with their mean log-probabilities, the likeliest first.

        Beside them, how probable it is that nobody spoke.
        """
        told = self._tokenizer.encode(f" {prompt}") if prompt else []
        begun = self._model.get_prompt(self._tokenizer, told, without_timestamps=True)
        read = self._model.model.generate(
            listened, [begun], beam_size=_TEXTS, num_hypotheses=_TEXTS, return_scores=True,
            return_no_speech_prob=True, suppress_tokens=self._never,
            max_length=self._model.max_length,
        )[0]  # fmt: skip
        texts = [self._tokenizer.decode(ids).strip() for ids in read.sequences_ids]
        rounded = [round(score, 3) for score in read.scores]
        return [list(pair) for pair in zip(texts, rounded, strict=True)], read.no_speech_prob

    def log_probabilities(self, listened: Any, seconds: float, texts: list[str]) -> list[float]:
        """How probable each text is for what was listened to, the first `seconds` of it."""
        import ctranslate2
        import numpy

        # What comes after is silence, and each frame costs.
        kept = numpy.array(listened)[:, : int((seconds + 0.5) * _HEARD_PER_SECOND)]
        begun = self._model.get_prompt(self._tokenizer, [], without_timestamps=True)
        begun = [token for token in begun if token != self._tokenizer.no_timestamps]
        found = []
        for at in range(0, len(texts), _TEXTS_AT_ONCE):
            tokens = [self._tokenizer.encode(f" {text}") for text in texts[at:][:_TEXTS_AT_ONCE]]
            sound = ctranslate2.StorageView.from_array(numpy.repeat(kept, len(tokens), axis=0))
            for one in self._model.model.align(sound, begun, tokens, 2 * kept.shape[1]):
                logs = [math.log(p) if p > 0 else _LEAST_LOG for p in one.text_token_probs]
                found.append(sum(max(log, _LEAST_LOG) for log in logs))
        return found


class LoadedRecogniser:
    """One or more Whisper models, and a voice detector before them.

    Args:
        models: the folder of each model, the smallest first, which is asked whether anybody speaks.
        prompt: words to expect, as if they had been said before.
        denoiser: a file that takes noise out (denoising.py).
        questions: the arguments of TaughtNames (taught_names.py); without them no names are tried.
    """

    def __init__(
        self,
        models: list[str],
        prompt: str = "",
        denoiser: str | None = None,
        questions: dict[str, list[list[str]]] | None = None,
    ) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        import numpy

        from bot.voice.denoising import Denoiser

        self._models = [
            _Whisper(folder, _LEAST_FRAMES_OF_LARGER if number else _LEAST_FRAMES)
            for number, folder in enumerate(models)
        ]
        self._prompt = prompt or None
        self._denoiser = Denoiser(Path(denoiser)) if denoiser else None
        self._names = TaughtNames(**questions) if questions else None
        # Names are also tried against silence.
        hiss = numpy.random.default_rng(0).normal(0, 1e-3, _SILENT_SECONDS * SAMPLES_PER_SECOND)
        silent = hiss.astype(numpy.float32)
        self._silence = [model.listened(silent) for model in self._models] if questions else []

    def hear(self, recording: bytes) -> JsonObject:
        """What was said in a recording.

        Returns:
            seconds: how long the recording is; is_cut: whether it was longer than MOST_SECONDS;
            speech_seconds: how long somebody spoke; no_speech: Whisper's own doubt that anybody
            did; above_noise: by how many decibels the voice is louder than what is around it;
            readings: for each reading, the number of the `model`, whether it `is_told` what to
            expect, and its `texts`, each with the mean log-probability of its parts; no readings
            where nobody spoke. named: where a point is asked for, the taught name that fits best
            (TaughtNames.tried), else None.

        Raises:
            ValueError: this is no sound.
        """
        from faster_whisper.vad import VadOptions, get_speech_timestamps

        samples, is_cut = _samples(recording)
        options = VadOptions(min_speech_duration_ms=_LEAST_SPEECH_MS, speech_pad_ms=0)
        spoken = get_speech_timestamps(samples, options)
        loudness = above_noise(samples, spoken)
        listened = [model.listened(samples) for model in self._models] if spoken else []
        readings, no_speech = self._readings(samples, listened, loudness) if spoken else ([], 1.0)
        return {
            "seconds": len(samples) / SAMPLES_PER_SECOND,
            "is_cut": is_cut,
            "speech_seconds": sum(part["end"] - part["start"] for part in spoken)
            / SAMPLES_PER_SECOND,
            "no_speech": no_speech,
            "above_noise": loudness,
            "readings": readings,
            "named": self._named(listened, len(samples) / SAMPLES_PER_SECOND, readings),
        }

    def _named(
        self, listened: list[Any], seconds: float, readings: list[JsonObject]
    ) -> JsonObject | None:
        texts = [[text for text, _ in reading["texts"]] for reading in readings]
        questions = self._names.questions(texts) if self._names else []
        if not self._names or not questions or seconds > _MOST_SECONDS_OF_A_QUESTION:
            return None

        def score(texts: list[str], model: int, is_sound: bool) -> list[float]:
            source = (listened if is_sound else self._silence)[model]
            length = seconds if is_sound else _SILENT_SECONDS
            return self._models[model].log_probabilities(source, length, texts)

        first = [own[0] for own in texts]
        return self._names.tried(questions, first, len(self._models), score)

    def _readings(
        self, samples: Any, listened: list[Any], loudness: float
    ) -> tuple[list[JsonObject], float]:
        readings: list[JsonObject] = []
        doubts: list[float] = []
        is_noisy = loudness < _NOISY
        cleaned = self._denoiser.cleaned(samples) if self._denoiser and is_noisy else None
        for number, model in enumerate(self._models):
            # Told to expect 'BL23', Whisper writes it for any strange word: it also reads untold.
            # In the quiet that is enough of the smallest.
            prompts = (self._prompt, None) if is_noisy or number == 0 else (self._prompt,)
            for prompt in dict.fromkeys(prompts):
                texts, doubt = model.read(listened[number], prompt)
                readings.append({"model": number, "is_told": prompt is not None, "texts": texts})
                doubts.append(doubt)
            if cleaned is not None:
                texts, _ = model.read(model.listened(cleaned), self._prompt)
                readings.append({"model": number, "is_told": True, "texts": texts})
        return readings, doubts[0]


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
        with av.open(
            io.BytesIO(recording), mode="r", metadata_errors="ignore", container_options=_ONLY
        ) as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLES_PER_SECOND)
            for frame in container.decode(audio=0):
                if frame.sample_rate < _LEAST_RATE:
                    raise ValueError("this is no sound")
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

    def answer(content: JsonObject) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        recogniser = LoadedRecogniser(**json.loads(sys.stdin.buffer.readline()))
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
