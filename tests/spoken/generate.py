"""Makes the spoken set anew: every sentence said by several voices in several kinds of noise, and
what recognisers wrote down. Heavy, and needs the programs of voices.py.

Usage: python -m tests.spoken.generate NAME=MODEL_FOLDER [NAME=MODEL_FOLDER ...]

Without arguments, the packaged tiny.en. All signs are said and a part of the rest (_ONE_IN): by
voices to measure on, every other one by training voices too, the latter for `tiny` alone; other
recognisers hear every other one. Writes tests/spoken/transcripts.jsonl, a line a clip, and goes on
where it was ended.
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


_ONE_IN = {"signs": 1, "questions": 2, "harmless": 2, "codes": 3, "names": 3, "pinyin": 2}


def clips(name):
    """(sentence, voice, noise, number): who says what, in turn; those to measure on first."""
    noises = list(NOISES)
    for is_training in (False, True):
        chosen = [voice for voice in voices() if voice.is_training is is_training]
        step = 1 if name == "tiny" and not is_training else 2
        for number, sentence in enumerate(_said()):
            if number % step or (is_training and name != "tiny"):
                continue
            # Five voices and four kinds of noise meet in all combinations.
            place = number // step
            yield sentence, chosen[place % len(chosen)], noises[place % len(noises)], number


def _said():
    """What is said: the parts mixed, so that an unfinished set holds of each."""
    found = []
    for part, one_in in _ONE_IN.items():
        own = [sentence for sentence in sentences() if sentence.part == part][::one_in]
        found += [((place + 0.5) / len(own), sentence) for place, sentence in enumerate(own)]
    return [sentence for _, sentence in sorted(found, key=lambda one: one[0])]


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
            for sentence, voice, noise, number in clips(name):
                if (name, sentence.id, voice.name) in done:
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
