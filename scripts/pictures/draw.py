"""From rules to pictures: the figure in neutral clothes, markers, shaded areas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import raster
from PIL import Image, ImageDraw
from solve import PART_NAMES, Solver, parts_of_vertices

from bot.knowledge.schema.places import View

FINE = 2
"""How many pixels are drawn for each that is kept, across and down."""
WIDTH = {"close": 480, "whole": 260}

BACKGROUND = np.array([233, 238, 242.0])
CLOTHES = np.array([120, 140, 158.0])
INK = np.array([52, 44, 44.0])
# Light, middle and dark skin, each as the colour in full light and in shade.
TONES = {
    "light": (np.array([246, 214, 190.0]), np.array([176, 126, 106.0])),
    "medium": (np.array([214, 165, 125.0]), np.array([128, 84, 58.0])),
    "dark": (np.array([140, 94, 66.0]), np.array([62, 36, 26.0])),
}
# Blue stands out from every skin; for who sees no colours the white and black rings do.
_ARMPIT = 14.8
# An area of fewer pixels than this is not found on the whole body: a ring goes around it.
_TINY = 420
MARK, RING, EDGE = (0, 84, 214), (255, 255, 255), (16, 20, 30)
AREA = {"light": np.array([0, 96, 224.0]), "medium": np.array([0, 100, 236.0]),
        "dark": np.array([88, 166, 255.0])}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What one view sees, drawn once and coloured many times."""

    camera: raster.Camera
    places: np.ndarray
    normals: np.ndarray
    parts: np.ndarray
    body: np.ndarray
    skin: np.ndarray
    clothes: np.ndarray
    light: np.ndarray
    lines: np.ndarray
    depth: np.ndarray
    view: View


