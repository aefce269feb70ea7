"""The words the recogniser is told to expect."""

from __future__ import annotations

from bot.knowledge.catalogue import Catalogue

# Whisper takes at most 223 parts of words; with long lists it begins to see them everywhere.
_MOST_CODES = 30
_ASKED = ("Where is {}?", "How do I press {}?", "How long should I hold {}?")


def recogniser_prompt(catalogue: Catalogue) -> str:
    """Questions as people ask them, with the codes of all points.

    No name is among them: with a few names in it, other names become those, and the person is told
    of a wrong point. No complaint of alarm either: a recogniser that expects a sign hears it.
    """
    codes = [point.code for point in catalogue.points][:_MOST_CODES]
    asked = [question.format(code) for question, code in zip(_ASKED, codes, strict=False)]
    rest = ", ".join(codes[len(asked) :])
    return f"{' '.join(asked)} What about {rest}, for sciatica, the ear or the knee?"
