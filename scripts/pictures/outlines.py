"""The outline of a shape in a picture, as an SVG path with few corners."""

from __future__ import annotations

import contourpy
import numpy as np

_SMALLEST = 60.0
_NEAR = 0.7


def outline(mask: np.ndarray, width: int) -> str:
    """The path around what is true, in pixels of a picture of this width; "" if it is nothing."""
    scale = width / mask.shape[1]
    padded = np.pad(mask, 1).astype(float)
    parts = []
    for ring in contourpy.contour_generator(z=padded).lines(0.5):
        spots = _simple((ring - 0.5) * scale, _NEAR)
        if len(spots) > 3 and abs(_area(spots)) >= _SMALLEST:
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in spots[:-1]) + "Z")
    return "".join(parts)


def _area(spots: np.ndarray) -> float:
    x, y = spots[:, 0], spots[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def _simple(spots: np.ndarray, near: float) -> np.ndarray:
    """Fewer corners, none further than `near` from the line (Ramer, Douglas and Peucker)."""
    if len(spots) < 3:
        return spots
    a, b = spots[0], spots[-1]
    way = b - a
    length = float(np.hypot(*way))
    if length < 1e-9:
        far = np.hypot(*(spots - a).T)
    else:
        far = np.abs(way[0] * (spots[:, 1] - a[1]) - way[1] * (spots[:, 0] - a[0])) / length
    k = int(far.argmax())
    if far[k] <= near:
        return np.array([a, b])
    return np.concatenate([_simple(spots[: k + 1], near)[:-1], _simple(spots[k:], near)])
