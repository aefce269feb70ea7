"""Makes the spoken set again: every sentence said by several voices in several kinds of noise, and
what was heard of it. Heavy (an hour), and needs the programs of voices.py.

Usage: python -m tests.spoken.generate

Each recording is heard as the assistant hears it ("ours"), and, of the same readings, with the
first model alone ("tiny") and with the second alone ("small"), without names that were tried.
Writes a line a clip into tests/spoken/transcripts.jsonl, and goes on where it was ended.
"""

import json

from bot.knowledge.catalogue import Catalogue
from bot.voice.hearing import judged
from bot.voice.names.choosing import named_of, readings_of
from bot.voice.names.point_questions import point_questions
from bot.voice.names.prompt import recogniser_prompt
from bot.voice.recogniser import default_chooser
from bot.voice.recogniser_process import LoadedRecogniser
from bot.voice.settings import recognition_models
from tests.spoken.spoken_set import FOLDER, sentences
from tests.spoken.voices import NOISES, noisy, recording, voices

FILE = FOLDER / "transcripts.jsonl"
_BY = {"ours": (0, 1), "tiny": (0,), "small": (1,)}


def clips():
    """(sentence, voice, noise, number): who says what, in turn; those to measure on first.

    Each sentence to measure on is said in every noise, each time by another voice; the others are
    said in two of the four.
    """
    noises = list(NOISES)
    for is_tuning in (False, True):
        chosen = [voice for voice in voices() if voice.is_tuning is is_tuning]
        for number, sentence in enumerate(_said(is_tuning)):
            for place, noise in enumerate(noises):
                if not is_tuning or (number + place) % 2 == 0:
                    # So that every voice meets every noise.
                    turn = number // 2 + place if is_tuning else number + 2 * place
                    voice = chosen[turn % len(chosen)]
                    yield sentence, voice, noise, len(noises) * number + place


def _said(is_tuning):
    """What is said: the parts mixed, so that an unfinished set holds of each; others last."""
    every = [sentence for sentence in sentences() if sentence.is_tuning is is_tuning]
    found = []
    for part in sorted({sentence.part for sentence in every} - {"others"}):
        own = [sentence for sentence in every if sentence.part == part]
        found += [((place + 0.5) / len(own), sentence) for place, sentence in enumerate(own)]
    mixed = [sentence for _, sentence in sorted(found, key=lambda one: one[0])]
    return mixed + [sentence for sentence in every if sentence.part == "others"]


def heard_of(written, chooser, prompt):
    """What each recogniser heard: by its name, the text and how clear it is."""
    found = {}
    for by, models in _BY.items():
        own = [reading for reading in written["readings"] if reading["model"] in models]
        named = named_of(written) if by == "ours" else None
        heard = judged(written, chooser.choose(readings_of(own), named), prompt)
        found[by] = {"text": heard.text, "clarity": heard.clarity.value}
    return found


def main():
    """Hear what is not heard yet."""
    prompt, chooser = recogniser_prompt(Catalogue.load()), default_chooser(Catalogue.load())
    done = set()
    if FILE.exists():
        rows = map(json.loads, FILE.read_text().splitlines())
        done = {(row["sentence"], row["noise"]) for row in rows}
    models = recognition_models(None).as_json()
    recogniser = LoadedRecogniser(
        **models, prompt=prompt, questions=point_questions(Catalogue.load())
    )
    with FILE.open("a") as out:
        for sentence, voice, noise, number in clips():
            if (sentence.id, noise) in done:
                continue
            sound = recording(noisy(voice.says(sentence.text), NOISES[noise], number))
            row = {"sentence": sentence.id, "voice": voice.name, "noise": noise}
            row |= heard_of(recogniser.hear(sound), chooser, prompt)
            out.write(json.dumps(row) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
