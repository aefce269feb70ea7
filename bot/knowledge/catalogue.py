"""The catalogue: every fact the assistant answers from, loaded, cross-checked and looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.knowledge.cross_checks import cross_check
from bot.knowledge.knowledge_files import KnowledgeFiles, read_files
from bot.knowledge.schema.answers import Answer, Tool
from bot.knowledge.schema.data_files import DATA_DIR, DataError
from bot.knowledge.schema.guidance import Caution, Condition, GuidanceText, Wording
from bot.knowledge.schema.points import (
    ArticleArea,
    BodyArea,
    Complaint,
    OldNumber,
    Point,
    Ranked,
    ReferencePoint,
    UntaughtPlace,
)
from bot.knowledge.schema.sources import Source


@dataclass(frozen=True)
class Suggested:
    """A point offered for an area or complaint, with the reason a person hears."""

    point: Point
    why: str


class Catalogue:
    """Look-ups over the data files.

    Raises:
        DataError: a file is wrong, or two files do not fit together.
    """

    def __init__(self, files: KnowledgeFiles) -> None:
        points, guidance = files.points.facts, files.guidance.facts
        self.facts = points
        self.techniques = files.techniques.facts
        self.sessions = files.sessions.facts
        self.follow_ups = files.follow_ups.facts
        self.reminders = files.reminders.facts
        self.told = files.told.facts
        self._points = {point.code: point for point in points.points}
        self._reference = {point.code: point for point in points.reference_points}
        self._areas = {area.id: area for area in points.body_areas}
        self._sides = [(side.id, _any_of(side.words)) for side in points.positions]
        self._untaught = [
            (place, _any_of(place.words), _any_of(place.beside), _any_of(place.not_beside))
            for place in points.untaught_places
        ]
        self._complaints = {complaint.id: complaint for complaint in points.complaints}
        self._tools = {tool.id: tool for tool in self.techniques.tools}
        self._cautions = {caution.id: caution for caution in guidance.cautions}
        self._conditions = {condition.id: condition for condition in guidance.conditions}
        self._guidance = {line.id: line for line in guidance.guidance}
        self._wordings = {wording.id: wording for wording in guidance.wordings}
        self._answers = {answer.intent: answer for answer in files.answers.facts.answers}
        self._choices = {choice.intent: choice.ask for choice in files.answers.facts.choices}
        self._sources = {source.id: source for source in files.sources.facts.sources}
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
    def article_areas(self) -> list[ArticleArea]:
        """The spots that an article describes without naming a point."""
        return self.facts.article_areas

    @property
    def cautions(self) -> list[Caution]:
        """What to watch for."""
        return list(self._cautions.values())

    @property
    def conditions(self) -> list[Condition]:
        """What people say about themselves that changes the answers."""
        return list(self._conditions.values())

    @property
    def wordings(self) -> list[Wording]:
        """What is said where no answer can be given."""
        return list(self._wordings.values())

    @property
    def guidance_lines(self) -> list[GuidanceText]:
        """The doctor guidance."""
        return list(self._guidance.values())

    @property
    def sources(self) -> list[Source]:
        """The bibliography."""
        return list(self._sources.values())

    @property
    def reference_points(self) -> list[ReferencePoint]:
        """Points that are recognised and not taught."""
        return list(self._reference.values())

    @property
    def answers(self) -> list[Answer]:
        """The answers of general knowledge."""
        return list(self._answers.values())

    def all_codes(self) -> Iterator[str]:
        """WHO codes of the points taught and of those only recognised."""
        yield from self._points
        yield from self._reference

    def code_aliases(self) -> dict[str, str]:
        """Aliases that look like codes, e.g. {'B47': 'BL52', 'L14': 'LI4', 'TW5': 'TE5'}.

        An old number stands for its point, unless people use it for today's ('B40').
        """
        shaped = re.compile(r"^[A-Za-z]{1,4}[ -]?\d{1,2}$")
        old = {number.old: number.code for number in self.old_numbers.values()}
        return old | {
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

    def old_number(self, mention: str) -> OldNumber | None:
        """The old Bladder number that somebody means by 'B47', 'bladder 47' or 'old B-47'."""
        compact = re.sub(r"[ .-]|old", "", mention.lower()).replace("bladder", "b").upper()
        return self.old_numbers.get(compact)

    def point(self, code: str | None) -> Point | None:
        """The point with this WHO code, if we teach it."""
        return self._points.get(code or "")

    def reference_point(self, code: str | None) -> ReferencePoint | None:
        """A point we know of but do not teach."""
        return self._reference.get(code or "")

    def untaught_place(self, said: str) -> tuple[UntaughtPlace, str] | None:
        """The place without a point of ours that a message names, and the words that name it.

        Args:
            said: the person's words. Of several places the one named in most letters is meant.
        """
        found: list[tuple[UntaughtPlace, str]] = []
        for place, words, beside, not_beside in self._untaught:
            named = max((hit[0] for hit in words.finditer(said)), key=len, default="")
            besides = not place.beside or beside.search(said)
            if named and besides and not (place.not_beside and not_beside.search(said)):
                found.append((place, named))
        # Words that need others beside them are the closer description.
        return max(found, key=lambda each: (bool(each[0].beside), len(each[1])), default=None)

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

    def guidance(self, guidance_id: str) -> GuidanceText:
        """The doctor guidance for one kind of answer."""
        return self._guidance[guidance_id]

    def wording(self, wording_id: str) -> Wording:
        """What to say when no answer can be given."""
        return self._wordings[wording_id]

    def answer(self, intent: str) -> Answer | None:
        """The general answer to an intent."""
        return self._answers.get(intent)

    def source(self, source_id: str) -> Source:
        """The source with this id."""
        return self._sources[source_id]

    def choice(self, intent: str) -> str | None:
        """How a person would ask what `intent` stands for, if that can be offered."""
        return self._choices.get(intent)

    def points_for(
        self, area: str | None, complaint: str | None, said: str = ""
    ) -> list[Suggested]:
        """Points for a body area, a complaint, or both, best first.

        With both, points of the area come in the order of the complaint's list; points of the
        area that no source names for the complaint follow, with the area's reason. Where `said`,
        the person's words, names a side of the area ('above the knee, on the inside'), the points
        that lie there come before all others.
        """
        in_area = self._ranked(self._areas[area].points) if area in self._areas else []
        there = self._codes_where(area, said)
        if there:
            return sorted(in_area, key=lambda suggested: suggested.point.code not in there)
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

    def _codes_where(self, area: str | None, said: str) -> set[str]:
        """The codes of the points that lie on the side of the area that `said` names."""
        asked = {side for side, words in self._sides if words.search(said)}
        if not asked or area not in self._areas:
            return set()
        return {ranked.code for ranked in self._areas[area].points if asked <= set(ranked.where)}

    def _ranked(self, ranked: Iterable[Ranked]) -> list[Suggested]:
        return [Suggested(self._points[entry.code], entry.why) for entry in ranked]


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Catalogue:
    files = read_files(folder)
    problems = cross_check(files)
    if problems:
        raise DataError(problems)
    return Catalogue(files)
