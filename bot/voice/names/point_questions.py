"""The questions that name a point, and the names: what taught_names.py tries against the sound."""

from __future__ import annotations

from bot.knowledge.catalogue import Catalogue
from bot.understanding.mentions.finder import clean, default_finder
from bot.voice.names.likely_words import examples
from bot.voice.names.taught_names import bare_words


def point_questions(catalogue: Catalogue) -> dict[str, list[list[str]]]:
    """What TaughtNames takes; it needs about a second.

    Returns:
        frames: the words before and after the name in the committed examples (data/nlu.yml) that
        name one point; names: the code and each name of every taught point.
    """
    finder = default_finder()
    frames = set()
    for example in examples():
        text = clean(example)
        points = [one for one in finder.find(text) if one.kind == "point"]
        if len(points) == 1:
            around = text[: points[0].start], text[points[0].end :]
            frames.add(tuple(map(bare_words, around)))
    return {"frames": [list(one) for one in sorted(frames)], "names": _names(catalogue)}


def _names(catalogue: Catalogue) -> list[list[str]]:
    found = []
    for point in catalogue.points:
        letters = "".join(c for c in point.code if c.isalpha())
        spaced = f"{letters} {point.code[len(letters) :]}"
        found += [[point.code, name] for name in (
            point.code, spaced, *point.names.english, point.names.pinyin)]  # fmt: skip
    return found
