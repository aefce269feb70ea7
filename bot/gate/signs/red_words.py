"""No word of the catalogue may raise an alarm: 'bladder 40' and 'kidney shu' are only names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.gate.signs.alarms import Alarms
from bot.knowledge.knowledge_files import KnowledgeFiles, Loaded, Place
from bot.knowledge.schema.data_files import Problem
from bot.knowledge.schema.red_flags import Tier

_QUESTIONS = ("{}", "where is {}", "how do I press {} for my back")
_OTHER_TIERS_MAY = (Tier.DOCTOR_SOON, Tier.PERSISTENT)


def alarming_words(files: KnowledgeFiles, alarms: Alarms) -> Iterator[Problem]:
    """Names of points, places, complaints and tools that the red-flag check takes for a sign.

    The words of conditions are left out: 'I have cancer' beside back pain is rightly a sign.
    """
    for loaded, place, phrase in _phrases(files):
        for question in _QUESTIONS:
            top = alarms.raised_by(question.format(phrase))
            if top and not (place[0] == "complaints" and top.tier in _OTHER_TIERS_MAY):
                yield loaded.problem(
                    place,
                    f"'{phrase}' would raise the red flag '{top.flag_id}' ({top.tier.value}).",
                    "Leave this wording out, or narrow that flag in red_flags.yml.",
                )
                break


def _phrases(files: KnowledgeFiles) -> Iterator[tuple[Loaded[Any], Place, str]]:
    points = files.points
    for index, point in enumerate(points.facts.points):
        at: Place = ("points", index)
        yield points, (*at, "code"), point.code
        yield points, (*at, "names", "pinyin"), point.names.pinyin
        yield points, (*at, "meridian"), f"the {point.meridian} meridian"
        for part, words in (("aliases", point.aliases), ("heard_as", point.heard_as)):
            for n, word in enumerate(words):
                yield points, (*at, part, n), word
        for n, word in enumerate(point.names.english):
            yield points, (*at, "names", "english", n), word
    for index, number in enumerate(points.facts.old_numbers):
        yield points, ("old_numbers", index, "old"), number.old
    sections: tuple[tuple[Loaded[Any], str, Sequence[Any]], ...] = (
        (points, "body_areas", points.facts.body_areas),
        (points, "complaints", points.facts.complaints),
        (files.techniques, "tools", files.techniques.facts.tools),
    )
    for loaded, section, entries in sections:
        for index, entry in enumerate(entries):
            for n, word in enumerate(entry.words):
                yield loaded, (section, index, "words", n), word
