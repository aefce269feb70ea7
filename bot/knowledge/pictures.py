"""The pictures that `make pictures` has drawn: which there are, and whether they still hold.

A picture shows the place that a location told when it was drawn. Where the location has changed
since, there is no picture until it is drawn again: a missing picture is better than a wrong one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.schema.places import said_cun
from bot.knowledge.schema.points import ArticleArea, Location, Point
from bot.text.json_types import JsonObject

FOLDER = "pictures"
LIST = "pictures.json"
ANCHORS = "anchors.json"
BODY_MAP = "body_map.json"
PREFIX = "/pictures/"
TONES = ("light", "medium", "dark")
USUAL_TONE = "medium"
_LETTERS = 12


def location_print(location: Location) -> str:
    """The fingerprint of a location: it changes with the words that say where the place is."""
    return _print([location.lay, location.professional])


def places_print(content: Any, points: Iterable[Point]) -> str:
    """The fingerprint of all rules, with the numbers that they take from locations.

    Args:
        content: data/places.yml as parsed YAML.
    """
    said = {point.code: said_cun(point.location.professional) for point in points}
    return _print([content, said])


def _print(content: Any) -> str:
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:_LETTERS]


@dataclass(frozen=True)
class Drawn:
    """One picture, in every skin tone.

    Attributes:
        view: what it shows, such as "the back of the left hand".
        files: for each tone, the file's name; `prints` its fingerprint.
    """

    view: str
    width: int
    height: int
    files: Mapping[str, str]
    prints: Mapping[str, str]

    def address(self, tone: str = USUAL_TONE) -> str:
        """Where it is on this server. A changed picture has another address."""
        stem, _, ending = self.files[tone].rpartition(".")
        return f"{PREFIX}{stem}.{self.prints[tone]}.{ending}"


@dataclass(frozen=True)
class Pair:
    """The near picture of a place and the one that shows where on the body it is."""

    close: Drawn
    whole: Drawn
    drawn_from: str | None

    def __iter__(self) -> Iterator[Drawn]:
        """Both, the near one first."""
        yield self.close
        yield self.whole


class Pictures:
    """The pictures of a data folder; without the folder there are none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        told = _read(self.folder / LIST)
        self.made_from: str = told.get("made_from", "")
        self._pairs = {
            name: Pair(_drawn(row["close"]), _drawn(row["whole"]), row.get("drawn_from"))
            for name, row in told.get("pictures", {}).items()
        }
        self.body_map = _read(self.folder / BODY_MAP)

    @classmethod
    def load(cls, folder: Path = DATA_DIR) -> Pictures:
        """Those of the folder, read once."""
        return _load(folder)

    @property
    def names(self) -> list[str]:
        """What has pictures: codes of points, ids of areas."""
        return list(self._pairs)

    def of_point(self, point: Point) -> Pair | None:
        """The pictures of a point, if they show where it is said to be."""
        return self._current(point.code, point.location)

    def of_spot(self, area: ArticleArea) -> Pair | None:
        """The pictures of a spot that an article describes, likewise."""
        return self._current(area.id, area.location)

    def of_area(self, area_id: str | None) -> Pair | None:
        """The pictures of a part of the body."""
        pair = self._pairs.get(area_id or "")
        return pair if pair and pair.drawn_from is None else None

    def _current(self, name: str, location: Location) -> Pair | None:
        pair = self._pairs.get(name)
        return pair if pair and pair.drawn_from == location_print(location) else None

    def drawn(self) -> Iterator[tuple[str, str, Drawn]]:
        """Every picture: whose it is, `close` or `whole`, and the picture."""
        for name, pair in self._pairs.items():
            yield name, "close", pair.close
            yield name, "whole", pair.whole

    def files(self) -> dict[str, Path]:
        """The file behind each address, without its prefix."""
        pictures = [picture for _, _, picture in self.drawn()]
        pictures += [_drawn(view["figure"]) for view in self.body_map.get("views", [])]
        return {
            picture.address(tone).removeprefix(PREFIX): self.folder / picture.files[tone]
            for picture in pictures
            for tone in picture.files
        }


def figure_of(view: Mapping[str, Any]) -> Drawn:
    """The figure that one side of the body map is drawn on."""
    return _drawn(view["figure"])


def _drawn(row: Mapping[str, Any]) -> Drawn:
    return Drawn(**row)


def _read(path: Path) -> JsonObject:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=4)
def _load(folder: Path) -> Pictures:
    return Pictures(folder)
