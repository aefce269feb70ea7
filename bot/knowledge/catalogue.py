"""The catalogue: every fact the assistant answers from, loaded, cross-checked and looked up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.knowledge.answers_file import Answer, AnswersFile, TechniquesFile, Tool
from bot.knowledge.data_files import DATA_DIR, DataError, DataFile, Problem, load_facts
from bot.knowledge.guidance import Caution, Condition, GuidanceFile, GuidanceLine, Wording
from bot.knowledge.points import (
    BodyArea,
    Complaint,
    Point,
    PointsFile,
    Ranked,
    ReferencePoint,
)


@dataclass(frozen=True)
class Suggested:
    """A point offered for an area or complaint, with the reason a person hears."""

    point: Point
    why: str


class Catalogue:
    """Look-ups over the four data files.

    Raises:
        DataError: a file is wrong, or two files do not fit together.
    """

    def __init__(
        self,
        points: PointsFile,
        techniques: TechniquesFile,
        guidance: GuidanceFile,
        answers: AnswersFile,
    ) -> None:
        self.facts = points
        self.techniques = techniques
        self._points = {point.code: point for point in points.points}
        self._reference = {point.code: point for point in points.reference_points}
        self._areas = {area.id: area for area in points.body_areas}
        self._complaints = {complaint.id: complaint for complaint in points.complaints}
        self._tools = {tool.id: tool for tool in techniques.tools}
        self._cautions = {caution.id: caution for caution in guidance.cautions}
        self._conditions = {condition.id: condition for condition in guidance.conditions}
        self._guidance = {line.id: line for line in guidance.guidance}
        self._wordings = {wording.id: wording for wording in guidance.wordings}
        self._answers = {answer.intent: answer for answer in answers.answers}
        self.old_numbers = {number.old: number for number in points.old_numbers}

    @classmethod
    def load(cls, folder: Path = DATA_DIR) -> Catalogue:
        """Read, check and index the files in `folder`. The result is shared by all callers."""
        return _load(folder)

    @property
    def points(self) -> list[Point]:
        """The standard points, in the order of the file."""
        return list(self._points.values())

    @property
    def areas(self) -> list[BodyArea]:
        """The parts of the body people name."""
        return list(self._areas.values())

    @property
    def complaints(self) -> list[Complaint]:
        """The complaints people name."""
        return list(self._complaints.values())

    @property
    def tools(self) -> list[Tool]:
        """Tools and methods."""
        return list(self._tools.values())

    @property
    def answers(self) -> list[Answer]:
        """The answers of general knowledge."""
        return list(self._answers.values())

    def all_codes(self) -> Iterator[str]:
        """WHO codes of the points taught and of those only recognised."""
        yield from self._points
        yield from self._reference

    def code_aliases(self) -> dict[str, str]:
        """Aliases that look like codes, e.g. {'B47': 'BL52', 'L14': 'LI4', 'TW5': 'TE5'}."""
        shaped = re.compile(r"^[A-Za-z]{1,4}[ -]?\d{1,2}$")
        return {
            re.sub(r"[ -]", "", alias).upper(): point.code
            for point in self.points
            for alias in point.aliases
            if shaped.match(alias)
        }

    def vocabulary(self) -> Iterator[tuple[str, str, list[str]]]:
        """Everything that can be mentioned: (entity, value, the phrases people use)."""
        for point in self.points:
            # English names are left out: 'Shoulder Well' is also how people talk. Those that are
            # safe stand among the aliases.
            names = [point.names.pinyin, point.names.characters]
            yield "point", point.code, [*names, *point.aliases, *point.heard_as]
        for reference in self._reference.values():
            yield "point", reference.code, [reference.pinyin]
        for area in self.areas:
            yield "area", area.id, area.words
        for complaint in self.complaints:
            yield "complaint", complaint.id, complaint.words
        for tool in self.tools:
            yield "tool", tool.id, tool.words
        for condition in self._conditions.values():
            yield "condition", condition.id, condition.words

    def point(self, code: str | None) -> Point | None:
        """The point with this WHO code, if we teach it."""
        return self._points.get(code or "")

    def reference_point(self, code: str | None) -> ReferencePoint | None:
        """A point we know of but do not teach."""
        return self._reference.get(code or "")

    def area(self, area_id: str | None) -> BodyArea | None:
        """The body area with this id."""
        return self._areas.get(area_id or "")

    def complaint(self, complaint_id: str | None) -> Complaint | None:
        """The complaint with this id."""
        return self._complaints.get(complaint_id or "")

    def tool(self, tool_id: str | None) -> Tool | None:
        """The tool with this id."""
        return self._tools.get(tool_id or "")

    def condition(self, condition_id: str | None) -> Condition | None:
        """The condition with this id."""
        return self._conditions.get(condition_id or "")

    def caution(self, caution_id: str) -> Caution:
        """The caution with this id."""
        return self._cautions[caution_id]

    def guidance(self, guidance_id: str) -> GuidanceLine:
        """The doctor guidance for one kind of answer."""
        return self._guidance[guidance_id]

    def wording(self, wording_id: str) -> Wording:
        """What to say when no answer can be given."""
        return self._wordings[wording_id]

    def answer(self, intent: str) -> Answer | None:
        """The general answer to an intent."""
        return self._answers.get(intent)

    def points_for(self, area: str | None, complaint: str | None) -> list[Suggested]:
        """Points for a body area, a complaint, or both, best first.

        With both, points of the area come in the order of the complaint's list; points of the
        area that no source names for the complaint follow, with the area's reason.
        """
        in_area = self._ranked(self._areas[area].points) if area in self._areas else []
        for_complaint = (
            self._ranked(self._complaints[complaint].points)
            if complaint in self._complaints
            else []
        )
        if not in_area or not for_complaint:
            return in_area or for_complaint
        area_codes = {suggested.point.code for suggested in in_area}
        both = [s for s in for_complaint if s.point.code in area_codes]
        chosen = {suggested.point.code for suggested in both}
        return both + [s for s in in_area if s.point.code not in chosen]

    def _ranked(self, ranked: Iterable[Ranked]) -> list[Suggested]:
        return [Suggested(self._points[entry.code], entry.why) for entry in ranked]


@lru_cache(maxsize=4)
def _load(folder: Path) -> Catalogue:
    points, points_source = load_facts(folder / "points.yml", PointsFile)
    techniques, techniques_source = load_facts(folder / "techniques.yml", TechniquesFile)
    guidance, guidance_source = load_facts(folder / "guidance.yml", GuidanceFile)
    answers, answers_source = load_facts(folder / "answers.yml", AnswersFile)
    problems = [
        *_references(points, points_source, guidance, techniques),
        *_collisions(points, points_source),
        *_answer_references(answers, answers_source, guidance),
        *_tool_references(techniques, techniques_source, points, guidance),
        *_condition_references(guidance, guidance_source),
    ]
    if problems:
        raise DataError(problems)
    return Catalogue(points, techniques, guidance, answers)


def _unknown(
    source: DataFile, path: tuple[str | int, ...], value: str, known: set[str], kind: str
) -> list[Problem]:
    if value in known:
        return []
    options = ", ".join(sorted(known)[:12]) + (", ..." if len(known) > 12 else "")
    return [
        source.problem(path, f"The {kind} '{value}' is not known.", f"Write one of: {options}.")
    ]


def _references(
    points: PointsFile, source: DataFile, guidance: GuidanceFile, techniques: TechniquesFile
) -> Iterator[Problem]:
    codes = {point.code for point in points.points}
    areas = {area.id for area in points.body_areas}
    complaints = {complaint.id for complaint in points.complaints}
    cautions = {caution.id for caution in guidance.cautions}
    sources = {known.id for known in points.sources}
    tools = {tool.id for tool in techniques.tools}
    tools |= {"tennis_ball"}
    for index, point in enumerate(points.points):
        at = ("points", index)
        for n, area in enumerate(point.areas):
            yield from _unknown(source, (*at, "areas", n), area, areas, "body area")
        for n, caution in enumerate(point.cautions):
            yield from _unknown(source, (*at, "cautions", n), caution, cautions, "caution")
        for n, purpose in enumerate(point.purposes):
            where = (*at, "purposes", n)
            yield from _unknown(source, where, purpose.complaint, complaints, "complaint")
            for known in purpose.sources:
                yield from _unknown(source, where, known, sources, "source")
        for n, other in enumerate(point.combine_with):
            yield from _unknown(source, (*at, "combine_with", n), other, codes, "point")
        for n, known in enumerate(point.sources):
            yield from _unknown(source, (*at, "sources", n), known, sources, "source")
        for tool in [*point.press.tools, *point.press.not_with]:
            yield from _unknown(source, (*at, "press", "tools"), tool, tools, "tool")
    for section in ("body_areas", "complaints"):
        for index, entry in enumerate(getattr(points, section)):
            for n, ranked in enumerate(entry.points):
                place = (section, index, "points", n, "code")
                yield from _unknown(source, place, ranked.code, codes, "point")


def _collisions(points: PointsFile, source: DataFile) -> Iterator[Problem]:
    """Two points must never answer to the same name, nor two areas to the same word."""
    owner: dict[str, str] = {}
    for index, point in enumerate(points.points):
        for name in {
            _key(name) for name in [point.code, point.names.pinyin, *point.aliases, *point.heard_as]
        }:
            if owner.setdefault(name, point.code) != point.code:
                yield source.problem(
                    ("points", index, "aliases"),
                    f"'{name}' is a name of {owner[name]} and of {point.code}.",
                    "Keep it at one of the two.",
                )
    for section in ("body_areas", "complaints"):
        words = Counter(
            key for entry in getattr(points, section) for key in {_key(w) for w in entry.words}
        )
        for index, entry in enumerate(getattr(points, section)):
            for n, word in enumerate(entry.words):
                if words[_key(word)] > 1:
                    yield source.problem(
                        (section, index, "words", n),
                        f"The word '{word}' stands in two entries.",
                        "Keep it in one, else nobody knows which is meant.",
                    )


def _key(name: str) -> str:
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", name.lower())


def _answer_references(
    answers: AnswersFile, source: DataFile, guidance: GuidanceFile
) -> Iterator[Problem]:
    known = {line.id for line in guidance.guidance}
    intents = Counter(answer.intent for answer in answers.answers)
    for index, answer in enumerate(answers.answers):
        where = ("answers", index, "guidance")
        yield from _unknown(source, where, answer.guidance, known, "guidance")
        if intents[answer.intent] > 1:
            yield source.problem(
                ("answers", index, "intent"),
                f"The intent '{answer.intent}' has two answers.",
                "Merge them.",
            )


def _tool_references(
    techniques: TechniquesFile, source: DataFile, points: PointsFile, guidance: GuidanceFile
) -> Iterator[Problem]:
    complaints = {complaint.id for complaint in points.complaints}
    cautions = {caution.id for caution in guidance.cautions}
    for index, tool in enumerate(techniques.tools):
        for n, complaint in enumerate(tool.good_for):
            where = ("tools", index, "good_for", n)
            yield from _unknown(source, where, complaint, complaints, "complaint")
        for n, caution in enumerate(tool.cautions):
            where = ("tools", index, "cautions", n)
            yield from _unknown(source, where, caution, cautions, "caution")


def _condition_references(guidance: GuidanceFile, source: DataFile) -> Iterator[Problem]:
    cautions = {caution.id for caution in guidance.cautions}
    lines = {line.id for line in guidance.guidance}
    for index, condition in enumerate(guidance.conditions):
        at = ("conditions", index)
        yield from _unknown(source, (*at, "guidance"), condition.guidance, lines, "guidance")
        for n, caution in enumerate(condition.cautions):
            yield from _unknown(source, (*at, "cautions", n), caution, cautions, "caution")