class Studio:
    """Draws scenes of one body."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        body = solver.body
        self._follows = parts_of_vertices(body)
        self._parts = PART_NAMES[self._follows.argmax(1)]
        self._normals = body.normals()
        self._garment_normals = body.normals(body.garment)
        self._waist = solver.landmark("l4")[1] - 1.5
        self._legs = solver.landmark("hip_joint")[1] - 14
        self._chest = (solver.landmark("t9")[1] - 1.0, solver.landmark("t5")[1] + 1.5)

    def camera(self, view: View, size: int) -> raster.Camera:
        """Where a view is seen from."""
        s = self._solver
        camera = raster.look(
            s.direction(view.toward),
            s.direction(view.up),
            s.landmark(view.middle),
            view.width,
            (size, round(size * view.tall)),
        )
        right, up = view.shift
        middle = camera.middle + right * camera.axes[0] + up * camera.axes[1]
        return raster.Camera(camera.toward, camera.up, middle, camera.width, camera.size)

    def scene(self, view: View, size: int) -> Scene:
        """What is seen from there."""
        body = self._solver.body
        camera = self.camera(view, size * FINE)
        faces, garment = body.faces, body.garment
        if view.parts:
            faces = faces[np.isin(self._parts[faces], view.parts).all(1)]
            garment = garment[np.isin(self._parts[garment], view.parts).all(1)]
            if view.sides == "left":
                limbs = {"hand", "forearm", "upper_arm", "thigh", "lower_leg", "foot"}
                if set(view.parts) <= limbs:
                    faces = faces[body.vertices[faces, 0].min(1) > 0]
                    garment = garment[body.vertices[garment, 0].min(1) > 0]
        seen = raster.draw(body.vertices, faces, camera)
        worn = raster.draw(body.vertices, garment, camera)
        places = camera.unproject(np.where(seen.mask, seen.depth, 0))
        cloth_places = camera.unproject(np.where(worn.mask, worn.depth, 0))
        y, z = cloth_places[..., 1], cloth_places[..., 2]
        # The top is cut higher at the back, so that the lower half of the back can be seen.
        rise = 4.5 * np.clip((5 - z) / 8, 0, 1)
        shorts = (y < self._waist) & (y > self._legs)
        top = (y > self._chest[0] + rise) & (y < self._chest[1] + 0.3 * rise)
        top &= np.abs(cloth_places[..., 0]) < _ARMPIT
        clothes = worn.mask & (worn.depth >= seen.depth - 0.4) & (shorts | top)
        depth = np.where(clothes, np.maximum(worn.depth, seen.depth), seen.depth)
        skin = seen.normals(self._normals)
        normals = np.where(clothes[..., None], worn.normals(self._garment_normals), skin)
        body_mask = seen.mask | clothes
        parts = seen.mixed(self._follows).argmax(-1).astype(np.uint8)
        key = camera.axes.T @ np.array([-0.4, 0.55, 0.74])
        fill = camera.axes.T @ np.array([0.7, 0.1, 0.7])
        # What bends only a little on this body is drawn a little more: hollows, bumps, tendons.
        normals = _crisper(normals, body_mask, camera.scale)
        light = 0.74 * np.clip(normals @ key, 0, 1) + 0.3 * np.clip(normals @ fill, 0, 1)
        light += 0.12 - 0.25 * (1 - np.clip(normals @ camera.toward, 0, 1)) ** 2
        light = np.clip(light, 0, 1)
        lines = _lines(depth, body_mask, clothes, camera)
        # Halves of the numbers' length are enough, and many scenes are kept.
        places, skin, light, lines, depth = (
            each.astype(np.float32) for each in (places, skin, light, lines, depth)
        )
        return Scene(camera, places, skin, parts, body_mask, seen.mask, clothes, light, lines,
                     depth, view)  # fmt: skip

    def colour(self, scene: Scene, tone: str, shaded: np.ndarray | None = None) -> np.ndarray:
        """The figure in a skin tone, with an area shaded."""
        bright, dim = TONES[tone]
        amount = (scene.light**1.15)[..., None]
        skin = dim + (bright - dim) * amount
        cloth = CLOTHES * (0.5 + 0.62 * amount)
        picture = np.where(scene.clothes[..., None], cloth, skin)
        picture = np.where(scene.body[..., None], picture, BACKGROUND)
        if shaded is not None:
            down, across = np.mgrid[0 : shaded.shape[0], 0 : shaded.shape[1]]
            stripes = ((down + across) // (5 * FINE)) % 2 == 0
            strength = np.where(stripes, 0.68, 0.42)[..., None]
            tinted = picture * (1 - strength) + AREA[tone] * strength
            picture = np.where(shaded[..., None], tinted, picture)
            rim = _edge(shaded, round(1.6 * FINE)) & scene.body
            outer = _edge(shaded, round(2.9 * FINE)) & scene.body & ~rim
            picture = np.where(rim[..., None], np.array(RING, float), picture)
            picture = np.where(outer[..., None], np.array(EDGE, float), picture)
        ink = scene.lines[..., None]
        return picture * (1 - ink) + INK * ink

    def shaded(self, scene: Scene, patches: list) -> np.ndarray:
        """Which pixels an area covers."""
        result = np.zeros(scene.body.shape, bool)
        for patch in patches:
            result |= self._solver.covers(patch, scene.places, scene.normals, scene.parts)
        if scene.view.sides == "left":
            result &= scene.places[..., 0] > -0.5
        return result & scene.skin

    def picture(
        self,
        scene: Scene,
        tone: str,
        markers: list[tuple[np.ndarray, np.ndarray]] = (),
        guide: list[np.ndarray] = (),
        shaded: np.ndarray | None = None,
        radius: float = 14,
    ) -> Image.Image:
        """The finished picture.

        Args:
            markers: places and outward directions; those that look away are not drawn.
            guide: landmarks, joined by a dashed line where there are several.
            radius: of a marker, in pixels of the finished picture.
        """
        image = Image.fromarray(self.colour(scene, tone, shaded).clip(0, 255).astype(np.uint8))
        image = self._faint(image, scene)
        pen = ImageDraw.Draw(image)
        spots = [scene.camera.project(place)[0] for place in guide]
        if len(spots) > 1:
            for a, b in pairwise(spots):
                _dashes(pen, a, b)
        for x, y, _ in spots:
            for r, colour in ((5.2, EDGE), (4.0, RING), (2.0, EDGE)):
                _disc(pen, x, y, r * FINE, colour)
        if shaded is not None and shaded.sum() < _TINY * FINE**2:
            down, across = np.argwhere(shaded).T
            for side in (across < image.width / 2, across >= image.width / 2):
                if side.any():
                    _circle(pen, across[side].mean(), down[side].mean(), 15 * FINE)
        for place, normal in markers:
            if self.sees(scene, place, normal):
                x, y, _ = scene.camera.project(place)[0]
                for r, colour in ((radius, EDGE), (radius - 1.6, RING), (radius - 4.6, MARK)):
                    _disc(pen, x, y, r * FINE, colour)
        size = (image.width // FINE, image.height // FINE)
        return image.resize(size, Image.LANCZOS)

    def _faint(self, image: Image.Image, scene: Scene) -> Image.Image:
        """The landmarks that the view shows, drawn faintly."""
        veil = Image.new("RGBA", image.size, (*EDGE, 0))
        pen = ImageDraw.Draw(veil)
        ink = (*EDGE, 105)
        at = lambda name: scene.camera.project(self._solver.landmark(name))[0]  # noqa: E731
        for name in scene.view.dots:
            _disc(pen, *at(name)[:2], 3.6 * FINE, (*RING, 70))
            _disc(pen, *at(name)[:2], 2.6 * FINE, ink)
        for ring in scene.view.rings:
            turn = np.linspace(0, 2 * np.pi, 40)
            r = ring.cun * self._solver.cun("body")
            places = self._solver.landmark(ring.at) + r * np.stack(
                [np.cos(turn), np.sin(turn), 0 * turn], axis=1
            )
            spots = [tuple(spot[:2]) for spot in scene.camera.project(places)]
            pen.line(spots, fill=ink, width=round(1.6 * FINE), joint="curve")
        for names in scene.view.lines:
            spots = [tuple(at(name)[:2]) for name in names]
            pen.line(spots, fill=ink, width=round(1.5 * FINE), joint="curve")
        return Image.alpha_composite(image.convert("RGBA"), veil).convert("RGB")

    @staticmethod
    def sees(scene: Scene, place: np.ndarray, normal: np.ndarray) -> bool:
        """Whether a place of the skin is in the picture, turned to the eye and not covered."""
        x, y, z = scene.camera.project(place)[0]
        if not (0 <= x < scene.body.shape[1] and 0 <= y < scene.body.shape[0]):
            return False
        near = scene.depth[int(y), int(x)]
        facing = float(normal @ scene.camera.toward)
        # A place on the rim, such as the top of the shoulder from behind, is drawn as well.
        return facing > -0.2 and bool(z >= near - (1.5 if facing > 0.2 else 3.5))


def _crisper(normals: np.ndarray, mask: np.ndarray, scale: float) -> np.ndarray:
    """Normals turned further away from those around them."""
    radius = max(int(1.3 * scale), 1)
    weight = _blurred(mask.astype(float), radius)[..., None]
    around = np.stack([_blurred(normals[..., k] * mask, radius) for k in range(3)], axis=-1)
    around /= np.where(weight > 1e-6, weight, 1)
    turned = normals + 1.1 * (normals - around)
    return turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-9)


def _blurred(values: np.ndarray, radius: int) -> np.ndarray:
    """Mean over a square, along one axis after the other."""
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (radius + 1, radius)
        total = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis)
        size = values.shape[axis]
        upper = np.take(total, range(2 * radius + 1, 2 * radius + 1 + size), axis=axis)
        lower = np.take(total, range(size), axis=axis)
        values = (upper - lower) / (2 * radius + 1)
    return values


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, r: float, colour: tuple) -> None:
    pen.ellipse([x - r, y - r, x + r, y + r], fill=colour)


def _circle(pen: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    for wide, colour in ((6, EDGE), (4.4, RING), (2.2, MARK)):
        far = r + wide * FINE / 2
        pen.ellipse([x - far, y - far, x + far, y + far], outline=colour, width=round(wide * FINE))


def _dashes(pen: ImageDraw.ImageDraw, a: np.ndarray, b: np.ndarray) -> None:
    length = float(np.hypot(*(b - a)[:2]))
    count = max(int(length / (9 * FINE)), 1)
    for k in range(count):
        p, q = (a + (b - a) * (k + part) / count for part in (0.15, 0.75))
        for width, colour in ((4, RING), (2, EDGE)):
            pen.line([p[0], p[1], q[0], q[1]], fill=colour, width=width * FINE)


def _edge(mask: np.ndarray, width: int) -> np.ndarray:
    """The pixels within `width` of the rim of a mask, outside of it."""
    grown = mask.copy()
    for _ in range(width):
        wider = grown.copy()
        wider[1:] |= grown[:-1]
        wider[:-1] |= grown[1:]
        wider[:, 1:] |= grown[:, :-1]
        wider[:, :-1] |= grown[:, 1:]
        grown = wider
    return grown & ~mask


def _lines(
    depth: np.ndarray, body: np.ndarray, clothes: np.ndarray, camera: raster.Camera
) -> np.ndarray:
    """How much ink lies on each pixel: around the figure, its parts and its clothes."""
    flat = np.where(body, depth, -500.0)
    jump = np.zeros(body.shape)
    least = max(1.3, 2.5 * FINE / camera.scale)
    for axis in (0, 1):
        step = np.abs(np.diff(flat, axis=axis)) > least
        pad = [(0, 0), (0, 0)]
        pad[axis] = (0, 1)
        jump = np.maximum(jump, np.pad(step, pad).astype(float))
        pad[axis] = (1, 0)
        jump = np.maximum(jump, np.pad(step, pad).astype(float))
        hem = np.diff(clothes.astype(int), axis=axis) != 0
        jump = np.maximum(jump, 0.5 * np.pad(hem, pad))
    wide = jump.copy()
    wide[1:] = np.maximum(wide[1:], jump[:-1])
    wide[:, 1:] = np.maximum(wide[:, 1:], jump[:, :-1])
    return wide * 0.85
