"""Whether the pictures show what the catalogue says: rules, locations, drawings.

A start does not wait for pictures: an answer goes without one that no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from bot.knowledge.pictures import Pictures, location_print, places_print
from bot.knowledge.schema.data_files import DATA_DIR, DataError, DataFile, Problem, load_facts
from bot.knowledge.schema.places import PlacesFile, said_cun
from bot.knowledge.schema.points import ArticleArea, Point, PointsFile

PLACES_FILE = "places.yml"
_DRAW = "then run 'make pictures'."


def picture_problems(folder: Path = DATA_DIR) -> list[Problem]:
    """Every point or area whose picture is missing, old, or drawn from a rule that cannot be."""
    try:
        places, source = load_facts(folder / PLACES_FILE, PlacesFile)
        points, _ = load_facts(folder / "points.yml", PointsFile)
    except DataError as error:
        return error.problems
    problems = [
        *_unknown(places, source),
        *_locations(places, source, points),
        *_numbers(places, source, points),
        *_missing(places, source, points),
    ]
    if not problems and Pictures(folder).made_from != places_print(source.content, points.points):
        problems.append(
            source.problem(("points",), "The pictures are older than these rules.",
                           "Run 'make pictures', and look at what has changed.")
        )  # fmt: skip
    return problems


def _unknown(places: PlacesFile, source: DataFile) -> Iterator[Problem]:
    """Landmarks, measures and views that are named and not there."""
    landmarks = {landmark.id for landmark in places.landmarks}
    spots = landmarks | {point.code for point in places.points}
    measures = {measure.id for measure in places.measures}
    views = {view.id for view in places.views}

    def named(place: tuple[str | int, ...], kind: str, names: Iterable[str | None],
              known: set[str]) -> Iterator[Problem]:  # fmt: skip
        for name in names:
            if name and name not in known:
                options = ", ".join(sorted(known)[:12])
                yield source.problem(
                    place, f"The {kind} '{name}' is not known.", f"Write one of: {options}, ..."
                )

    for n, landmark in enumerate(places.landmarks):
        if landmark.rule:
            at = ("landmarks", n, "rule")
            yield from named(at, "landmark", landmark.rule.landmarks(), landmarks)
            yield from named(at, "measure", landmark.rule.measures(), measures)
    for n, measure in enumerate(places.measures):
        yield from named(("measures", n), "landmark", measure.between, landmarks)
    for n, view in enumerate(places.views):
        seen = [view.middle, *view.dots, *(r.at for r in view.rings), *chain(*view.lines)]
        yield from named(("views", n), "landmark", seen, landmarks)
    for n, point in enumerate(places.points):
        rule = ("points", n, "rule")
        yield from named(rule, "landmark", point.rule.landmarks(), landmarks)
        yield from named(rule, "measure", point.rule.measures(), measures)
        yield from named(("points", n, "guide"), "landmark", point.guide, landmarks)
        yield from named(("points", n, "close"), "view", [point.close, point.whole], views)
    for n, area in enumerate(places.areas):
        yield from named(("areas", n), "view", [area.close, area.whole], views)
        for patch in area.patches:
            used = [patch.around, *(patch.between or ()), *patch.along]
            yield from named(("areas", n), "landmark", used, spots)
            yield from named(("areas", n), "measure", [patch.measure], measures)


def _locations(places: PlacesFile, source: DataFile, points: PointsFile) -> Iterator[Problem]:
    """Rules that were written from another location than the catalogue has now."""
    known: dict[str, Point | ArticleArea] = {
        **{point.code: point for point in points.points},
        **{spot.id: spot for spot in points.article_areas},
    }
    bound = [(("points", n, "drawn_from"), p.code, p.drawn_from)
             for n, p in enumerate(places.points)]  # fmt: skip
    bound += [(("areas", n, "drawn_from"), a.id, a.drawn_from)
              for n, a in enumerate(places.areas) if a.id in known]  # fmt: skip
    for place, name, drawn_from in bound:
        if name not in known:
            yield source.problem(place, f"There is no point {name}.", "Remove the entry.")
        elif drawn_from != location_print(known[name].location):
            yield source.problem(
                place,
                f"The picture of {name} shows the old place: its location has changed.",
                f"Correct the rule here, write drawn_from: "
                f'"{location_print(known[name].location)}", {_DRAW}',
            )


def _numbers(places: PlacesFile, source: DataFile, points: PointsFile) -> Iterator[Problem]:
    """Rules that take a number from a location that says none."""
    said = {point.code: said_cun(point.location.professional) for point in points.points}
    for n, point in enumerate(places.points):
        if point.rule.counts_what_is_said() and said.get(point.code) is None:
            yield source.problem(
                ("points", n, "rule"),
                f"The location of {point.code} says no number of cun.",
                "Write the number here instead of 'said'.",
            )


def _missing(places: PlacesFile, source: DataFile, points: PointsFile) -> Iterator[Problem]:
    """Points and areas without a place."""
    placed = {point.code for point in places.points}
    shaded = {area.id for area in places.areas} | {told.id for told in places.not_drawn}
    for point in points.points:
        if point.code not in placed:
            yield source.problem(
                ("points",), f"{point.code} has no place, so no picture.",
                f"Add an entry 'code: {point.code}' with its rule, {_DRAW}",
            )  # fmt: skip
    areas = {area.id for area in points.body_areas} | {spot.id for spot in points.article_areas}
    for area_id in sorted(areas - shaded):
        yield source.problem(
            ("areas",), f"The area {area_id} has no place, so no picture.",
            f"Add an entry 'id: {area_id}' with its patches, {_DRAW}",
        )  # fmt: skip
    for n, area in enumerate(places.areas):
        if area.id not in areas:
            yield source.problem(("areas", n), f"There is no area {area.id}.", "Remove the entry.")
