"""Makes the spoken set anew: every sentence said by several voices in several kinds of noise, and
what recognisers wrote down. Heavy, and needs the programs of voices.py.

Usage: python -m tests.spoken.generate NAME=MODEL_FOLDER [NAME=MODEL_FOLDER ...]

NAME is `tiny`, which hears all clips, or another, which hears a third of them. Without arguments,
the packaged tiny.en. Writes tests/spoken/transcripts.jsonl, a line a clip, and goes on where it was
ended.
"""

import json
import sys
from pathlib import Path

from bot.knowledge.catalogue import Catalogue
from bot.voice.hearing import judged
from bot.voice.prompt import recogniser_prompt
from bot.voice.recogniser_process import Recogniser
from bot.voice.settings import model_folder
from tests.spoken.spoken_set import FOLDER, sentences
from tests.spoken.voices import NOISES, noisy, recording, voices

FILE = FOLDER / "transcripts.jsonl"
_VOICES_A_SENTENCE = {False: 2, True: 1}


def clips():
    """(sentence, voice, noise, number): who says what, in turn; those to measure on first."""
    noises = list(NOISES)
    for is_training, count in _VOICES_A_SENTENCE.items():
        chosen = [voice for voice in voices() if voice.is_training is is_training]
        for place in range(count):
            for number, sentence in enumerate(sentences()):
                voice = chosen[(number + 2 * place) % len(chosen)]
                # Voices and kinds of noise meet in all combinations: 5 and 4 have no divisor in common.
                noise = noises[(number + place) % len(noises)]
                yield sentence, voice, noise, place


def main(models):
    """Hear what is not heard yet."""
    prompt = recogniser_prompt(Catalogue.load())
    done = set()
    if FILE.exists():
        rows = map(json.loads, FILE.read_text().splitlines())
        done = {(r["by"], r["sentence"], r["voice"]) for r in rows}
    with FILE.open("a") as out:
        for name, folder in models.items():
            recogniser = Recogniser(str(folder), prompt)
            for number, (sentence, voice, noise, place) in enumerate(clips()):
                if (name, sentence.id, voice.name) in done or (name != "tiny" and place + voice.is_training):
                    continue
                sound = recording(noisy(voice.says(sentence.text), NOISES[noise], number))
                heard = judged(recogniser.hear(sound), prompt)
                row = {
                    "by": name, "sentence": sentence.id, "voice": voice.name,
                    "training": voice.is_training, "noise": noise,
                    "clarity": heard.clarity.value, "heard": heard.text,
                }  # fmt: skip
                out.write(json.dumps(row) + "\n")
                out.flush()


if __name__ == "__main__":
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    main({name: Path(folder) for name, folder in given.items()} or {"tiny": model_folder(None)})
