"""What one data file promises about another: references, names, sources, nothing left over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.knowledge.knowledge_files import KnowledgeFiles, Loaded, Place
from bot.knowledge.schema.changes import CHANGES
from bot.knowledge.schema.data_files import Problem

_SMALL_TALK_GUIDANCE = "short"


def cross_check(files: KnowledgeFiles) -> list[Problem]:
    """Every place where the files do not fit together."""
    return [
        *_twice(files),
        *_references(files),
        *_names(files),
        *_words(files),
        *_unsourced(files),
        *_left_over(files),
    ]


def _twice(files: KnowledgeFiles) -> Iterator[Problem]:
    """An id stands once in its list; the conflicts of all points share one list of ids."""
    for loaded in files.all:
        for section, entries in loaded.file.content.items():
            if not isinstance(entries, list) or section == CHANGES:
                continue
            known = [k for k in ("id", "code", "old", "intent") if k in (entries or [{}])[0]]
            if not known:
                continue
            key = known[0]
            counts = Counter(entry[key] for entry in entries)
            for index, entry in enumerate(entries):
                if counts[entry[key]] > 1:
                    yield loaded.problem(
                        (section, index, key),
                        f"'{entry[key]}' is there twice.",
                        "Merge the two, or give one of them another name.",
                    )
    points = files.points
    places = [
        (conflict["id"], (section, index, "conflicts", n, "id"))
        for section in ("points", "article_areas")
        for index, entry in enumerate(points.file.content[section])
        for n, conflict in enumerate(entry.get("conflicts", []))
    ]
    seen = Counter(conflict_id for conflict_id, _ in places)
    for conflict_id, place in places:
        if seen[conflict_id] > 1:
            yield points.problem(
                place, f"The conflict '{conflict_id}' is there twice.", "Number it anew."
            )


def _references(files: KnowledgeFiles) -> Iterator[Problem]:
    """Every id that one entry names must exist."""
    points, guidance = files.points.facts, files.guidance.facts
    taught = {point.code for point in points.points}
    known: dict[str, tuple[str, set[str]]] = {
        "areas": ("body area", {area.id for area in points.body_areas}),
        "positions": ("position", {position.id for position in points.positions}),
        "complaints": ("complaint", {complaint.id for complaint in points.complaints}),
        "cautions": ("caution", {caution.id for caution in guidance.cautions}),
        "conditions": ("condition", {condition.id for condition in guidance.conditions}),
        "tools": ("tool", {tool.id for tool in files.techniques.facts.tools}),
        "taught": ("point", taught),
        "points": ("point", taught | {point.code for point in points.reference_points}),
        "guidance": ("guidance", {line.id for line in guidance.guidance}),
        "intents": ("intent", {answer.intent for answer in files.answers.facts.answers}),
        "sources": ("source", {source.id for source in files.sources.facts.sources}),
    }
    # Which list of ids each key of each file refers to. A key of `conflicts` or `purposes` is
    # found by its own name, wherever it stands.
    rules: tuple[tuple[Loaded[Any], dict[str, str]], ...] = (
        (files.points, {
            "areas": "areas", "body_area": "areas", "complaint": "complaints",
            "cautions": "cautions", "tools": "tools", "not_with": "tools",
            "combine_with": "taught", "nearest": "taught", "area": "areas", "likely": "points",
            "sources": "sources", "source": "sources", "where": "positions",
        }),
        (files.techniques, {"good_for": "complaints", "areas": "areas", "cautions": "cautions",
                            "sources": "sources"}),
        (files.sessions, {"areas": "areas", "condition": "conditions", "alone": "conditions"}),
        (files.follow_ups, {"easiest_places": "areas"}),
        (files.told, {"stoppable": "conditions", "shown_by_looking": "conditions"}),
        (files.guidance, {"cautions": "cautions", "guidance": "guidance", "sources": "sources"}),
        (files.answers, {"guidance": "guidance", "sources": "sources", "also_for": "intents"}),
    )  # fmt: skip
    for loaded, keys in rules:
        for place, value in loaded.values():
            key = next((part for part in reversed(place) if isinstance(part, str)), "")
            refers = keys.get(key)
            if key == "code" and place[0] in ("body_areas", "complaints", "left_out"):
                refers = "taught"
            if refers and place[0] != key:
                yield from _unknown(loaded, place, str(value), *known[refers])


def _unknown(
    loaded: Loaded[Any], place: Place, value: str, kind: str, known: set[str]
) -> Iterator[Problem]:
    if value not in known:
        options = ", ".join(sorted(known)[:12]) + (", ..." if len(known) > 12 else "")
        yield loaded.problem(
            place, f"The {kind} '{value}' is not known.", f"Write one of: {options}."
        )


def _names(files: KnowledgeFiles) -> Iterator[Problem]:
    """Two points must never answer to the same name."""
    owner: dict[str, str] = {}
    for index, point in enumerate(files.points.facts.points):
        for name in {
            _key(name) for name in [point.code, point.names.pinyin, *point.aliases, *point.heard_as]
        }:
            if owner.setdefault(name, point.code) != point.code:
                yield files.points.problem(
                    ("points", index, "aliases"),
                    f"'{name}' is a name of {owner[name]} and of {point.code}.",
                    "Keep it at one of the two.",
                )


def _words(files: KnowledgeFiles) -> Iterator[Problem]:
    """A word leads to one area, one complaint, one tool."""
    sections: tuple[tuple[Loaded[Any], str], ...] = (
        (files.points, "body_areas"),
        (files.points, "complaints"),
        (files.techniques, "tools"),
        (files.guidance, "conditions"),
    )
    for loaded, section in sections:
        entries = getattr(loaded.facts, section)
        words = Counter(key for entry in entries for key in {_key(w) for w in entry.words})
        for index, entry in enumerate(entries):
            for n, word in enumerate(entry.words):
                if words[_key(word)] > 1:
                    yield loaded.problem(
                        (section, index, "words", n),
                        f"The word '{word}' stands in two entries.",
                        "Keep it in one, else nobody knows which is meant.",
                    )


def _key(name: str) -> str:
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", name.lower())


def _unsourced(files: KnowledgeFiles) -> Iterator[Problem]:
    """A fact says what it rests on. Small talk states no facts."""
    for index, answer in enumerate(files.answers.facts.answers):
        if not answer.sources and answer.guidance != _SMALL_TALK_GUIDANCE:
            yield files.answers.problem(
                ("answers", index, "intent"),
                f"The answer to '{answer.intent}' has no source.",
                "Add a line 'sources: [...]' with ids of data/sources.yml.",
            )


def _left_over(files: KnowledgeFiles) -> Iterator[Problem]:
    """A caution that nobody is told."""
    from_points = {
        str(value)
        for place, value in files.points.values()
        if any(part in ("cautions", "areas") for part in place)
    }
    cautions = from_points.union(
        *(tool.cautions for tool in files.techniques.facts.tools),
        *(condition.cautions for condition in files.guidance.facts.conditions),
    )
    for index, caution in enumerate(files.guidance.facts.cautions):
        if caution.id not in cautions:
            yield files.guidance.problem(
                ("cautions", index, "id"),
                f"No point, tool or condition has the caution '{caution.id}'.",
                "Give it to those it belongs to, or remove it.",
            )
