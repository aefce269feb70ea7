"""Works out the rules of data/places.yml on the mesh: from words to places in centimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import mesh as meshes
import numpy as np

from bot.knowledge.schema.places import FRAMES, SAID, Patch, PlacesFile, Rule, said_cun

_PARTS: Mapping[str, tuple[str, ...]] = {
    "hand": ("wrist", "metacarpal", "finger"),
    "forearm": ("lowerarm",),
    "upper_arm": ("upperarm",),
    "foot": ("foot", "toe"),
    "lower_leg": ("lowerleg",),
    "thigh": ("upperleg",),
    "trunk": ("root", "spine", "pelvis", "breast", "clavicle", "shoulder"),
    "neck": ("neck",),
}
_DEPTH = 2.0
_FAR = 30.0


class RuleError(Exception):
    """A rule that leads nowhere; says which."""


@dataclass(frozen=True)
class Anchor:
    """A place on the skin of the left side, bound to a triangle so that it moves with it."""

    place: np.ndarray
    normal: np.ndarray
    face: tuple[int, int, int]
    weights: tuple[float, float, float]

    def mirrored(self, mirror: np.ndarray) -> Anchor:
        """The same place on the right."""
        flip = np.array([-1.0, 1.0, 1.0])
        a, b, c = (int(mirror[v]) for v in self.face)
        u, v, w = self.weights
        return Anchor(self.place * flip, self.normal * flip, (a, c, b), (u, w, v))


PART_NAMES = np.array([*_PARTS, "head"])


def parts_of_vertices(body: meshes.Mesh) -> np.ndarray:
    """How much each vertex follows each part of the body, in the order of PART_NAMES (n, k)."""
    names = list(PART_NAMES)
    total = np.zeros((len(names), len(body.vertices)))
    for bone, (numbers, amounts) in body.weights.items():
        found = next((n for n, starts in _PARTS.items() if bone.startswith(starts)), "head")
        total[names.index(found), numbers] += amounts
    return total.T


class Solver:
    """Turns the rules of a places file into anchors."""

    def __init__(self, body: meshes.Mesh, places: PlacesFile, locations: Mapping[str, str]) -> None:
        """Args are the mesh, the rules, and each point's professional location."""
        self.body = body
        self._landmarks = {landmark.id: landmark for landmark in places.landmarks}
        self._measures = {measure.id: measure for measure in places.measures}
        self._points = {point.code: point for point in places.points}
        self._locations = locations
        self._found: dict[str, np.ndarray] = {}
        self._triangles = body.vertices[body.faces]
        self._normals = body.normals()
        self.frames = self._make_frames()

    def _joint(self, name: str) -> np.ndarray:
        joints = self.body.joints
        return joints[f"l-{name}"] if f"l-{name}" in joints else joints[name]

    def _make_frames(self) -> dict[str, dict[str, np.ndarray]]:
        j = self._joint
        x, y, z = np.eye(3)

        def frame(name: str, first: np.ndarray, second: np.ndarray, third: np.ndarray):
            axes = [v / np.linalg.norm(v) for v in (first, second, third)]
            signed = [s * a for a in axes for s in (1, -1)]
            return dict(zip(FRAMES[name], signed, strict=True))

        fingers = j("finger-3-1") - j("hand")
        across = j("finger-2-1") - j("finger-5-1")
        thumb = across - fingers * (across @ fingers) / (fingers @ fingers)
        back = np.cross(thumb, fingers)
        upper, lower = j("elbow") - j("shoulder"), j("hand") - j("elbow")
        upper, lower = upper / np.linalg.norm(upper), lower / np.linalg.norm(lower)
        crease = lower - upper
        along = upper + lower
        down = j("ankle") - j("knee")
        front = z - down * (z @ down) / (down @ down)
        toes = (j("toe-2-4") - j("ankle")) * np.array([1, 0, 1])
        return {
            "body": frame("body", z, y, x),
            "hand": frame("hand", fingers, thumb, back if back @ (x + y) > 0 else -back),
            "elbow": frame("elbow", along, np.cross(crease, upper), crease),
            "leg": frame("leg", -down, front, np.cross(front, down)),
            "foot": frame("foot", toes, y, np.cross(toes, y)),
        }

    def direction(self, told: Mapping[str, float]) -> np.ndarray:
        """A unit vector for a direction or a mixture of some."""
        total = np.zeros(3)
        for name, amount in told.items():
            frame, _, axis = name.rpartition(".")
            total += amount * self.frames[frame or "body"][axis]
        return total / np.linalg.norm(total)

    def cun(self, measure: str) -> float:
        """How many cm a cun is there."""
        told = self._measures[measure]
        a, b = (self.landmark(name) for name in told.between)
        return float(np.linalg.norm(b - a)) / told.cun

    def landmark(self, name: str) -> np.ndarray:
        """The place of a landmark or of a point."""
        if name not in self._found:
            if name in self._points:
                self._found[name] = self.point(name).place
            elif name not in self._landmarks:
                raise RuleError(f"There is no landmark '{name}'.")
            else:
                told = self._landmarks[name]
                if told.joint is not None:
                    self._found[name] = self._joint(told.joint)
                elif told.vertex is not None:
                    self._found[name] = self.body.vertices[told.vertex]
                else:
                    self._found[name] = self._follow(told.rule, "", name)
        return self._found[name]

    def landmarks(self) -> dict[str, np.ndarray]:
        """All of them."""
        return {name: self.landmark(name) for name in self._landmarks}

    def point(self, code: str) -> Anchor:
        """Where a point lies on the left side, or on the midline."""
        rule = self._points[code].rule
        if rule.skin is None:
            raise RuleError(f"The rule of {code} ends inside the body: write 'skin: ...'.")
        inside = self._walk(rule, self._locations.get(code, ""), code)
        return self._on_skin(inside, self.direction(rule.skin), code)

    def _follow(self, rule: Rule, location: str, name: str) -> np.ndarray:
        place = self._walk(rule, location, name)
        if rule.skin is None:
            return place
        return self._on_skin(place, self.direction(rule.skin), name).place

    def _walk(self, rule: Rule, location: str, name: str) -> np.ndarray:
        if rule.start:
            place = self.landmark(rule.start)
        else:
            a, b = (self.landmark(end) for end in rule.between)
            share = rule.share
            if share is None:
                length = float(np.linalg.norm(b - a))
                share = self._number(rule.cun, location, name) * self.cun(rule.measure) / length
            place = a + share * (b - a)
        for step in rule.move:
            far = self._number(step.cun, location, name) * self.cun(step.measure)
            place = place + far * self.direction(step.toward)
        return place

    @staticmethod
    def _number(told: float | str, location: str, name: str) -> float:
        if told != SAID:
            return float(told)
        found = said_cun(location)
        if found is None:
            raise RuleError(f"The location of {name} says no number of cun.")
        return found

    def _on_skin(self, start: np.ndarray, ray: np.ndarray, name: str) -> Anchor:
        """Where a ray from within leaves the body; a start just outside the skin is forgiven."""
        a, b, c = (self._triangles[:, k] for k in range(3))
        ab, ac = b - a, c - a
        p = np.cross(ray, ac)
        det = np.einsum("ij,ij->i", ab, p)
        det = np.where(np.abs(det) < 1e-12, np.nan, det)
        s = start - a
        u = np.einsum("ij,ij->i", s, p) / det
        q = np.cross(s, ab)
        v = q @ ray / det
        t = np.einsum("ij,ij->i", ac, q) / det
        outward = np.cross(ab, ac) @ ray > 0
        hit = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & outward
        hit &= (t > -_DEPTH) & (t < _FAR)
        if not hit.any():
            raise RuleError(f"From {name}, no skin lies in that direction.")
        k = int(np.flatnonzero(hit)[np.argmin(t[hit])])
        weights = (1 - u[k] - v[k], u[k], v[k])
        corners = self.body.faces[k]
        normal = np.asarray(weights) @ self._normals[corners]
        return Anchor(
            start + t[k] * ray,
            normal / np.linalg.norm(normal),
            (int(corners[0]), int(corners[1]), int(corners[2])),
            (float(weights[0]), float(weights[1]), float(weights[2])),
        )

    def covers(
        self, patch: Patch, places: np.ndarray, normals: np.ndarray, parts: np.ndarray
    ) -> np.ndarray:
        """Whether a patch, or its mirror image, covers places of the skin.

        Args:
            places, normals: (..., 3).
            parts: the part of the body of each, as its place in PART_NAMES.
        """
        left = places[..., 0] >= 0
        flip = np.where(left[..., None], 1.0, [-1.0, 1.0, 1.0])
        places, normals = places * flip, normals * flip
        inside = np.ones(places.shape[:-1], bool)
        if patch.parts:
            inside &= np.isin(parts, np.flatnonzero(np.isin(PART_NAMES, patch.parts)))
        if patch.between:
            a, b = (self.landmark(name) for name in patch.between)
            along = (places - a) @ (b - a) / ((b - a) @ (b - a))
            inside &= (along >= 0) & (along <= 1)
        if patch.around and patch.cun is not None:
            far = np.linalg.norm(places - self.landmark(patch.around), axis=-1)
            inside &= far <= patch.cun * self.cun(patch.measure)
        if patch.along:
            flat = self.direction(patch.facing or {"back": 1})
            inside &= self._beside(patch, places, flat) <= patch.cun * self.cun(patch.measure)
        if patch.facing:
            inside &= normals @ self.direction(patch.facing) > 0.15
        if patch.from_midline:
            least, most = (limit * self.cun(patch.measure) for limit in patch.from_midline)
            inside &= (places[..., 0] >= least) & (places[..., 0] <= most)
        return inside

    def _beside(self, patch: Patch, places: np.ndarray, flat: np.ndarray) -> np.ndarray:
        """How far places are from the line through landmarks, seen from the direction `flat`."""
        spots = [self.landmark(name) for name in patch.along]
        spots = [spot - flat * (spot @ flat) for spot in spots]
        places = places - flat * (places @ flat)[..., None]
        nearest = np.full(places.shape[:-1], np.inf)
        for a, b in pairwise(spots):
            share = np.clip((places - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
            far = np.linalg.norm(places - a - share[..., None] * (b - a), axis=-1)
            nearest = np.minimum(nearest, far)
        return nearest
