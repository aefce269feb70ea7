"""Draws triangles into buffers: for each pixel, which place of the body is seen there.

All that is drawn later (skin, clothes, shaded regions, lines) is decided for each pixel from its
place on the body, so edges are smooth whatever the mesh.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Camera:
    """A parallel view.

    Attributes:
        toward: unit vector from the body to the eye.
        up: unit vector that is up in the picture, at a right angle to `toward`.
        middle: the place in the middle of the picture.
        width: what the picture's width spans, in cm.
        size: pixels, across and down.
    """

    toward: np.ndarray
    up: np.ndarray
    middle: np.ndarray
    width: float
    size: tuple[int, int]

    @property
    def axes(self) -> np.ndarray:
        """Rows: right in the picture, up in the picture, toward the eye."""
        return np.stack([np.cross(self.up, self.toward), self.up, self.toward])

    @property
    def scale(self) -> float:
        """Pixels for each cm."""
        return self.size[0] / self.width

    def project(self, places: np.ndarray) -> np.ndarray:
        """Pixels across and down, and the height toward the eye in cm, of places (n, 3)."""
        seen = (np.atleast_2d(places) - self.middle) @ self.axes.T
        across = self.size[0] / 2 + seen[:, 0] * self.scale
        down = self.size[1] / 2 - seen[:, 1] * self.scale
        return np.stack([across, down, seen[:, 2]], axis=1)

    def unproject(self, depth: np.ndarray) -> np.ndarray:
        """The place that each pixel of a depth buffer shows (height, width, 3)."""
        down, across = np.mgrid[0 : self.size[1], 0 : self.size[0]] + 0.5
        seen = np.stack(
            [
                (across - self.size[0] / 2) / self.scale,
                (self.size[1] / 2 - down) / self.scale,
                depth,
            ],
            axis=-1,
        )
        return seen @ self.axes + self.middle


def look(
    toward: np.ndarray, up: np.ndarray, middle: np.ndarray, width: float, size: tuple[int, int]
) -> Camera:
    """A camera from directions that need not be exact."""
    toward = toward / np.linalg.norm(toward)
    up = up - toward * (up @ toward)
    return Camera(toward, up / np.linalg.norm(up), middle, width, size)


@dataclass(frozen=True)
class View:
    """What a camera sees: depth toward the eye (-inf where nothing is), and on which triangle.

    Attributes:
        corners: the vertices of the triangle seen (height, width, 3).
        weights: how near each of them is, together 1.
    """

    depth: np.ndarray
    corners: np.ndarray
    weights: np.ndarray

    def mixed(self, values: np.ndarray) -> np.ndarray:
        """Values of vertices (n, k), smoothly between them at each pixel (height, width, k)."""
        result = np.zeros((*self.depth.shape, values.shape[1]))
        for k in range(3):
            result += values[self.corners[..., k]] * self.weights[..., k, None]
        return result

    def normals(self, of_vertices: np.ndarray) -> np.ndarray:
        """Unit vectors outward from the skin at each pixel."""
        result = self.mixed(of_vertices)
        length = np.linalg.norm(result, axis=-1, keepdims=True)
        return result / np.where(length > 0, length, 1)

    @property
    def mask(self) -> np.ndarray:
        """Where something is seen."""
        return np.isfinite(self.depth)


def draw(vertices: np.ndarray, faces: np.ndarray, camera: Camera) -> View:
    """What is seen of triangles, the nearest at each pixel."""
    width, height = camera.size
    which, weights, depth = nearest(camera.project(vertices)[faces], camera.size)
    none = np.zeros((height, width, 3), int)
    return View(depth, faces[np.maximum(which, 0)] if len(faces) else none, weights)


def nearest(
    corners: np.ndarray, size: tuple[int, int], seen: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each pixel the triangle in front (-1: none), the shares of its corners, and its depth.

    Args:
        corners: x and y in pixels, and z, which is larger for what is nearer (triangles, 3, 3).
        seen: which triangles may be seen at all.
    """
    width, height = size
    x, y, z = corners[..., 0], corners[..., 1], corners[..., 2]
    area = (y[:, 1] - y[:, 2]) * (x[:, 0] - x[:, 2]) + (x[:, 2] - x[:, 1]) * (y[:, 0] - y[:, 2])
    keep = (np.abs(area) > 1e-9) & (x.max(1) > 0) & (x.min(1) < width)
    keep &= (y.max(1) > 0) & (y.min(1) < height)
    if seen is not None:
        keep &= seen
    depth = np.full((height, width), -np.inf)
    which = np.full((height, width), -1)
    weights = np.zeros((height, width, 3))
    for k in np.flatnonzero(keep):
        xs, ys, zs = x[k], y[k], z[k]
        left, right = max(int(xs.min() - 0.5), 0), min(int(xs.max() + 0.5) + 1, width)
        top, bottom = max(int(ys.min() - 0.5), 0), min(int(ys.max() + 0.5) + 1, height)
        if left >= right or top >= bottom:
            continue
        gx = np.arange(left, right) + 0.5
        gy = (np.arange(top, bottom) + 0.5)[:, None]
        w0 = ((ys[1] - ys[2]) * (gx - xs[2]) + (xs[2] - xs[1]) * (gy - ys[2])) / area[k]
        w1 = ((ys[2] - ys[0]) * (gx - xs[2]) + (xs[0] - xs[2]) * (gy - ys[2])) / area[k]
        w2 = 1 - w0 - w1
        inside = (w0 >= -1e-6) & (w1 >= -1e-6) & (w2 >= -1e-6)
        if not inside.any():
            continue
        here = w0 * zs[0] + w1 * zs[1] + w2 * zs[2]
        before = depth[top:bottom, left:right]
        inside &= here > before
        before[inside] = here[inside]
        which[top:bottom, left:right][inside] = k
        weights[top:bottom, left:right][inside] = np.stack([w0, w1, w2], axis=-1)[inside]
    return which, weights, depth
