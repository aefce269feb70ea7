"""The words the recogniser is told to expect."""

from __future__ import annotations

import re

from bot.knowledge.catalogue import Catalogue

# Whisper takes at most 223 parts of words; with long lists it begins to see them everywhere.
_MOST_POINTS = 24
_ALARMING = re.compile(r"\bblood\b", re.IGNORECASE)


def recogniser_prompt(catalogue: Catalogue) -> str:
    """The English names and codes of points, in sentences, since a bare list makes it write lists.

    No question has a code in it: 'Where is BL23?' would be heard for every 'Where is ...?'. No
    pinyin is there, since other names then become that one, and no word of alarm: a recogniser
    that expects a sign hears it.
    """
    points = catalogue.points[:_MOST_POINTS]
    names = ", ".join(
        point.names.english[0] for point in points if not _ALARMING.search(point.names.english[0])
    )
    codes = ", ".join(point.code for point in points)
    return (
        "Which point helps my back, and how do I find it? I would like to know more about "
        f"{names}, about acupressure, about {codes}, and about sciatica, the ear and the knee."
    )
