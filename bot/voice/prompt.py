"""The words the recogniser is told to expect."""

from __future__ import annotations

from bot.knowledge.catalogue import Catalogue

# Whisper takes at most 223 parts of words; with long lists it begins to see them everywhere.
_MOST_CODES = 30


def recogniser_prompt(catalogue: Catalogue) -> str:
    """The codes of all points, in sentences, since a bare list makes the recogniser write lists.

    No question has a code in it: 'Where is BL23?' would be heard for every 'Where is ...?'. No name
    is there either, since other names then become that one, and no word of alarm: a recogniser that
    expects a sign hears it.
    """
    codes = ", ".join(point.code for point in catalogue.points[:_MOST_CODES])
    return (
        "Which point helps my back, and how do I find it? I would like to know more about "
        f"{codes}, and about sciatica, the ear and the knee."
    )
